"""Records meetings as ``flow`` wants it: the one place where its effects are carried out.

Everything that happens goes through one queue and is dealt with on one thread.
"""

import logging
import queue
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.capture_session import CaptureSession, Told
from app.flow import step
from app.flow_events import (
    Abandon,
    Arm,
    ArmingFailed,
    ContinueRecording,
    Deliver,
    Disarm,
    Effect,
    Finished,
    FlowEvent,
    Ignore,
    MarkMoment,
    MeetingBegan,
    MeetingOver,
    Outcome,
    RemoteSpeech,
    StartRecording,
    StopRecording,
    Suspected,
    Tick,
)
from app.flow_state import Over, Recording, State, due_ns
from app.recorder_inbox import ConsentGiven, Inbox, Message, Order, Plan, Replan
from app.recording_rules import AutoRecord
from capture.clock import Clock
from capture.commands import Announce, Discard, Mark, Mute, Pause, Resume, Stop
from capture.errors import CaptureError
from capture.events import Error, Event, Speech
from capture.manifest import read_manifest
from capture.meetings.verdicts import Closed, Detected, DetectedMeeting, Offer, Verdict
from capture.recording import NS_PER_S, Meeting, RecordingId, RecordingSpec, Side

logger = logging.getLogger(__name__)

LONGEST_WAIT_S = 3600.0


class Listener(Protocol):
    """Told on the recorder's thread; must not block for long."""

    def on_state(self, state: State) -> None: ...

    def on_order(self, order: Order) -> None:
        """It was passed on to the recording that runs."""
        ...

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None: ...

    def on_capture_event(self, event: Event) -> None: ...

    def begin(self, spec: RecordingSpec) -> None:
        """The one before was delivered, or never began."""
        ...

    def on_recording_event(self, event: Event) -> None:
        """Of the recording that began last, and of what goes on with it."""
        ...

    def deliver(self, directory: Path) -> None:
        """Nothing will be changed in that recording any more."""
        ...

    def remember_rule(self, name: str, rule: AutoRecord) -> None: ...


class AutoRecorder:
    """``put`` and ``on_…`` are thread-safe; the rest is for the thread that calls ``run``."""

    def __init__(
        self, state: State, plan: Plan, clock: Clock, listener: Listener, inbox: "Inbox | None" = None
    ) -> None:
        """``inbox`` may hold something already."""
        self._state = state
        self._plan = plan
        self._clock = clock
        self._listener = listener
        self._inbox: Inbox = queue.SimpleQueue() if inbox is None else inbox
        self._session: CaptureSession | None = None
        self._armed: CaptureSession | None = None
        self._last: RecordingSpec | None = None
        self._muted: dict[Side, Mute] = {}

    def put(self, message: Message) -> None:
        self._inbox.put(message)

    def on_verdict(self, verdict: Verdict) -> None:
        match verdict:
            case Detected(meeting=meeting, offer=offer):
                self.put(MeetingBegan(meeting, is_return=offer is Offer.MADE))
            case Closed(meeting=meeting):
                self.put(MeetingOver(meeting))

    def on_candidates(self, apps: frozenset[str]) -> None:
        self.put(Suspected(apps))

    def run(self) -> None:
        """Until somebody quits and all is finished. Raises ``OSError`` where no worker can be started."""
        try:
            while not isinstance(self._state.phase, Over):
                self._take(self._next())
        finally:
            for session in (self._armed, self._session):
                if session is not None:
                    session.close()

    def _next(self) -> Message:
        try:
            return self._inbox.get(timeout=self._patience_s())
        except queue.Empty:
            return Tick()

    def _patience_s(self) -> float:
        due = due_ns(self._state)
        left_s = LONGEST_WAIT_S if due is None else (due - self._clock.now_ns()) / NS_PER_S
        return max(0.0, min(left_s, LONGEST_WAIT_S))

    def _take(self, message: Message) -> None:
        match message:
            case ConsentGiven():
                self._announce()
            case Told(session=session, event=None):
                self._close(session)
            case Told(session=session, event=event) if event is not None:
                self._hear(session, event)
            case Told():
                pass
            case Pause() | Resume() | Mute() | Mark():
                self._order(message)
            case Replan(plan=plan):
                self._plan = plan
            case _:
                self._flow(message)

    def _flow(self, event: FlowEvent) -> None:
        done = step(self._state, event, self._clock.now_ns())
        self._state = done.state
        for effect in done.effects:
            self._obey(effect)
            self._listener.on_effect(effect, None if self._last is None else self._last.id)
        self._listener.on_state(self._state)

    def _order(self, order: Order) -> None:
        if self._session is None:
            return
        if isinstance(order, Mute):
            self._muted[order.side] = order
        self._session.send(order)
        self._listener.on_order(order)

    def _hear(self, session: CaptureSession, event: Event) -> None:
        self._listener.on_capture_event(event)
        if session is not self._session:
            return
        self._listener.on_recording_event(event)
        if isinstance(event, Speech) and event.side is Side.SYSTEM:
            self._flow(RemoteSpeech(event.speaking))

    def _close(self, session: CaptureSession) -> None:
        """A worker has said all that it had to say."""
        session.close()
        if session is self._armed:
            self._armed = None
            self._flow(ArmingFailed())
        elif session is self._session:
            if session.was_only_armed and self._last is not None and isinstance(self._state.phase, Recording):
                self._session = self._open(self._last)  # it had died before it was told to start
                return
            self._session = None
            outcome = session.outcome()
            if outcome is Outcome.NEVER_BEGAN:
                self._last = None
            self._flow(Finished(outcome))

    def _obey(self, effect: Effect) -> None:
        match effect:
            case Arm():
                self._armed = self._open(self._spec(None), preroll_ns=self._plan.preroll_ns)
            case Disarm() if self._armed is not None:
                armed, self._armed = self._armed, None
                armed.send(Discard())
                armed.close()
            case StartRecording(meeting=meeting):
                self._start(meeting)
            case ContinueRecording() if self._last is not None:
                self._go_on(self._last)
            case StopRecording() if self._session is not None:
                self._session.send(Stop())
            case Abandon() if self._session is not None:
                session, self._session = self._session, None
                session.abandon()
                self._listener.on_capture_event(Error("worker_hung", ""))
            case MarkMoment(text=text) if self._session is not None:
                self._session.send(Mark(text))
            case Deliver() if self._last is not None:
                self._listener.deliver(self._last.directory)
            case Ignore(name=name):
                self._listener.remember_rule(name, AutoRecord.OFF)

    def _start(self, meeting: DetectedMeeting | None) -> None:
        """With what was kept before, if something was."""
        session, self._armed = self._armed, None
        self._muted.clear()
        if session is None:
            self._last = self._spec(meeting)
            self._session = self._open(self._last)
        else:
            self._last = replace(session.spec, meeting=_described(meeting))
            self._session = session
            session.start(self._last)
        self._listener.begin(self._last)

    def _go_on(self, spec: RecordingSpec) -> None:
        """It may have been deleted meanwhile."""
        try:
            length_ns = read_manifest(spec.directory).duration_ns
        except CaptureError as error:
            is_gone = not spec.directory.exists()
            trouble = (
                Error("unknown_recording", "", {"id": spec.id})
                if is_gone
                else Error(error.code, error.reason, error.data)
            )
            self._listener.on_capture_event(trouble)
            self._last = None
            self.put(Finished(Outcome.NEVER_BEGAN))
            return
        self._session = self._open(spec, after_ns=length_ns)
        for mute in tuple(self._muted.values()):
            self._order(mute)

    def _announce(self) -> None:
        if self._session is not None:
            by = self._plan.template.participant_name
            self._session.send(Announce(by, self._plan.consent_notice or None))

    def _open(
        self, spec: RecordingSpec, *, preroll_ns: int | None = None, after_ns: int | None = None
    ) -> CaptureSession:
        return CaptureSession(spec, self._plan.log, self.put, preroll_ns=preroll_ns, after_ns=after_ns)

    def _spec(self, meeting: DetectedMeeting | None) -> RecordingSpec:
        number = RecordingId(str(uuid.uuid4()))
        directory = self._plan.recordings / number
        return replace(self._plan.template, id=number, directory=directory, meeting=_described(meeting))


def _described(meeting: DetectedMeeting | None) -> Meeting:
    if meeting is None:
        return Meeting()
    evidence = tuple(map(str, meeting.evidence))
    return Meeting(meeting.title, meeting.platform, meeting.url, meeting.app, evidence)
