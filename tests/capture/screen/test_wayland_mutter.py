"""The Wayland source on GNOME's compositor, which tells less and draws otherwise. Only the dialog is a fake."""

import contextlib
import time
from collections.abc import Iterator

import numpy as np
import pytest

from capture.clock import Clock, MonotonicClock
from capture.errors import SourceUnavailable
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.screen.mirror import BAND_ROWS
from capture.screen.portal import SourceKind
from capture.screen.restore_tokens import RestoreTokens
from capture.screen.sharing import LONGEST_PAUSE_NS, Sharing, Wish
from capture.screen.trouble import Trouble
from capture.screen.wayland import WaylandScreen
from tests.capture.screen.fake_portal import FakePortal, served
from tests.capture.screen.gaze import next_frame, settled
from tests.capture.screen.looking import SCREEN, SkewedClock, rgb
from tests.rig.easel import GROUND, Brush, easel
from tests.rig.mutter import MutterDesktop, private_mutter

WIDTH_PX, HEIGHT_PX = 640, 480
RATE_FPS = 60
COLOURS = (0xFF0000, 0x00FF00, 0x0000FF, 0x123456, 0xFEDCBA)


@pytest.fixture(scope="module")
def mutter() -> Iterator[MutterDesktop]:
    with private_mutter(WIDTH_PX, HEIGHT_PX) as desktop:
        yield desktop


@pytest.fixture(scope="module", autouse=True)
def brush(mutter: MutterDesktop) -> Iterator[Brush]:
    with easel(mutter.environment) as brush:
        yield brush


@pytest.fixture(scope="module")
def dialog(mutter: MutterDesktop) -> FakePortal:
    portal = FakePortal(mutter.variables["DBUS_SESSION_BUS_ADDRESS"], pipewire=mutter.pipewire)
    served(portal)
    return portal


@pytest.fixture(autouse=True)
def cast(mutter: MutterDesktop, dialog: FakePortal, monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    """Of the monitor: whoever asks the portal gets it. Closed, it ends."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", dialog.address)
    with contextlib.ExitStack() as stack:
        dialog.shares(stack.enter_context(mutter.cast()), {})
        yield stack


@pytest.fixture
def clock() -> SkewedClock:
    return SkewedClock()


@pytest.fixture
def source(clock: SkewedClock) -> Iterator[WaylandScreen]:
    """Nothing moves on it."""
    with contextlib.closing(screen(clock)) as source:
        assert source.open() == VideoFormat(WIDTH_PX, HEIGHT_PX)
        settled(source)
        yield source


def screen(clock: Clock, rate_fps: int = RATE_FPS) -> WaylandScreen:
    return WaylandScreen(SCREEN, clock, rate_fps=rate_fps)


def colour(red_green_blue: int) -> tuple[int, int, int]:
    return (red_green_blue >> 16, red_green_blue >> 8 & 0xFF, red_green_blue & 0xFF)


def test_first_picture_of_a_screen_at_rest(mutter: MutterDesktop, dialog: FakePortal, source: WaylandScreen) -> None:
    source.close()
    with mutter.cast() as another, contextlib.closing(screen(MonotonicClock())) as later:
        dialog.shares(another, {})
        later.open()
        frame = next_frame(later)
        assert frame.changed_rows == (0, HEIGHT_PX)
        assert tuple(rgb(frame)[HEIGHT_PX // 2, WIDTH_PX // 2]) == colour(GROUND)


def test_every_pixel_is_the_clients(brush: Brush, source: WaylandScreen) -> None:
    expected = np.empty((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
    expected[:] = colour(GROUND)
    for number, paint in enumerate(COLOURS):
        left_px, top_px = 101 * number, 53 * number + 11
        brush.paint(left_px, top_px, 97, 41, paint)
        expected[top_px : top_px + 41, left_px : left_px + 97] = colour(paint)
    next_frame(source, lambda frame: np.array_equal(rgb(frame), expected))


def test_what_is_not_told_is_found_out(brush: Brush, source: WaylandScreen) -> None:
    brush.paint(300, 400, 20, 7, 0xABCDEF)
    frame = next_frame(source)
    assert tuple(rgb(frame)[403, 310]) == colour(0xABCDEF)
    top, bottom = frame.changed_rows
    assert top <= 400
    assert bottom >= 407
    assert bottom - top < 2 * BAND_ROWS


def test_idle_screen_sends_nothing(source: WaylandScreen) -> None:
    used_s = time.process_time()
    looks: list[Frame | Unchanged] = []
    for _ in range(5):
        source.wait(0.1)
        looks.append(source.read())
    assert all(isinstance(look, Unchanged) for look in looks)
    assert time.process_time() - used_s < 0.05


def test_frame_carries_the_time_of_drawing(brush: Brush, source: WaylandScreen) -> None:
    for number in range(5):
        asked_ns = time.monotonic_ns()
        brush.paint(500, 40, 20, 20, 0x102030 * number)
        source.wait(5.0)
        woken_ns = time.monotonic_ns()
        assert asked_ns < next_frame(source).captured_ns <= woken_ns


def test_compositor_keeps_to_the_frame_rate_and_a_third(brush: Brush) -> None:
    with contextlib.closing(screen(MonotonicClock(), 5)) as source:
        source.open()
        settled(source)
        frames, began_s, number = 0, time.monotonic(), 0
        while time.monotonic() - began_s < 1.0:
            brush.paint(number % 50 * 10, 300, 20, 20, 0x10101 * (number % 250))
            number += 1
            source.wait(1 / 45)
            frames += isinstance(source.read(), Frame)
    assert 3 <= frames <= 8


def test_rest_is_no_loss(brush: Brush, clock: SkewedClock) -> None:
    sharing = Sharing(Wish("rest", SourceKind.MONITOR, RATE_FPS), RestoreTokens(None), clock)
    stirred = sharing.mirror.stirred
    with contextlib.closing(sharing):
        sharing.open()
        sharing.rest(rests=True)
        stirred.clear()
        while stirred.wait(0.2):  # one that was under way may still come
            stirred.clear()
        brush.paint(20, 420, 10, 10, 0xFF0000)
        assert not stirred.wait(0.3)
        clock.skip(2 * LONGEST_PAUSE_NS)
        assert sharing.loss() is None
        sharing.rest(rests=False)
        brush.paint(40, 420, 10, 10, 0xFF0000)
        assert stirred.wait(5.0)


def test_end_of_the_cast_is_a_loss(
    mutter: MutterDesktop, dialog: FakePortal, cast: contextlib.ExitStack, source: WaylandScreen, clock: SkewedClock
) -> None:
    cast.close()
    source.wait(0.5)
    clock.skip(2 * LONGEST_PAUSE_NS)
    with mutter.cast() as another:
        dialog.shares(another, {})
        with pytest.raises(SourceUnavailable, match=Trouble.PICTURES_STOPPED):
            source.read()
        source.wait(5.0)
        assert next_frame(source).pixels.shape == (HEIGHT_PX, WIDTH_PX, 4)
