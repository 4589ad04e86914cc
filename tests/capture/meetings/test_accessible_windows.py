"""Titles of windows where the desktop lists none: a real Wayland compositor, a real accessibility bus."""

import os
from collections.abc import Callable

import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.meetings import open_device_probes, open_probes
from capture.meetings.facts import Fact, MeetingProbe, WindowGone, WindowShown
from capture.meetings.linux.accessible_windows import AccessibleTitleView
from capture.meetings.snapshots import SnapshotProbe
from tests.capture.meetings.hearing import Facts
from tests.rig.accessibility import private_accessibility, switch_on
from tests.rig.meeting_window import meeting_window
from tests.rig.programs import Programs
from tests.rig.wayland import private_wayland

INTERVAL_S = 0.05


def find(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process sees that desktop only."""
    monkeypatch.delenv("DISPLAY", raising=False)
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, programs.variables.get(name, ""))


def probe() -> SnapshotProbe:
    return SnapshotProbe((AccessibleTitleView,), MonotonicClock(), INTERVAL_S)


def titled(title: str) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, WindowShown) and fact.title == title


def test_windows_of_a_wayland_desktop(
    monkeypatch: pytest.MonkeyPatch, started: Callable[[MeetingProbe], Facts]
) -> None:
    with private_wayland() as desktop:
        find(desktop, monkeypatch)
        switch_on(desktop)
        probes = open_probes(MonotonicClock())
        (titles,) = probes[len(open_device_probes(MonotonicClock())) :]
        seen = started(titles)
        with meeting_window(desktop.environment, "Zoom Meeting"):
            shown = seen.wait_for(titled("Zoom Meeting"))
            assert isinstance(shown, WindowShown)
            assert "zoom" in shown.program.names


def test_window_comes_changes_and_goes(
    monkeypatch: pytest.MonkeyPatch, started: Callable[[MeetingProbe], Facts]
) -> None:
    with private_accessibility() as access:
        find(access, monkeypatch)
        seen = started(probe())
        with meeting_window(access.environment, "Zoom Workplace") as window:
            first = seen.wait_for(titled("Zoom Workplace"))
            window.retitle("Zoom Meeting")
            second = seen.wait_for(titled("Zoom Meeting"))
            assert isinstance(first, WindowShown)
            assert isinstance(second, WindowShown)
            assert first.window == second.window
        gone = seen.wait_for(lambda fact: isinstance(fact, WindowGone))
        assert isinstance(gone, WindowGone)
        assert gone.window == first.window


def test_bus_that_comes_back_is_found_again(
    monkeypatch: pytest.MonkeyPatch, started: Callable[[MeetingProbe], Facts]
) -> None:
    with private_accessibility() as access, meeting_window(access.environment, "Zoom Meeting"):
        find(access, monkeypatch)
        seen = started(probe())
        seen.wait_for(titled("Zoom Meeting"))
    with private_accessibility() as access, meeting_window(access.environment, "Zoom Webinar"):
        find(access, monkeypatch)
        seen.wait_for(titled("Zoom Webinar"))


def test_without_a_bus(started: Callable[[MeetingProbe], Facts]) -> None:
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
    with pytest.raises(SourceUnavailable):
        started(probe())
