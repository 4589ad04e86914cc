"""A window or the desktop, recorded into one file while things happen to it."""

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
from capture.recording import (
    NS_PER_S,
    AllMonitors,
    EndReason,
    Monitor,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    ScreenTarget,
    Window,
)
from capture.screen import list_screens
from capture.screen.geometry import Rectangle
from capture.screen.x11 import screen
from capture.screen.x11.mirror import CHECK_NS
from tests.capture.screen.conftest import DeafDamage
from tests.capture.screen.painter import Painter, Shown, painter
from tests.rig.screen import private_xvfb

LIMIT_S = 20.0
AREA = Rectangle(50, 50, 160, 120)
LEFT, RIGHT = Rectangle(0, 0, 640, 480), Rectangle(640, 0, 320, 480)
RED, BLUE, GREEN = 0xFF0000, 0x0000FF, 0x00FF00

E = TypeVar("E", bound=Event)


@dataclass
class Studio:
    """A recording that runs."""

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

    def pause(self) -> None:
        self.recorder.pause()

    def resume(self) -> None:
        self.recorder.resume()

    def stop(self, ended_by: EndReason = EndReason.STOP) -> Manifest:
        return self.recorder.stop(ended_by)


class Open(Protocol):
    def __call__(self, target: ScreenTarget, *, ends_with_window: bool = False) -> Studio: ...


@pytest.fixture
def window(hand: Painter) -> Shown:
    return hand.window(AREA, RED)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Open]:
    running: list[Studio] = []

    def start(target: ScreenTarget, *, ends_with_window: bool = False) -> Studio:
        directory = tmp_path / "recording"
        spec = RecordingSpec(RecordingId("one"), directory, target, None, None, ends_with_window=ends_with_window)
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


def colours(
    directory: Path, x_px: int = AREA.width_px // 2, y_px: int = AREA.height_px // 2
) -> list[tuple[int, int, int]]:
    """Of one place in each picture, those that follow one another being different; red, green, blue in sixteenths."""
    seen: list[tuple[int, int, int]] = []
    sizes = set()
    with av.open(str(directory / "video_mixed.mp4")) as file:
        for picture in file.decode(video=0):
            sizes.add((picture.width, picture.height))
            red, green, blue = picture.to_ndarray(format="rgb24")[y_px, x_px].tolist()
            colour = (round(red / 255 * 15), round(green / 255 * 15), round(blue / 255 * 15))
            if not seen or seen[-1] != colour:
                seen.append(colour)
    assert len(sizes) == 1
    return seen


def test_moved_resized_covered_and_minimised_in_one_file(studio: Open, window: Shown, hand: Painter) -> None:
    running = studio(Window(hex(window)))
    hand.window(Rectangle(0, 0, 640, 480), GREEN)
    hand.move(window, 300, 250)
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
    running = studio(Window(hex(window)))
    hand.destroy(window)
    assert running.next(SourceLost).reason == "the window was closed"
    assert running.failures.empty()
    manifest = running.stop()
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert colours(running.directory) == [(15, 0, 0)]


def test_a_closed_window_ends_the_recording_where_that_is_wanted(studio: Open, window: Shown, hand: Painter) -> None:
    running = studio(Window(hex(window)), ends_with_window=True)
    hand.destroy(window)
    assert isinstance(running.failures.get(timeout=LIMIT_S), WindowClosed)
    manifest = running.stop(EndReason.WINDOW_CLOSED)
    assert (manifest.status.code, manifest.receipt.ended_by) == (RecordingStatus.COMPLETE, EndReason.WINDOW_CLOSED)


@pytest.mark.parametrize("is_minimised", [False, True])
def test_what_changes_during_a_pause_is_there_after_it(
    studio: Open, window: Shown, hand: Painter, *, is_minimised: bool
) -> None:
    running = studio(Window(hex(window)))
    running.pause()
    hand.resize(window, 320, 240)
    if is_minimised:
        hand.unmap(window)
        running.next(SourceLost)
        hand.colour(window, BLUE)
        hand.map(window)
        running.next(SourceRecovered)
    else:
        hand.paint(window, BLUE)
    before = running.captured()
    running.resume()
    running.see(before + 1)
    manifest = running.stop()
    assert len(manifest.timeline) == 2
    assert colours(running.directory) == [(15, 0, 0), (0, 0, 15)]


@pytest.fixture
def two_heads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    """A desktop of 640 by 480, red, that can grow by a green part on the right; the pointer is in the lower left."""
    with private_xvfb(960, 480) as display, painter(display.name) as hand:
        monkeypatch.setenv("DISPLAY", display.name)
        hand.window(Rectangle(0, 0, 640, 480), RED)
        hand.window(Rectangle(640, 0, 320, 480), GREEN)
        hand.warp_pointer(0, 479)
        hand.resize_desktop(640, 480)
        hand.plug_in("left", LEFT)
        yield hand


def test_a_second_monitor_comes_and_goes_in_one_file(studio: Open, two_heads: Painter) -> None:
    """Each time the pointer moves in the end: what shows that is a picture of all that was done before."""
    running = studio(AllMonitors())
    two_heads.resize_desktop(960, 480)
    two_heads.plug_in("right", RIGHT)
    pictures = running.captured()
    two_heads.warp_pointer(8, 470)
    running.see(pictures + 1)
    two_heads.unplug("right")
    two_heads.resize_desktop(640, 480)
    pictures = running.captured()
    two_heads.warp_pointer(0, 479)
    running.see(pictures + 1)
    manifest = running.stop()
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert colours(running.directory, 600, 240) == [(15, 0, 0), (0, 15, 0), (15, 0, 0)]
    assert colours(running.directory, 600, 40) == [(15, 0, 0), (0, 0, 0), (15, 0, 0)], "black above the wider desktop"


def test_a_recorded_monitor_goes_and_comes_back_in_one_file(studio: Open, two_heads: Painter) -> None:
    two_heads.resize_desktop(960, 480)
    two_heads.plug_in("right", RIGHT)
    running = studio(Monitor(next(screen.id for screen in list_screens() if screen.name == "right")))
    two_heads.unplug("right")
    assert running.next(SourceLost).reason == "the monitor is unplugged"
    before = running.captured()
    two_heads.window(RIGHT, BLUE)
    two_heads.plug_in("right", RIGHT)
    running.next(SourceRecovered)
    running.see(before + 1)
    manifest = running.stop()
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert colours(running.directory) == [(0, 15, 0), (0, 0, 15)]


def test_drawing_that_is_never_reported_is_in_the_file_two_seconds_later(
    studio: Open, window: Shown, hand: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And from then on at once; the receipt tells."""
    monkeypatch.setattr(screen, "Damage", DeafDamage)
    clock = MonotonicClock()
    running = studio(Window(hex(window)))
    before = running.captured()
    hand.paint(window, BLUE)
    painted_ns = clock.now_ns()
    running.see(before + 1)
    assert clock.now_ns() - painted_ns < CHECK_NS + NS_PER_S
    hand.paint(window, GREEN)
    running.see(before + 2)
    assert clock.now_ns() - painted_ns < CHECK_NS + 2 * NS_PER_S
    manifest = running.stop()
    assert manifest.receipt.screen == ScreenReceipt("x11-compare", "drawing was not reported")
    assert colours(running.directory) == [(15, 0, 0), (0, 0, 15), (0, 15, 0)]
