"""Who follows one side, with an engine that tells how much it was given."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from capture.recording import Side
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Speech, Word, duration_ns
from capture.transcription.live import CAUGHT_UP_NS, LATEST_NS, Missed, SideListener, Uttered

NS = 1_000_000_000
PIECE = np.ones(SPEECH_RATE_HZ // 10, np.int16)


@dataclass(slots=True)
class Counting:
    """One word, as long as all that it was given."""

    given: list[Speech] = field(default_factory=list)

    def feed(self, speech: Speech) -> None:
        self.given.append(speech)

    def partial(self) -> Sequence[Word]:
        return [Word("so far", 0, duration_ns(np.concatenate(self.given)))]

    def finish(self) -> Heard:
        return Heard(self.partial(), "en")


class CountingEngine:
    def stream(self) -> Counting:
        return Counting()

    def transcribe(self, speech: Speech) -> Heard:
        raise AssertionError(speech)

    def close(self) -> None:
        """Nothing is open."""


def spans(told: Sequence[Uttered | Missed]) -> list[tuple[float, float]]:
    """Of what is final."""
    uttered = [each for each in told if isinstance(each, Uttered) and each.is_final]
    return [(word.start_ns / NS, word.end_ns / NS) for each in uttered for word in each.words]


def hear(listener: SideListener, from_s: float, to_s: float, late_ns: int = 0) -> None:
    for tenth in range(round(from_s * 10), round(to_s * 10)):
        listener.hear(PIECE, tenth * NS // 10, late_ns)


def test_a_turn_is_followed_from_before_it_was_known() -> None:
    told: list[Uttered | Missed] = []
    listener = SideListener(Side.SYSTEM, CountingEngine(), told.append)
    hear(listener, 0, 2)
    listener.turn(round(1.5 * NS), speaking=True)
    hear(listener, 2, 3)
    listener.turn(3 * NS, speaking=False)
    assert spans(told) == [(1.3, 3.0)]
    assert [each.is_final for each in told if isinstance(each, Uttered)] == [False, False, False, True]


def test_who_is_too_late_leaves_out_until_it_has_caught_up() -> None:
    told: list[Uttered | Missed] = []
    listener = SideListener(Side.SYSTEM, CountingEngine(), told.append)
    listener.turn(0, speaking=True)
    hear(listener, 0, 1)
    hear(listener, 1, 1.1, LATEST_NS + 1)
    assert spans(told) == [(0.0, 1.1)], "what was understood was not told"
    hear(listener, 1.1, 4, LATEST_NS)
    hear(listener, 4, 5, CAUGHT_UP_NS - 1)
    listener.turn(5 * NS, speaking=False)
    assert spans(told)[1:] == [(4.1, 5.0)]
    hear(listener, 5, 6)
    assert len(spans(told)) == 2, "somebody was heard who did not speak"


def test_a_gap_is_silence_and_a_long_turn_is_cut() -> None:
    told: list[Uttered | Missed] = []
    listener = SideListener(Side.SYSTEM, CountingEngine(), told.append)
    listener.turn(0, speaking=True)
    hear(listener, 0, 1)
    hear(listener, 2, 31)
    listener.finish()
    (first, second) = spans(told)
    assert (first[0], second[1]) == (0.0, 31.0)
    assert first[1] == second[0]
    assert first[1] - first[0] < 29
