from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from capture.events import ParticipantChange
from capture.participants.log import Artifacts, ParticipantLog, after, wall_clock_text
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
