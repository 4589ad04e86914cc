"""What every screen source keeps to that needs nothing but an X server, or nothing at all."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.recording import AllMonitors, Monitor, Region, TestPattern, Window
from capture.screen import open_screen
from capture.screen.base import Frame, Means, ScreenSource, Unchanged, VideoFormat
from capture.screen.fallback import FirstThatOpens
from capture.screen.geometry import Rectangle
from capture.screen.grabber import ScreenGrabber
from capture.screen.synthetic import SyntheticScreen
from capture.screen.x11.screen import X11Screen
from tests.capture.screen.conftest import HEIGHT_PX, WIDTH_PX
from tests.capture.screen.gaze import WAIT_S, next_frame
from tests.capture.screen.painter import Painter, Shown

CLOCK = MonotonicClock()
LOOKS = 12

Make = Callable[[Shown], ScreenSource]


class NoScreen(SyntheticScreen):
    """Cannot be opened."""

    def open(self) -> VideoFormat:
        raise SourceUnavailable("out of order", source="screen")  # noqa: TRY003 - a reason, not a message


SOURCES: dict[str, Make] = {
    "synthetic": lambda _: open_screen(TestPattern(320, 181), CLOCK),
    "grabber": lambda _: ScreenGrabber(Region(0, 0, 320, 181), CLOCK),
    "x11 desktop": lambda _: X11Screen(AllMonitors(), CLOCK),
    "x11 monitor": lambda _: X11Screen(Monitor("1"), CLOCK),
    "x11 region": lambda _: X11Screen(Region(3, 5, 321, 181), CLOCK),
    "x11 window": lambda window: X11Screen(Window(hex(window)), CLOCK),
    "second choice": lambda _: FirstThatOpens(NoScreen(TestPattern(), CLOCK), X11Screen(Monitor("1"), CLOCK)),
}


@pytest.fixture
def window(hand: Painter) -> Shown:
    return hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), 0x204060)


@pytest.fixture(params=list(SOURCES.values()), ids=list(SOURCES))
def source(request: pytest.FixtureRequest, window: Shown) -> Iterator[ScreenSource]:
    make: Make = request.param
    source = make(window)
    yield source
    source.close()


def test_sizes_are_even_and_the_first_look_shows_everything(source: ScreenSource) -> None:
    video = source.open()
    assert (video.width_px % 2, video.height_px % 2) == (0, 0)
    first = source.read()
    assert isinstance(first, Frame)
    assert first.pixels.shape == (video.height_px, video.width_px, 4)
    assert first.pixels.dtype == np.uint8
    assert first.changed_rows == (0, video.height_px)


def test_frames_say_all_that_changed(source: ScreenSource, window: Shown, hand: Painter) -> None:
    """A picture that is made of nothing but changed rows is the whole picture."""
    video = source.open()
    copy = np.zeros((video.height_px, video.width_px, 4), np.uint8)
    for number in range(LOOKS):
        hand.window(Rectangle(10 * number, 7 * number, 30, 11), 0xFF0000 + number, inside=window)
        hand.move_pointer(20 * number, 9 * number)
        look = source.read()
        if isinstance(look, Frame):
            first, last = look.changed_rows
            assert 0 <= first < last <= video.height_px
            copy[first:last] = look.pixels[first:last]
            assert (copy[..., :3] == look.pixels[..., :3]).all()


def test_time_never_goes_back(source: ScreenSource) -> None:
    source.open()
    began_ns = CLOCK.now_ns()
    times_ns = [source.read().captured_ns for _ in range(LOOKS)]
    assert times_ns == sorted(times_ns)
    assert began_ns <= times_ns[0] <= times_ns[-1] <= CLOCK.now_ns()


def test_a_wait_is_over_in_time(source: ScreenSource) -> None:
    source.open()
    next_frame(source)
    began_s = time.monotonic()
    source.wait(WAIT_S)
    assert time.monotonic() - began_s < WAIT_S + 1


def test_closed_it_can_be_opened_again(source: ScreenSource) -> None:
    video = source.open()
    next_frame(source)
    source.close()
    source.close()
    assert source.open() == video
    first = source.read()
    assert isinstance(first, Frame)
    assert first.changed_rows == (0, video.height_px)


def test_how_it_looks_is_known_also_when_it_is_closed(source: ScreenSource) -> None:
    source.open()
    assert isinstance(source.read(), Frame | Unchanged)
    means = source.means
    source.close()
    assert means.source
    assert source.means == means


def test_a_second_choice_says_why_it_is_one(window: Shown) -> None:
    source = SOURCES["second choice"](window)
    source.open()
    assert source.means == Means("x11-damage", "out of order")
    source.close()
