"""Monitors that come, go and change while they are recorded."""

from collections.abc import Iterator

import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.recording import AllMonitors, Monitor, Region
from capture.screen import list_screens, open_screen
from capture.screen.base import Frame, ScreenDevice, ScreenSource, VideoFormat
from capture.screen.geometry import Rectangle
from tests.capture.screen.gaze import next_frame, seen_again, settled
from tests.capture.screen.painter import Painter, painter
from tests.rig.screen import private_xvfb

LEFT, RIGHT = Rectangle(0, 0, 300, 480), Rectangle(300, 0, 340, 480)
RED, GREEN = (0, 0, 255), (0, 255, 0)


def colour(bgr: tuple[int, int, int]) -> int:
    return int.from_bytes(bgr, "little")


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    """Two monitors, the left one red and the right one green."""
    with private_xvfb(640, 480) as display, painter(display.name) as hand:
        monkeypatch.setenv("DISPLAY", display.name)
        hand.warp_pointer(639, 479)
        hand.window(LEFT, colour(RED))
        hand.window(RIGHT, colour(GREEN))
        hand.plug_in("left", LEFT)
        hand.plug_in("right", RIGHT)
        yield hand


def numbers() -> dict[str, str]:
    return {screen.name: screen.id for screen in list_screens()}


@pytest.fixture
def source(hand: Painter) -> Iterator[ScreenSource]:
    """The right monitor, open and seen."""
    hand.warp_pointer(0, 0)
    source = open_screen(Monitor(numbers()["right"]), MonotonicClock())
    assert source.open() == VideoFormat(340, 480)
    assert is_all(settled(source), GREEN)
    yield source
    source.close()


def is_all(frame: Frame, bgr: tuple[int, int, int]) -> bool:
    return bool((frame.pixels[..., :3] == bgr).all())


@pytest.mark.usefixtures("hand")
def test_each_is_listed_with_its_place() -> None:
    screens = {screen.name: screen for screen in list_screens()}
    left, right = screens["left"], screens["right"]
    assert left == ScreenDevice(left.id, "left", 0, 0, 300, 480, is_primary=False)
    assert (right.x_px, right.y_px, right.width_px, right.height_px) == (300, 0, 340, 480)
    assert sorted(numbers().values()) == [str(number) for number in range(1, len(screens) + 1)]


def test_drawing_on_the_other_is_no_change(source: ScreenSource, hand: Painter) -> None:
    hand.window(Rectangle(10, 10, 50, 50), colour(GREEN))
    hand.window(Rectangle(400, 100, 50, 20), colour(RED))
    assert next_frame(source).changed_rows == (100, 120)


def test_unplugged_and_plugged_in_again(source: ScreenSource, hand: Painter) -> None:
    hand.unplug("right")
    with pytest.raises(SourceUnavailable, match="unplugged"):
        next_frame(source)
    hand.plug_in("right", RIGHT)
    seen_again(source, lambda frame: is_all(frame, GREEN))


def test_another_size_is_fitted_in(source: ScreenSource, hand: Painter) -> None:
    hand.unplug("right")
    hand.plug_in("right", Rectangle(300, 0, 200, 100))
    frame = seen_again(source, lambda frame: not frame.pixels[:190, :, :3].any())
    assert frame.pixels.shape == (480, 340, 4)
    assert (frame.pixels[190:290, 70:270, :3] == GREEN).all()
    assert not frame.pixels[290:, :, :3].any()
    hand.unplug("right")
    hand.plug_in("right", RIGHT)
    seen_again(source, lambda frame: is_all(frame, GREEN))


def test_another_place_is_followed(source: ScreenSource, hand: Painter) -> None:
    hand.unplug("left")
    hand.unplug("right")
    hand.plug_in("right", Rectangle(0, 0, 340, 480))
    frame = seen_again(source, lambda frame: frame.pixels[200, 200, :3].tolist() == list(RED))
    assert (frame.pixels[20:, :300, :3] == RED).all()
    assert (frame.pixels[:, 300:, :3] == GREEN).all()


@pytest.mark.parametrize("target", [AllMonitors(), Region(0, 0, 640, 480)])
def test_a_desktop_that_shrinks_and_grows(target: AllMonitors | Region, hand: Painter) -> None:
    source = open_screen(target, MonotonicClock())
    assert source.open() == VideoFormat(640, 480)
    settled(source)
    hand.resize_desktop(300, 200)
    frame = seen_again(source, lambda frame: not frame.pixels[:140, :, :3].any())
    assert frame.pixels.shape == (480, 640, 4)
    assert (frame.pixels[140:320, 170:450, :3] == RED).all()
    hand.resize_desktop(640, 480)
    seen_again(source, lambda frame: bool((frame.pixels[:, 320:600, :3] == GREEN).all()))
    source.close()
