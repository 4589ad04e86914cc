from collections.abc import Mapping
from enum import StrEnum

import pytest

from capture.recording import (
    MEDIA_TRANSITIONS,
    RECORDING_TRANSITIONS,
    MediaFormat,
    MediaKind,
    MediaStatus,
    ParticipantAction,
    RecordingStatus,
)


@pytest.mark.parametrize(
    ("transitions", "kind"), [(RECORDING_TRANSITIONS, RecordingStatus), (MEDIA_TRANSITIONS, MediaStatus)]
)
def test_every_status_says_what_may_follow(
    transitions: Mapping[StrEnum, frozenset[StrEnum]], kind: type[StrEnum]
) -> None:
    assert set(transitions) == set(kind)
    assert all(status not in following for status, following in transitions.items())


@pytest.mark.parametrize("ended", [RecordingStatus.COMPLETE, RecordingStatus.FAILED])
def test_what_has_ended_stays_ended(ended: RecordingStatus) -> None:
    assert not RECORDING_TRANSITIONS[ended]


def test_an_interrupted_recording_can_be_completed_and_nothing_else() -> None:
    assert RECORDING_TRANSITIONS[RecordingStatus.INTERRUPTED] == {RecordingStatus.COMPLETE}


@pytest.mark.parametrize("running", [RecordingStatus.RECORDING, RecordingStatus.PAUSED])
def test_a_running_recording_can_end_in_every_way(running: RecordingStatus) -> None:
    ends = {RecordingStatus.COMPLETE, RecordingStatus.INTERRUPTED, RecordingStatus.FAILED}
    assert ends < RECORDING_TRANSITIONS[running]


def test_deleted_media_do_not_come_back() -> None:
    assert not MEDIA_TRANSITIONS[MediaStatus.DELETED]
    assert MediaStatus.DELETED not in MEDIA_TRANSITIONS[MediaStatus.PROCESSING]


def test_words_that_others_read() -> None:
    """They stand in manifests, in the recordings API and in scripts."""
    assert {*MediaKind} == {
        *("video_mixed", "audio_mixed", "audio_separate", "participant_events", "participants"),
        *("speaker_timeline", "meeting_metadata", "transcript", "video_separate"),
    }
    assert {*MediaFormat} == {"mp4", "mp3", "ogg", "json"}
    assert {*ParticipantAction} == {
        *("join", "leave", "update", "speech_on", "speech_off", "webcam_on", "webcam_off"),
        *("screenshare_on", "screenshare_off", "chat_message"),
    }
