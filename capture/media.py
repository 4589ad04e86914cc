"""The files of a recording directory as media objects."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from capture.manifest import storage_error
from capture.recording import MediaFormat, MediaKind, MediaObject, MediaStatus

PIECE_BYTES = 2**20

FILES = (
    ("video_mixed.mp4", MediaKind.VIDEO_MIXED),
    ("audio_mixed.mp3", MediaKind.AUDIO_MIXED),
    ("audio_separate/microphone.ogg", MediaKind.AUDIO_SEPARATE),
    ("audio_separate/system.ogg", MediaKind.AUDIO_SEPARATE),
    ("participant_events.json", MediaKind.PARTICIPANT_EVENTS),
    ("participants.json", MediaKind.PARTICIPANTS),
    ("speaker_timeline.json", MediaKind.SPEAKER_TIMELINE),
    ("meeting_metadata.json", MediaKind.MEETING_METADATA),
    ("transcript.json", MediaKind.TRANSCRIPT),
)
"""Every file that a recording may hold, beside its manifest and its log."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a broken file of anybody's. ``output`` is ``None`` where nothing was broken."""

    file: Path
    output: Path | None
    played_ns: int
    lost_bytes: int = 0
    """Torn or damaged, and left out."""
    lost_ns: int = 0
    """Of what the file itself claims to last."""


def media_objects(directory: Path) -> Iterator[MediaObject]:
    """What is there, measured and hashed. A file without a byte is a failed media object. Raises ``StorageError``."""
    for path, kind in FILES:
        file = directory / path
        if file.exists():
            yield measure(file, path, kind)


def sha256(path: Path) -> str:
    """In hexadecimal. Raises ``OSError``."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def measure(file: Path, path: str, kind: MediaKind) -> MediaObject:
    """It is on the disk when this returns. Raises ``StorageError``."""
    try:
        size, digest = file.stat().st_size, sha256(file)
        _make_durable(file)
    except OSError as error:
        raise storage_error(error, file) from error
    status = MediaStatus.DONE if size else MediaStatus.FAILED
    return MediaObject(kind, MediaFormat(file.suffix.removeprefix(".")), path, size, digest, status)


def _make_durable(file: Path) -> None:
    with file.open("r+b") as opened:  # Windows syncs for who may write
        os.fsync(opened.fileno())
