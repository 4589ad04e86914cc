import queue
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from capture.clock import Clock, MonotonicClock
from capture.errors import CaptureError, PermissionDenied, SourceGone, SourceUnavailable
from capture.ladder import Change
from capture.recorder import Recorder
from capture.recording import NS_PER_S, EndReason, Quality, RecordingId, RecordingSpec, TestPattern
from capture.screen.base import Frame, Means, Unchanged, VideoFormat
from capture.screen.pacer import Pacer
from tests.fakes.clock import FakeClock
from tests.fakes.sources import WAIT_LIMIT_S, FakeScreen

Heard = Unchanged | Frame | CaptureError | None
"""``None`` stands for a screen that is back."""


class Listener:
    def __init__(self) -> None:
        self.heard: queue.Queue[Heard] = queue.Queue()

    def on_look(self, look: Frame | Unchanged) -> None:
        self.heard.put(look)

    def on_screen_lost(self, error: CaptureError) -> None:
        self.heard.put(error)

    def on_screen_recovered(self) -> None:
        self.heard.put(None)

    def next(self) -> Heard:
        return self.heard.get(timeout=WAIT_LIMIT_S)


class RestlessScreen:
    """Has something new at any time."""

    means = Means("restless")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looks_ns: queue.Queue[int] = queue.Queue()

    def open(self) -> VideoFormat:
        return VideoFormat(64, 36)

    def wait(self, limit_s: float) -> None:
        """At once."""

    def read(self) -> Frame:
        now_ns = self._clock.now_ns()
        self._looks_ns.put(now_ns)
        return Frame(np.zeros((36, 64, 4), np.uint8), now_ns, (0, 36))

    def spans_ns(self, looks: int) -> list[int]:
        """Between so many looks to come, without the next two: they were waited for before."""
        for _ in range(self._looks_ns.qsize() + 2):
            self._looks_ns.get(timeout=WAIT_LIMIT_S)
        times_ns = [self._looks_ns.get(timeout=WAIT_LIMIT_S) for _ in range(looks)]
        return [after_ns - before_ns for before_ns, after_ns in pairwise(times_ns)]

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def screen(clock: FakeClock) -> FakeScreen:
    return FakeScreen(clock)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def pacer(screen: FakeScreen, clock: FakeClock, listener: Listener) -> Iterator[Pacer]:
    """It runs."""
    pacer = Pacer(screen, 60, clock, listener)
    pacer.start()
    yield pacer
    pacer.stop()


def screen_threads() -> int:
    return sum(thread.name == "screen" for thread in threading.enumerate())


def until(listener: Listener, wanted: type[CaptureError] | None) -> int:
    """How many looks came before that."""
    looks = 0
    while isinstance(heard := listener.next(), Unchanged):
        looks += 1
    assert heard is None if wanted is None else isinstance(heard, wanted)
    return looks


@pytest.mark.usefixtures("pacer")
def test_a_look_for_each_change(screen: FakeScreen, clock: FakeClock, listener: Listener) -> None:
    screen.nudge()
    assert listener.next() == Unchanged(clock.now_ns())
    clock.advance(NS_PER_S)
    screen.nudge()
    while listener.next() != Unchanged(clock.now_ns()):
        pass


@pytest.mark.usefixtures("pacer")
def test_a_screen_that_does_not_change_is_looked_at_all_the_same(listener: Listener) -> None:
    """Or the heartbeat would stop."""
    assert isinstance(listener.next(), Unchanged)
    assert isinstance(listener.next(), Unchanged)


@pytest.mark.usefixtures("pacer")
def test_a_screen_that_is_away_is_reported_once_and_comes_back(screen: FakeScreen, listener: Listener) -> None:
    for _ in range(3):
        screen.nudge(SourceUnavailable("locked"))
    until(listener, SourceUnavailable)
    assert listener.next() is None
    assert isinstance(listener.next(), Unchanged)


@pytest.mark.parametrize("error", [SourceGone("closed"), PermissionDenied("revoked")])
def test_a_screen_that_is_gone_is_the_last_that_is_heard(
    error: CaptureError, screen: FakeScreen, listener: Listener, pacer: Pacer
) -> None:
    screen.nudge(error)
    until(listener, type(error))
    reads = screen.reads
    screen.nudge()
    pacer.stop()
    assert listener.heard.empty()
    assert screen.reads == reads


def test_stop_joins_and_closes(screen: FakeScreen, listener: Listener, pacer: Pacer) -> None:
    assert screen.is_waited_for.wait(WAIT_LIMIT_S)
    assert screen_threads() == 1
    pacer.stop()
    assert screen_threads() == 0
    assert screen.closed
    reads, heard = screen.reads, listener.heard.qsize()
    screen.nudge()
    pacer.stop()
    assert (screen.reads, listener.heard.qsize()) == (reads, heard)


def test_one_that_was_never_started_closes_its_screen(screen: FakeScreen, clock: FakeClock, listener: Listener) -> None:
    Pacer(screen, 30, clock, listener).stop()
    assert screen.closed
    assert listener.heard.empty()


def test_it_is_never_faster_than_the_frame_rate(listener: Listener) -> None:
    clock, rate_fps, looks = MonotonicClock(), 50, 10
    pacer = Pacer(RestlessScreen(clock), rate_fps, clock, listener)
    pacer.start()
    times_ns = [look.captured_ns for look in (listener.next() for _ in range(looks)) if isinstance(look, Frame)]
    pacer.stop()
    assert len(times_ns) == looks
    assert times_ns[-1] - times_ns[0] > (looks - 2) * NS_PER_S // rate_fps


def test_what_is_left_out_under_pressure_is_not_even_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, rate_fps = MonotonicClock(), 40
    screen = RestlessScreen(clock)
    monkeypatch.setattr("capture.sources.open_screen", lambda *_, **__: screen)
    spec = RecordingSpec(RecordingId("one"), tmp_path / "recording", TestPattern(), None, None, frame_rate_fps=rate_fps)
    recorder = Recorder(spec, clock, lambda _: None, lambda _: None)
    recorder.start()
    for quality, frames in ((Quality.QUARTER_RATE, 4), (Quality.HALF_RATE, 2), (Quality.AUDIO_ONLY, 4)):
        recorder.on_quality_changed(Change(quality, "busy"), 0)
        assert fmean(screen.spans_ns(4)) > (frames - 0.5) * NS_PER_S / rate_fps
    recorder.on_quality_changed(Change(Quality.FULL, "calm"), 0)
    assert min(screen.spans_ns(8)) < 2 * NS_PER_S // rate_fps
    recorder.stop(EndReason.STOP)
