from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from capture.dates import Dates
from capture.recording import NS_PER_S
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

HOUR_NS = 3600 * NS_PER_S
naps = st.lists(st.tuples(st.integers(NS_PER_S, HOUR_NS), st.integers(0, HOUR_NS)), min_size=1, max_size=5)
"""How long it was recorded, and how long the machine slept then."""


@given(naps, st.booleans())
def test_what_was_slept_is_not_missing_from_the_dates(history: list[tuple[int, int]], stands_still: bool) -> None:  # noqa: FBT001 - hypothesis chooses it
    """Nor counted twice, where the recording's own clock goes on meanwhile."""
    clock, sleepless = FakeClock(), FakeClock(99)
    timeline = Timeline(clock)
    dates = Dates(timeline, clock, sleepless)
    timeline.begin()
    passed_ns = 0
    begins = [(0, 0)]
    for awake_ns, slept_ns in history:
        clock.advance(awake_ns)
        sleepless.advance(awake_ns)
        timeline.rest(NS_PER_S)
        clock.advance(0 if stands_still else slept_ns)
        sleepless.advance(slept_ns)
        dates.note_sleep()
        begin_ns = timeline.begin()
        waited_ns = begin_ns - clock.now_ns()
        clock.advance(waited_ns)
        sleepless.advance(waited_ns)
        passed_ns += awake_ns + slept_ns + waited_ns
        begins.append((timeline.now_ns(), passed_ns))
    for at_ns, expected_ns in begins:
        later_ns = NS_PER_S // 2 if at_ns == 0 else 0
        assert dates.of(at_ns + later_ns) - dates.started_at == microseconds(expected_ns + later_ns)
    assert [segment.is_blank for segment in dates.segments()] == [False] + [True, False] * len(history)


def test_a_sleep_that_nobody_told_of_is_seen() -> None:
    clock, sleepless = FakeClock(), FakeClock()
    timeline = Timeline(clock)
    dates = Dates(timeline, clock, sleepless)
    timeline.begin()
    for each in (clock, sleepless):
        each.advance(NS_PER_S)
    assert dates.untold_sleep_ns() == 0
    sleepless.advance(HOUR_NS)
    assert dates.untold_sleep_ns() == HOUR_NS
    dates.note_sleep()
    assert dates.untold_sleep_ns() == 0


def microseconds(ns: int) -> timedelta:
    return timedelta(microseconds=ns // 1000)
