"""From what was understood of each stretch to a transcript in the recordings API's format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from capture.participants.log import wall_clock_text
from capture.recording import NS_PER_S, Participant
from capture.transcription.base import Heard, Word
from capture.transcription.choice import EngineName
from capture.transcription.turns import SpokenTurn, Stretch, speaker
from capture.wire import to_document

Document = dict[str, Any]
WallClock = Callable[[int], datetime]


@dataclass(frozen=True, slots=True)
class Understood:
    """Of one stretch; the words' times count from its beginning."""

    stretch: Stretch
    heard: Heard


def transcript(
    understood: Iterable[Understood], turns: Sequence[SpokenTurn], wall_clock: WallClock
) -> Sequence[Document]:
    """One entry for what somebody said in one go, in the order in which they began."""
    entries = [
        _entry(participant, words, each.heard.language_code, wall_clock)
        for each in understood
        for participant, words in _by_speaker(each, turns)
    ]
    return sorted(entries, key=lambda entry: float(entry["words"][0]["start_timestamp"]["relative"]))


def _by_speaker(each: Understood, turns: Sequence[SpokenTurn]) -> Iterable[tuple[Participant, list[Word]]]:
    stretch = each.stretch
    placed = [
        replace(
            word,
            start_ns=min(stretch.start_ns + max(0, word.start_ns), stretch.end_ns),
            end_ns=min(stretch.start_ns + max(0, word.end_ns), stretch.end_ns),
        )
        for word in sorted(each.heard.words, key=lambda word: word.start_ns)
    ]
    said = [(speaker(turns, stretch.side, (word.start_ns + word.end_ns) // 2), word) for word in placed]
    for _, group in groupby(said, key=lambda pair: pair[0].id):
        pairs = list(group)
        yield pairs[0][0], [word for _, word in pairs]


def _entry(participant: Participant, words: Sequence[Word], language: str | None, wall_clock: WallClock) -> Document:
    entry: Document = {"participant": to_document(participant)}
    if language is not None:
        entry["language_code"] = language
    entry["words"] = [
        {
            "text": word.text,
            "start_timestamp": _timestamp(word.start_ns, wall_clock),
            "end_timestamp": _timestamp(word.end_ns, wall_clock),
        }
        for word in words
    ]
    return entry


def _timestamp(at_ns: int, wall_clock: WallClock) -> Document:
    return {"relative": round(at_ns / NS_PER_S, 3), "absolute": wall_clock_text(wall_clock(at_ns))}


def provider_data(
    understood: Iterable[Understood], turns: Sequence[SpokenTurn], engine: EngineName, created_at: str
) -> Mapping[str, Sequence[Document]]:
    """What the engine itself said of each stretch, as the recordings API keeps it."""
    parts = []
    for number, each in enumerate(understood, 1):
        middle_ns = (each.stretch.start_ns + each.stretch.end_ns) // 2
        participant = speaker(turns, each.stretch.side, middle_ns)
        parts.append(
            {
                "id": str(number),
                "created_at": created_at,
                "source_audio": {
                    "type": "separate",
                    "offset": round(each.stretch.start_ns / NS_PER_S, 3),
                    "participant": to_document(participant),
                },
                "type": "http_response",
                "data": {"url": engine, "status_code": 200, "body": each.heard.provider},
            }
        )
    return {"parts": parts}
