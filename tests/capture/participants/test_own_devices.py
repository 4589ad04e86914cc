"""The local user's camera and microphone, from the facts of the probes."""

import threading

import pytest

from capture.meetings.facts import (
    CameraFree,
    CameraHeld,
    Fact,
    Listening,
    Playing,
    Program,
    Purpose,
    StreamId,
    StreamState,
    WindowId,
    WindowShown,
)
from capture.participants.log import ParticipantLog
from capture.participants.own_devices import OwnDevices
from capture.recording import ParticipantAction, Side

ZOOM, NOTES = Program(("zoom",)), Program(("notes",))
ON, OFF, UPDATE = ParticipantAction.WEBCAM_ON, ParticipantAction.WEBCAM_OFF, ParticipantAction.UPDATE


@pytest.fixture
def log() -> ParticipantLog:
    log = ParticipantLog("Ada", lambda _: None)
    log.join(Side.MICROPHONE, 0)
    return log


@pytest.fixture
def own(log: ParticipantLog) -> OwnDevices:
    return OwnDevices(log, lambda: 7)


def listening(stream: str, state: StreamState, purpose: Purpose = Purpose.VOICE) -> Listening:
    return Listening(1, StreamId(stream), ZOOM, state, purpose)


def told(log: ParticipantLog) -> list[ParticipantAction]:
    return [change.action for change in log.changes[1:]]


def muted(log: ParticipantLog) -> list[str]:
    return [(change.participant.extra_data or {})["microphone"] for change in log.changes if change.action is UPDATE]


def test_camera_is_on_as_long_as_anybody_holds_one(own: OwnDevices, log: ParticipantLog) -> None:
    facts: list[Fact] = [
        CameraHeld(1, "video0:1", ZOOM),
        CameraHeld(2, "video1:1", None),
        CameraFree(3, "video0:1"),
    ]
    for fact in facts:
        own.learn(fact)
    assert told(log) == [ON]
    own.learn(CameraFree(4, "video1:1"))
    assert told(log) == [ON, OFF]


def test_camera_that_is_free_from_the_start_is_not_told(own: OwnDevices, log: ParticipantLog) -> None:
    own.learn(CameraFree(1, "video0:1"))
    assert told(log) == []


def test_muted_source(own: OwnDevices, log: ParticipantLog) -> None:
    for is_muted in (False, True, True, False):
        own.mute(is_muted)
    assert muted(log) == ["muted", "unmuted"]


def test_stream_that_the_system_mutes(own: OwnDevices, log: ParticipantLog) -> None:
    own.learn(listening("a", StreamState.RUNNING))
    own.learn(listening("a", StreamState.MUTED))
    own.learn(listening("b", StreamState.RUNNING))
    own.learn(listening("b", StreamState.ENDED))
    own.learn(listening("a", StreamState.ENDED))
    assert muted(log) == ["muted", "unmuted", "muted", "unmuted"]


def test_two_threads_tell_one_after_the_other(log: ParticipantLog) -> None:
    """The sound server's watches have threads of their own: what was told last counts."""
    asked, answer = threading.Event(), threading.Event()

    def now_ns() -> int:
        if not asked.is_set():
            asked.set()
            answer.wait(10)
        return 7

    own = OwnDevices(log, now_ns)
    first, last = (threading.Thread(target=own.mute, args=(is_muted,)) for is_muted in (True, False))
    first.start()
    assert asked.wait(10)
    last.start()
    last.join(0.05)
    answer.set()
    for thread in (first, last):
        thread.join()
    assert muted(log) == ["muted", "unmuted"]


def test_what_says_nothing_of_the_user(own: OwnDevices, log: ParticipantLog) -> None:
    own.learn(listening("own", StreamState.MUTED, Purpose.OWN))
    own.learn(listening("monitor", StreamState.MUTED, Purpose.MONITOR))
    own.learn(Playing(1, StreamId("c"), ZOOM, StreamState.MUTED))
    own.learn(WindowShown(1, WindowId("w"), NOTES, "Notes"))
    assert told(log) == []
