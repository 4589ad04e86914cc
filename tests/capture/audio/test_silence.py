"""The policy, second by second."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.audio.base import Samples
from capture.audio.silence import LIMIT_NS, Silence, SilenceWatch
from capture.recording import NS_PER_S
from tests.fakes.clock import FakeClock
from tests.fakes.sources import silence, tone

STEP_NS = 20_000_000
LATEST_NS = LIMIT_NS + 2 * NS_PER_S

HISS = np.full((960, 1), 2.0**-15, np.float32)
"""The quietest that a converter of 16 bits can deliver."""

ZEROS = silence(0.02)


class Device:
    """What is delivered, and whether something plays; both may change at any time."""

    def __init__(self, sound: Samples | None, *, plays: bool = True) -> None:
        self.sound = sound
        self.plays = plays
        self.asked = 0
        self._clock = FakeClock(0)
        self._watch = SilenceWatch(self._does_play)

    def run(self, seconds: float) -> list[tuple[float, Silence]]:
        """What the watch says, and when."""
        return [*self._run(self._clock.now_ns() + round(seconds * NS_PER_S))]

    def _run(self, until_ns: int) -> Iterator[tuple[float, Silence]]:
        while (now_ns := self._clock.now_ns()) < until_ns:
            if self.sound is not None:
                self._watch.hear(self.sound, now_ns)
            if now_ns % NS_PER_S == 0 and (found := self._watch.look(now_ns)):
                yield now_ns / NS_PER_S, found
            self._clock.advance(STEP_NS)

    def _does_play(self) -> bool:
        self.asked += 1
        return self.plays


@pytest.mark.parametrize(("sound", "expected"), [(None, Silence.NO_DATA), (ZEROS, Silence.DIGITAL)])
def test_it_is_told_once_and_in_time(sound: Samples | None, expected: Silence) -> None:
    ((at_s, found),) = Device(sound).run(60)
    assert found is expected
    assert LIMIT_NS <= at_s * NS_PER_S <= LATEST_NS


@pytest.mark.parametrize("sound", [HISS, tone(0.02), -HISS])
def test_a_quiet_side_is_never_complained_of(sound: Samples) -> None:
    device = Device(sound)
    assert device.run(60) == []
    assert device.asked == 0


def test_silence_where_nothing_plays_is_as_it_should_be() -> None:
    device = Device(ZEROS, plays=False)
    assert device.run(60) == []
    device.plays = True
    ((at_s, _),) = device.run(20)
    assert 60 * NS_PER_S + LIMIT_NS <= at_s * NS_PER_S <= 60 * NS_PER_S + LATEST_NS


def test_a_short_sound_among_the_silence_starts_it_anew() -> None:
    device = Device(ZEROS)
    for _ in range(6):
        assert device.run(9) == []
        device.sound = HISS
        assert device.run(0.02) == []
        device.sound = ZEROS
    assert len(device.run(12)) == 1


def test_what_is_over_and_begins_again_is_told_again() -> None:
    device = Device(None)
    assert len(device.run(15)) == 1
    device.sound = HISS
    assert device.run(15) == []
    device.sound = None
    assert len(device.run(15)) == 1


def test_a_device_that_comes_back_silent_has_its_ten_seconds() -> None:
    device = Device(None)
    device.run(15)
    device.sound = ZEROS
    ((at_s, found),) = device.run(20)
    assert found is Silence.DIGITAL
    assert at_s >= 25


def test_nobody_is_asked_about_a_device_that_delivers_nothing() -> None:
    """The server may be frozen: a question would take seconds."""
    device = Device(None)
    device.run(30)
    assert device.asked == 0


def test_a_pause_counts_for_nothing() -> None:
    """The recording's time stands still in it, whatever is delivered meanwhile."""
    watch = SilenceWatch(lambda: True)
    for _ in range(1000):
        watch.hear(ZEROS, 5 * NS_PER_S)
        assert watch.look(5 * NS_PER_S) is None


device_states = st.lists(st.tuples(st.sampled_from([None, ZEROS, HISS]), st.booleans(), st.integers(1, 30)), max_size=8)


@given(device_states)
def test_it_never_cries_wolf(states: list[tuple[Samples | None, bool, int]]) -> None:
    """Two of the same complaint are never less than ten seconds apart, and none comes without silence before it."""
    device = Device(None)
    told: list[tuple[float, Silence]] = []
    silent_s = 0.0
    for sound, playing, seconds in states:
        device.sound, device.plays = sound, playing
        silent_s = 0 if sound is HISS else silent_s + seconds
        found = device.run(seconds)
        assert not found or silent_s * NS_PER_S >= LIMIT_NS
        told += found
    assert all(later - earlier >= 10 for (earlier, _), (later, _) in pairwise(told))
