"""Windows and titles on a real X server with a real window manager."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.meetings.facts import Fact, MeetingProbe, WindowGone, WindowShown
from capture.meetings.linux.windows import Desktop, WindowProbe
from capture.recording import NS_PER_S
from capture.screen.x11.connection import Connection
from tests.capture.meetings.hearing import Facts
from tests.capture.meetings.shop_window import ShopWindow
from tests.rig.screen import Display, private_xvfb, window_manager

IDLE_SHARE = 0.001
IDLE_S = 2.0


@pytest.fixture
def window(managed_display: Display) -> Iterator[ShopWindow]:
    with ShopWindow(managed_display.name) as window:
        yield window


@pytest.fixture
def seen(managed_display: Display, started: Callable[[MeetingProbe], Facts]) -> Facts:
    return started(WindowProbe(MonotonicClock(), managed_display.name))


def titled(title: str) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, WindowShown) and fact.title == title


def shown(facts: Iterator[Fact]) -> Iterator[WindowShown]:
    return (fact for fact in facts if isinstance(fact, WindowShown))


def test_window_comes_changes_and_goes(seen: Facts, window: ShopWindow) -> None:
    window.open("zoom", "Zoom Workplace", os.getpid())
    fact = seen.wait_for(titled("Zoom Workplace"))
    assert isinstance(fact, WindowShown)
    assert fact.program.names[0] == "zoom"
    assert fact.program.pid == os.getpid()
    assert fact.window == hex(window.id)
    window.retitle("Zoom Meeting")
    changed = seen.wait_for(titled("Zoom Meeting"))
    assert isinstance(changed, WindowShown)
    assert (changed.window, changed.program) == (fact.window, fact.program)
    window.close()
    gone = seen.wait_for(lambda fact: isinstance(fact, WindowGone))
    assert isinstance(gone, WindowGone)
    assert gone.window == fact.window


def test_window_that_is_there_already(
    managed_display: Display, window: ShopWindow, started: Callable[[MeetingProbe], Facts], seen: Facts
) -> None:
    window.open("google-chrome", "Meet \u2013 abc-defg-hij - Google Chrome", 1)
    seen.wait_for(titled("Meet \u2013 abc-defg-hij - Google Chrome"))
    late = started(WindowProbe(MonotonicClock(), managed_display.name))
    late.wait_for(titled("Meet \u2013 abc-defg-hij - Google Chrome"))


def test_two_windows(managed_display: Display, seen: Facts, window: ShopWindow) -> None:
    window.open("slack", "general - Slack", 1)
    first = seen.wait_for(titled("general - Slack"))
    with ShopWindow(managed_display.name) as other:
        other.open("slack", "Huddle: #design", 1)
        second = seen.wait_for(titled("Huddle: #design"))
    assert isinstance(first, WindowShown)
    assert isinstance(second, WindowShown)
    assert first.window != second.window
    seen.wait_for(lambda fact: isinstance(fact, WindowGone) and fact.window == second.window)


def test_same_title_again_is_no_news(seen: Facts, window: ShopWindow) -> None:
    window.open("zoom", "Zoom Meeting", 1)
    seen.wait_for(titled("Zoom Meeting"))
    seen.quiet()
    window.retitle("Zoom Meeting")
    assert seen.quiet() == []


def test_what_comes_while_others_are_asked_is_seen_at_once(managed_display: Display, window: ShopWindow) -> None:
    """It lies beside the answers, where nothing would wake a probe that sleeps."""
    with Connection(managed_display.name) as connection, ShopWindow(managed_display.name) as other:
        desktop = Desktop(connection, MonotonicClock())
        window.open("zoom", "Zoom Workplace", 1)
        other.open("slack", "general - Slack", 1)
        known = [fact.window for fact in shown(desktop.look())]
        while len(known) < 2:
            connection.wait(1)
            known += [fact.window for fact in shown(desktop.news())]
        window.retitle("Zoom Meeting")
        other.retitle("Huddle: #design")
        titles: list[str] = []
        for fact in shown(desktop.news()):
            titles.append(fact.title)
            if len(titles) == 1:  # the other one has yet to be asked
                (window if fact.window == hex(window.id) else other).retitle("Left")
        assert sorted(titles) == ["Huddle: #design", "Left", "Zoom Meeting"]


def test_title_that_is_no_text(seen: Facts, window: ShopWindow) -> None:
    window.open("zoom", b"\xff Meeting", 1)
    seen.wait_for(titled("\ufffd Meeting"))


def test_without_a_display(started: Callable[[MeetingProbe], Facts]) -> None:
    with pytest.raises(SourceUnavailable):
        started(WindowProbe(MonotonicClock(), ":987"))


def test_desktop_that_goes_takes_its_windows_along(started: Callable[[MeetingProbe], Facts]) -> None:
    with private_xvfb() as display, window_manager(display):
        seen = started(WindowProbe(MonotonicClock(), display.name))
        with ShopWindow(display.name) as window:
            window.open("zoom", "Zoom Meeting", 1)
            seen.wait_for(titled("Zoom Meeting"))
            window.forsake()
            os.kill(display.server_pid, 9)
            seen.wait_for(lambda fact: isinstance(fact, WindowGone))


def test_without_a_window_manager_nothing_is_seen(started: Callable[[MeetingProbe], Facts]) -> None:
    with private_xvfb() as display:
        assert started(WindowProbe(MonotonicClock(), display.name)).quiet() == []


def test_costs_nothing_while_nothing_happens(seen: Facts, window: ShopWindow) -> None:
    """The processor time of the probe's own thread."""
    window.open("zoom", "Zoom Meeting", 1)
    seen.quiet()
    thread = next(thread for thread in threading.enumerate() if thread.name == "meeting windows")
    assert thread.ident is not None
    clock = time.pthread_getcpuclockid(thread.ident)
    before_ns = time.clock_gettime_ns(clock)
    seen.quiet(IDLE_S)
    assert time.clock_gettime_ns(clock) - before_ns <= IDLE_SHARE * IDLE_S * NS_PER_S
