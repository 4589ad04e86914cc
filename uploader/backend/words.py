"""The words of a text, as they are stored for searching and asked for: the same for every database."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

MOST_CHARACTERS = 48
"""Of a word; the rest of a longer one is left out, of what is stored and of what is asked for."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Writing without space between words, from Thai to Chinese: each character counts as one, and a word is a phrase."""

MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u1ab0-\u1aff\u1dc0-\u1dff"
"""Signs within words that are no letters: accents, points, vowels of Indic scripts."""

WORD = re.compile(f"[{UNSPACED}]|(?:(?![{UNSPACED}])[^\\W_]|[{MARKS}])+")

PART_WORDS = 3000
"""Of one text PostgreSQL takes 16383 places and 1 MiB; this is 0.6 MiB of the longest words there are."""


def words(text: str) -> list[str]:
    """Without case, and in one form of each letter."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return [word[:MOST_CHARACTERS] for word in WORD.findall(folded)]


def parts(found: Sequence[str], overlap_words: int) -> Iterator[Sequence[str]]:
    """At least one. No phrase of up to ``overlap_words`` is torn."""
    yield found[:PART_WORDS]
    for begin in range(PART_WORDS - overlap_words, len(found) - overlap_words, PART_WORDS - overlap_words):
        yield found[begin : begin + PART_WORDS]
