"""What a Wayland source says when a part of the desktop dies, and how it comes back."""

import contextlib
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from capture.errors import SourceGone, SourceUnavailable
from capture.screen.base import Unchanged
from capture.screen.sharing import LONGEST_PAUSE_NS
from capture.screen.trouble import Trouble
from capture.screen.wayland import WaylandScreen
from tests.capture.screen.looking import SCREEN, SkewedClock, seen
from tests.rig.wayland import BusName, WaylandDesktop, private_wayland

SIZE_PX = (1280, 720)


@pytest.fixture
def wayland(monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandDesktop]:
    with private_wayland(*SIZE_PX) as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.variables["DBUS_SESSION_BUS_ADDRESS"])
        yield desktop


@pytest.fixture
def clock() -> SkewedClock:
    return SkewedClock()


@pytest.fixture
def source(wayland: WaylandDesktop, clock: SkewedClock) -> Iterator[WaylandScreen]:
    with contextlib.closing(WaylandScreen(SCREEN, clock, rate_fps=30)) as source:
        source.open()
        seen(source, wayland)
        yield source


def test_end_of_the_portals_frontend_is_no_loss(wayland: WaylandDesktop, source: WaylandScreen) -> None:
    wayland.kill_owner(BusName.PORTAL)
    wayland.stir()
    seen(source, wayland)


@pytest.mark.parametrize(
    "kill",
    [lambda desktop: desktop.kill_owner(BusName.BACKEND), lambda desktop: desktop.kill("sway")],
    ids=["backend", "compositor"],
)
def test_lasting_pause_is_a_loss(
    kill: Callable[[WaylandDesktop], None], wayland: WaylandDesktop, source: WaylandScreen, clock: SkewedClock
) -> None:
    kill(wayland)
    source.wait(0.5)
    while not isinstance(source.read(), Unchanged):  # a picture that was on its way
        source.wait(0.5)
    wayland.start()
    assert isinstance(source.read(), Unchanged)
    clock.skip(LONGEST_PAUSE_NS)
    with pytest.raises(SourceUnavailable, match=Trouble.PICTURES_STOPPED):
        source.read()
    seen(source, wayland)
    assert wayland.questions == 1


def test_pipewire_dies(wayland: WaylandDesktop, source: WaylandScreen) -> None:
    wayland.kill("pipewire")
    source.wait(5.0)
    wayland.start()
    with pytest.raises(SourceUnavailable):
        source.read()
    seen(source, wayland)
    assert wayland.questions == 1


def test_screen_comes_back_in_the_size_it_had(wayland: WaylandDesktop, source: WaylandScreen) -> None:
    wayland.kill("pipewire")
    wayland.resize(640, 360)
    source.wait(5.0)
    wayland.start()
    with pytest.raises(SourceUnavailable):
        source.read()
    frame = seen(source, wayland, lambda frame, shown: np.array_equal(frame[180:540, 320:960], shown))
    assert frame.pixels.shape == (720, 1280, 4)


def test_what_the_user_ends_is_not_asked_for_again(wayland: WaylandDesktop, source: WaylandScreen) -> None:
    threads = threading.active_count()
    wayland.end_sharing()
    source.wait(5.0)
    with pytest.raises(SourceGone, match=Trouble.ENDED_BY_DESKTOP):
        source.read()
    assert threading.active_count() < threads
    with pytest.raises(SourceUnavailable, match=Trouble.NOT_OPEN):
        source.read()


def test_closed_while_it_is_away(wayland: WaylandDesktop, source: WaylandScreen) -> None:
    wayland.kill("pipewire")
    source.wait(5.0)
    with pytest.raises(SourceUnavailable):
        source.read()
    source.close()
    with pytest.raises(SourceUnavailable, match=Trouble.NOT_OPEN):
        source.read()
