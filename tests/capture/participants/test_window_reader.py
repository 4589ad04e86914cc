"""People are read from the real windows of real programs, through a real accessibility bus."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from capture.errors import SourceUnavailable
from capture.meetings.catalogue import Catalogue, load_catalogue
from capture.meetings.linux.accessibility import ANSWER_LIMIT_S, AccessibilityBus
from capture.participants.roll import Mark, Roll
from capture.participants.rules import load_readers
from capture.participants.window_reader import WindowReader
from tests.capture.meetings.shop_window import ShopWindow
from tests.rig.accessibility import Accessibility, private_accessibility
from tests.rig.browser import meeting_page
from tests.rig.meeting_window import meeting_window

LIMIT_S = 30.0
ADA, BOB = "Ada Example (Host), Computer audio unmuted, Video on", "Bob, Computer audio muted"
PEOPLE = {"Ada Example": {Mark.HOST, Mark.CAMERA}, "Bob": {Mark.MUTED}}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def tree(access: Accessibility) -> Iterator[AccessibilityBus]:
    del access  # the environment leads to it
    tree = AccessibilityBus(silence_s=0.2)
    tree.open()
    yield tree
    tree.close()


@pytest.fixture
def reader(tree: AccessibilityBus, catalogue: Catalogue) -> WindowReader:
    return WindowReader(tree, catalogue, load_readers(), None)


def people(roll: Roll | None) -> dict[str, set[Mark]]:
    return {} if roll is None else {each.name: set(each.marks) for each in roll.attendees}


def wait_for(reader: WindowReader, wanted: Callable[[dict[str, set[Mark]]], bool]) -> dict[str, set[Mark]]:
    """What is read once it is so."""
    deadline_s = time.monotonic() + LIMIT_S
    while not wanted(read := people(reader.look())):
        assert time.monotonic() < deadline_s, read
        threading.Event().wait(0.05)
    return read


def listed(tree: AccessibilityBus, title: str) -> list[str]:
    """All titles, once this one is among them."""
    deadline_s = time.monotonic() + LIMIT_S
    while title not in (titles := [window.title for window in tree.windows()]):
        assert time.monotonic() < deadline_s, titles
        threading.Event().wait(0.05)
    return titles


def test_people_of_a_window_as_they_come_go_and_speak(access: Accessibility, reader: WindowReader) -> None:
    with meeting_window(access.environment, "Zoom Meeting") as window:
        window.show(ADA, BOB)
        wait_for(reader, lambda read: read == PEOPLE)
        window.show(ADA, f"{BOB}, active speaker", "Cleo (me), Computer audio unmuted")
        read = wait_for(reader, lambda read: "Cleo" in read)
        assert read["Bob"] == {Mark.MUTED, Mark.SPEAKING}
        assert read["Cleo"] == {Mark.OWN}
        window.show(BOB)
        wait_for(reader, lambda read: list(read) == ["Bob"])
    wait_for(reader, lambda read: not read)


def test_window_that_tells_nothing_names_nobody(
    access: Accessibility, tree: AccessibilityBus, reader: WindowReader
) -> None:
    with (
        ShopWindow(access.display.name) as silent,
        meeting_window(access.environment, "Zoom Meeting") as closed,
    ):
        silent.open("zoom", "Zoom Meeting", 1)
        silent.forsake()
        closed.show()
        assert listed(tree, "Zoom Meeting") == ["Zoom Meeting"]
        assert reader.look() is None


def test_window_of_something_else_names_nobody(
    access: Accessibility, tree: AccessibilityBus, reader: WindowReader
) -> None:
    with meeting_window(access.environment, "Zoom Meeting", "notes") as window:
        window.show(ADA, BOB)
        listed(tree, "Zoom Meeting")
        assert reader.look() is None


def test_window_of_another_meeting_names_nobody(
    access: Accessibility, tree: AccessibilityBus, catalogue: Catalogue
) -> None:
    with meeting_window(access.environment, "Zoom Meeting") as window:
        window.show(ADA, BOB)
        listed(tree, "Zoom Meeting")
        assert WindowReader(tree, catalogue, load_readers(), "google_meet").look() is None


def test_program_that_hangs_costs_one_wait_and_nobody_else(access: Accessibility, tree: AccessibilityBus) -> None:
    with (
        meeting_window(access.environment, "Zoom Meeting") as hanging,
        meeting_window(access.environment, "Notes", "notes"),
    ):
        listed(tree, "Zoom Meeting")
        listed(tree, "Notes")
        patient = AccessibilityBus()
        patient.open()
        hanging.hang()
        for _ in range(2):
            assert [window.title for window in patient.windows()] == ["Notes"]
        began_s = time.monotonic()
        for _ in range(20):
            patient.windows()
        assert time.monotonic() - began_s < 5 * ANSWER_LIMIT_S
        patient.close()
        hanging.go_on()
        listed(tree, "Zoom Meeting")


def test_program_that_hangs_is_read_again_later(access: Accessibility, reader: WindowReader) -> None:
    with meeting_window(access.environment, "Zoom Meeting") as window:
        window.show(ADA, BOB)
        wait_for(reader, lambda read: read == PEOPLE)
        window.hang()
        wait_for(reader, lambda read: not read)
        window.go_on()
        wait_for(reader, lambda read: read == PEOPLE)


def test_program_that_dies_is_forgotten(access: Accessibility, reader: WindowReader) -> None:
    with meeting_window(access.environment, "Zoom Meeting") as window:
        window.show(ADA, BOB)
        wait_for(reader, lambda read: read == PEOPLE)
        window.kill()
        wait_for(reader, lambda read: not read)


def test_people_on_a_page_in_a_browser(access: Accessibility, reader: WindowReader, tmp_path: Path) -> None:
    with meeting_page(access.environment, tmp_path):
        read = wait_for(reader, lambda read: len(read) == 4)
    assert read == {
        "Ada Example": {Mark.HOST},
        "Bob": {Mark.SPEAKING},
        "Cleo": {Mark.OWN, Mark.MUTED},
        "Dan": {Mark.SHARING},
    }


def test_without_an_accessibility_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    with pytest.raises(SourceUnavailable):
        AccessibilityBus().open()


def test_bus_that_goes_is_told(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    with private_accessibility() as access:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", access.variables["DBUS_SESSION_BUS_ADDRESS"])
        tree = AccessibilityBus()
        tree.open()
        reader = WindowReader(tree, catalogue, load_readers(), None)
        assert reader.look() is None
    with pytest.raises(SourceUnavailable):
        wait_for(reader, bool)
    tree.close()
