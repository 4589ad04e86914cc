"""What the tray shows is true of every situation that there can be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.flow_state import Ending, Idle, Offered, Over, Recording, State, Stopping
from app.icons import Icon
from app.messages import describe
from app.orders import state_of, status_document
from app.recording_rules import Rules
from app.run_state import RunState
from app.situation import Sending, Situation, Take, Troubled, after
from app.tray_state import Act, Click, elapsed_text, tray_state
from capture.commands import Mute
from capture.events import Ended, Level, SourceLost, SourceRecovered, Started, Status
from capture.recording import NS_PER_S, EndReason, RecordingStatus, Side
from tests.app.situations import NUMBER, UNKNOWN, ZOOM, situations

RUNNING = Recording | Ending
STARTED = Started(NUMBER, "2026-11-23T09:00:00Z")
IN_RECORDING = {Act.PAUSE, Act.RESUME, Act.MUTE, Act.UNMUTE, Act.MARK}


@settings(max_examples=60)
@given(situations)
def test_what_can_be_done_makes_sense(situation: Situation) -> None:
    acts = tray_state(situation).acts
    is_running = isinstance(situation.phase, RUNNING)
    assert (Act.STOP in acts) == is_running
    assert (Act.RECORD in acts) == isinstance(situation.phase, Idle | Offered)
    assert ({Act.NOT_NOW, Act.NEVER} <= acts) == isinstance(situation.phase, Offered)
    assert (Act.KEEP in acts) == isinstance(situation.phase, Ending)
    assert not {Act.PAUSE, Act.RESUME} <= acts
    assert not {Act.MUTE, Act.UNMUTE} <= acts
    assert bool(acts & IN_RECORDING) == (is_running and situation.take is not None)
    assert not (isinstance(situation.phase, Over) and acts)


@settings(max_examples=60)
@given(situations)
def test_it_never_looks_idle_while_it_records_nor_the_other_way_round(situation: Situation) -> None:
    icon = tray_state(situation).icon
    is_running = isinstance(situation.phase, RUNNING | Stopping)
    assert is_running == (icon in {Icon.RECORDING, Icon.PAUSED} or (is_running and icon is Icon.ATTENTION))
    is_paused = situation.take is not None and situation.take.status is RecordingStatus.PAUSED
    if isinstance(situation.phase, RUNNING):
        assert (icon is Icon.PAUSED) == is_paused


@settings(max_examples=60)
@given(situations)
def test_nothing_wrong_is_kept_from_the_user(situation: Situation) -> None:
    state = tray_state(situation)
    troubles = () if situation.take is None else situation.take.troubles
    assert all(trouble.words in state.tooltip for trouble in troubles)
    if situation.trouble is not None:
        assert situation.trouble.message in state.tooltip
    if troubles and isinstance(situation.phase, RUNNING):
        assert state.icon in {Icon.ATTENTION, Icon.PAUSED}


@settings(max_examples=60)
@given(situations)
def test_a_click_does_what_can_be_done_and_never_ends_a_recording(situation: Situation) -> None:
    state = tray_state(situation)
    if state.click is Click.RECORD:
        assert Act.RECORD in state.acts
    assert (state.click is Click.PILL) == (isinstance(situation.phase, RUNNING) and situation.take is not None)


@settings(max_examples=60)
@given(situations)
def test_what_is_told_to_programs_agrees_with_the_tray(situation: Situation) -> None:
    state, icon = state_of(situation), tray_state(situation).icon
    assert (state is RunState.PAUSED) == (icon is Icon.PAUSED)
    assert (status_document(situation)["recording_id"] is None) == (situation.take is None)
    if isinstance(situation.phase, Idle | Offered | Over):
        assert situation.take is None


@pytest.mark.parametrize(
    ("meeting", "line"), [(ZOOM, "Zoom meeting detected"), (UNKNOWN, "Meeting in Firefox detected")]
)
def test_an_offer_names_the_platform(meeting: object, line: str) -> None:
    situation = Situation(phase=Offered(meeting, 10))  # type: ignore[arg-type] # of a parametrized test
    assert tray_state(situation).headline == line


@pytest.mark.parametrize(("seconds", "text"), [(0, "00:00"), (61.9, "01:01"), (3600, "1:00:00")])
def test_elapsed(seconds: float, text: str) -> None:
    assert elapsed_text(Take(NUMBER, elapsed_ns=round(seconds * NS_PER_S))) == text


def test_a_recording_as_it_is_told() -> None:
    situation = after(Situation(), State(Rules(), keeps_preroll=False, phase=Recording(ZOOM, None)))
    assert tray_state(situation).headline == "Starting to record …"
    for event in (STARTED, Level(Side.SYSTEM, -3.0, -20.0, 90 * NS_PER_S)):
        situation = after(situation, event)
    assert tray_state(situation).headline == "Recording, 01:30"
    assert "without your microphone" in tray_state(after(situation, Mute(Side.MICROPHONE))).headline
    lost = after(situation, SourceLost("microphone", "gone", 0))
    assert tray_state(lost).icon is Icon.ATTENTION
    assert tray_state(after(lost, SourceRecovered("microphone", "mic", 0, 1))).icon is Icon.RECORDING
    paused = after(lost, Status(NUMBER, RecordingStatus.PAUSED, 0))
    assert tray_state(paused).icon is Icon.PAUSED
    ended = after(paused, Ended(NUMBER, RecordingStatus.COMPLETE, EndReason.STOP, 0))
    assert ended.take is None


def test_what_is_sent_and_what_went_wrong() -> None:
    assert tray_state(after(Situation(), Sending(2))).headline == "Delivering 2 recordings …"
    troubled = after(after(Situation(), Sending(1)), Troubled(describe("disk_full")))
    assert tray_state(troubled).icon is Icon.ATTENTION
    assert tray_state(after(troubled, Troubled(None))).icon is Icon.DELIVERING
    assert tray_state(replace(troubled, trouble=None, sending=0)).icon is Icon.IDLE
