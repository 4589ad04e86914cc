"""Situations as a recorder makes them: histories of news, in any order that it can tell them."""

from hypothesis import strategies as st

from app.flow_events import StopReason
from app.flow_state import Ending, Idle, Offered, Over, Phase, Preroll, Recording, State, Stopped, Stopping
from app.messages import describe
from app.recording_rules import AutoRecord, Rules
from app.situation import News, Sending, Situation, Troubled, after
from capture.commands import Mute, Pause
from capture.events import (
    Announced,
    Armed,
    Ended,
    Level,
    QualityChanged,
    RoomChanged,
    SourceLost,
    SourceRecovered,
    Started,
    Status,
    Warned,
)
from capture.meetings.verdicts import DetectedMeeting, MeetingId
from capture.recording import EndReason, Quality, RecordingId, RecordingStatus, Room, Side

ZOOM = DetectedMeeting(MeetingId("zoom-1"), "zoom", "Zoom", 0, (), "Weekly")
UNKNOWN = DetectedMeeting(MeetingId("firefox-1"), "unknown", "Firefox", 0, ())
NUMBER = RecordingId("1")

meetings = st.sampled_from((ZOOM, UNKNOWN))
recordings = st.builds(Recording, st.none() | meetings, st.none())
phases: st.SearchStrategy[Phase] = st.one_of(
    st.just(Idle()),
    st.builds(Offered, meetings, st.just(10)),
    recordings,
    st.builds(Ending, recordings, st.just(10)),
    st.builds(Stopping, recordings, st.sampled_from(StopReason), st.booleans()),
    st.just(Over()),
)
stops = st.builds(Stopped, st.none() | meetings, st.sampled_from(StopReason), st.just(10))
states = st.builds(
    State,
    st.builds(Rules, st.sampled_from(AutoRecord)),
    st.booleans(),
    phase=phases,
    preroll=st.sampled_from(Preroll),
    stopped=st.none() | stops,
)
times = st.integers(0, 10**13)
sides = st.sampled_from(Side)
events = st.one_of(
    st.builds(Started, st.just(NUMBER), st.just("2026-11-23T09:00:00Z")),
    st.builds(Armed, st.just(NUMBER), st.just(30 * 10**9)),
    st.builds(Level, sides, st.floats(-120, 0), st.floats(-120, 0), times),
    st.builds(Status, st.just(NUMBER), st.sampled_from((RecordingStatus.RECORDING, RecordingStatus.PAUSED)), times),
    st.builds(SourceLost, st.sampled_from(("screen", "microphone", "system", "worker")), st.just("gone"), times),
    st.builds(SourceRecovered, st.sampled_from(("screen", "microphone")), st.just("mic"), times, times),
    st.builds(QualityChanged, st.sampled_from(Quality), st.just("slow"), times),
    st.builds(RoomChanged, st.sampled_from(Room), st.just(1), times),
    st.builds(Warned, st.just("silent"), sides, times),
    st.builds(Announced, st.none(), st.none(), times),
    st.builds(Ended, st.just(NUMBER), st.just(RecordingStatus.COMPLETE), st.just(EndReason.STOP), times),
)
others: st.SearchStrategy[News] = st.one_of(
    st.builds(Mute, sides, st.booleans()),
    st.builds(Pause),
    st.builds(Sending, st.integers(0, 3)),
    st.builds(Troubled, st.none() | st.just(describe("disk_full"))),
)
histories: st.SearchStrategy[list[News]] = st.lists(states | events | others, max_size=12)


def told(history: list[News]) -> Situation:
    situation = Situation()
    for news in history:
        situation = after(situation, news)
    return situation


situations = st.builds(told, histories)
