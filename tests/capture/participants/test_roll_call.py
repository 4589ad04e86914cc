"""What is read out of a window's elements by the rules that ship, and by a user's own."""

from pathlib import Path

import pytest

from capture.errors import CatalogueInvalid
from capture.meetings.accessible import Element, Place, Wanted
from capture.participants.roll import Mark
from capture.participants.roll_call import call_roll
from capture.participants.rules import FILE_NAME, load_readers

OWN, HOST, SPEAKING, CAMERA, MUTED = Mark.OWN, Mark.HOST, Mark.SPEAKING, Mark.CAMERA, Mark.MUTED


def element(number: int, role: str, text: str, *children: int, classes: str = "") -> Element:
    below = tuple(Place(":1.1", str(child)) for child in children)
    return Element(Place(":1.1", str(number)), role, below, text, frozenset(classes.split()))


def read(platform: str, *elements: Element) -> dict[str, set[Mark]]:
    roll = call_roll(load_readers()[platform], elements, is_whole=True)
    return {} if roll is None else {each.name: set(each.marks) for each in roll.attendees}


@pytest.mark.parametrize(
    ("text", "name", "marks"),
    [
        ("Ada Example, Computer audio unmuted, Video on", "Ada Example", {CAMERA}),
        ("Ada Example (Host, me),computer audio muted,video off", "Ada Example", {HOST, OWN, MUTED}),
        ("Example, Ada,(Guest), Computer audio muted,Video off, Participant", "Example, Ada", {MUTED}),
        ("Video render Ada Example (You), Computer audio unmuted", "Ada Example", {OWN}),
        ("Ada's Phone, Computer audio unmuted, active speaker", "Ada's Phone", {SPEAKING}),
        ("Ada,(Co-host, me), Computer audio muted,Video on", "Ada", {OWN, MUTED, CAMERA}),
    ],
)
def test_zoom(text: str, name: str, marks: set[Mark]) -> None:
    assert read("zoom", element(0, "list item", text)) == {name: marks}


def test_zoom_shows_one_person_more_than_once() -> None:
    words = "Ada, Computer audio unmuted"
    assert read("zoom", element(0, "filler", words), element(1, "filler", f"{words}, active speaker")) == {
        "Ada": {SPEAKING}
    }
    assert read("zoom", element(0, "filler", words), element(1, "label", "Talking: Ada")) == {"Ada": {SPEAKING}}
    assert read("zoom", element(0, "filler", words), element(1, "label", "Talking: Bob")) == {"Ada": set()}


@pytest.mark.parametrize("text", ["Mute", "Audio options", "Zoom Meeting", "Computer audio muted", "(2)", ""])
def test_zoom_names_no_button(text: str) -> None:
    assert read("zoom", element(0, "push button", text)) == {}


def test_teams() -> None:
    assert read(
        "microsoft_teams",
        element(0, "menu item", "Myself video, Ada Example, Muted, Has context menu"),
        element(1, "menu item", "Bob (Guest), video is on, Context menu is available", 2),
        element(2, "section", "", classes="fn8mz29 vdi-frame-occlusion"),
        element(3, "menu item", "Cleo, video is off, muted, Context menu is available"),
        element(4, "menu item", "Settings"),
    ) == {"Ada Example": {OWN, MUTED}, "Bob": {CAMERA, SPEAKING}, "Cleo": {MUTED}}


def test_meet_without_its_list_is_read_by_its_pictures() -> None:
    assert read(
        "google_meet",
        element(0, "section", "", 1, 2, classes="dkjMxf kssMZb"),
        element(1, "static", "Ada"),
        element(2, "push button", "More options for Ada"),
        element(3, "push button", "Pin Bob to your main screen"),
    ) == {"Ada": {SPEAKING}, "Bob": set()}


def test_only_a_list_tells_that_somebody_is_not_there() -> None:
    reader = load_readers()["zoom"]
    tile = element(1, "panel", "Ada, Computer audio unmuted")
    shown = call_roll(reader, [tile], is_whole=True)
    listed = call_roll(reader, [element(0, "list", "", 1), tile], is_whole=True)
    cut_short = call_roll(reader, [element(0, "list", "", 1), tile], is_whole=False)
    assert [roll is not None and roll.is_whole for roll in (shown, listed, cut_short)] == [False, True, False]


def test_message_of_the_chat() -> None:
    rows = [
        element(0, "list", "Participants", 1),
        element(1, "list item", "Ada"),
        element(2, "static", "Ada says in chat: see you: later"),
    ]
    roll = call_roll(load_readers()["google_meet"], rows, is_whole=True)
    assert roll is not None
    assert [(message.name, message.text) for message in roll.messages] == [("Ada", "see you: later")]


def test_name_that_is_no_name() -> None:
    rows = [element(0, "list", "Participants", 1), element(1, "list item", "x" * 300)]
    assert read("google_meet", *rows) == {}


def test_only_what_tells_something_is_asked_for() -> None:
    readers = load_readers()
    assert readers["zoom"].wanted == Wanted(text=None, classes=frozenset())
    assert readers["google_meet"].wanted == Wanted(
        text=frozenset({"list", "list item", "push button", "button", "static", "label"}),
        classes=frozenset({"section", "panel", "grouping"}),
    )


def test_user_teaches_another_program(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(
        "[readers.talk]\nplatforms = ['nextcloud_talk']\n"
        "lists = [{ roles = ['list'] }]\nrows = [{ roles = ['list item'], text = '(?P<name>.+)' }]\n"
    )
    readers = load_readers(tmp_path)
    roll = call_roll(
        readers["nextcloud_talk"], [element(0, "list", "", 1), element(1, "list item", "Ada")], is_whole=True
    )
    assert roll is not None
    assert [each.name for each in roll.attendees] == ["Ada"]
    assert "zoom" in readers


@pytest.mark.parametrize(
    "text",
    [
        "[readers",
        "readers = 3",
        "[readers.zoom]\ntiles = [{ text = '(' }]",
        "[readers.zoom]\ntiles = 3",
        "readers.zoom = 3",
    ],
)
def test_mistake_in_the_users_list_names_the_file(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(CatalogueInvalid) as caught:
        load_readers(tmp_path)
    assert caught.value.data["path"] == str(tmp_path / FILE_NAME)
