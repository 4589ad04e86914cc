"""Who spoke when, and which stretches of a side's sound an engine is given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from capture.errors import ProtocolError
from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, REMOTE_PARTICIPANT_ID, Participant, Side
from capture.wire import from_document

LEAD_NS, TAIL_NS = 200_000_000, 300_000_000
"""Turns are cut close; an engine wants to hear how a word begins and fades."""

PAUSE_NS = 500_000_000
"""Stretches that lie closer than this are one: a sentence helps to understand its words."""

LONGEST_NS = 28 * NS_PER_S
"""Whisper looks at 30 s at a time, and what is done when a transcription is killed is done by stretches."""

REMOTE = Participant(REMOTE_PARTICIPANT_ID, None, is_host=None)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """On the recording's timeline."""

    participant: Participant
    start_ns: int
    end_ns: int

    @property
    def side(self) -> Side:
        return Side.MICROPHONE if self.participant.id == LOCAL_PARTICIPANT_ID else Side.SYSTEM


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Of one side's sound."""

    start_ns: int
    end_ns: int
    side: Side


def read_turns(timeline: Sequence[Mapping[str, Any]], duration_ns: int) -> tuple[SpokenTurn, ...]:
    """From a speaker timeline as recordings have it. Raises ``ProtocolError``."""
    try:
        return tuple(_turn(entry, duration_ns) for entry in timeline)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"the speaker timeline makes no sense: {error}"
        raise ProtocolError(message) from error


def _turn(entry: Mapping[str, Any], duration_ns: int) -> SpokenTurn:
    """Without an end it goes on to the recording's."""
    end = (entry.get("end_timestamp") or {}).get("relative")
    return SpokenTurn(
        from_document(entry["participant"], Participant),
        round(entry["start_timestamp"]["relative"] * NS_PER_S),
        duration_ns if end is None else round(end * NS_PER_S),
    )


def stretches(turns: Iterable[SpokenTurn], duration_ns: int) -> list[Stretch]:
    """In order, those of both sides among each other. None is longer than ``LONGEST_NS``."""
    found: list[Stretch] = []
    for side in Side:
        own = sorted((turn.start_ns, turn.end_ns) for turn in turns if turn.side is side)
        found += [Stretch(*piece, side) for span in _spans(own, duration_ns) for piece in _pieces(*span)]
    return sorted(found)


def _spans(turns: Iterable[tuple[int, int]], duration_ns: int) -> list[tuple[int, int]]:
    """With a little around them, and without overlapping."""
    spans: list[tuple[int, int]] = []
    for turn_start_ns, turn_end_ns in turns:
        last_start_ns, last_end_ns = spans[-1] if spans else (0, -PAUSE_NS)
        start_ns, end_ns = max(0, turn_start_ns - LEAD_NS), min(duration_ns, turn_end_ns + TAIL_NS)
        if start_ns - last_end_ns < PAUSE_NS and end_ns - last_start_ns <= LONGEST_NS and spans:
            spans[-1] = (last_start_ns, max(end_ns, last_end_ns))
        elif max(start_ns, last_end_ns) < end_ns:
            spans.append((max(start_ns, last_end_ns), end_ns))
    return spans


def _pieces(start_ns: int, end_ns: int) -> Iterable[tuple[int, int]]:
    """Of equal lengths: who speaks for so long without a pause is cut in a word now and then."""
    count = max(1, -(-(end_ns - start_ns) // LONGEST_NS))
    edges = [start_ns + (end_ns - start_ns) * number // count for number in range(count + 1)]
    return pairwise(edges)


def speaker(turns: Sequence[SpokenTurn], side: Side, at_ns: int) -> Participant:
    """Whose turn it was on that side, or whose is nearest; the other side as such where there is none."""

    def distance_ns(turn: SpokenTurn) -> int:
        return max(turn.start_ns - at_ns, at_ns - turn.end_ns, 0)

    nearest = min((turn for turn in turns if turn.side is side), key=distance_ns, default=None)
    return REMOTE if nearest is None else nearest.participant
