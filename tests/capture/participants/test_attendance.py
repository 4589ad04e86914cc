"""Who takes part, while it is recorded: the real worker, real windows, a real sound server, and fakes for hangs."""

import json
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.events import ParticipantChange
from capture.meetings.accessible import AccessibleTree, AccessibleWindow, Element, Place, Wanted
from capture.participants.attendance import STOP_LIMIT_S, Attendance
from capture.participants.log import ParticipantLog
from capture.recording import Meeting, ParticipantAction, RecordingId, RecordingSpec, Side
from capture.timeline import Timeline
from tests.capture.worker_process import running_worker, spec_of
from tests.rig.accessibility import Accessibility
from tests.rig.meeting_window import meeting_window

LIMIT_S = 30.0
ADA, BOB = "Ada Example, Computer audio unmuted, Video on", "Bob Example, Computer audio muted"


class Changes:
    """``on_change`` of a log, to be waited for."""

    def __init__(self) -> None:
        self._changes: queue.SimpleQueue[ParticipantChange] = queue.SimpleQueue()

    def __call__(self, change: ParticipantChange) -> None:
        self._changes.put(change)

    def wait_for(self, action: ParticipantAction, name: str | None) -> ParticipantChange:
        while True:
            change = self._changes.get(timeout=LIMIT_S)
            if (change.action, change.participant.name) == (action, name):
                return change


class DeafTree(AccessibleTree):
    """Does not come back from a question until it is let go."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.released = threading.Event()

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def windows(self) -> Sequence[AccessibleWindow]:
        self.asked.set()
        self.released.wait(LIMIT_S)
        raise SourceUnavailable

    def read(self, places: Sequence[Place], wanted: Wanted) -> Sequence[Element | None]:
        del places, wanted
        raise SourceUnavailable


class BrokenTree(DeafTree):
    def windows(self) -> Sequence[AccessibleWindow]:
        self.asked.set()
        name = "Ada Example"
        raise KeyError(name)


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def log(changes: Changes) -> ParticipantLog:
    return ParticipantLog("Eve", changes)


@pytest.fixture
def timeline() -> Timeline:
    timeline = Timeline(MonotonicClock())
    timeline.begin()
    return timeline


@pytest.fixture
def spec(tmp_path: Path) -> RecordingSpec:
    return RecordingSpec(RecordingId("r"), tmp_path, None, microphone=None, system_audio=None)


@pytest.fixture
def attendance(
    access: Accessibility, spec: RecordingSpec, log: ParticipantLog, timeline: Timeline
) -> Iterator[Attendance]:
    del access  # the environment leads to it
    attendance = Attendance(spec, log, timeline, MonotonicClock())
    yield attendance
    attendance.stop(timeline.now_ns())


def test_turns_go_to_who_is_marked(
    access: Accessibility, attendance: Attendance, log: ParticipantLog, changes: Changes, timeline: Timeline
) -> None:
    with meeting_window(access.environment, "Zoom Meeting") as window:
        window.show(ADA, BOB)
        attendance.start()
        changes.wait_for(ParticipantAction.JOIN, "Bob Example")
        window.show(ADA, f"{BOB}, active speaker")
        began_ns = timeline.now_ns()
        log.speech(Side.SYSTEM, began_ns, speaking=True)
        spoke = changes.wait_for(ParticipantAction.SPEECH_ON, "Bob Example")
        assert spoke.at_ns >= began_ns
    log.speech(Side.SYSTEM, timeline.now_ns(), speaking=False)
    changes.wait_for(ParticipantAction.SPEECH_OFF, "Bob Example")
    log.speech(Side.SYSTEM, timeline.now_ns(), speaking=True)  # the window is gone by now
    changes.wait_for(ParticipantAction.SPEECH_ON, None)


def test_worker_records_who_is_there(access: Accessibility, tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    spec = replace(spec_of(directory), meeting=Meeting(platform="zoom"))
    with (
        meeting_window(access.environment, "Zoom Meeting") as window,
        running_worker(environment=access.environment) as worker,
    ):
        window.show(ADA, BOB)
        worker.start(spec)
        worker.wait_for(ParticipantChange, lambda change: change.participant.name == "Bob Example")
        window.show("Ada Lovelace, Computer audio unmuted, Video on")
        worker.wait_for(ParticipantChange, lambda change: change.action is ParticipantAction.LEAVE)
        worker.end_of_input()
        worker.close()
    people = json.loads((directory / "participants.json").read_text())
    assert [(person["id"], person["name"]) for person in people] == [
        (100, "Ada"),
        (300, "Ada Lovelace"),
        (400, "Bob Example"),
    ]
    events = json.loads((directory / "participant_events.json").read_text())
    told = [(event["action"], event["participant"]["name"]) for event in events]
    assert [action for action, name in told if name == "Bob Example"] == ["join", "leave"]
    assert ("join", "Ada Example") in told
    assert ("webcam_on", "Ada Example") in told
    assert ("update", "Ada Lovelace") in told
    assert "Example" not in (directory / "worker.log").read_text()
    assert b"Example" not in worker.words


def test_recording_ends_though_a_window_does_not_answer(
    spec: RecordingSpec, log: ParticipantLog, timeline: Timeline, changes: Changes
) -> None:
    tree = DeafTree()
    attendance = Attendance(spec, log, timeline, MonotonicClock(), lambda: tree)
    began_s = time.monotonic()
    attendance.start()
    assert tree.asked.wait(LIMIT_S)
    log.speech(Side.SYSTEM, 0, speaking=True)
    changes.wait_for(ParticipantAction.SPEECH_ON, None)
    attendance.stop(timeline.now_ns())
    changes.wait_for(ParticipantAction.LEAVE, "Eve")
    assert time.monotonic() - began_s < LIMIT_S - STOP_LIMIT_S
    tree.released.set()


def test_what_goes_wrong_is_logged_without_names(
    spec: RecordingSpec, log: ParticipantLog, timeline: Timeline, caplog: pytest.LogCaptureFixture
) -> None:
    tree = BrokenTree()
    attendance = Attendance(spec, log, timeline, MonotonicClock(), lambda: tree)
    attendance.start()
    assert tree.asked.wait(LIMIT_S)
    attendance.stop(timeline.now_ns())
    assert "KeyError" in caplog.text
    assert "Ada" not in caplog.text


def test_without_an_accessibility_bus_the_two_sides_are_known(
    spec: RecordingSpec, log: ParticipantLog, timeline: Timeline
) -> None:
    attendance = Attendance(spec, log, timeline, MonotonicClock())
    attendance.start()
    log.speech(Side.SYSTEM, 0, speaking=True)
    attendance.stop(timeline.now_ns())
    assert {change.participant.name for change in log.changes} == {"Eve", None}
