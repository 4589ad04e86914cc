"""The order of events: meeting → offer → recording → countdown at its end → delivery.

Pure: ``step`` takes a state, an event and the time, and gives the next state and what is to be done.
"""

from dataclasses import dataclass, replace

from app.flow_events import (
    Abandon,
    Answer,
    Answered,
    Arm,
    ArmingFailed,
    CancelCountDown,
    ContinueRecording,
    CountDown,
    Deliver,
    Disarm,
    Effect,
    Finished,
    FlowEvent,
    Ignore,
    MakeOffer,
    MarkMoment,
    MeetingBegan,
    MeetingOver,
    NotRecorded,
    Outcome,
    PassOver,
    Quit,
    RemoteSpeech,
    RulesChanged,
    StartRecording,
    StopReason,
    StopRecording,
    Suspected,
    Tick,
    WithdrawOffer,
)
from app.flow_state import PATIENCE_NS, Ending, Idle, Offered, Over, Phase, Preroll, Recording, State, Stopped, Stopping
from app.recording_rules import AutoRecord, names_of
from capture.meetings.verdicts import DetectedMeeting
from capture.recording import NS_PER_S

OFFER_NS = 120 * NS_PER_S
"""An offer that nobody answers lapses: while it stands the microphone is held."""

UNDO_NS = 120 * NS_PER_S
"""For so long a stop can be taken back. The recording is delivered after it."""

MEETING_ENDED, MEETING_WENT_ON = "meeting ended", "meeting went on"
"""Marks: between them, or from the first one to the end, lies what may be of no interest."""


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    effects: tuple[Effect, ...]


def step(state: State, event: FlowEvent, now_ns: int) -> Step:
    """``now_ns`` never goes back."""
    turn = _Turn(state, now_ns)
    if not isinstance(state.phase, Over):
        turn.hear(event)
        turn.pass_time()
        turn.arm()
    return Step(turn.state, tuple(turn.effects))


class _Turn:
    """One step: what becomes of the state, and the effects so far."""

    def __init__(self, state: State, now_ns: int) -> None:
        self.state = state
        self.effects: list[Effect] = []
        self._now_ns = now_ns

    def hear(self, event: FlowEvent) -> None:
        match event:
            case Answered(answer=answer):
                self._answer(answer)
            case Suspected() | RulesChanged():
                self._learn(event)
            case MeetingBegan(meeting=meeting, is_return=is_return):
                self._meeting_began(meeting, is_return=is_return)
            case MeetingOver(meeting=meeting):
                self._meeting_over(meeting)
            case RemoteSpeech(speaking=speaking):
                self._remote(speaking=speaking)
            case ArmingFailed() if self.state.preroll is Preroll.ARMED:
                self.state = replace(self.state, preroll=Preroll.FAILED)
            case Finished(outcome=outcome):
                self._finished(outcome)
            case Quit():
                self._quit()
            case Tick() | ArmingFailed():
                pass

    def _learn(self, event: Suspected | RulesChanged) -> None:
        match event:
            case Suspected(apps=apps):
                self.state = replace(self.state, candidates=apps)
            case RulesChanged(rules=rules, keeps_preroll=keeps_preroll, countdown_ns=countdown_ns):
                self.state = replace(
                    self.state,
                    rules=rules,
                    keeps_preroll=self.state.keeps_preroll if keeps_preroll is None else keeps_preroll,
                    countdown_ns=self.state.countdown_ns if countdown_ns is None else countdown_ns,
                )

    def pass_time(self) -> None:
        stopped = self.state.stopped
        if stopped is not None and self._now_ns >= stopped.until_ns:
            self._deliver()
        match self.state.phase:
            case Offered(meeting=meeting, until_ns=until_ns) if self._now_ns >= until_ns:
                self._close_offer(meeting, NotRecorded.UNANSWERED)
            case Recording(end_due_ns=int(end_due_ns)) as recording if self._now_ns >= end_due_ns:
                until_ns = self._now_ns + self.state.countdown_ns
                self._enter(Ending(recording, until_ns), CountDown(until_ns))
            case Ending(recording=recording, until_ns=until_ns) if self._now_ns >= until_ns:
                self._stop(recording, StopReason.MEETING_ENDED)
            case Stopping(until_ns=int(until_ns)) if self._now_ns >= until_ns:
                self._enter(Over(), Abandon())

    def arm(self) -> None:
        """Last, so that what was armed goes over into a recording that began."""
        is_wanted = self.state.keeps_preroll and self._hopes()
        preroll = self.state.preroll
        if is_wanted and preroll is Preroll.OFF:
            self.effects.append(Arm())
            preroll = Preroll.ARMED
        elif not is_wanted:
            is_used = any(isinstance(effect, StartRecording) for effect in self.effects)
            if preroll is Preroll.ARMED and not is_used:
                self.effects.insert(0, Disarm())  # before the sources are opened for anything else
            preroll = Preroll.OFF
        self.state = replace(self.state, preroll=preroll)

    def _hopes(self) -> bool:
        """Whether there may be something to record in a moment."""
        candidates = (self.state.rules.of(app) is not AutoRecord.OFF for app in self.state.candidates)
        phase = self.state.phase
        return isinstance(phase, Offered) or (isinstance(phase, Idle) and any(candidates))

    def _enter(self, phase: Phase, *effects: Effect) -> None:
        self.state = replace(self.state, phase=phase)
        self.effects += effects

    def _answer(self, answer: Answer) -> None:
        phase = self.state.phase
        match answer, phase:
            case Answer.RECORD, Offered(meeting=meeting):
                self._start(meeting)
            case Answer.RECORD, Idle():
                self._start(next(iter(self.state.live), None))
            case Answer.NOT_NOW, Offered(meeting=meeting):
                self._close_offer(meeting, NotRecorded.DECLINED)
            case Answer.NEVER, Offered(meeting=meeting):
                self._ignore(meeting)
            case Answer.KEEP, Ending(recording=recording):
                self._enter(replace(recording, left_ns=None), CancelCountDown())
            case Answer.KEEP, Recording():
                self._enter(replace(phase, left_ns=None))
            case Answer.STOP, (Recording() as recording) | Ending(recording=recording):
                self._stop(recording, StopReason.USER)
            case Answer.UNDO, Idle() | Offered() if self.state.stopped is not None:
                self._go_on(self.state.stopped)
            case Answer.UNDO, Stopping(reason=StopReason.USER | StopReason.MEETING_ENDED):
                self._enter(replace(phase, goes_on=True))

    def _meeting_began(self, meeting: DetectedMeeting, *, is_return: bool) -> None:
        self.state = replace(self.state, live=(*self._others(meeting), meeting))
        match self.state.phase:
            case (Recording() as recording) | Ending(recording=recording):
                self._hold_on(recording, meeting, is_return=is_return)
            case Idle():
                self._decide(meeting, is_return=is_return)

    def _hold_on(self, recording: Recording, meeting: DetectedMeeting, *, is_return: bool) -> None:
        """Another meeting in the same recording, or the same one again."""
        self._settle(meeting, None if is_return else NotRecorded.ALREADY_RECORDING)
        if not self._matters(meeting, recording):
            return
        if isinstance(self.state.phase, Ending):
            self.effects.append(CancelCountDown())
        if recording.left_ns is not None:
            self.effects.append(MarkMoment(MEETING_WENT_ON))
        self._enter(replace(recording, left_ns=None))

    def _meeting_over(self, meeting: DetectedMeeting) -> None:
        self.state = replace(self.state, live=self._others(meeting), decided=self.state.decided - {meeting.id})
        match self.state.phase:
            case Offered(meeting=offered) if offered.id == meeting.id:
                self._close_offer(offered, NotRecorded.ENDED_UNANSWERED)
            case Recording(left_ns=None) as recording if self._matters(meeting, recording):
                if not any(self._matters(other, recording) for other in self.state.live):
                    self._enter(replace(recording, left_ns=self._now_ns), MarkMoment(MEETING_ENDED))

    def _remote(self, *, speaking: bool) -> None:
        quiet_ns = None if speaking else self._now_ns
        match self.state.phase:
            case Recording() as recording:
                self._enter(replace(recording, quiet_ns=quiet_ns))
            case Ending(recording=recording):
                heard = replace(recording, quiet_ns=quiet_ns)
                if speaking and recording.left_ns is not None and self._now_ns < recording.left_ns + PATIENCE_NS:
                    self._enter(heard, CancelCountDown())
                else:
                    self._enter(replace(self.state.phase, recording=heard))

    def _finished(self, outcome: Outcome) -> None:
        match self.state.phase:
            case Stopping(recording=recording, reason=reason, goes_on=goes_on):
                stopped = Stopped(recording.meeting, reason, self._now_ns + UNDO_NS)
            case (Recording() as recording) | Ending(recording=recording):
                stopped, goes_on = Stopped(recording.meeting, StopReason.USER, self._now_ns), False
                if isinstance(self.state.phase, Ending):
                    self.effects.append(CancelCountDown())
            case _:
                return
        if outcome is Outcome.NEVER_BEGAN and recording.meeting is not None:
            self.effects.append(PassOver(recording.meeting, NotRecorded.FAILED))
        self._enter(Idle())
        if outcome is not Outcome.NEVER_BEGAN:
            self.state = replace(self.state, stopped=stopped)
        if stopped.reason is StopReason.QUIT:
            self._quit()
        elif goes_on and outcome is Outcome.WHOLE:
            self._go_on(stopped)
        else:
            self._decide_next()

    def _quit(self) -> None:
        match self.state.phase:
            case (Recording() as recording) | Ending(recording=recording):
                self._stop(recording, StopReason.QUIT)
                return
            case Stopping(recording=recording, until_ns=until_ns):
                self._enter(Stopping(recording, StopReason.QUIT, until_ns=until_ns or self._farewell_ns))
                return
            case Offered(meeting=meeting):
                self.effects += [WithdrawOffer(meeting), PassOver(meeting, NotRecorded.QUIT)]
        self._deliver()
        self._enter(Over())

    def _decide(self, meeting: DetectedMeeting, *, is_return: bool = False) -> None:
        """What becomes of a meeting while nothing is recorded."""
        stopped = self.state.stopped
        match self.state.rules.of(*names_of(meeting)):
            case AutoRecord.OFF if self.state.rules.names(*names_of(meeting)):
                self._settle(meeting, NotRecorded.IGNORED)
            case AutoRecord.OFF:
                self._settle(meeting, NotRecorded.OFF)
            case _ if is_return and stopped is not None and stopped.reason is StopReason.MEETING_ENDED:
                self._go_on(stopped)
            case AutoRecord.ASK if is_return:
                self._settle(meeting, NotRecorded.ALREADY_ASKED)
            case AutoRecord.ASK:
                until_ns = self._now_ns + OFFER_NS
                self._enter(Offered(meeting, until_ns), MakeOffer(meeting, until_ns))
            case AutoRecord.ALWAYS:
                self._start(meeting)

    def _decide_next(self) -> None:
        """What waited while something else was going on."""
        waiting = (meeting for meeting in self.state.live if meeting.id not in self.state.decided)
        for meeting in waiting:
            if isinstance(self.state.phase, Idle):
                self._decide(meeting)

    def _start(self, meeting: DetectedMeeting | None) -> None:
        self._deliver()
        self._enter(Recording(meeting, self._now_ns), StartRecording(meeting))
        self._settle_live(meeting)

    def _go_on(self, stopped: Stopped) -> None:
        """In the recording that was stopped. Its meeting may be over, and is no reason to end it again."""
        if isinstance(self.state.phase, Offered):
            self.effects.append(WithdrawOffer(self.state.phase.meeting))
        self.state = replace(self.state, stopped=None)
        self._enter(Recording(stopped.meeting, self._now_ns), ContinueRecording())
        self._settle_live(stopped.meeting)

    def _settle_live(self, recorded: DetectedMeeting | None) -> None:
        """All that go on are in the recording now."""
        for meeting in self.state.live:
            is_new = meeting.id not in self.state.decided and (recorded is None or meeting.id != recorded.id)
            self._settle(meeting, NotRecorded.ALREADY_RECORDING if is_new else None)

    def _stop(self, recording: Recording, reason: StopReason) -> None:
        until_ns = self._farewell_ns if reason is StopReason.QUIT else None
        self._enter(Stopping(recording, reason, until_ns=until_ns), StopRecording(reason))

    @property
    def _farewell_ns(self) -> int:
        return self._now_ns + self.state.farewell_ns

    def _deliver(self) -> None:
        if self.state.stopped is not None:
            self.state = replace(self.state, stopped=None)
            self.effects.append(Deliver())

    def _close_offer(self, meeting: DetectedMeeting, reason: NotRecorded) -> None:
        self._enter(Idle(), WithdrawOffer(meeting))
        self._settle(meeting, reason)
        self._decide_next()

    def _ignore(self, meeting: DetectedMeeting) -> None:
        name = names_of(meeting)[0]
        self.state = replace(self.state, rules=self.state.rules.with_app(name, AutoRecord.OFF))
        self.effects.append(Ignore(name))
        self._close_offer(meeting, NotRecorded.NEVER)

    def _settle(self, meeting: DetectedMeeting, reason: NotRecorded | None) -> None:
        self.state = replace(self.state, decided=self.state.decided | {meeting.id})
        if reason is not None:
            self.effects.append(PassOver(meeting, reason))

    def _matters(self, meeting: DetectedMeeting, recording: Recording) -> bool:
        """Whether the recording lasts as long as this meeting."""
        is_its_own = recording.meeting is not None and recording.meeting.id == meeting.id
        return is_its_own or self.state.rules.of(*names_of(meeting)) is not AutoRecord.OFF

    def _others(self, meeting: DetectedMeeting) -> tuple[DetectedMeeting, ...]:
        return tuple(other for other in self.state.live if other.id != meeting.id)
