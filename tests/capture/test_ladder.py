import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.ladder import (
    BEHIND_NS,
    CALM_NS,
    LONGEST_CALM_NS,
    PRESSED_NS,
    SETTLING_NS,
    SHORTEST_CALM_NS,
    STEPS,
    Change,
    Ladder,
)
from capture.recording import NS_PER_S, Quality
from tests.fakes.clock import FakeClock

MS = 1_000_000
TICK_NS = 50 * MS


@dataclass
class Climb:
    """A ladder, the clock that it sees, and what became of it."""

    ladder: Ladder = field(default_factory=Ladder)
    clock: FakeClock = field(default_factory=FakeClock)
    dropped: int = 0
    changes: list[tuple[float, Change]] = field(default_factory=list)

    def read(self, behind_ns: int, lost: int = 0) -> None:
        self.dropped += lost
        change = self.ladder.read(self.clock.now_ns(), behind_ns, self.dropped)
        if change is not None:
            self.changes.append((self.clock.now_ns() / NS_PER_S, change))
        self.clock.advance(TICK_NS)

    def last(self, seconds: float, behind: Callable[[Quality], int]) -> None:
        """For so long, so far behind as the machine is at that quality."""
        for _ in range(round(seconds * NS_PER_S / TICK_NS)):
            self.read(behind(self.ladder.quality))

    @property
    def qualities(self) -> list[Quality]:
        return [change.quality for _, change in self.changes]


def hopeless(_: Quality) -> int:
    return 2 * NS_PER_S


def idle(_: Quality) -> int:
    return 0


def test_everything_is_given_up_in_order_and_comes_back_in_order() -> None:
    climb = Climb()
    climb.last(5, hopeless)
    assert climb.qualities == [*STEPS[1:]]
    climb.last(25, idle)
    assert climb.qualities == [*STEPS[1:], *reversed(STEPS[:-1])]
    assert STEPS[0] is Quality.FULL
    assert STEPS[-1] is Quality.AUDIO_ONLY


def test_a_step_has_time_to_show_what_it_does() -> None:
    climb = Climb()
    climb.last(6, hopeless)
    times = [at_s for at_s, _ in climb.changes]
    assert all(later - earlier >= SETTLING_NS / NS_PER_S for earlier, later in itertools.pairwise(times))


def test_a_stall_that_is_caught_up_with_changes_nothing() -> None:
    """A quarter second more than is usual, every two seconds."""
    climb = Climb()
    for _ in range(30):
        for behind_ns in (500 * MS, 450 * MS, 300 * MS, 100 * MS):
            climb.read(behind_ns, lost=1 if behind_ns == 500 * MS else 0)
        climb.last(1.8, idle)
    assert climb.changes == []


def test_pictures_that_are_lost_are_pressure_however_short_the_queue() -> None:
    climb = Climb()
    for _ in range(round((PRESSED_NS + TICK_NS) / TICK_NS)):
        climb.read((BEHIND_NS + CALM_NS) // 2, lost=1)
    assert climb.qualities == [Quality.HALF_RATE]
    assert climb.changes[0][1].reason == "pictures were lost"


def test_it_goes_no_further_down_than_it_must() -> None:
    def at_half_rate_it_is_enough(quality: Quality) -> int:
        return hopeless(quality) if quality is Quality.FULL else 0

    climb = Climb()
    climb.last(4, at_half_rate_it_is_enough)
    assert climb.qualities == [Quality.HALF_RATE]


def test_it_tries_ever_less_often() -> None:
    """A machine that can do half the rate and no more, for ten minutes."""

    def half(quality: Quality) -> int:
        return hopeless(quality) if quality is Quality.FULL else 0

    climb = Climb()
    climb.last(600, half)
    ups_s = [at_s for at_s, change in climb.changes if change.quality is Quality.FULL]
    waits_s = [round(later - earlier, 3) for earlier, later in itertools.pairwise(ups_s)]
    assert waits_s[0] == pytest.approx(2 * SHORTEST_CALM_NS / NS_PER_S, abs=2)
    assert waits_s[-1] == pytest.approx(LONGEST_CALM_NS / NS_PER_S, abs=2)
    assert waits_s == sorted(waits_s)
    assert len(ups_s) < 15


def test_after_a_long_calm_it_is_as_quick_as_at_first() -> None:
    climb = Climb()
    for _ in range(3):
        climb.last(2, hopeless)
        climb.last(40, idle)
    climb.last(120, idle)
    climb.last(0.5, hopeless)
    climb.last(SHORTEST_CALM_NS / NS_PER_S + 0.5, idle)
    assert climb.qualities[-2:] == [Quality.HALF_RATE, Quality.FULL]


def test_a_step_that_does_not_exist_is_left_out() -> None:
    climb = Climb(Ladder([Quality.FULL, Quality.HALF_RATE, Quality.AUDIO_ONLY]))
    climb.last(5, hopeless)
    assert climb.qualities == [Quality.HALF_RATE, Quality.AUDIO_ONLY]


readings = st.lists(
    st.tuples(st.integers(0, 3 * NS_PER_S), st.integers(0, 2), st.integers(1, 4 * NS_PER_S)), max_size=120
)


@given(readings)
def test_whatever_is_read_it_moves_one_step_at_a_time_and_for_a_reason(
    given_readings: list[tuple[int, int, int]],
) -> None:
    ladder, now_ns, dropped, stepped_ns = Ladder(), 0, 0, -LONGEST_CALM_NS
    for behind_ns, lost, gap_ns in given_readings:
        now_ns, dropped = now_ns + gap_ns, dropped + lost
        before = STEPS.index(ladder.quality)
        change = ladder.read(now_ns, behind_ns, dropped)
        after = STEPS.index(ladder.quality)
        assert abs(after - before) == (change is not None)
        if change is None:
            continue
        assert change.quality is ladder.quality
        assert change.reason
        is_pressed = behind_ns > BEHIND_NS or lost > 0
        assert is_pressed if after > before else behind_ns <= CALM_NS and not lost
        assert now_ns - stepped_ns >= (SETTLING_NS if after > before else SHORTEST_CALM_NS)
        stepped_ns = now_ns


@settings(deadline=None, max_examples=20)
@given(readings)
def test_from_wherever_it_is_calm_brings_everything_back(given_readings: list[tuple[int, int, int]]) -> None:
    climb = Climb()
    for behind_ns, lost, gap_ns in given_readings:
        climb.clock.advance(gap_ns)
        climb.read(behind_ns, lost)
    climb.last(len(STEPS) * LONGEST_CALM_NS / NS_PER_S, idle)
    assert climb.ladder.quality is Quality.FULL
