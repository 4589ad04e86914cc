from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.recording import NS_PER_S
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

ORIGIN_NS = 1_000
HOUR_NS = 3600 * NS_PER_S

Spans = list[tuple[int, int]]
spans = st.lists(st.tuples(st.integers(1, HOUR_NS), st.integers(0, HOUR_NS)), min_size=1, max_size=6)
"""How long it was recorded, and how long it paused then."""


def recorded(history: Spans) -> tuple[Timeline, FakeClock]:
    clock = FakeClock(ORIGIN_NS)
    timeline = Timeline(clock)
    for record_ns, pause_ns in history:
        timeline.begin()
        clock.advance(record_ns)
        timeline.end()
        clock.advance(pause_ns)
    return timeline, clock


@given(spans)
def test_pauses_are_cut_out(history: Spans) -> None:
    timeline, _ = recorded(history)
    assert timeline.now_ns() == sum(record_ns for record_ns, _ in history)
    for before, after in pairwise(timeline.stretches):
        assert after.start_ns == timeline.at(before.end_ns or 0)


@given(spans, st.data())
def test_instant_and_at_are_inverse(history: Spans, data: st.DataObject) -> None:
    timeline, _ = recorded(history)
    at_ns = data.draw(st.integers(0, timeline.now_ns()))
    assert timeline.at(timeline.instant(at_ns)) == at_ns
    stretch = data.draw(st.sampled_from(timeline.stretches))
    instant_ns = data.draw(st.integers(stretch.begin_ns, (stretch.end_ns or 0) - 1))
    assert timeline.instant(timeline.at(instant_ns)) == instant_ns


@given(spans, st.integers(0, 12 * HOUR_NS), st.integers(0, 12 * HOUR_NS))
def test_pieces_cover_exactly_what_was_recorded(history: Spans, one_ns: int, other_ns: int) -> None:
    timeline, _ = recorded(history)
    begin_ns, end_ns = sorted((one_ns, other_ns))
    pieces = list(timeline.pieces(begin_ns, end_ns))
    assert sum(last - first for first, last, _ in pieces) == timeline.at(end_ns) - timeline.at(begin_ns)
    assert all(start_ns == timeline.at(first) for first, _, start_ns in pieces)
    assert all(begin_ns <= first < last <= end_ns for first, last, _ in pieces)
    for (first, last, start_ns), (next_first, _, next_start_ns) in pairwise(pieces):
        assert last <= next_first
        assert start_ns + last - first == next_start_ns


@given(spans, st.integers(0, 12 * HOUR_NS), st.integers(0, HOUR_NS))
def test_time_never_goes_back(history: Spans, instant_ns: int, later_ns: int) -> None:
    timeline, _ = recorded(history)
    assert 0 <= timeline.at(instant_ns) <= timeline.at(instant_ns + later_ns) <= timeline.now_ns()


def test_it_stands_while_it_is_paused() -> None:
    timeline, clock = recorded([(5 * NS_PER_S, 3 * NS_PER_S)])
    assert not timeline.is_running
    assert timeline.now_ns() == 5 * NS_PER_S
    timeline.begin()
    assert timeline.is_running
    clock.advance(NS_PER_S)
    assert timeline.now_ns() == 6 * NS_PER_S


def test_before_the_start_there_is_nothing() -> None:
    timeline = Timeline(FakeClock())
    assert not timeline.is_running
    assert timeline.now_ns() == 0
    assert not list(timeline.pieces(0, HOUR_NS))


def test_begin_and_end_take_turns() -> None:
    timeline = Timeline(FakeClock())
    with pytest.raises(ValueError, match="does not run"):
        timeline.end()
    timeline.begin()
    with pytest.raises(ValueError, match="runs already"):
        timeline.begin()


@given(spans, st.integers(1, 2 * NS_PER_S), st.integers(0, HOUR_NS), st.integers(0, HOUR_NS))
def test_a_rest_counts_at_once_and_whatever_its_length_nothing_is_counted_twice(
    history: Spans, length_ns: int, slept_ns: int, recorded_ns: int
) -> None:
    """The clock may stand still while the machine sleeps, or go on: the timeline is the same."""
    timeline, clock = recorded(history)
    timeline.begin()
    clock.advance(recorded_ns)
    before_ns = timeline.now_ns()
    timeline.rest(length_ns)
    assert timeline.now_ns() == before_ns + length_ns
    assert timeline.ends_blank
    assert not timeline.is_running
    clock.advance(slept_ns)
    assert timeline.now_ns() == before_ns + length_ns
    began_ns = timeline.begin()
    assert timeline.now_ns() == timeline.at(began_ns) == before_ns + length_ns
    clock.advance(began_ns - clock.now_ns() + recorded_ns)
    timeline.end()
    assert timeline.now_ns() == before_ns + length_ns + recorded_ns
    for earlier, later in pairwise(timeline.stretches):
        assert earlier.end_ns is not None
        assert earlier.begin_ns <= earlier.end_ns <= later.begin_ns
        assert later.start_ns == earlier.end_ns - earlier.offset_ns
