"""Which source is chosen in which session."""

import argparse
import json
from pathlib import Path

import pytest

from app.console import Console
from app.messages import describe
from app.paths import find_paths
from app.verbs import devices
from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.recording import Monitor, TestPattern
from capture.screen import is_wayland, list_screens, list_windows, open_screen
from capture.screen.synthetic import SyntheticScreen
from capture.screen.wayland import WaylandScreen
from tests.capture.screen.painter import Painter


@pytest.mark.parametrize(
    ("display", "session", "expected"),
    [("wayland-0", "wayland", True), ("wayland-0", "x11", False), ("", "wayland", False), (None, "wayland", False)],
)
def test_session(monkeypatch: pytest.MonkeyPatch, display: str | None, session: str, *, expected: bool) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", session)
    if display is not None:
        monkeypatch.setenv("WAYLAND_DISPLAY", display)
    assert is_wayland() is expected
    source = open_screen(Monitor("1"), MonotonicClock(), rate_fps=30, tokens=Path("unused"))
    assert isinstance(source, WaylandScreen) is expected


def test_what_the_desktop_shares_is_its_own_question(
    hand: Painter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where an X server serves old programs: its screens are not the desktop's."""
    assert hand is not None
    assert list_screens()
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(SourceUnavailable, match="the desktop itself asks") as caught:
        list_screens()
    assert list_windows() == ()
    assert "Record without --screen" in describe(caught.value.code, caught.value.reason, caught.value.data).hint
    devices.run(argparse.Namespace(), find_paths(tmp_path), Console(as_json=True))
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert (document["screens"], document["windows"]) == ([], [])
    assert "the desktop itself asks which one to share" in told.err


def test_test_pattern_needs_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert isinstance(open_screen(TestPattern(), MonotonicClock()), SyntheticScreen)
