"""What people and programs read while meetings are watched for."""

import json

import pytest

from app.console import Console
from app.flow_events import (
    CancelCountDown,
    CountDown,
    Ignore,
    MakeOffer,
    NotRecorded,
    PassOver,
    StopReason,
    StopRecording,
    WithdrawOffer,
)
from app.watch_view import REASONS, WatchView
from capture.events import Armed, Discarded, Level, Started
from capture.meetings.verdicts import DetectedMeeting, Evidence, MeetingId
from capture.recording import NS_PER_S, RecordingId, Side
from tests.fakes.clock import FakeClock

NOTICE = "I record this."
ONE, TWO = RecordingId("one"), RecordingId("two")
ZOOM = DetectedMeeting(MeetingId("zoom-1"), "zoom", "Zoom", 0, (Evidence.MICROPHONE,), "Weekly")


def view(*, as_json: bool) -> WatchView:
    return WatchView(Console(as_json=as_json, as_events=as_json), FakeClock(7 * NS_PER_S), NOTICE)


def test_each_reason_has_words() -> None:
    assert set(REASONS) == set(NotRecorded)


def test_words_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    shown = view(as_json=False)
    shown.begin()
    shown.on_capture_event(Armed(ONE, 30 * NS_PER_S))
    shown.on_effect(MakeOffer(ZOOM, 127 * NS_PER_S), None)
    shown.on_capture_event(Started(ONE, "", 12 * NS_PER_S))
    shown.on_effect(CountDown(22 * NS_PER_S), ONE)
    shown.on_effect(CancelCountDown(), ONE)
    shown.on_effect(StopRecording(StopReason.USER), ONE)
    shown.on_effect(PassOver(ZOOM, NotRecorded.DECLINED), None)
    shown.on_effect(Ignore("zoom"), None)
    shown.on_capture_event(Discarded(TWO))
    out, words = capsys.readouterr()
    assert out == ""
    for part in (
        "The microphone is open. The last 30 s are kept in memory; nothing is written.",
        "A meeting: zoom “Weekly” in Zoom, by microphone. Record it? record, not now or never.",
        "Recording, from 12 s ago.",
        NOTICE,
        "The recording stops in 15 s; keep goes on.",
        "undo goes on with it",
        "Not recorded: zoom “Weekly” in Zoom, by microphone (not now).",
        "What was kept in memory is forgotten.",
    ):
        assert part in words


def test_a_line_for_each_event_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    shown = view(as_json=True)
    shown.on_effect(MakeOffer(ZOOM, 127 * NS_PER_S), None)
    shown.on_effect(WithdrawOffer(ZOOM), None)
    shown.on_effect(StopRecording(StopReason.QUIT), ONE)
    shown.on_capture_event(Level(Side.SYSTEM, -6, -9, 0))
    out, words = capsys.readouterr()
    assert words == ""
    offer, withdrawn, stopping = map(json.loads, out.splitlines())
    assert (offer["type"], offer["meeting"]["title"], offer["answer_within_s"]) == ("offer", "Weekly", 120)
    assert (withdrawn["type"], withdrawn["meeting"]["id"]) == ("offer_withdrawn", "zoom-1")
    assert stopping == {"type": "stopping", "recording_id": "one", "reason": "quit"}


def test_the_notice_is_shown_once_for_each_recording(capsys: pytest.CaptureFixture[str]) -> None:
    shown = view(as_json=True)
    for recording in (ONE, ONE, TWO):
        shown.on_capture_event(Started(recording, ""))
    out, _ = capsys.readouterr()
    assert [json.loads(line)["type"] for line in out.splitlines()].count("consent_notice") == 2
