"""Which source is chosen in which session."""

from pathlib import Path

import pytest

from capture.clock import MonotonicClock
from capture.recording import Monitor, TestPattern
from capture.screen import is_wayland, open_screen
from capture.screen.synthetic import SyntheticScreen
from capture.screen.wayland import WaylandScreen


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


def test_test_pattern_needs_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert isinstance(open_screen(TestPattern(), MonotonicClock()), SyntheticScreen)
