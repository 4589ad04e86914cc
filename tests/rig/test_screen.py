import os
from pathlib import Path

import pytest

from tests.rig.desktop import Desktop, private_desktop
from tests.rig.screen import private_xvfb, window_manager
from tests.rig.sound import RigFailed


def test_each_private_display_is_another() -> None:
    with private_xvfb(640, 360) as one, private_xvfb(640, 360) as other:
        assert one.name != other.name


def test_an_x_server_that_does_not_start_is_a_loud_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Xvfb"
    program.write_text("#!/bin/sh\necho no fonts >&2; exit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(RigFailed, match="no fonts"), private_xvfb():
        pass


def test_an_x_server_that_is_not_there_is_a_loud_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RigFailed, match="not installed"), private_xvfb():
        pass


def test_a_managed_desktop_takes_no_second_window_manager() -> None:
    with (
        private_desktop(640, 360, managed=True) as desktop,
        pytest.raises(RigFailed, match="already running"),
        window_manager(desktop.display),
    ):
        pass


def test_a_desktop_has_its_own_screen_and_sound(desktop: Desktop) -> None:
    assert desktop.environment["DISPLAY"] == desktop.display.name
    assert desktop.environment["PULSE_SERVER"] == desktop.sound.variables["PULSE_SERVER"]
    assert desktop.environment["QT_QPA_PLATFORM"] == "xcb"
