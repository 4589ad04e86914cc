import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.recording import NS_PER_S, Room
from capture.room import ABOVE_CLOSING_BYTES, RETURN_BYTES, Rate, RoomGauge, closing_bytes

MB = 10**6
MIB = 2**20
HOUR_NS = 3600 * NS_PER_S


@pytest.mark.parametrize(
    ("above_closing", "room"),
    [(60 * MIB, Room.AMPLE), (59 * MIB, Room.SCARCE), (19 * MIB, Room.SHORT), (-1, Room.GONE)],
)
def test_what_is_given_up_first(above_closing: int, room: Room) -> None:
    assert RoomGauge().judge(closing_bytes(0) + above_closing, 0) is room


def test_a_long_recording_takes_more_to_close() -> None:
    free = closing_bytes(0) + 1
    assert RoomGauge().judge(free, 0) is Room.SHORT
    assert RoomGauge().judge(free, HOUR_NS) is Room.GONE


@given(st.lists(st.integers(0, 200 * MIB), min_size=1, max_size=20))
def test_room_that_comes_back_is_used_but_not_at_once_and_never_after_the_end(readings: list[int]) -> None:
    gauge = RoomGauge()
    order = list(Room)
    for free in readings:
        before = gauge.room
        now = gauge.judge(free, 0)
        if before is Room.GONE:
            assert now is Room.GONE
        elif order.index(now) < order.index(before):
            assert free - closing_bytes(0) >= ABOVE_CLOSING_BYTES[before] + RETURN_BYTES
        again = gauge.judge(free, 0)
        assert again is now, "the same reading changes nothing"


def test_a_step_is_not_undone_by_a_little_room() -> None:
    gauge = RoomGauge()
    below = closing_bytes(0) + ABOVE_CLOSING_BYTES[Room.SHORT]
    assert gauge.judge(below - 1, 0) is Room.SHORT
    assert gauge.judge(below + RETURN_BYTES - 1, 0) is Room.SHORT
    assert gauge.judge(below + RETURN_BYTES, 0) is Room.SCARCE


def test_time_to_full_counts_what_others_write_too() -> None:
    gauge = RoomGauge()
    free, written = 1_000 * MB, 0
    assert gauge.full_in_s(0, free, written, 0) is None, "one reading tells of no rate"
    for second in range(1, 61):
        free, written = free - 5 * MB, written + MB
        found = gauge.full_in_s(second * NS_PER_S, free, written, second * NS_PER_S)
        assert found == pytest.approx((free - closing_bytes(second * NS_PER_S)) / (5 * MB))


def test_a_disk_that_others_empty_still_fills_up() -> None:
    gauge = RoomGauge()
    free, written = 100 * MB, 0
    for second in range(60):
        found = gauge.full_in_s(second * NS_PER_S, free, written, 0)
        free, written = free + MB, written + 2 * MB
    assert found == pytest.approx((free - MB - closing_bytes(0)) / (2 * MB))


def test_one_busy_second_is_smoothed_and_a_new_pace_is_followed() -> None:
    rate, total = Rate(), 0
    rate.add(0, 0)
    for second in range(1, 120):
        total += 10 * MB if second == 60 else MB
        rate.add(second * NS_PER_S, total)
        assert MB * 0.99 <= rate.per_s < 1.5 * MB
    for second in range(120, 240):
        total += 4 * MB
        rate.add(second * NS_PER_S, total)
    assert rate.per_s == pytest.approx(4 * MB, rel=0.1)
