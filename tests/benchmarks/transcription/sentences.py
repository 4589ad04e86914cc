"""What is said in meetings, by synthetic voices, and how wrong it was understood."""

import re
from collections.abc import Sequence

VOICES = (("-v", "en-us"), ("-v", "en-gb+f3"), ("-v", "en-us+m5"))

SENTENCES = (
    "Good morning, can everybody hear me?",
    "Let us begin with the budget for the next quarter.",
    "I have three points about the schedule today.",
    "The customers asked for a better report of the numbers.",
    "We should move the release to the end of the month.",
    "Who is going to write the tests for this part?",
    "That sounds good to me, but we need more time.",
    "Please send me the document after the meeting.",
    "There was a problem with the server last night.",
    "I will call the bank tomorrow morning at nine.",
    "Thank you all, and have a nice weekend.",
    "What do we want to decide before we leave?",
)


NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def words_of(text: str) -> list[str]:
    """Without case and punctuation; numbers in letters, titles in full."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    spelt = {str(number): name for number, name in enumerate(NUMBERS)} | {"mr": "mister"}
    return [spelt.get(word, word) for word in words]


def errors(said: Sequence[str], understood: Sequence[str]) -> int:
    """Words that were left out, put in or exchanged, at least."""
    row = list(range(len(understood) + 1))
    for number, word in enumerate(said, 1):
        previous, row = row, [number]
        for column, other in enumerate(understood, 1):
            row.append(min(previous[column] + 1, row[-1] + 1, previous[column - 1] + (word != other)))
    return row[-1]
