"""Other spellings of what an engine understood: plain replacement of whole words, whatever the engine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uploader.backend.words import words

BEFORE, AFTER = re.compile(r"\W*"), re.compile(r"\W*$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Any of ``find``, each of one word or several, becomes ``replacement``."""

    find: tuple[str, ...]
    replacement: str


def respelled(transcript: Sequence[Mapping[str, Any]], spellings: Sequence[Spelling]) -> list[dict[str, Any]]:
    """Of the recordings API's format. Words that become one have their times together; case makes no difference."""
    known = {tuple(words(found)): each.replacement for each in spellings for found in each.find}
    known.pop((), None)
    return [{**utterance, "words": list(_respelled(utterance["words"], known))} for utterance in transcript]


def _respelled(said: Sequence[Mapping[str, Any]], known: Mapping[tuple[str, ...], str]) -> Iterator[Mapping[str, Any]]:
    longest = max(map(len, known), default=0)
    begin = 0
    while begin < len(said):
        end, replacement = _match(said, begin, known, longest)
        yield said[begin] if replacement is None else _joined(said[begin], said[end - 1], replacement)
        begin = end


def _match(
    said: Sequence[Mapping[str, Any]], begin: int, known: Mapping[tuple[str, ...], str], longest: int
) -> tuple[int, str | None]:
    """Where the longest that is known from ``begin`` on ends, and what it becomes; else the next word."""
    best: tuple[int, str | None] = begin + 1, None
    heard: list[str] = []
    for end in range(begin + 1, len(said) + 1):
        more = words(said[end - 1]["text"])
        heard += more
        if not heard or len(heard) > longest:
            break
        if more and tuple(heard) in known:
            best = end, known[tuple(heard)]
    return best


def _joined(first: Mapping[str, Any], last: Mapping[str, Any], replacement: str) -> dict[str, Any]:
    before, after = BEFORE.match(first["text"]), AFTER.search(last["text"])
    told = {"end_timestamp": last["end_timestamp"]} if "end_timestamp" in last else {}
    return {**first, **told, "text": f"{before[0] if before else ''}{replacement}{after[0] if after else ''}"}
