"""A window, recorded into a file while things happen to it."""

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import av
import pytest

from capture.clock import MonotonicClock
from capture.errors import CaptureError, WindowClosed
from capture.events import Event, Frames, SourceLost, SourceRecovered
from capture.manifest import Manifest, ScreenReceipt
from capture.recorder import Recorder
from capture.recording import EndReason, RecordingId, RecordingSpec, RecordingStatus, Window
from capture.screen.geometry import Rectangle
from tests.capture.screen.painter import Painter, Shown

LIMIT_S = 20.0
AREA = Rectangle(50, 50, 160, 120)
RED, BLUE, GREEN = 0xFF0000, 0x0000FF, 0x00FF00

E = TypeVar("E", bound=Event)


@dataclass
class Studio:
    """A recording of one window that runs."""

    recorder: Recorder
    directory: Path
    events: "queue.Queue[Event]" = field(default_factory=queue.Queue)
    failures: "queue.Queue[CaptureError]" = field(default_factory=queue.Queue)

    def next(self, kind: type[E]) -> E:
        while not isinstance(event := self.events.get(timeout=LIMIT_S), kind):
            pass
        return event

    def captured(self) -> int:
        while not self.events.empty():
            self.events.get()
        self.recorder.report()
        return self.next(Frames).captured

    def see(self, pictures: int) -> None:
        """Returns when so many were captured."""
        while self.captured() < pictures:
            pass

    def stop(self, ended_by: EndReason = EndReason.STOP) -> Manifest:
        return self.recorder.stop(ended_by)


class Open(Protocol):
    def __call__(self, *, ends_with_window: bool = False) -> Studio: ...


@pytest.fixture
def window(hand: Painter) -> Shown:
    return hand.window(AREA, RED)


@pytest.fixture
def studio(window: Shown, tmp_path: Path) -> Iterator[Open]:
    running: list[Studio] = []

    def start(*, ends_with_window: bool = False) -> Studio:
        directory = tmp_path / "recording"
        spec = RecordingSpec(
            RecordingId("one"), directory, Window(hex(window)), None, None, ends_with_window=ends_with_window
        )
        events: queue.Queue[Event] = queue.Queue()
        failures: queue.Queue[CaptureError] = queue.Queue()
        studio = Studio(Recorder(spec, MonotonicClock(), events.put, failures.put), directory, events, failures)
        studio.recorder.start()
        running.append(studio)
        studio.see(1)
        return studio

    yield start
    for each in running:
        each.recorder.discard()


def colours(directory: Path) -> list[tuple[int, int, int]]:
    """Of the middle of each picture, those that follow one another being different; red, green, blue in sixteenths."""
    seen: list[tuple[int, int, int]] = []
    with av.open(str(directory / "video_mixed.mp4")) as file:
        for picture in file.decode(video=0):
            assert (picture.width, picture.height) == (AREA.width_px, AREA.height_px)
            red, green, blue = picture.to_ndarray(format="rgb24")[60, 80].tolist()
            colour = (round(red / 255 * 15), round(green / 255 * 15), round(blue / 255 * 15))
            if not seen or seen[-1] != colour:
                seen.append(colour)
    return seen


def test_resized_covered_and_minimised_in_one_file(studio: Open, window: Shown, hand: Painter) -> None:
    running = studio()
    hand.window(Rectangle(0, 0, 640, 480), GREEN)
    hand.resize(window, 320, 200)
    hand.unmap(window)
    lost = running.next(SourceLost)
    assert (lost.source, lost.reason) == ("screen", "the window is minimised")
    before = running.captured()
    hand.colour(window, BLUE)
    hand.map(window)
    back = running.next(SourceRecovered)
    assert (back.source, back.device) == ("screen", "x11-damage")
    assert back.gap_ns == back.at_ns - lost.at_ns
    running.see(before + 1)
    manifest = running.stop()
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert manifest.receipt.screen == ScreenReceipt("x11-damage", None)
    assert colours(running.directory) == [(15, 0, 0), (0, 0, 15)]


def test_a_closed_window_stands_while_the_recording_goes_on(studio: Open, window: Shown, hand: Painter) -> None:
    running = studio()
    hand.destroy(window)
    assert running.next(SourceLost).reason == "the window was closed"
    assert running.failures.empty()
    manifest = running.stop()
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert colours(running.directory) == [(15, 0, 0)]


def test_a_closed_window_ends_the_recording_where_that_is_wanted(studio: Open, window: Shown, hand: Painter) -> None:
    running = studio(ends_with_window=True)
    hand.destroy(window)
    assert isinstance(running.failures.get(timeout=LIMIT_S), WindowClosed)
    manifest = running.stop(EndReason.WINDOW_CLOSED)
    assert (manifest.status.code, manifest.receipt.ended_by) == (RecordingStatus.COMPLETE, EndReason.WINDOW_CLOSED)
