"""What holds in whatever order things happen, to a user and a recorder that obeys."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from app.flow import step
from app.flow_events import (
    Abandon,
    Answer,
    Answered,
    Arm,
    ArmingFailed,
    ContinueRecording,
    Deliver,
    Disarm,
    Effect,
    Finished,
    FlowEvent,
    MakeOffer,
    MeetingBegan,
    MeetingOver,
    Outcome,
    Quit,
    RemoteSpeech,
    StartRecording,
    StopRecording,
    Suspected,
    Tick,
)
from app.flow_state import Over, State, due_ns
from app.recording_rules import AutoRecord, Rules, names_of
from capture.meetings.verdicts import DetectedMeeting, MeetingId
from capture.recording import NS_PER_S

APPS = {"zoom": "Zoom", "slack": "Slack", "unknown": "Google Chrome"}
MEETINGS = tuple(
    DetectedMeeting(MeetingId(f"{platform}-{number}"), platform, app, 0, ())
    for platform, app in APPS.items()
    for number in (1, 2)
)
LIMIT_STEPS = 200

meetings = st.sampled_from(MEETINGS)
events: st.SearchStrategy[FlowEvent] = st.one_of(
    st.sampled_from(Answer).map(Answered),
    st.frozensets(st.sampled_from(tuple(APPS.values()))).map(Suspected),
    st.builds(MeetingBegan, meetings, st.booleans()),
    st.builds(MeetingOver, meetings),
    st.booleans().map(RemoteSpeech),
    st.just(ArmingFailed()),
    st.sampled_from(Outcome).map(Finished),
    st.just(Tick()),
    st.just(Quit()),
)
rules = st.builds(
    Rules,
    st.sampled_from(AutoRecord),
    st.dictionaries(st.sampled_from(["zoom", "slack", "google chrome"]), st.sampled_from(AutoRecord)),
)
states = st.builds(State, rules, st.booleans())
moments = st.tuples(events, st.integers(0, 100 * NS_PER_S))


@dataclass(slots=True)
class World:
    """A recorder that does as it is told, and complains of what it cannot do."""

    state: State
    now_ns: int = 0
    is_recording: bool = False
    is_stopping: bool = False
    is_armed: bool = False
    undelivered: int = 0

    def tell(self, event: FlowEvent) -> None:
        if isinstance(event, Finished):
            if not self.is_recording:
                return
            self.is_recording = self.is_stopping = False
            self.undelivered += event.outcome is not Outcome.NEVER_BEGAN
        if isinstance(event, ArmingFailed) and not self.is_armed:
            return
        done = step(self.state, event, self.now_ns)
        self.is_armed = self.is_armed and not isinstance(event, ArmingFailed)
        self.state = done.state
        for effect in done.effects:
            self.obey(effect, event)

    def obey(self, effect: Effect, cause: FlowEvent) -> None:
        match effect:
            case StartRecording(meeting=meeting):
                self.begin()
                self.is_armed = False
                if meeting is not None and cause != Answered(Answer.RECORD):
                    assert self.state.rules.of(*names_of(meeting)) is AutoRecord.ALWAYS
            case MakeOffer(meeting=meeting):
                assert self.state.rules.of(*names_of(meeting)) is AutoRecord.ASK
            case ContinueRecording():
                assert self.undelivered == 1
                self.undelivered = 0
                self.begin()
                assert not self.is_armed
            case StopRecording():
                assert self.is_recording
                assert not self.is_stopping
                self.is_stopping = True
            case Abandon():
                assert self.is_stopping
                self.is_recording = self.is_stopping = False
            case Deliver():
                assert self.undelivered == 1
                self.undelivered = 0
            case Arm():
                assert not self.is_armed
                assert not self.is_recording
                self.is_armed = True
            case Disarm():
                assert self.is_armed
                self.is_armed = False

    def begin(self) -> None:
        assert not self.is_recording, "two recordings"
        self.is_recording = True


@settings(max_examples=300, deadline=None)
@given(states, st.lists(moments, max_size=40))
def test_never_two_recordings_and_none_of_what_is_ignored(state: State, story: list[tuple[FlowEvent, int]]) -> None:
    world = World(state)
    for event, passed_ns in story:
        world.now_ns += passed_ns
        world.tell(event)
        if not state.keeps_preroll or world.is_recording:
            assert not world.is_armed
        if {state.rules.default, *state.rules.apps.values()} == {AutoRecord.OFF}:
            assert not world.is_armed


@settings(max_examples=200, deadline=None)
@given(states, st.lists(moments, max_size=30), st.sampled_from([Answered(Answer.STOP), Quit()]))
def test_a_stop_always_ends_it_and_everything_is_delivered(
    state: State, story: list[tuple[FlowEvent, int]], last: FlowEvent
) -> None:
    world = World(state)
    for event, passed_ns in story:
        world.now_ns += passed_ns
        world.tell(event)
    world.tell(last)
    assert world.is_stopping or not world.is_recording
    world.tell(Finished(Outcome.WHOLE))
    world.tell(Quit())
    world.tell(Finished(Outcome.WHOLE))
    assert isinstance(world.state.phase, Over)
    assert not world.is_recording
    assert not world.is_armed
    assert not world.undelivered


@settings(max_examples=100, deadline=None)
@given(states, st.lists(moments, max_size=30))
def test_left_alone_it_comes_to_rest(state: State, story: list[tuple[FlowEvent, int]]) -> None:
    """Every time that something is due it is done, and in the end nothing is."""
    world = World(state)
    for event, passed_ns in story:
        world.now_ns += passed_ns
        world.tell(event)
    for _ in range(LIMIT_STEPS):
        due = due_ns(world.state)
        if due is None:
            return
        world.now_ns = max(world.now_ns, due)
        world.tell(Tick())
        if world.is_stopping:
            world.tell(Finished(Outcome.WHOLE))
    message = "it never comes to rest"
    raise AssertionError(message)
