"""A sound server's snapshots of its own clock, made up: what is believed of them."""

import pytest

from capture.audio.libpulse import TimingInfo
from capture.audio.pulse_clock import BELIEVED_STRAYS, PERIOD_NS, SETTLING_SNAPSHOTS, PulseClock
from capture.recording import NS_PER_S
from tests.fakes.clock import FakeClock

MS = 1_000_000
FRAME_BYTES = 4
WALL_NS = 1_700_000_000 * NS_PER_S
"""What the wall clock says when the monotonic one says 0."""


class Server:
    """Whose stream began at the monotonic instant ``origin_ns``, and a wall clock that can be set."""

    def __init__(self) -> None:
        self.monotonic = FakeClock()
        self.origin_ns = self.monotonic.now_ns()
        self.wall_set_by_ns = 0
        self.clock = PulseClock(FRAME_BYTES, self.monotonic, self._wall_ns)

    def snapshot(self, error_ns: int = 0, set_on_the_way_ns: int = 0, latency_us: int = 0) -> None:
        """Taken now, read 2 ms later; in between the wall clock may be set."""
        at_ns = self._wall_ns()
        frames = (self.monotonic.now_ns() - self.origin_ns - error_ns - latency_us * 1000) * 48 // MS
        self.monotonic.advance(2 * MS)
        self.wall_set_by_ns += set_on_the_way_ns
        info = TimingInfo(timestamp_s=at_ns // NS_PER_S, timestamp_us=at_ns % NS_PER_S // 1000)
        info.source_us, info.write_index_bytes = latency_us, frames * FRAME_BYTES
        self.clock.take(info)
        self.monotonic.advance(20 * MS)

    @property
    def error_ms(self) -> float:
        captured_ns = self.clock.captured_ns(48_000 * FRAME_BYTES)
        assert captured_ns is not None
        return (captured_ns - self.origin_ns - NS_PER_S) / MS

    def _wall_ns(self) -> int:
        return WALL_NS + self.monotonic.now_ns() + self.wall_set_by_ns


@pytest.fixture
def server() -> Server:
    return Server()


def test_samples_are_dated_by_snapshots(server: Server) -> None:
    assert server.clock.captured_ns(0) is None
    server.snapshot(latency_us=30_000)
    assert server.error_ms == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("set_by_ns", [-3600 * NS_PER_S, -50 * MS, 1100 * MS, 3600 * NS_PER_S])
def test_a_wall_clock_that_is_set_meanwhile_bends_nothing(server: Server, set_by_ns: int) -> None:
    server.snapshot()
    server.snapshot(set_on_the_way_ns=set_by_ns)
    assert server.error_ms == pytest.approx(0, abs=0.1)
    server.snapshot()
    assert server.error_ms == pytest.approx(0, abs=0.1)


def test_a_wall_clock_that_is_set_during_the_first_snapshot_leaves_the_time_unknown(server: Server) -> None:
    server.snapshot(set_on_the_way_ns=-NS_PER_S)
    assert server.clock.captured_ns(0) is None
    assert server.clock.wants_snapshot
    server.snapshot()
    assert server.error_ms == pytest.approx(0, abs=0.1)


def test_a_small_step_of_the_wall_clock_is_one_wrong_snapshot_among_others(server: Server) -> None:
    for _ in range(5):
        server.snapshot()
    server.snapshot(set_on_the_way_ns=500 * MS)
    assert server.error_ms == pytest.approx(0, abs=0.1)


def test_jitter_is_averaged(server: Server) -> None:
    for number in range(SETTLING_SNAPSHOTS):
        server.snapshot(error_ns=number % 4 * 7 * MS)
    assert 5 < server.error_ms < 16


def test_time_that_was_lost_is_believed_when_it_is_told_again(server: Server) -> None:
    for _ in range(SETTLING_SNAPSHOTS):
        server.snapshot()
    server.monotonic.advance(PERIOD_NS)
    for number in range(BELIEVED_STRAYS):
        assert server.clock.wants_snapshot
        assert server.error_ms == pytest.approx(0, abs=0.1), number
        server.snapshot(error_ns=300 * MS)
    assert server.error_ms == pytest.approx(300, abs=0.1)


def test_snapshots_are_wanted_often_at_first_and_seldom_later(server: Server) -> None:
    for _ in range(SETTLING_SNAPSHOTS):
        assert server.clock.wants_snapshot
        server.snapshot()
    assert not server.clock.wants_snapshot
    server.monotonic.advance(PERIOD_NS)
    assert server.clock.wants_snapshot


def test_after_a_rest_nothing_is_known(server: Server) -> None:
    server.snapshot()
    server.clock.restart()
    assert server.clock.captured_ns(0) is None
    server.snapshot(error_ns=500 * MS)
    assert server.error_ms == pytest.approx(500, abs=0.1)
