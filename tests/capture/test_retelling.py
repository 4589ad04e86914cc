from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from capture.events import (
    Ended,
    Event,
    FilesClosed,
    Frames,
    GapFound,
    ParticipantChange,
    PowerChanged,
    QualityChanged,
    RoomChanged,
    SegmentBegan,
    SourceLost,
    SourceRecovered,
    Warned,
)
from capture.manifest import (
    AudioReceipt,
    DeviceChange,
    DiskReceipt,
    FrameCount,
    Gap,
    Manifest,
    PowerReceipt,
    QualityStep,
    Receipt,
    Segment,
    Status,
    WarningReceipt,
)
from capture.recording import (
    NS_PER_S,
    EndReason,
    Participant,
    ParticipantAction,
    PowerChange,
    Quality,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    Room,
    Side,
)
from capture.retelling import ended_by, participant_changes, retold, wall_clock

S = NS_PER_S
END_NS = 10 * S
OPENED = Manifest(
    RecordingSpec(RecordingId("r"), Path("/r"), None),
    Status(RecordingStatus.RECORDING),
    "2026-11-01T09:00:00.000Z",
    receipt=Receipt(audio=(AudioReceipt("microphone", "built-in", 0.0), AudioReceipt("system", "speaker", 0.0))),
)
ADA, THEM = Participant(100, "Ada", is_host=True), Participant(200, None, is_host=None)
JOIN, LEAVE, ON, OFF = (
    ParticipantAction.JOIN,
    ParticipantAction.LEAVE,
    ParticipantAction.SPEECH_ON,
    ParticipantAction.SPEECH_OFF,
)


def receipt(*events: Event) -> Receipt:
    return retold(OPENED, events, END_NS).receipt


def test_a_gap_belongs_to_its_side() -> None:
    microphone, system = receipt(GapFound(Side.SYSTEM, S, 2 * S, "no_data")).audio
    assert (microphone.gaps, system.gaps) == ((), (Gap(1.0, 2.0, "no_data"),))
    assert (microphone.drift_ms_per_min, system.drift_ms_per_min) == (None, None)


def test_a_side_that_never_came_back_is_a_gap_to_the_end() -> None:
    lost = SourceLost("microphone", "unplugged", 4 * S)
    back = SourceRecovered("microphone", "built-in", 5 * S, S)
    assert receipt(lost).audio[0].gaps == (Gap(4.0, 6.0, "unplugged"),)
    assert receipt(lost, back).audio[0].gaps == ()
    assert receipt(SourceLost("screen", "locked", 4 * S)).audio[0].gaps == ()
    assert receipt(replace(lost, at_ns=END_NS)).audio[0].gaps == ()


def test_devices_that_changed() -> None:
    found = receipt(
        SourceRecovered("microphone", "headset", 2 * S, 0),
        SourceRecovered("system", "speaker", 3 * S, 0),
        SourceRecovered("microphone", "built-in", 4 * S, 0),
        SourceRecovered("screen", "x11", 5 * S, 0),
    )
    assert found.devices == (DeviceChange(2.0, "built-in", "headset"), DeviceChange(4.0, "headset", "built-in"))


def test_what_else_was_told() -> None:
    found = receipt(
        Frames(1, 2, 3, S),
        Frames(4, 5, 6, 2 * S),
        Warned("digital_silence", "system", S),
        QualityChanged(Quality.HALF_RATE, "slow", 2 * S),
        PowerChanged(PowerChange.WOKE, 3 * S, 60 * S),
        RoomChanged(Room.SHORT, 7, 4 * S),
    )
    assert found.frames == FrameCount(4, 5, 6)
    assert found.warnings == (WarningReceipt(1.0, "digital_silence", "system"),)
    assert found.quality == (QualityStep(2.0, Quality.HALF_RATE, "slow"),)
    assert found.power == (PowerReceipt(3.0, PowerChange.WOKE, 60.0),)
    assert found.disk == (DiskReceipt(4.0, Room.SHORT, 7),)


def test_segments_follow_each_other_without_a_hole() -> None:
    begun = [
        SegmentBegan(0, "2026-11-01T09:00:00.000Z"),
        SegmentBegan(4 * S, "2026-11-01T09:30:00.000Z", is_blank=True),
    ]
    manifest = retold(OPENED, begun, END_NS)
    assert manifest.timeline == (
        Segment(0, 4 * S, "2026-11-01T09:00:00.000Z"),
        Segment(4 * S, 6 * S, "2026-11-01T09:30:00.000Z", is_blank=True),
    )
    at = wall_clock(manifest)
    assert at(S) == datetime(2026, 11, 1, 9, 0, 1, tzinfo=UTC)
    assert at(5 * S) == datetime(2026, 11, 1, 9, 30, 1, tzinfo=UTC)


def test_a_segment_of_which_nothing_was_saved_has_no_length() -> None:
    manifest = retold(OPENED, [SegmentBegan(0, "2026"), SegmentBegan(12 * S, "2026")], END_NS)
    assert [segment.duration_ns for segment in manifest.timeline] == [12 * S, 0]


def test_without_a_story_the_manifest_speaks() -> None:
    manifest = retold(OPENED, [], END_NS)
    assert manifest.receipt == replace(OPENED.receipt, ended_by=EndReason.CRASH)
    assert wall_clock(manifest)(S) == datetime(2026, 11, 1, 9, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], EndReason.CRASH),
        ([Frames(1, 2, 3, 4)], EndReason.CRASH),
        ([FilesClosed(EndReason.STOP, S)], EndReason.STOP),
        ([Ended(RecordingId("r"), RecordingStatus.INTERRUPTED, EndReason.DISK_FULL, S)], EndReason.DISK_FULL),
    ],
)
def test_what_ended_it(events: list[Event], reason: EndReason) -> None:
    assert ended_by(events) is reason


def test_whoever_was_there_stayed_until_the_end() -> None:
    told = [ParticipantChange(ADA, JOIN, 0), ParticipantChange(THEM, JOIN, S), ParticipantChange(ADA, ON, 2 * S)]
    assert participant_changes(told, END_NS)[3:] == (
        ParticipantChange(ADA, OFF, END_NS),
        ParticipantChange(ADA, LEAVE, END_NS),
        ParticipantChange(THEM, LEAVE, END_NS),
    )


def test_who_was_renamed_leaves_by_the_new_name() -> None:
    lovelace = replace(ADA, name="Ada Lovelace")
    told = [
        ParticipantChange(ADA, JOIN, 0),
        ParticipantChange(ADA, ON, S),
        ParticipantChange(lovelace, ParticipantAction.UPDATE, 2 * S),
    ]
    assert [change.participant for change in participant_changes(told, END_NS)[3:]] == [lovelace, lovelace]


def test_what_was_told_after_the_last_sound_is_not_before_the_end() -> None:
    """Voices are known before their sound is on the disk."""
    told = [ParticipantChange(ADA, JOIN, 0), ParticipantChange(ADA, ON, 12 * S)]
    assert [change.at_ns for change in participant_changes(told, END_NS)] == [0, 12 * S, 12 * S, 12 * S]


def test_nothing_is_added_to_a_story_that_has_an_end() -> None:
    told = [ParticipantChange(ADA, action, at * S) for at, action in enumerate((JOIN, ON, OFF, LEAVE))]
    assert list(participant_changes(told, END_NS)) == told
