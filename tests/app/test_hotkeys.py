"""Keys of the whole desktop, on a private X server, pressed by somebody else."""

import os
import subprocess
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.hotkeys.base import Key
from app.hotkeys.x11 import X11Hotkeys
from tests.rig.screen import Display, private_xvfb
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
