from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from capture.events import ParticipantChange
from capture.meetings.accessible import Place
from capture.participants.log import Artifacts, ParticipantLog, after, wall_clock_text
from capture.participants.roll import Attendee, ChatMessage, Mark, Roll
from capture.recording import NS_PER_S, ParticipantAction, Side

MS = 1_000_000
BEGAN = datetime(2026, 11, 1, 9, 0, 2, tzinfo=UTC)

HOST: Mapping[str, object] = {
    "id": 100,
    "name": "Ada",
    "is_host": True,
    "platform": "desktop",
    "extra_data": None,
    "email": None,
}
GUEST: Mapping[str, object] = {**HOST, "id": 200, "name": None, "is_host": None}


def wall_clock(at_ns: int) -> datetime:
    return after(BEGAN, at_ns)


@pytest.fixture
def changes() -> list[ParticipantChange]:
    return []


@pytest.fixture
def log(changes: list[ParticipantChange]) -> ParticipantLog:
    """The local user speaks from 1.5 to 4 s; the other side, first heard at 3.25 s, has not ended when all leave."""
    log = ParticipantLog("Ada", changes.append)
    log.join(Side.MICROPHONE, 0)
    log.join(Side.MICROPHONE, 500 * MS)
    log.speech(Side.MICROPHONE, 1500 * MS, speaking=True)
    log.speech(Side.MICROPHONE, 4000 * MS, speaking=False)
    log.speech(Side.SYSTEM, 3250 * MS, speaking=True)
    log.leave_all(10 * NS_PER_S)
    return log


@pytest.fixture
def artifacts(log: ParticipantLog) -> Artifacts:
    return log.artifacts(wall_clock)


def moment(text: str, relative_s: float) -> Mapping[str, object]:
    return {"absolute": f"2026-11-01T09:00:{text}Z", "relative": relative_s}


def event(
    number: int, action: str, participant: Mapping[str, object], at: Mapping[str, object]
) -> Mapping[str, object]:
    return {"id": str(number), "action": action, "participant": participant, "timestamp": at, "data": None}


def test_participant_events(artifacts: Artifacts) -> None:
    assert list(artifacts.participant_events) == [
        event(1, "join", HOST, moment("02.000", 0.0)),
        event(2, "speech_on", HOST, moment("03.500", 1.5)),
        event(3, "join", GUEST, moment("05.250", 3.25)),
        event(4, "speech_on", GUEST, moment("05.250", 3.25)),
        event(5, "speech_off", HOST, moment("06.000", 4.0)),
        event(6, "leave", HOST, moment("12.000", 10.0)),
        event(7, "leave", GUEST, moment("12.000", 10.0)),
    ]


def test_participants(artifacts: Artifacts) -> None:
    assert list(artifacts.participants) == [HOST, GUEST]


def test_speaker_timeline(artifacts: Artifacts) -> None:
    assert list(artifacts.speaker_timeline) == [
        {
            "participant": HOST,
            "start_timestamp": moment("03.500", 1.5),
            "end_timestamp": moment("06.000", 4.0),
        },
        {"participant": GUEST, "start_timestamp": moment("05.250", 3.25), "end_timestamp": None},
    ]


def test_each_change_is_told_at_once(log: ParticipantLog, changes: list[ParticipantChange]) -> None:
    assert changes == log.changes
    assert [change.action for change in changes].count(ParticipantAction.JOIN) == 2


def test_who_was_never_heard_took_no_part() -> None:
    log = ParticipantLog(None, lambda _: None)
    log.join(Side.MICROPHONE, 0)
    log.leave_all(NS_PER_S)
    assert list(log.artifacts(wall_clock).participants) == [{**HOST, "name": None}]
    assert not log.artifacts(wall_clock).speaker_timeline


def test_turns_of_one_speaker_follow_each_other() -> None:
    log = ParticipantLog(None, lambda _: None)
    for at_s in range(4):
        log.speech(Side.SYSTEM, at_s * NS_PER_S, speaking=at_s % 2 == 0)
    turns = log.artifacts(wall_clock).speaker_timeline
    assert [turn["start_timestamp"] for turn in turns] == [moment("02.000", 0.0), moment("04.000", 2.0)]
    assert [turn["end_timestamp"] for turn in turns] == [moment("03.000", 1.0), moment("05.000", 3.0)]


def test_a_date_has_milliseconds_and_says_utc() -> None:
    assert wall_clock_text(after(BEGAN, 1_234_567_890)) == "2026-11-01T09:00:03.234Z"


def roll(*names: str, speaking: str = "") -> Roll:
    attendees = [
        Attendee(Place(":1.1", f"/{row}"), name, frozenset({Mark.SPEAKING} if name == speaking else ()))
        for row, name in enumerate(names)
    ]
    return Roll(tuple(attendees), frozenset({Mark.SPEAKING}))


def story(log: ParticipantLog) -> list[tuple[float, str | None, str]]:
    changes = sorted(log.changes, key=lambda change: change.at_ns)
    return [(change.at_ns / NS_PER_S, change.participant.name, change.action) for change in changes]


def test_turn_of_the_other_side_goes_to_who_is_marked(changes: list[ParticipantChange]) -> None:
    log = ParticipantLog("Eve", changes.append)
    log.look(NS_PER_S, roll("Ada", "Bob"))
    log.speech(Side.SYSTEM, 2 * NS_PER_S, speaking=True)
    log.look(2 * NS_PER_S, roll("Ada", "Bob"))
    assert [change.action for change in changes] == ["join", "join"]  # whose turn it is may show yet
    log.look(3 * NS_PER_S, roll("Ada", "Bob", speaking="Bob"))
    log.speech(Side.SYSTEM, 4 * NS_PER_S, speaking=False)
    log.look(5 * NS_PER_S, roll("Ada", "Bob"))
    assert story(log)[2:] == [(2.0, "Bob", "speech_on"), (4.0, "Bob", "speech_off")]


def test_without_a_mark_the_other_side_as_such_has_spoken(changes: list[ParticipantChange]) -> None:
    log = ParticipantLog(None, changes.append)
    log.look(NS_PER_S, roll("Ada"))
    log.stop_looking()
    log.speech(Side.SYSTEM, 2 * NS_PER_S, speaking=True)
    assert story(log) == [(1.0, "Ada", "join"), (2.0, None, "join"), (2.0, None, "speech_on")]


def test_undecided_turn_is_told_at_the_end() -> None:
    log = ParticipantLog(None, lambda _: None)
    log.look(NS_PER_S, roll("Ada", speaking="Ada"))
    log.speech(Side.SYSTEM, 2 * NS_PER_S, speaking=True)
    log.leave_all(3 * NS_PER_S)
    assert story(log) == [(1.0, "Ada", "join"), (2.0, "Ada", "speech_on"), (3.0, "Ada", "leave")]


def test_who_leaves_has_ended_what_went_on() -> None:
    log = ParticipantLog(None, lambda _: None)
    for at_s in (0, 2):
        log.look(at_s * NS_PER_S, roll("Ada", "Bob", speaking="Ada"))
    log.speech(Side.SYSTEM, NS_PER_S, speaking=True)
    for at_s in (3, 7):
        log.look(at_s * NS_PER_S, roll("Bob"))
    log.speech(Side.SYSTEM, 8 * NS_PER_S, speaking=False)
    log.leave_all(9 * NS_PER_S)
    assert story(log)[2:] == [
        (1.0, "Ada", "speech_on"),
        (3.0, "Ada", "speech_off"),
        (3.0, "Ada", "leave"),
        (9.0, "Bob", "leave"),
    ]


def test_rename_is_told_and_counts() -> None:
    log = ParticipantLog(None, lambda _: None)
    log.look(0, roll("Ada"))
    log.look(NS_PER_S, roll("Ada Example"))
    log.leave_all(2 * NS_PER_S)
    assert [(at_s, name, action) for at_s, name, action in story(log)][1] == (1.0, "Ada Example", "update")
    assert [person["name"] for person in log.artifacts(wall_clock).participants] == ["Ada Example"]


def test_own_camera_and_microphone() -> None:
    log = ParticipantLog("Ada", lambda _: None)
    log.join(Side.MICROPHONE, 0)
    for at_s, is_on in enumerate((True, True, False, False)):
        log.webcam(at_s * NS_PER_S, is_on=is_on)
        log.microphone(at_s * NS_PER_S, is_muted=is_on)
    assert [(at_s, action) for at_s, _, action in story(log)] == [
        (0.0, "join"),
        (0.0, "webcam_on"),
        (0.0, "update"),
        (2.0, "webcam_off"),
        (2.0, "update"),
    ]
    muted = [change.participant.extra_data for change in log.changes if change.action is ParticipantAction.UPDATE]
    assert muted == [{"microphone": "muted"}, {"microphone": "unmuted"}]


def test_message_that_comes_up_is_told_once() -> None:
    log = ParticipantLog("Ada", lambda _: None)
    messages = [ChatMessage(Place(":1.1", f"/{row}"), name, "hello") for row, name in enumerate(("Bob", "Nobody"))]
    for at_s in range(3):
        log.look(at_s * NS_PER_S, replace(roll("Bob"), messages=tuple(messages)))
    (message,) = [event for event in log.artifacts(wall_clock).participant_events if event["action"] == "chat_message"]
    assert message["data"] == {"text": "hello", "to": "everyone"}
    assert message["participant"] == {**GUEST, "id": 300, "name": "Bob"}


def test_who_is_called_like_the_user_is_the_user() -> None:
    log = ParticipantLog("Ada Example", lambda _: None)
    log.look(0, roll("ada example", "Bob"))
    assert story(log) == [(0.0, "Bob", "join")]


def test_nothing_is_noted_after_the_end(changes: list[ParticipantChange]) -> None:
    log = ParticipantLog("Ada", changes.append)
    log.join(Side.MICROPHONE, 0)
    log.leave_all(NS_PER_S)
    told = len(changes)
    log.look(2 * NS_PER_S, roll("Bob"))
    log.speech(Side.SYSTEM, 2 * NS_PER_S, speaking=True)
    log.leave_all(3 * NS_PER_S)
    assert len(changes) == told


def test_names_are_in_no_repr() -> None:
    log = ParticipantLog("Ada Example", lambda _: None)
    log.look(0, roll("Bob Example"))
    log.join(Side.MICROPHONE, 0)
    assert "Example" not in repr(log.changes)
