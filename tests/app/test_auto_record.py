"""A real recorder that dies or cannot begin, told of meetings that are none."""

import os
import queue
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from app.auto_record import AutoRecorder
from app.capture_process import recover
from app.flow_events import Answer, Answered, Deliver, Effect, NotRecorded, PassOver, Quit, Suspected
from app.flow_state import FAREWELL_NS, State
from app.recorder_inbox import Order, Plan
from app.recording_rules import AutoRecord, Rules
from capture.clock import MonotonicClock
from capture.events import Armed, Discarded, Ended, Error, Event, Frames, Started
from capture.manifest import read_manifest
from capture.meetings.verdicts import Detected, DetectedMeeting, MeetingId, Offer
from capture.recording import NS_PER_S, Monitor, RecordingId, RecordingSpec, RecordingStatus
from capture.unfinished import unfinished
from tests.capture.worker_process import LIMIT_S, spec_of

ZOOM = DetectedMeeting(MeetingId("zoom-1"), "zoom", "Zoom", 0, (), "Weekly")
CANDIDATE = Suspected(frozenset({"Zoom"}))
T = TypeVar("T")


@dataclass(slots=True)
class Audience:
    """A ``Listener``."""

    told: "queue.SimpleQueue[Effect | Event]" = field(default_factory=queue.SimpleQueue)
    begun: list[RecordingSpec] = field(default_factory=list)
    recorded: list[Event] = field(default_factory=list)
    delivered: list[Path] = field(default_factory=list)
    rules: list[tuple[str, AutoRecord]] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def on_state(self, state: State) -> None:
        self.states.append(state)

    def on_order(self, order: Order) -> None:
        self.orders.append(order)

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None:
        assert recording is None or len(recording) == 36
        self.told.put(effect)

    def on_capture_event(self, event: Event) -> None:
        self.told.put(event)

    def begin(self, spec: RecordingSpec) -> None:
        self.begun.append(spec)

    def on_recording_event(self, event: Event) -> None:
        self.recorded.append(event)

    def deliver(self, directory: Path) -> None:
        self.delivered.append(directory)

    def remember_rule(self, name: str, rule: AutoRecord) -> None:
        self.rules.append((name, rule))

    def wait_for(self, kind: type[T]) -> T:
        while not isinstance(told := self.told.get(timeout=LIMIT_S), kind):
            pass
        return told


class Stage:
    """An ``AutoRecorder`` on a thread of its own, with the test signal for sources."""

    def __init__(self, folder: Path, rule: AutoRecord, plan: Plan, farewell_ns: int = FAREWELL_NS) -> None:
        self.folder = folder
        self.audience = Audience()
        state = State(Rules(rule), keeps_preroll=plan.preroll_ns > 0, farewell_ns=farewell_ns)
        self.recorder = AutoRecorder(state, plan, MonotonicClock(), self.audience)
        self._thread = threading.Thread(target=self.recorder.run)
        self._thread.start()

    def meet(self) -> None:
        self.recorder.on_verdict(Detected(0, ZOOM, Offer.DUE))

    def quit(self) -> None:
        self.recorder.put(Quit())
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive()


def plan_for(folder: Path) -> Plan:
    return Plan(spec_of(folder), folder / "recordings", folder / "worker.log", 30 * NS_PER_S)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path, AutoRecord.ASK, plan_for(tmp_path))
    yield stage
    stage.quit()


def children() -> set[int]:
    """Workers of this process."""
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for path in listed for pid in path.read_text(encoding="ascii").split()}


def test_an_armed_worker_that_dies_costs_only_what_it_kept(stage: Stage) -> None:
    before = children()
    stage.recorder.put(CANDIDATE)
    stage.audience.wait_for(Armed)
    (worker,) = children() - before
    os.kill(worker, signal.SIGKILL)
    stage.meet()
    stage.recorder.put(Answered(Answer.RECORD))
    assert stage.audience.wait_for(Started).preroll_ns == 0
    stage.audience.wait_for(Frames)
    stage.recorder.put(Answered(Answer.STOP))
    assert stage.audience.wait_for(Ended).status is RecordingStatus.COMPLETE
    stage.quit()
    assert stage.audience.wait_for(Deliver) == Deliver()
    (directory,) = stage.audience.delivered
    (begun,) = stage.audience.begun
    assert begun.directory == directory
    assert read_manifest(directory).spec.meeting.title == "Weekly"
    assert [path.name for path in (stage.folder / "recordings").iterdir()] == [directory.name]


def test_what_goes_out_is_of_one_recording(stage: Stage) -> None:
    """Nothing of what is only kept, and all of what goes on after a stop that was taken back."""
    stage.recorder.put(CANDIDATE)
    stage.audience.wait_for(Armed)
    stage.recorder.put(Suspected(frozenset()))
    stage.audience.wait_for(Discarded)
    assert stage.audience.recorded == []
    stage.recorder.put(Answered(Answer.RECORD))
    stage.audience.wait_for(Frames)
    stage.recorder.put(Answered(Answer.STOP))
    stage.audience.wait_for(Ended)
    assert stage.audience.delivered == []
    stage.recorder.put(Answered(Answer.UNDO))
    stage.audience.wait_for(Frames)
    stage.quit()
    (begun,) = stage.audience.begun
    assert stage.audience.delivered == [begun.directory]
    first, second = (event for event in stage.audience.recorded if isinstance(event, Ended))
    assert first.recording_id == second.recording_id == begun.id
    assert second.duration_ns > first.duration_ns
    assert not any(isinstance(event, Discarded) for event in stage.audience.recorded)


def test_who_quits_is_not_held_up_by_a_recorder_that_hangs(tmp_path: Path) -> None:
    """It is killed, that is told, and what it left is saved at the next start."""
    before = children()
    stage = Stage(tmp_path, AutoRecord.ASK, plan_for(tmp_path), farewell_ns=NS_PER_S // 10)
    stage.recorder.put(Answered(Answer.RECORD))
    stage.audience.wait_for(Frames)
    (worker,) = children() - before
    os.kill(worker, signal.SIGSTOP)
    stage.quit()
    assert stage.audience.wait_for(Error) == Error("worker_hung", "")
    assert children() == before
    assert stage.audience.delivered == []
    (directory,) = unfinished(tmp_path / "recordings")
    assert recover(directory)
    manifest = read_manifest(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    assert manifest.duration_ns > 0


def test_what_was_deleted_meanwhile_cannot_be_gone_on_with_and_the_next_one_can_begin(stage: Stage) -> None:
    stage.recorder.put(Answered(Answer.RECORD))
    stage.audience.wait_for(Frames)
    stage.recorder.put(Answered(Answer.STOP))
    stage.audience.wait_for(Ended)
    shutil.rmtree(stage.audience.begun[0].directory)
    stage.recorder.put(Answered(Answer.UNDO))
    assert stage.audience.wait_for(Error).code == "unknown_recording"
    stage.recorder.put(Answered(Answer.RECORD))
    stage.audience.wait_for(Started)
    stage.quit()
    assert stage.audience.delivered == [stage.audience.begun[1].directory]


def test_a_recorder_that_cannot_begin_says_so(tmp_path: Path) -> None:
    """There is no display here."""
    plan = plan_for(tmp_path)
    plan = replace(plan, template=replace(plan.template, screen=Monitor("1")))
    stage = Stage(tmp_path, AutoRecord.ALWAYS, plan)
    stage.recorder.put(CANDIDATE)
    stage.meet()
    assert stage.audience.wait_for(PassOver) == PassOver(ZOOM, NotRecorded.FAILED)
    stage.quit()
    assert stage.audience.delivered == []
    assert not (tmp_path / "recordings").exists()
