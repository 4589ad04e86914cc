"""The order of events, by examples; what holds for every order of them is in ``test_flow_properties``."""

from dataclasses import dataclass, field

import pytest

from app.flow import MEETING_ENDED, MEETING_WENT_ON, OFFER_NS, UNDO_NS, step
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
    StartRecording,
    StopReason,
    StopRecording,
    Suspected,
    Tick,
    WithdrawOffer,
)
from app.flow_state import FAREWELL_NS, PATIENCE_NS, QUIET_NS, Idle, Over, State, due_ns
from app.recording_rules import AutoRecord, Rules
from capture.meetings.verdicts import DetectedMeeting, MeetingId
from capture.recording import NS_PER_S

ZOOM = DetectedMeeting(MeetingId("zoom-1"), "zoom", "Zoom", 0, ())
HUDDLE = DetectedMeeting(MeetingId("slack-1"), "slack", "Slack", 0, ())
SOMEWHERE = DetectedMeeting(MeetingId("chrome-1"), "unknown", "Google Chrome", 0, ())
COUNTDOWN_NS = 10 * NS_PER_S
NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Story:
    """What is told, and what came of it last."""

    state: State
    now_ns: int = 0
    effects: list[Effect] = field(default_factory=list)

    def tell(self, *events: FlowEvent) -> tuple[Effect, ...]:
        """The effects of the last one."""
        for event in events:
            done = step(self.state, event, self.now_ns)
            self.state = done.state
            self.effects += done.effects
        return done.effects

    def say(self, answer: Answer) -> tuple[Effect, ...]:
        return self.tell(Answered(answer))

    def wait(self, ns: int) -> tuple[Effect, ...]:
        self.now_ns += ns
        return self.tell(Tick())

    def wait_until_due(self) -> tuple[Effect, ...]:
        due = due_ns(self.state)
        assert due is not None
        return self.wait(due - self.now_ns)


def story(rule: AutoRecord = AutoRecord.ASK, *, keeps_preroll: bool = True, **apps: AutoRecord) -> Story:
    return Story(State(Rules(rule, apps), keeps_preroll, COUNTDOWN_NS))


def recording(rule: AutoRecord = AutoRecord.ALWAYS) -> Story:
    told = story(rule)
    assert told.tell(MeetingBegan(ZOOM)) == (StartRecording(ZOOM),)
    return told


def stopped() -> Story:
    told = recording()
    assert told.say(Answer.STOP) == (StopRecording(StopReason.USER),)
    assert told.tell(Finished(Outcome.WHOLE)) == ()
    return told


def test_from_the_first_suspicion_to_the_delivery() -> None:
    told = story()
    assert told.tell(Suspected(frozenset({"Zoom"}))) == (Arm(),)
    assert told.tell(MeetingBegan(ZOOM)) == (MakeOffer(ZOOM, OFFER_NS),)
    assert told.tell(Suspected(NOBODY)) == ()
    assert told.say(Answer.RECORD) == (StartRecording(ZOOM),)
    assert told.tell(RemoteSpeech(speaking=True), RemoteSpeech(speaking=False)) == ()
    told.now_ns = 100 * NS_PER_S
    assert told.tell(MeetingOver(ZOOM)) == (MarkMoment(MEETING_ENDED),)
    assert told.wait(QUIET_NS) == (CountDown(told.now_ns + COUNTDOWN_NS),)
    assert told.wait(COUNTDOWN_NS) == (StopRecording(StopReason.MEETING_ENDED),)
    assert told.tell(Finished(Outcome.WHOLE)) == ()
    assert told.wait(UNDO_NS) == (Deliver(),)
    assert isinstance(told.state.phase, Idle)
    assert due_ns(told.state) is None


def test_nothing_is_armed_for_an_app_that_is_ignored() -> None:
    told = story(AutoRecord.ALWAYS, slack=AutoRecord.OFF)
    assert told.tell(Suspected(frozenset({"Slack"}))) == ()
    assert told.tell(MeetingBegan(HUDDLE)) == (PassOver(HUDDLE, NotRecorded.IGNORED),)


def test_off_means_that_nothing_is_opened() -> None:
    told = story(AutoRecord.OFF)
    assert told.tell(Suspected(frozenset({"Zoom"}))) == ()
    assert told.tell(MeetingBegan(ZOOM)) == (PassOver(ZOOM, NotRecorded.OFF),)


def test_only_one_app_is_recorded_where_all_is_off() -> None:
    told = story(AutoRecord.OFF, zoom=AutoRecord.ALWAYS)
    told.tell(MeetingBegan(HUDDLE))
    assert told.tell(MeetingBegan(ZOOM)) == (StartRecording(ZOOM),)


def test_suspicion_of_which_nothing_becomes() -> None:
    told = story()
    told.tell(Suspected(frozenset({"Zoom"})))
    assert told.tell(Suspected(NOBODY)) == (Disarm(),)


def test_arming_that_failed_is_tried_again_for_the_next_candidate_only() -> None:
    told = story()
    told.tell(Suspected(frozenset({"Zoom"})))
    assert told.tell(ArmingFailed()) == ()
    assert told.tell(Suspected(frozenset({"Zoom", "Slack"}))) == ()
    assert told.tell(Suspected(NOBODY)) == ()
    assert told.tell(Suspected(frozenset({"Zoom"}))) == (Arm(),)


def test_without_preroll_nothing_is_armed() -> None:
    told = story(keeps_preroll=False)
    assert told.tell(Suspected(frozenset({"Zoom"}))) == ()
    assert told.tell(MeetingBegan(ZOOM)) == (MakeOffer(ZOOM, OFFER_NS),)


@pytest.mark.parametrize(
    ("answer", "reason"), [(Answer.NOT_NOW, NotRecorded.DECLINED), (Answer.NEVER, NotRecorded.NEVER)]
)
def test_declined(answer: Answer, reason: NotRecorded) -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    effects = told.say(answer)
    assert effects[0] == Disarm()
    assert {WithdrawOffer(ZOOM), PassOver(ZOOM, reason)} <= {*effects}
    assert (Ignore("zoom") in effects) is (answer is Answer.NEVER)
    assert told.tell(MeetingOver(ZOOM)) == ()


def test_never_is_remembered_by_the_app_where_the_platform_is_unknown() -> None:
    told = story()
    told.tell(MeetingBegan(SOMEWHERE))
    assert Ignore("Google Chrome") in told.say(Answer.NEVER)
    told.tell(MeetingOver(SOMEWHERE))
    assert told.tell(MeetingBegan(SOMEWHERE)) == (PassOver(SOMEWHERE, NotRecorded.IGNORED),)


def test_offer_that_nobody_answers() -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    assert told.wait_until_due() == (Disarm(), WithdrawOffer(ZOOM), PassOver(ZOOM, NotRecorded.UNANSWERED))
    assert told.say(Answer.RECORD) == (StartRecording(ZOOM),)


def test_meeting_that_ends_before_the_answer() -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    assert PassOver(ZOOM, NotRecorded.ENDED_UNANSWERED) in told.tell(MeetingOver(ZOOM))


def test_second_offer_waits_for_the_first_one() -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    assert told.tell(MeetingBegan(HUDDLE)) == ()
    assert MakeOffer(HUDDLE, OFFER_NS) in told.say(Answer.NOT_NOW)


def test_meeting_within_a_recording_is_in_it() -> None:
    told = recording()
    assert told.tell(MeetingBegan(HUDDLE)) == (PassOver(HUDDLE, NotRecorded.ALREADY_RECORDING),)
    assert told.tell(MeetingOver(ZOOM)) == ()
    assert told.tell(MeetingOver(HUDDLE)) == (MarkMoment(MEETING_ENDED),)


def test_recording_by_hand_has_the_same_end() -> None:
    told = story(AutoRecord.OFF)
    told.tell(MeetingBegan(ZOOM))
    assert told.say(Answer.RECORD) == (StartRecording(ZOOM),)
    assert told.tell(MeetingOver(ZOOM)) == (MarkMoment(MEETING_ENDED),)
    assert isinstance(told.wait(QUIET_NS)[0], CountDown)


def test_recording_without_a_meeting_does_not_end_by_itself() -> None:
    told = story()
    assert told.say(Answer.RECORD) == (StartRecording(None),)
    assert due_ns(told.state) is None
    assert told.say(Answer.STOP) == (StopRecording(StopReason.USER),)


def test_countdown_waits_until_the_other_side_is_quiet() -> None:
    told = recording()
    told.tell(RemoteSpeech(speaking=True), MeetingOver(ZOOM))
    assert told.wait(2 * QUIET_NS) == ()
    told.tell(RemoteSpeech(speaking=False))
    assert isinstance(told.wait(QUIET_NS)[0], CountDown)
    assert told.tell(RemoteSpeech(speaking=True)) == (CancelCountDown(),)


def test_music_does_not_keep_it_alive() -> None:
    told = recording()
    told.tell(RemoteSpeech(speaking=True), MeetingOver(ZOOM))
    assert isinstance(told.wait(PATIENCE_NS)[0], CountDown)
    assert told.tell(RemoteSpeech(speaking=False), RemoteSpeech(speaking=True)) == ()
    assert told.wait(COUNTDOWN_NS) == (StopRecording(StopReason.MEETING_ENDED),)


def test_kept_it_goes_on_until_it_is_stopped() -> None:
    told = recording()
    told.tell(MeetingOver(ZOOM))
    told.wait(QUIET_NS)
    assert told.say(Answer.KEEP) == (CancelCountDown(),)
    assert due_ns(told.state) is None


def test_meeting_that_comes_back_goes_on() -> None:
    told = recording()
    told.tell(MeetingOver(ZOOM))
    told.wait(QUIET_NS)
    assert told.tell(MeetingBegan(ZOOM, is_return=True)) == (CancelCountDown(), MarkMoment(MEETING_WENT_ON))


def test_meeting_that_comes_back_after_the_end_goes_on_in_the_same_recording() -> None:
    told = recording()
    told.tell(MeetingOver(ZOOM))
    told.wait(QUIET_NS)
    told.wait(COUNTDOWN_NS)
    told.tell(Finished(Outcome.WHOLE))
    assert told.tell(MeetingBegan(ZOOM, is_return=True)) == (ContinueRecording(),)


def test_who_is_back_is_not_asked_again() -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    told.say(Answer.NOT_NOW)
    told.tell(MeetingOver(ZOOM))
    assert told.tell(MeetingBegan(ZOOM, is_return=True)) == (PassOver(ZOOM, NotRecorded.ALREADY_ASKED),)


def test_stop_that_is_taken_back() -> None:
    told = stopped()
    assert told.wait(UNDO_NS // 2) == ()
    assert told.say(Answer.UNDO) == (ContinueRecording(),)
    assert told.wait(UNDO_NS) == ()
    told.say(Answer.STOP)
    told.tell(Finished(Outcome.WHOLE))
    assert told.wait_until_due() == (Deliver(),)


def test_stop_that_is_taken_back_before_the_files_are_closed() -> None:
    told = recording()
    told.say(Answer.STOP)
    assert told.say(Answer.UNDO) == ()
    assert told.tell(Finished(Outcome.WHOLE)) == (ContinueRecording(),)


def test_next_recording_ends_the_time_for_that() -> None:
    told = stopped()
    told.tell(MeetingOver(ZOOM))
    assert told.tell(MeetingBegan(HUDDLE)) == (Deliver(), StartRecording(HUDDLE))


def test_meeting_that_begins_while_files_are_closed_has_its_turn() -> None:
    told = recording()
    told.say(Answer.STOP)
    assert told.tell(MeetingBegan(HUDDLE)) == ()
    assert told.tell(Finished(Outcome.WHOLE)) == (Deliver(), StartRecording(HUDDLE))


def test_recorder_that_cannot_begin() -> None:
    told = recording()
    assert told.tell(Finished(Outcome.NEVER_BEGAN)) == (PassOver(ZOOM, NotRecorded.FAILED),)
    assert told.say(Answer.UNDO) == ()


def test_full_disk_ends_it_and_what_there_is_is_delivered() -> None:
    assert recording().tell(Finished(Outcome.BROKEN_OFF)) == (Deliver(),)


def test_quit_finishes_and_delivers() -> None:
    told = recording()
    assert told.tell(Quit()) == (StopRecording(StopReason.QUIT),)
    assert told.tell(Finished(Outcome.WHOLE)) == (Deliver(),)
    assert isinstance(told.state.phase, Over)
    assert told.tell(MeetingBegan(HUDDLE)) == ()


@pytest.mark.parametrize("events", [(Quit(),), (Answered(Answer.STOP), Quit()), (Quit(), Quit())])
def test_quit_gives_a_recorder_up_that_does_not_end(events: tuple[FlowEvent, ...]) -> None:
    told = recording()
    for event in events:
        told.tell(event)
        told.wait(FAREWELL_NS // 3)
    assert told.now_ns < FAREWELL_NS
    assert told.wait_until_due() == (Abandon(),)
    assert isinstance(told.state.phase, Over)
    assert due_ns(told.state) is None


def test_a_stop_without_quitting_waits_for_its_recorder() -> None:
    told = recording()
    told.say(Answer.STOP)
    assert told.wait(10 * FAREWELL_NS) == ()


def test_quit_while_an_offer_stands() -> None:
    told = story()
    told.tell(MeetingBegan(ZOOM))
    assert told.tell(Quit()) == (Disarm(), WithdrawOffer(ZOOM), PassOver(ZOOM, NotRecorded.QUIT))
    assert isinstance(told.state.phase, Over)
