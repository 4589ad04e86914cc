"""Keys of the whole desktop, pressed by somebody else: on a private X server, through a portal, under macOS."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.hotkeys.base import Key
from app.hotkeys.macos import CONTROL, OPTION, MacHotkeys, load
from app.hotkeys.portal import PortalHotkeys
from app.hotkeys.x11 import X11Hotkeys
from tests.capture.screen.fake_portal import SESSION_PATH, FakePortal, fake_portal
from tests.rig.screen import Display, private_xvfb
from tests.rig.shims import build
from tests.rig.sound import START_LIMIT_S


@pytest.fixture(scope="module")
def display() -> Iterator[Display]:
    with private_xvfb(320, 240) as display:
        yield display


def press(display: Display, keys: str) -> None:
    subprocess.run(("xdotool", "key", keys), env=display.environment, check=True, timeout=START_LIMIT_S)


@pytest.fixture
def pressed(display: Display, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Key]]:
    monkeypatch.setitem(os.environ, "DISPLAY", display.name)
    pressed: list[Key] = []
    hotkeys = X11Hotkeys(pressed.append)
    assert hotkeys.refused == ()
    yield pressed
    hotkeys.close()


def test_each_key_is_heard_whatever_locks_are_on(qtbot: QtBot, display: Display, pressed: list[Key]) -> None:
    for key in Key:
        press(display, f"ctrl+alt+{key.value}")
    qtbot.waitUntil(lambda: pressed == list(Key), timeout=10_000)
    press(display, "Num_Lock")
    press(display, "ctrl+alt+m")
    qtbot.waitUntil(lambda: pressed[4:] == [Key.MARK], timeout=10_000)
    press(display, "m")
    press(display, "ctrl+alt+p")
    qtbot.waitUntil(lambda: pressed[5:] == [Key.PAUSE], timeout=10_000)


@pytest.mark.usefixtures("pressed", "qapp")
def test_what_another_program_has_is_refused_and_said() -> None:
    second = X11Hotkeys(lambda _: None)
    assert second.refused == tuple(Key)
    second.close()


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortal]:
    with fake_portal() as portal:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", portal.address)
        yield portal


def gives(portal: FakePortal, *names: str) -> None:
    portal.results = {"shortcuts": ("a(sa{sv})", [(name, {"trigger_description": ("s", "x")}) for name in names])}


def test_the_portal_is_asked_and_tells(qtbot: QtBot, portal: FakePortal) -> None:
    gives(portal, "record", "pause", "mark")
    pressed: list[Key] = []
    hotkeys = PortalHotkeys(pressed.append)
    qtbot.waitUntil(lambda: hotkeys.refused == (Key.MUTE,), timeout=10_000)
    assert portal.called["Register"] == ("afterword", {})
    session, wishes, _, _ = portal.called["BindShortcuts"]
    assert session == SESSION_PATH
    assert {name: wish["preferred_trigger"][1] for name, wish in wishes} == {
        "record": "CTRL+ALT+r",
        "pause": "CTRL+ALT+p",
        "mark": "CTRL+ALT+m",
        "mute": "CTRL+ALT+u",
    }
    assert all(wish["description"][1] for _, wish in wishes)
    for name in ("record", "what nobody asked for", "mark"):
        portal.press(name)
    qtbot.waitUntil(lambda: pressed == [Key.RECORD, Key.MARK], timeout=10_000)
    hotkeys.close()
    assert portal.closed.get(timeout=10) == SESSION_PATH


@pytest.mark.usefixtures("qapp")
def test_a_desktop_that_gives_no_keys(qtbot: QtBot, portal: FakePortal, caplog: pytest.LogCaptureFixture) -> None:
    """Its answer lacks what it should hold, as one that knows of no shortcuts may give it."""
    portal.results = {}
    hotkeys = PortalHotkeys(lambda _: None)
    qtbot.waitUntil(lambda: hotkeys.refused == tuple(Key), timeout=10_000)
    assert "no hotkeys" in caplog.text
    hotkeys.close()


def test_it_ends_while_the_user_is_asked(qtbot: QtBot, portal: FakePortal) -> None:
    portal.silent_at = "BindShortcuts"
    hotkeys = PortalHotkeys(lambda _: None)
    qtbot.waitUntil(lambda: "BindShortcuts" in portal.called, timeout=10_000)
    hotkeys.close()
    assert "request" in portal.closed.get(timeout=10)


def test_macos_is_asked_as_its_headers_say(tmp_path: Path) -> None:
    """Of a library in C, which has the same calls and ends the process where one of them is given something else."""
    carbon = load(str(build("carbon", tmp_path)))
    mark, pause, held = 0x2E, 0x23, CONTROL | OPTION
    carbon.take(pause)
    pressed: list[Key] = []
    hotkeys = MacHotkeys(carbon, pressed.append)
    assert hotkeys.refused == (Key.PAUSE,)
    for code, modifiers in ((mark, held), (pause, held), (mark, CONTROL)):
        carbon.press(code, modifiers)
    assert pressed == [Key.MARK]
    hotkeys.close()
    hotkeys.close()
    assert carbon.held() == 0
