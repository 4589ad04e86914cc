"""The Wayland source on a real compositor, a real portal and a real PipeWire."""

import contextlib
import itertools
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.errors import PermissionDenied, SourceUnavailable
from capture.recording import NS_PER_S, AllMonitors, Monitor, Region, ScreenTarget, Window
from capture.screen.base import Frame, Means, Unchanged, VideoFormat
from capture.screen.portal import SourceKind
from capture.screen.portal_bus import Interrupted
from capture.screen.restore_tokens import RestoreTokens
from capture.screen.sharing import Sharing, Wish
from capture.screen.trouble import Trouble
from capture.screen.wayland import WaylandScreen
from tests.capture.screen.gaze import next_frame
from tests.capture.screen.looking import SCREEN, Picture, rgb, seen, settled
from tests.rig.easel import Brush, easel
from tests.rig.wayland import WaylandDesktop, private_wayland

WIDTH_PX, HEIGHT_PX = 1280, 720
RATE_FPS = 60
RED, GREEN, BLUE = 0xFF0000, 0x00FF00, 0x0000FF


@pytest.fixture(scope="module")
def wayland() -> Iterator[WaylandDesktop]:
    with private_wayland(WIDTH_PX, HEIGHT_PX) as desktop:
        yield desktop


@pytest.fixture(scope="module")
def brush(wayland: WaylandDesktop) -> Iterator[Brush]:
    with easel(wayland.environment) as brush:
        yield brush


@pytest.fixture(autouse=True)
def bus(wayland: WaylandDesktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", wayland.variables["DBUS_SESSION_BUS_ADDRESS"])


def screen(target: ScreenTarget = SCREEN, rate_fps: int = RATE_FPS, tokens: Path | None = None) -> WaylandScreen:
    assert isinstance(target, Monitor | AllMonitors | Region | Window)
    return WaylandScreen(target, MonotonicClock(), rate_fps=rate_fps, tokens=tokens)


@contextlib.contextmanager
def stirring(brush: Brush) -> Iterator[None]:
    """Something moves: this portal sends no first picture of a screen at rest."""
    over = threading.Event()

    def stir() -> None:
        for number in itertools.count():
            brush.paint(number % 2, 0, 1, 1, BLUE)
            if over.wait(0.03):
                return

    thread = threading.Thread(target=stir, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def opened(source: WaylandScreen, brush: Brush) -> Iterator[WaylandScreen]:
    """Nothing moves on it any more."""
    with contextlib.closing(source):
        with stirring(brush):
            source.open()
        settled(source)
        yield source


@pytest.fixture
def source(brush: Brush) -> Iterator[WaylandScreen]:
    with opened(screen(), brush) as source:
        yield source


def another(brush: Brush) -> Callable[[], None]:
    """The new size of a screen at rest is told with its next change."""
    colours = itertools.count()
    return lambda: brush.paint(20, 20, 30, 30, next(colours))


def is_halved(frame: Picture, shown: Picture) -> bool:
    """But for rounding."""
    wide = shown.astype(np.float32)
    means = (wide[0::2, 0::2] + wide[0::2, 1::2] + wide[1::2, 0::2] + wide[1::2, 1::2]) / 4
    return bool(np.abs(frame - means).max() < 1)


def test_frame_is_what_the_compositor_shows(wayland: WaylandDesktop, brush: Brush, source: WaylandScreen) -> None:
    corners = [(37 + 101 * number, 11 + 53 * number) for number in range(12)]
    for number, (left_px, top_px) in enumerate(corners):
        brush.paint(left_px, top_px, 97, 71, 0x101010 * (number + 3))

    def is_right(frame: Picture, shown: Picture) -> bool:
        greys = [int(shown[top_px, left_px, 0]) for left_px, top_px in corners]
        return np.array_equal(frame, shown) and greys == [0x10 * (number + 3) for number in range(12)]

    seen(source, wayland, is_right, another(brush))
    assert source.means == Means("wayland-portal")


def test_first_frame_is_all_new(brush: Brush) -> None:
    with contextlib.closing(screen()) as source:
        with stirring(brush):
            assert source.open() == VideoFormat(WIDTH_PX, HEIGHT_PX)
        assert next_frame(source).changed_rows == (0, HEIGHT_PX)


@pytest.mark.parametrize(("top_px", "height_px"), [(200, 17), (0, 1), (HEIGHT_PX - 3, 3)])
def test_damage_names_the_rows(brush: Brush, source: WaylandScreen, top_px: int, height_px: int) -> None:
    def painted_rows() -> tuple[int, int]:
        brush.paint(600, top_px, 40, height_px, GREEN)
        return next_frame(source).changed_rows

    # What was painted to stir the screen may still come in between, when the machine is busy.
    assert any(painted_rows() == (top_px, top_px + height_px) for _ in range(20))


def test_damage_adds_up_until_it_is_read(wayland: WaylandDesktop, brush: Brush, source: WaylandScreen) -> None:
    def rows_of_both(blue: int) -> tuple[int, int]:
        brush.paint(10, 100, 20, 10, blue)
        source.wait(5.0)
        brush.paint(10, 300, 20, 10, blue)
        deadline_s = time.monotonic() + 5
        while wayland.picture()[300, 10, 2] != blue and time.monotonic() < deadline_s:
            pass
        return next_frame(source).changed_rows

    assert any(rows_of_both(blue) == (100, 310) for blue in range(100, 120))


@pytest.mark.parametrize("rate_fps", [5, 30])
def test_no_frame_rate_disturbs_an_idle_screen(brush: Brush, rate_fps: int) -> None:
    with opened(screen(rate_fps=rate_fps), brush) as source:
        for _ in range(4):
            source.wait(0.1)
            assert isinstance(source.read(), Unchanged)


def test_idle_screen_sends_nothing(source: WaylandScreen) -> None:
    began_ns, used_s = time.monotonic_ns(), time.process_time()
    looks: list[Frame | Unchanged] = []
    for _ in range(4):
        source.wait(0.1)
        looks.append(source.read())
    assert all(isinstance(look, Unchanged) for look in looks)
    assert time.monotonic_ns() - began_ns >= 0.4 * NS_PER_S
    assert time.process_time() - used_s < 0.05
    assert [look.captured_ns for look in looks] == sorted(look.captured_ns for look in looks)


def test_frame_carries_the_time_of_drawing(brush: Brush, source: WaylandScreen) -> None:
    asked_ns = time.monotonic_ns()
    brush.paint(900, 40, 20, 20, RED)
    source.wait(5.0)
    woken_ns = time.monotonic_ns()
    frame = next_frame(source)
    assert asked_ns < frame.captured_ns <= woken_ns


@pytest.mark.parametrize(("rate_fps", "fewest", "most"), [(5, 4, 8), (30, 18, 42)])
def test_compositor_keeps_to_the_frame_rate_and_a_third(brush: Brush, rate_fps: int, fewest: int, most: int) -> None:
    with opened(screen(rate_fps=rate_fps), brush) as source:
        frames, began_s, number = 0, time.monotonic(), 0
        while time.monotonic() - began_s < 1.0:
            brush.paint(number % 50 * 20, 500, 20, 20, 0x10101 * (number % 250))
            number += 1
            source.wait(1 / 45)
            frames += isinstance(source.read(), Frame)
    assert fewest <= frames <= most


@pytest.mark.parametrize("size_px", [(800, 600), (640, 720), (1280, 400)])
def test_new_size_is_letterboxed(
    wayland: WaylandDesktop, brush: Brush, source: WaylandScreen, size_px: tuple[int, int]
) -> None:
    width_px, height_px = size_px
    left_px, top_px = (WIDTH_PX - width_px) // 2, (HEIGHT_PX - height_px) // 2
    try:
        wayland.resize(width_px, height_px)
        inside = (slice(top_px, top_px + height_px), slice(left_px, left_px + width_px))
        frame = seen(source, wayland, lambda frame, shown: np.array_equal(frame[inside], shown), another(brush))
        assert frame.pixels.shape == (HEIGHT_PX, WIDTH_PX, 4)
        assert int(rgb(frame).sum()) == int(rgb(frame)[inside].sum())
    finally:
        wayland.resize(WIDTH_PX, HEIGHT_PX)


def test_larger_screen_is_shrunk(wayland: WaylandDesktop, brush: Brush, source: WaylandScreen) -> None:
    try:
        wayland.resize(2 * WIDTH_PX, 2 * HEIGHT_PX)
        brush.paint(401, 201, 799, 599, RED)
        frame = seen(source, wayland, is_halved, another(brush))
        assert frame.pixels.shape == (HEIGHT_PX, WIDTH_PX, 4)
    finally:
        wayland.resize(WIDTH_PX, HEIGHT_PX)


def test_pixels_are_physical_at_any_scale(wayland: WaylandDesktop, brush: Brush) -> None:
    try:
        wayland.sway("output HEADLESS-1 scale 2")
        with opened(screen(), brush) as source:
            frame = seen(source, wayland, stir=another(brush))
            assert frame.pixels.shape == (HEIGHT_PX, WIDTH_PX, 4)
    finally:
        wayland.sway("output HEADLESS-1 scale 1")


def test_region_is_cut_out(wayland: WaylandDesktop, brush: Brush) -> None:
    with opened(screen(Region(101, 51, 331, 203)), brush) as source:
        brush.paint(140, 90, 20, 21, GREEN)
        frame = next_frame(source, lambda frame: frame.changed_rows == (39, 60))
        assert np.array_equal(rgb(frame), wayland.picture()[51:253, 101:431])


def test_region_elsewhere_is_refused() -> None:
    with pytest.raises(SourceUnavailable, match=Trouble.OUTSIDE):
        screen(Region(WIDTH_PX, 0, 100, 100)).open()


def test_rest_is_no_loss(brush: Brush) -> None:
    sharing = Sharing(Wish("rest", SourceKind.MONITOR, RATE_FPS), RestoreTokens(None), MonotonicClock())
    stirred = sharing.mirror.stirred
    with contextlib.closing(sharing):
        with stirring(brush):
            sharing.open()
            sharing.rest(rests=True)
            stirred.clear()
            while stirred.wait(0.3):  # one that was under way may still come
                stirred.clear()
            assert sharing.loss() is None
        sharing.rest(rests=False)
        with stirring(brush):  # wlroots can miss a single change in the moment that it begins again
            assert stirred.wait(5.0)


def test_user_is_asked_once(wayland: WaylandDesktop, brush: Brush, tmp_path: Path) -> None:
    tokens = tmp_path / "state" / "screens.json"
    before = wayland.questions
    with stirring(brush):
        for _ in range(3):
            with contextlib.closing(screen(tokens=tokens)) as source:
                source.open()
        assert wayland.questions == before + 1
        assert list(json.loads(tokens.read_text())) == ["monitor:1"]
        assert tokens.stat().st_mode & 0o777 == 0o600
        with contextlib.closing(screen(Monitor("2"), tokens=tokens)) as other:
            other.open()
    assert wayland.questions == before + 2
    assert sorted(json.loads(tokens.read_text())) == ["monitor:1", "monitor:2"]


def test_user_declines(wayland: WaylandDesktop) -> None:
    choice = wayland.choice.read_text()
    wayland.choice.write_text("")
    try:
        with pytest.raises(PermissionDenied, match=Trouble.DECLINED):
            screen().open()
    finally:
        wayland.choice.write_text(choice)


def test_interrupted_while_the_user_thinks(wayland: WaylandDesktop) -> None:
    choice = wayland.choice.read_text()
    wayland.choice.unlink()
    os.mkfifo(wayland.choice)
    sharing = Sharing(Wish("thinking", SourceKind.MONITOR, RATE_FPS), RestoreTokens(None), MonotonicClock())
    timer = threading.Timer(0.3, sharing.interrupt)
    timer.start()
    try:
        with pytest.raises(Interrupted):
            sharing.open()
    finally:
        timer.join()
        wayland.choice.write_text(choice)  # at last the user answers
        wayland.choice.unlink()
        wayland.choice.write_text(choice)


def test_window_is_not_shared_where_the_desktop_cannot(wayland: WaylandDesktop) -> None:
    """Asked for all the same, this portal would share the whole monitor."""
    before = wayland.questions
    with pytest.raises(SourceUnavailable, match=Trouble.NO_WINDOWS):
        screen(Window("any")).open()
    assert wayland.questions == before


def test_all_monitors_are_refused() -> None:
    with pytest.raises(SourceUnavailable, match=Trouble.ONE_AT_A_TIME):
        screen(AllMonitors()).open()


def test_without_a_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    with pytest.raises(SourceUnavailable, match=Trouble.NO_BUS):
        screen().open()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(SourceUnavailable, match=Trouble.NO_BUS):
        screen().open()


def test_closing_gives_everything_back(brush: Brush) -> None:
    held: list[tuple[int, int]] = []
    with stirring(brush):
        for _ in range(4):
            source = screen()
            source.open()
            source.close()
            source.close()
            held.append((threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))))
    assert held[1] == held[2] == held[3]
    with pytest.raises(SourceUnavailable, match=Trouble.NOT_OPEN):
        source.read()
