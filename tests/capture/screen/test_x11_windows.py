"""One window, whatever is done to it."""

from collections.abc import Iterator

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable, UnknownDevice, WindowClosed
from capture.recording import Window
from capture.screen import list_windows, open_screen
from capture.screen.base import Frame, ScreenSource, Unchanged, VideoFormat, WindowDevice
from capture.screen.geometry import Rectangle
from tests.capture.screen.conftest import HEIGHT_PX, WIDTH_PX, xvfb_without
from tests.capture.screen.gaze import WAIT_S, next_frame, seen_again, settled
from tests.capture.screen.painter import Painter, Shown, painter
from tests.rig.screen import private_xvfb, window_manager

RED, GREEN, BLUE = (0, 0, 255), (0, 255, 0), (255, 0, 0)
AREA = Rectangle(100, 80, 201, 101)


def colour(bgr: tuple[int, int, int]) -> int:
    return int.from_bytes(bgr, "little")


def is_all(frame: Frame, bgr: tuple[int, int, int]) -> bool:
    return bool((frame.pixels[..., :3] == bgr).all())


@pytest.fixture
def window(hand: Painter) -> Shown:
    return hand.window(AREA, colour(RED))


@pytest.fixture
def source(window: Shown) -> Iterator[ScreenSource]:
    """Open, and its window was seen."""
    source = open_screen(Window(hex(window)), MonotonicClock())
    assert source.open() == VideoFormat(200, 100)
    assert is_all(settled(source), RED)
    yield source
    source.close()


def await_loss(source: ScreenSource) -> SourceUnavailable:
    with pytest.raises(SourceUnavailable) as caught:
        next_frame(source)
    return caught.value


def test_what_covers_it_is_not_recorded(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), colour(GREEN))
    hand.paint(window, colour(BLUE))
    assert is_all(settled(source), BLUE)


@pytest.mark.parametrize("kind", ["dialog", "menu of a dialog", "tooltip of the same program"])
def test_what_belongs_to_it_is_shown_over_it(kind: str, source: ScreenSource, window: Shown, hand: Painter) -> None:
    popup = shown_for(kind, window, hand)
    frame = settled(source)
    inside = Rectangle(20, 20, 50, 30)
    assert (frame.pixels[inside.slices()][..., :3] == GREEN).all()
    assert int((frame.pixels[..., :3] == GREEN).all(axis=2).sum()) == 50 * 30
    hand.paint(popup, colour(BLUE))
    frame = next_frame(source)
    assert frame.changed_rows == (20, 50)
    assert (frame.pixels[inside.slices()][..., :3] == BLUE).all()
    hand.move(popup, AREA.x_px + 180, AREA.y_px + 90)
    frame = settled(source)
    assert (frame.pixels[90:, 180:, :3] == BLUE).all()
    assert int((frame.pixels[..., :3] == RED).all(axis=2).sum()) == 200 * 100 - 20 * 10
    hand.unmap(popup)
    assert is_all(settled(source), RED)


def shown_for(kind: str, window: Shown, hand: Painter) -> Shown:
    """At 20, 20 of it, 50 by 30, green."""
    area = Rectangle(AREA.x_px + 20, AREA.y_px + 20, 50, 30)
    if kind == "dialog":
        return hand.window(area, colour(GREEN), owner=window)
    if kind == "menu of a dialog":
        dialog = hand.window(Rectangle(0, 0, 10, 10), colour(GREEN), owner=window)
        return hand.window(area, colour(GREEN), owner=dialog)
    popup = hand.window(area, colour(GREEN))
    hand.unmap(popup)
    hand.lead(window, window, popup)
    hand.map(popup)
    return popup


def test_what_covers_its_menu_is_not_recorded(source: ScreenSource, window: Shown, hand: Painter) -> None:
    """Neither when it did before the menu was seen: the server keeps a menu apart only from then on."""
    popup = shown_for("dialog", window, hand)
    hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), colour(BLUE))
    frame = settled(source)
    assert not (frame.pixels[..., :3] == BLUE).all(axis=2).any()
    hand.paint(popup, colour(GREEN))
    frame = settled(source)
    assert (frame.pixels[Rectangle(20, 20, 50, 30).slices()][..., :3] == GREEN).all()


def test_what_belongs_to_it_and_is_left_out_is_not_shown(window: Shown, hand: Painter) -> None:
    popup = shown_for("dialog", window, hand)
    source = open_screen(Window(hex(window)), MonotonicClock(), excluded=(Window(hex(popup)),))
    source.open()
    assert is_all(settled(source), RED)
    source.close()


def test_its_menu_below_it_is_not_seen(source: ScreenSource, window: Shown, hand: Painter) -> None:
    popup = shown_for("dialog", window, hand)
    settled(source)
    hand.lower(popup)
    assert is_all(settled(source), RED)


def test_the_pointer_shows_over_its_menu_too(source: ScreenSource, window: Shown, hand: Painter) -> None:
    shown_for("dialog", window, hand)
    settled(source)
    hand.move_pointer(AREA.x_px + 40, AREA.y_px + 30)
    frame = next_frame(source)
    assert not (frame.pixels[Rectangle(20, 20, 50, 30).slices()][..., :3] == GREEN).all()


def test_restacking_changes_nothing(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.window(AREA, colour(GREEN))
    hand.lower(window)
    source.wait(WAIT_S)
    look = source.read()
    assert isinstance(look, Unchanged) or is_all(look, RED)


def test_only_the_rows_that_changed(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.window(Rectangle(20, 30, 10, 7), colour(GREEN), inside=window)
    frame = next_frame(source)
    assert frame.changed_rows == (30, 37)
    assert frame.pixels[33, 25, :3].tolist() == list(GREEN)
    assert frame.pixels[33, 35, :3].tolist() == list(RED)


def test_it_is_followed_also_beyond_the_edge(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.move(window, WIDTH_PX - 50, -60)
    hand.paint(window, colour(BLUE))
    assert is_all(settled(source), BLUE)


def test_smaller_it_stands_in_the_middle(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.resize(window, 100, 51)
    frame = settled(source)
    assert frame.pixels.shape == (100, 200, 4)
    inside = np.zeros((100, 200), bool)
    inside[25:75, 50:150] = True
    assert ((frame.pixels[..., :3] == RED).all(axis=2) == inside).all()
    assert not frame.pixels[~inside][:, :3].any()


def test_larger_it_is_shrunk_and_back_again_it_is_sharp(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.resize(window, 400, 400)
    frame = settled(source)
    assert frame.pixels.shape == (100, 200, 4)
    assert (frame.pixels[:, 52:148, :3] == RED).all()
    assert not frame.pixels[:, :49, :3].any()
    hand.resize(window, 201, 101)
    assert is_all(settled(source), RED)


def test_minimised_there_is_nothing_to_see_until_it_is_back(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.unmap(window)
    error = await_loss(source)
    assert not isinstance(error, WindowClosed)
    assert error.reason == "the window is minimised"
    hand.paint(window, colour(BLUE))
    hand.map(window)
    seen_again(source)
    hand.paint(window, colour(GREEN))
    assert is_all(settled(source), GREEN)


def test_closed_it_is_gone_for_good(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.destroy(window)
    assert isinstance(await_loss(source), WindowClosed)
    assert isinstance(await_loss(source), WindowClosed)


def test_a_recording_that_begins_minimised_begins_black(window: Shown, hand: Painter) -> None:
    hand.unmap(window)
    source = open_screen(Window(hex(window)), MonotonicClock())
    assert source.open() == VideoFormat(200, 100)
    assert is_all(next_frame(source), (0, 0, 0))
    await_loss(source)
    hand.map(window)
    seen_again(source)
    hand.paint(window, colour(GREEN))
    assert is_all(settled(source), GREEN)
    source.close()


def test_the_pointer_shows_only_over_the_window(source: ScreenSource, window: Shown, hand: Painter) -> None:
    hand.move_pointer(AREA.x_px + 100, AREA.y_px + 50)
    assert not is_all(next_frame(source), RED)
    hand.window(AREA, colour(GREEN))
    hand.move_pointer(AREA.x_px + 101, AREA.y_px + 50)
    assert is_all(next_frame(source), RED)
    hand.paint(window, colour(BLUE))
    assert is_all(settled(source), BLUE)


@pytest.mark.usefixtures("hand")
@pytest.mark.parametrize("number", ["0x7ffffff", "4711", "the window", ""])
def test_an_unknown_window(number: str) -> None:
    with pytest.raises(UnknownDevice) as caught:
        open_screen(Window(number), MonotonicClock()).open()
    assert caught.value.data == {"source": "window", "device": number}


def test_a_window_may_be_named_in_decimal(window: Shown) -> None:
    source = open_screen(Window(str(int(window))), MonotonicClock())
    assert source.open() == VideoFormat(200, 100)
    source.close()


def test_a_server_that_cannot_keep_windows_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    with xvfb_without("Composite") as server, painter(server.name) as hand:
        monkeypatch.setenv("DISPLAY", server.name)
        window = hand.window(AREA, colour(RED))
        with pytest.raises(SourceUnavailable, match="Composite"):
            open_screen(Window(hex(window)), MonotonicClock()).open()


def test_without_a_window_manager_named_windows_are_listed_topmost_first(window: Shown, hand: Painter) -> None:
    hand.name(window, "Größe - 日本", "Editor")
    old = hand.window(Rectangle(0, 0, 50, 50), colour(GREEN))
    hand.name_the_old_way(old, "Alt")
    hand.window(Rectangle(0, 0, 50, 50), colour(GREEN))
    hidden = hand.window(Rectangle(0, 0, 50, 50), colour(GREEN))
    hand.name(hidden, "Hidden", "Editor")
    hand.unmap(hidden)
    listed = list_windows()
    assert listed == (WindowDevice(hex(old), "Alt", ""), WindowDevice(hex(window), "Größe - 日本", "Editor"))
    assert "Größe" not in repr(listed)


def test_with_a_window_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its frame is not recorded, and minimising goes through it."""
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display, painter(display.name) as hand:
        monkeypatch.setenv("DISPLAY", display.name)
        hand.warp_pointer(WIDTH_PX - 1, HEIGHT_PX - 1)
        with window_manager(display):
            window = hand.window(AREA, colour(RED), managed=True)
            hand.name(window, "Notes", "Editor")
            source = open_screen(Window(hex(window)), MonotonicClock())
            assert source.open() == VideoFormat(200, 100)
            next_frame(source, lambda frame: is_all(frame, RED))
            assert list_windows() == (WindowDevice(hex(window), "Notes", "Editor"),)
            dialog = hand.window(Rectangle(0, 0, 60, 40), colour(GREEN), managed=True, owner=window)
            next_frame(source, lambda frame: (frame.pixels[..., :3] == GREEN).all(axis=2).any())
            hand.destroy(dialog)
            next_frame(source, lambda frame: is_all(frame, RED))
            hand.minimise(window)
            await_loss(source)
            assert list_windows() == (WindowDevice(hex(window), "Notes", "Editor"),)
            hand.map(window)
            seen_again(source)
            hand.destroy(window)
            assert isinstance(await_loss(source), WindowClosed)
            assert list_windows() == ()
            source.close()
