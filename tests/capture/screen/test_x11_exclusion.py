"""Windows that are left out of a picture of the desktop: not one pixel of them, whatever they do."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.errors import InvalidSpec, SourceUnavailable, UnknownDevice
from capture.recording import AllMonitors, RecordingId, RecordingSpec, Region, TestPattern, Window
from capture.screen import open_screen
from capture.screen.base import Frame, Means, ScreenSource, Unchanged
from capture.screen.geometry import Rectangle
from capture.wire import from_document, to_document
from tests.capture.screen.conftest import HEIGHT_PX, WIDTH_PX, xvfb_without
from tests.capture.screen.gaze import LIMIT_S, WAIT_S, next_frame, settled
from tests.capture.screen.painter import Painter, Shown, painter
from tests.rig.screen import Display, private_xvfb, window_manager

RED, GREEN, BLUE, BLACK = (0, 0, 255), (0, 255, 0), (255, 0, 0), (0, 0, 0)
SECRET = (123, 45, 222)
DESKTOP = Rectangle(0, 0, WIDTH_PX, HEIGHT_PX)
BESIDE_POINTER = Rectangle(0, 0, WIDTH_PX, HEIGHT_PX - 20)
PLACE = Rectangle(100, 80, 200, 100)
LOOKS = 60
RESTLESS_MOVES = 9


def colour(bgr: tuple[int, int, int]) -> int:
    return int.from_bytes(bgr, "little")


def shows(frame: Frame, bgr: tuple[int, int, int]) -> bool:
    return bool((frame.pixels[..., :3] == bgr).all(axis=2).any())


def is_all(frame: Frame, bgr: tuple[int, int, int], area: Rectangle = BESIDE_POINTER) -> bool:
    return bool((frame.pixels[area.slices()][..., :3] == bgr).all())


def stays(source: ScreenSource, bgr: tuple[int, int, int]) -> None:
    for _ in range(3):
        source.wait(WAIT_S)
        look = source.read()
        assert isinstance(look, Unchanged) or is_all(look, bgr)


@pytest.fixture
def ground(hand: Painter) -> Shown:
    """The desktop, red."""
    return hand.window(DESKTOP, colour(RED))


@pytest.fixture
def secret(hand: Painter, ground: Shown) -> Shown:
    assert ground
    return hand.window(PLACE, colour(SECRET))


@pytest.fixture
def source(secret: Shown) -> Iterator[ScreenSource]:
    """Open, and everything was seen once."""
    source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
    source.open()
    assert is_all(settled(source), RED)
    yield source
    source.close()


def test_what_lies_beneath_is_seen_and_followed(source: ScreenSource, ground: Shown, hand: Painter) -> None:
    hand.paint(ground, colour(BLUE))
    assert is_all(settled(source), BLUE)
    below = hand.window(Rectangle(150, 100, 20, 10), colour(GREEN), inside=ground)
    frame = next_frame(source)
    assert frame.changed_rows == (100, 110)
    assert is_all(frame, GREEN, Rectangle(150, 100, 20, 10))
    hand.destroy(below)
    assert is_all(settled(source), BLUE)


def test_what_stands_above_is_seen(source: ScreenSource, hand: Painter) -> None:
    above = Rectangle(150, 60, 40, 60)
    hand.window(above, colour(GREEN))
    frame = settled(source)
    assert is_all(frame, GREEN, above)
    assert int((frame.pixels[..., :3] == GREEN).all(axis=2).sum()) == 40 * 60
    assert not shows(frame, SECRET)


def test_what_it_draws_itself_is_no_change(source: ScreenSource, secret: Shown, hand: Painter) -> None:
    for shade in range(5):
        hand.paint(secret, colour(SECRET) + shade)
        source.wait(WAIT_S)
        assert isinstance(source.read(), Unchanged)


def test_with_nothing_beneath_it_is_as_the_desktop_is_papered(hand: Painter) -> None:
    hand.paper(WIDTH_PX, HEIGHT_PX, colour(GREEN))
    secret = hand.window(PLACE, colour(SECRET))
    source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
    source.open()
    assert is_all(settled(source), GREEN)
    source.close()


def test_with_nothing_known_beneath_it_is_black(hand: Painter) -> None:
    hand.paper(50, 50, colour(GREEN))  # too small for it
    secret = hand.window(PLACE, colour(SECRET))
    source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
    source.open()
    frame = settled(source)
    assert is_all(frame, BLACK, PLACE)
    assert is_all(frame, GREEN, Rectangle(0, 200, WIDTH_PX, 100))
    source.close()


@pytest.mark.parametrize("act", ["move", "resize", "raise", "map again", "close"])
def test_whatever_it_does_nothing_changes(act: str, source: ScreenSource, secret: Shown, hand: Painter) -> None:
    match act:
        case "move":
            hand.move(secret, 300, 250)
        case "resize":
            hand.resize(secret, 400, 300)
        case "raise":
            hand.lower(secret)
            hand.raise_(secret)
        case "map again":
            hand.unmap(secret)
            hand.move(secret, 5, 5)
            hand.map(secret)
        case _:
            hand.destroy(secret)
    stays(source, RED)


class Mover(threading.Thread):
    """Shows, hides, moves, resizes and restacks a window of its own, over programs that draw late or never."""

    def __init__(self, display: Display) -> None:
        super().__init__(daemon=True)
        self._display = display
        self._ending = threading.Event()
        self.window: Shown | None = None
        self.is_there = threading.Event()
        self.may_move = threading.Event()

    def run(self) -> None:
        with painter(self._display.name) as hand:
            self.window = hand.window(PLACE, colour(SECRET))
            self.is_there.set()
            self.may_move.wait(LIMIT_S)
            random = np.random.default_rng(7)
            late = [hand.unpainted(Rectangle(200, 150, 150, 150)) for _ in range(2)]
            while not self._ending.wait(0.004):
                x_px, y_px, width_px, height_px = random.integers((-50, -50, 20, 20), (600, 400, 300, 300)).tolist()
                match int(random.integers(RESTLESS_MOVES)):
                    case 0 | 1 | 2:
                        hand.move(self.window, x_px, y_px)
                    case 3:
                        hand.resize(self.window, width_px, height_px)
                    case 4:
                        hand.unmap(self.window)
                        hand.map(self.window)
                    case 5:
                        hand.fill(late[int(random.integers(2))], colour(GREEN))
                    case 6:
                        hand.resize(late[1], width_px, height_px)
                    case 7:
                        hand.move(late[0], x_px, y_px)
                        hand.map(late[0])
                        hand.raise_(self.window)
                    case _:
                        hand.unmap(late[0])
                        hand.raise_(late[1])
                        hand.map(late[1])

    def end(self) -> None:
        self._ending.set()
        self.join()


@pytest.mark.parametrize("composited", [False, True])
@pytest.mark.parametrize("target", [AllMonitors(), Region(33, 41, 400, 300)])
def test_not_in_one_frame_however_restless(
    target: AllMonitors | Region, *, composited: bool, ground: Shown, x_server: Display, hand: Painter
) -> None:
    if composited:
        hand.manage_compositing()
    mover = Mover(x_server)
    mover.start()
    assert mover.is_there.wait(LIMIT_S)
    assert mover.window is not None
    source = open_screen(target, MonotonicClock(), excluded=(Window(hex(mover.window)),))
    source.open()
    mover.may_move.set()
    frames = 0
    try:
        for number in range(LOOKS):
            hand.paint(ground, colour(RED) + number)
            look = source.read()
            if isinstance(look, Frame):
                frames += 1
                assert not shows(look, SECRET)
    finally:
        mover.end()
        source.close()
    assert frames > LOOKS / 3


def test_a_program_that_has_not_drawn_yet_does_not_give_it_away(
    source: ScreenSource, secret: Shown, hand: Painter
) -> None:
    """Its window holds what the screen showed before: the hidden one."""
    late = hand.unpainted(Rectangle(50, 50, 400, 200))
    hand.map(late)
    hand.raise_(secret)
    assert is_all(settled(source), BLACK, PLACE)
    hand.move(secret, 400, 300)
    assert not shows(settled(source), SECRET)
    hand.fill(late, colour(GREEN))
    frame = settled(source)
    assert is_all(frame, GREEN, Rectangle(50, 50, 400, 200))
    assert not shows(frame, SECRET)


def test_what_belongs_to_it_is_hidden_too(source: ScreenSource, secret: Shown, hand: Painter) -> None:
    dialog = hand.window(PLACE, colour(SECRET), owner=secret)
    hand.window(Rectangle(300, 250, 90, 20), colour(SECRET), owner=dialog)
    stays(source, RED)


def test_under_a_compositing_manager_all_is_drawn_from_the_windows(hand: Painter, ground: Shown) -> None:
    """The screen shows them late, and elsewhere."""
    assert ground
    hand.manage_compositing()
    secret = hand.window(PLACE, colour(SECRET))
    seen = hand.window(Rectangle(250, 100, 100, 100), colour(GREEN))
    source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
    source.open()
    frame = settled(source)
    assert is_all(frame, GREEN, Rectangle(250, 100, 100, 100))
    assert not shows(frame, SECRET)
    hand.paint(seen, colour(BLUE))
    frame = next_frame(source)
    assert frame.changed_rows == (100, 200)
    assert is_all(frame, BLUE, Rectangle(250, 100, 100, 100))
    assert is_all(frame, RED, Rectangle(0, 300, WIDTH_PX, 100))
    source.close()
    assert source.means == Means("x11-damage", "only windows are seen: a compositing manager runs")


def test_in_the_frame_of_a_window_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display, painter(display.name) as hand:
        monkeypatch.setenv("DISPLAY", display.name)
        hand.warp_pointer(WIDTH_PX - 1, HEIGHT_PX - 1)
        hand.window(DESKTOP, colour(RED))
        secret = hand.window(PLACE, colour(SECRET), managed=True)
        source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
        source.open()
        assert is_all(settled(source), RED)
        with window_manager(display):
            stays(source, RED)
            hand.move(secret, 300, 200)
            stays(source, RED)
        stays(source, RED)
        source.close()


def test_a_spec_from_before_leaves_nothing_out(tmp_path: Path) -> None:
    spec = RecordingSpec(RecordingId("one"), tmp_path, AllMonitors(), excluded_windows=(Window("0x7"), Window("8")))
    document = to_document(spec)
    assert from_document(document, RecordingSpec) == spec
    del document["excluded_windows"]
    assert from_document(document, RecordingSpec) == replace(spec, excluded_windows=())


def test_an_unknown_one_is_named(hand: Painter) -> None:
    assert hand is not None
    with pytest.raises(UnknownDevice) as caught:
        open_screen(AllMonitors(), MonotonicClock(), excluded=(Window("0x7ffffff"),)).open()
    assert caught.value.data == {"source": "window", "device": "0x7ffffff"}


def test_the_recorded_one_cannot_be_left_out(secret: Shown) -> None:
    target = Window(hex(secret))
    with pytest.raises(InvalidSpec):
        open_screen(target, MonotonicClock(), excluded=(target,))


@pytest.mark.parametrize("lacking", ["Composite", "MIT-SHM"])
def test_a_server_that_cannot_do_it_shows_nothing_instead(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with xvfb_without(lacking) as server, painter(server.name) as hand:
        monkeypatch.setenv("DISPLAY", server.name)
        secret = hand.window(PLACE, colour(SECRET))
        with pytest.raises(SourceUnavailable, match=lacking) as caught:
            open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),)).open()
        assert caught.value.data["source"] == "exclusion"


def test_a_server_that_does_not_tell_of_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    with xvfb_without("DAMAGE") as server, painter(server.name) as hand:
        monkeypatch.setenv("DISPLAY", server.name)
        ground = hand.window(Rectangle(0, 0, 320, 240), colour(RED))
        secret = hand.window(Rectangle(10, 10, 100, 100), colour(SECRET))
        source = open_screen(AllMonitors(), MonotonicClock(), excluded=(Window(hex(secret)),))
        source.open()
        assert not shows(next_frame(source), SECRET)
        hand.paint(ground, colour(GREEN))
        hand.move(secret, 150, 100)
        assert not shows(next_frame(source), SECRET)
        assert source.means == Means("x11-compare", "the X server lacks DAMAGE")
        source.close()


def test_where_the_desktop_decides_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    with pytest.raises(SourceUnavailable) as caught:
        open_screen(AllMonitors(), MonotonicClock(), excluded=(Window("1"),))
    assert caught.value.data["source"] == "exclusion"


def test_a_test_pattern_has_no_windows() -> None:
    open_screen(TestPattern(), MonotonicClock(), excluded=(Window("1"),)).open()
