"""The event-driven source on a private X server."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceGone, SourceUnavailable, UnknownDevice
from capture.recording import NS_PER_S, AllMonitors, Monitor, Region
from capture.screen import open_screen
from capture.screen.base import Frame, Means, Unchanged, VideoFormat
from capture.screen.geometry import Rectangle
from capture.screen.grabber import ScreenGrabber
from capture.screen.rows import Rows
from capture.screen.x11.aim import DesktopAim, View
from capture.screen.x11.connection import Connection
from capture.screen.x11.damage import Damage
from capture.screen.x11.mirror import CHECK_NS, Mirror
from capture.screen.x11.screen import X11Screen
from tests.capture.screen.conftest import HEIGHT_PX, WIDTH_PX, DeafDamage, xvfb_without
from tests.capture.screen.gaze import next_frame, settled
from tests.capture.screen.painter import Painter

RED, GREEN, BLUE, WHITE = 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF
LONG_S = 5.0
NO_POINTER = "the pointer is not recorded: the X server lacks XFIXES"
SHORT_S = 0.05


def bgr(colour: int) -> list[int]:
    return list(colour.to_bytes(3, "little"))


@pytest.fixture
def screen(hand: Painter) -> Iterator[X11Screen]:
    """Open, and everything was seen once."""
    hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), 0)
    screen = X11Screen(AllMonitors(), MonotonicClock())
    screen.open()
    settled(screen)
    yield screen
    screen.close()


def test_drawing_wakes_and_only_its_rows_are_changed(screen: X11Screen, hand: Painter) -> None:
    window = hand.window(Rectangle(100, 50, 30, 41), RED)
    frame = next_frame(screen)
    assert frame.changed_rows == (50, 91)
    assert frame.pixels[60, 110, :3].tolist() == bgr(RED)
    hand.paint(window, BLUE)
    began_s = time.monotonic()
    screen.wait(LONG_S)
    assert time.monotonic() - began_s < LONG_S / 2
    frame = next_frame(screen)
    assert frame.changed_rows == (50, 91)
    assert frame.pixels[60, 110, :3].tolist() == bgr(BLUE)


def test_a_screen_at_rest_wakes_nobody(screen: X11Screen) -> None:
    began_s = time.monotonic()
    screen.wait(SHORT_S)
    assert time.monotonic() - began_s >= SHORT_S
    assert isinstance(screen.read(), Unchanged)


def test_what_is_drawn_elsewhere_is_no_change(hand: Painter) -> None:
    screen = X11Screen(Region(0, 0, 100, 100), MonotonicClock())
    assert screen.open() == VideoFormat(100, 100)
    settled(screen)
    hand.window(Rectangle(200, 0, 100, 100), RED)
    screen.wait(LONG_S)
    assert isinstance(screen.read(), Unchanged)
    screen.close()


def test_a_moving_pointer_wakes_and_is_drawn_and_taken_away(screen: X11Screen, hand: Painter) -> None:
    hand.move_pointer(300, 200)
    began_s = time.monotonic()
    screen.wait(LONG_S)
    assert time.monotonic() - began_s < LONG_S / 2
    frame = next_frame(screen)
    assert frame.pixels[190:210, 290:310, :3].any()
    hand.move_pointer(100, 100)
    frame = next_frame(screen)
    first, last = frame.changed_rows
    assert first <= 100
    assert last >= 200
    assert not frame.pixels[150:250, 250:350, :3].any()


def test_a_pointer_that_a_program_moved_is_seen_at_the_next_look(screen: X11Screen, hand: Painter) -> None:
    hand.warp_pointer(300, 200)
    assert isinstance(screen.read(), Frame)


def test_the_pointers_shape_is_followed(screen: X11Screen, hand: Painter) -> None:
    window = hand.window(Rectangle(200, 200, 100, 100), WHITE)
    hand.move_pointer(250, 250)
    settled(screen)
    hand.show_cross_hair(window)
    frame = next_frame(screen)
    assert bgr(RED) in frame.pixels[240:260, 240:260, :3].reshape(-1, 3).tolist()


def test_the_picture_is_what_another_program_sees(screen: X11Screen, hand: Painter) -> None:
    """With all its changes, taken row by row, and the pointer over and beside them."""
    shadow = np.zeros((HEIGHT_PX, WIDTH_PX, 4), np.uint8)
    random = np.random.default_rng(5)
    screen.close()
    screen.open()
    for _ in range(40):
        x_px, y_px, width_px, height_px = random.integers((-20, -20, 1, 1), (400, 400, 90, 90)).tolist()
        hand.window(Rectangle(x_px, y_px, width_px, height_px), int(random.integers(1 << 24)))
        if random.random() < 0.7:
            hand.move_pointer(x_px + 20, y_px + 20)
        look = screen.read()
        if isinstance(look, Frame):
            first, last = look.changed_rows
            shadow[first:last] = look.pixels[first:last]
    other = ScreenGrabber(AllMonitors(), MonotonicClock())
    other.open()
    seen = other.read()
    other.close()
    assert isinstance(seen, Frame)
    assert np.abs(shadow[..., :3].astype(int) - seen.pixels[..., :3]).max() <= 1


def test_targets(hand: Painter) -> None:
    hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), 0)
    hand.window(Rectangle(101, 51, 10, 10), GREEN)
    for target, size in (
        (AllMonitors(), VideoFormat(WIDTH_PX, HEIGHT_PX)),
        (Monitor("1"), VideoFormat(WIDTH_PX, HEIGHT_PX)),
        (Region(101, 51, 33, 21), VideoFormat(32, 20)),
        (Region(WIDTH_PX - 20, -10, 100, 50), VideoFormat(20, 40)),
    ):
        screen = X11Screen(target, MonotonicClock())
        assert screen.open() == size
        frame = next_frame(screen)
        assert frame.pixels.shape == (size.height_px, size.width_px, 4)
        if target == Region(101, 51, 33, 21):
            assert frame.pixels[0, 0, :3].tolist() == bgr(GREEN)
        screen.close()


@pytest.mark.usefixtures("hand")
@pytest.mark.parametrize(
    ("target", "kind", "known"),
    [
        (Monitor("2"), "screen", "1"),
        (Monitor("first"), "screen", "1"),
        (Region(WIDTH_PX, 0, 50, 50), "region", f"{WIDTH_PX}x{HEIGHT_PX}"),
        (Region(0, 0, 15, 50), "region", f"{WIDTH_PX}x{HEIGHT_PX}"),
    ],
)
def test_what_is_not_there_is_named(target: Monitor | Region, kind: str, known: str) -> None:
    with pytest.raises(UnknownDevice) as caught:
        open_screen(target, MonotonicClock()).open()
    assert caught.value.data["source"] == kind
    assert caught.value.data["known"] == known


def look_by(damage: type[Damage] | None, hand: Painter, times_ns: tuple[int, ...]) -> tuple[list[Rows | None], bool]:
    """What a mirror finds at those times, something being painted after the first; whether it is told at the end."""
    with Connection() as connection:
        aim = DesktopAim(connection, AllMonitors())
        view = aim.view()
        assert isinstance(view, View)
        watch = damage(connection, aim.watched) if damage else None

        def take_events() -> None:
            for event in connection.events():
                if watch is not None:
                    watch.notice(event)

        mirror = Mirror(connection, watch, take_events)
        found = [mirror.update(view, times_ns[0])]
        hand.window(Rectangle(10, 30, 20, 10), WHITE)
        for at_ns in times_ns[1:]:
            take_events()
            found.append(mirror.update(view, at_ns))
        return found, mirror.is_told


@pytest.fixture
def ground(hand: Painter) -> Painter:
    hand.window(Rectangle(0, 0, WIDTH_PX, HEIGHT_PX), 0)
    return hand


def test_drawing_that_was_not_reported_is_found_in_time(ground: Painter) -> None:
    times_ns = (0, NS_PER_S // 30, CHECK_NS, CHECK_NS + 1)
    assert look_by(DeafDamage, ground, times_ns) == ([(0, HEIGHT_PX), None, (30, 40), None], False)


def test_a_server_that_reports_is_trusted(ground: Painter) -> None:
    times_ns = (0, 1, CHECK_NS, 2 * CHECK_NS)
    assert look_by(Damage, ground, times_ns) == ([(0, HEIGHT_PX), (30, 40), None, None], True)


def test_without_reports_everything_is_compared(ground: Painter) -> None:
    assert look_by(None, ground, (0, 1, 2)) == ([(0, HEIGHT_PX), (30, 40), None], False)


@pytest.mark.parametrize(
    ("lacking", "means"),
    [
        (("DAMAGE",), Means("x11-compare", "the X server lacks DAMAGE")),
        (("MIT-SHM",), Means("grabber", "the X server lacks MIT-SHM")),
        (("RANDR",), Means("x11-damage")),
        (("XFIXES",), Means("x11-compare", f"the X server lacks XFIXES; {NO_POINTER}")),
        (("XFIXES", "DAMAGE"), Means("x11-compare", f"the X server lacks DAMAGE; {NO_POINTER}")),
    ],
)
def test_the_best_that_the_server_can_do(
    lacking: tuple[str, ...], means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And why not better: in every case that is known while it is open, and after."""
    with xvfb_without(*lacking) as server:
        monkeypatch.setenv("DISPLAY", server.name)
        screen = open_screen(Monitor("1"), MonotonicClock())
        assert screen.open() == VideoFormat(320, 240)
        next_frame(screen)
        assert screen.means == means
        screen.close()
        assert screen.means == means


def test_the_death_of_the_server_is_an_error_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with xvfb_without() as server:
        monkeypatch.setenv("DISPLAY", server.name)
        screen = open_screen(AllMonitors(), MonotonicClock())
        screen.open()
        settled(screen)
        server.process.kill()
        server.process.wait()
        with pytest.raises(SourceGone):
            next_frame(screen)
        with pytest.raises(SourceGone):
            screen.read()
        screen.close()


def test_without_a_server_there_is_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    for display in ("", ":4711"):
        monkeypatch.setenv("DISPLAY", display)
        with pytest.raises(SourceUnavailable):
            X11Screen(AllMonitors(), MonotonicClock()).open()


@pytest.mark.usefixtures("hand")
def test_nothing_is_left_behind() -> None:
    """Neither descriptors nor shared memory, also where opening fails."""

    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), Path("/proc/self/maps").read_text().count("SYSV")

    before = held()
    for number in range(10):
        screen = X11Screen(Monitor("1" if number % 2 else "9"), MonotonicClock())
        if number % 2:
            screen.open()
            next_frame(screen)
        else:
            with pytest.raises(UnknownDevice):
                screen.open()
        screen.close()
        screen.close()
    assert held() == before
