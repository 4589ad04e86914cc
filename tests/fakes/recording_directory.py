"""Recordings as the recorder leaves them, with a true manifest; the bytes of sound and picture are noise."""

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from capture.manifest import Manifest, Segment, Status, read_manifest, write_manifest
from capture.recording import (
    NS_PER_S,
    EndReason,
    MediaFormat,
    MediaKind,
    MediaObject,
    MediaStatus,
    Meeting,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    TestPattern,
)

STARTED_AT = "2026-11-01T09:00:02.000000Z"
COMPLETED_AT = "2026-11-01T09:00:12.000000Z"
TITLE = "Planning"

KINDS: Mapping[str, MediaKind] = {
    "video_mixed.mp4": MediaKind.VIDEO_MIXED,
    "audio_mixed.mp3": MediaKind.AUDIO_MIXED,
    "audio_separate/microphone.ogg": MediaKind.AUDIO_SEPARATE,
    "audio_separate/system.ogg": MediaKind.AUDIO_SEPARATE,
    "participant_events.json": MediaKind.PARTICIPANT_EVENTS,
    "participants.json": MediaKind.PARTICIPANTS,
    "speaker_timeline.json": MediaKind.SPEAKER_TIMELINE,
    "meeting_metadata.json": MediaKind.MEETING_METADATA,
    "transcript.json": MediaKind.TRANSCRIPT,
}

HOST = {"id": 100, "name": "Ada", "is_host": True, "platform": "desktop", "extra_data": None, "email": None}
GUEST = {"id": 200, "name": None, "is_host": False, "platform": "desktop", "extra_data": None, "email": None}


def at(relative_s: float) -> dict[str, object]:
    return {"absolute": f"2026-11-01T09:00:{2 + relative_s:09.6f}Z", "relative": relative_s}


DOCUMENTS: Mapping[str, object] = {
    "participant_events.json": [
        {"id": "1", "action": "join", "participant": HOST, "timestamp": at(0.0), "data": None},
        {"id": "2", "action": "speech_on", "participant": HOST, "timestamp": at(1.5), "data": None},
    ],
    "participants.json": [HOST, GUEST],
    "speaker_timeline.json": [{"participant": HOST, "start_timestamp": at(1.5), "end_timestamp": at(4.0)}],
    "meeting_metadata.json": {"title": TITLE, "platform": "meet", "url": None, "app": "browser", "evidence": []},
    "transcript.json": [
        {
            "participant": HOST,
            "language_code": "en",
            "words": [{"text": "Morning", "start_timestamp": at(1.5), "end_timestamp": at(1.9)}],
        }
    ],
}

FORMATS = {suffix.value: suffix for suffix in MediaFormat}


def make_recording(
    folder: Path,
    *,
    video_bytes: int = 300_000,
    status: RecordingStatus = RecordingStatus.COMPLETE,
    paths: tuple[str, ...] = tuple(KINDS),
    seed: int = 1,
) -> Path:
    """A new recording directory below ``folder``, with the files named by ``paths``."""
    recording_id = RecordingId(str(uuid4()))
    directory = folder / recording_id
    (directory / "audio_separate").mkdir(parents=True)
    for path in paths:
        (directory / path).write_bytes(content(path, video_bytes, seed))
    spec = RecordingSpec(recording_id, directory, TestPattern(), meeting=Meeting(title=TITLE))
    manifest = Manifest(
        spec=spec,
        status=Status(status),
        started_at=STARTED_AT,
        completed_at=COMPLETED_AT,
        duration_ns=10 * NS_PER_S,
        timeline=(Segment(0, 10 * NS_PER_S, STARTED_AT),),
        media=tuple(describe(directory, path) for path in paths),
    )
    receipt = replace(manifest.receipt, ended_by=EndReason.STOP)
    write_manifest(replace(manifest, receipt=receipt), directory)
    return directory


def content(path: str, video_bytes: int, seed: int) -> bytes:
    if path in DOCUMENTS:
        return json.dumps(DOCUMENTS[path]).encode()
    size_bytes = video_bytes if path.endswith(".mp4") else 20_000
    return random.Random(f"{path}{seed}").randbytes(size_bytes)


def describe(directory: Path, path: str) -> MediaObject:
    data = (directory / path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return MediaObject(KINDS[path], FORMATS[path.rpartition(".")[2]], path, len(data), digest, MediaStatus.DONE)


def with_media(directory: Path, media: tuple[MediaObject, ...]) -> None:
    """Rewrites the manifest with other media objects."""
    write_manifest(replace(read_manifest(directory), media=media), directory)
