import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from capture.artifacts import write_artifacts
from capture.errors import StorageError
from capture.media import media_objects
from capture.participants.log import ParticipantLog
from capture.recording import MediaFormat, MediaKind, MediaStatus, Meeting, Side


def wall_clock(_: int) -> datetime:
    return datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def log() -> ParticipantLog:
    log = ParticipantLog("Ada", lambda _: None)
    log.join(Side.MICROPHONE, 0)
    return log


def test_what_is_written(tmp_path: Path, log: ParticipantLog) -> None:
    write_artifacts(tmp_path, log, Meeting("Planning", "meet", app="browser", evidence=("window",)), wall_clock)
    assert {media.path: media.kind for media in media_objects(tmp_path)} == {
        "participant_events.json": MediaKind.PARTICIPANT_EVENTS,
        "participants.json": MediaKind.PARTICIPANTS,
        "speaker_timeline.json": MediaKind.SPEAKER_TIMELINE,
        "meeting_metadata.json": MediaKind.MEETING_METADATA,
    }
    assert json.loads((tmp_path / "meeting_metadata.json").read_bytes()) == {
        "title": "Planning",
        "platform": "meet",
        "url": None,
        "app": "browser",
        "evidence": ["window"],
        "consent": {"status": "none", "by": None, "text": None, "at": None},
    }
    assert json.loads((tmp_path / "participants.json").read_bytes())[0]["name"] == "Ada"
    assert json.loads((tmp_path / "speaker_timeline.json").read_bytes()) == []


def test_no_folder(tmp_path: Path, log: ParticipantLog) -> None:
    with pytest.raises(StorageError):
        write_artifacts(tmp_path / "gone", log, Meeting(), wall_clock)


def test_media_are_measured(tmp_path: Path) -> None:
    (tmp_path / "audio_separate").mkdir()
    (tmp_path / "audio_separate" / "system.ogg").write_bytes(b"abc")
    (tmp_path / "video_mixed.mp4").touch()
    (tmp_path / "holiday.mp4").write_bytes(b"not ours")
    empty, sound = media_objects(tmp_path)
    assert (empty.path, empty.bytes, empty.status) == ("video_mixed.mp4", 0, MediaStatus.FAILED)
    assert (sound.kind, sound.format, sound.path) == (
        MediaKind.AUDIO_SEPARATE,
        MediaFormat.OGG,
        "audio_separate/system.ogg",
    )
    assert (sound.bytes, sound.status) == (3, MediaStatus.DONE)
    assert sound.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
