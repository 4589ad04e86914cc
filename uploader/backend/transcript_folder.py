"""The folder in which a transcript is made: what is stored of a recording, laid out as the recorder leaves it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from capture.manifest import MANIFEST_NAME, Manifest, Segment, Status, manifest_document
from capture.recording import (
    LOCAL_PARTICIPANT_ID,
    NS_PER_S,
    REMOTE_PARTICIPANT_ID,
    MediaFormat,
    MediaKind,
    MediaObject,
    MediaStatus,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
)
from uploader.backend.contents import Contents
from uploader.backend.tables import Recording, StoredFile
from uploader.backend.transcription import MICROPHONE, SYSTEM, Hearing, TranscriptFailed
from uploader.times import normalized

TIMELINE = "speaker_timeline.json"
PLACE = {PurePosixPath(path).stem: path for path in (MICROPHONE, SYSTEM)}


@dataclass(frozen=True, slots=True)
class Stored:
    """What there is of a recording, oldest first."""

    recording: Recording
    files: Sequence[StoredFile]


@dataclass(frozen=True, slots=True)
class Sound:
    """``files``: by where each is laid."""

    hearing: Hearing
    files: dict[str, StoredFile]


def sound_of(stored: Stored, wanted: Hearing) -> Sound:
    """Each side's where that is stored and wanted, else the mixed one. Raises ``TranscriptFailed``."""
    sides = {PurePosixPath(file.path).stem: file for file in stored.files if file.kind is MediaKind.AUDIO_SEPARATE}
    separate = {PLACE[side]: file for side, file in sides.items() if side in PLACE}
    kinds = (MediaKind.AUDIO_MIXED, MediaKind.VIDEO_MIXED)
    mixed = next((file for kind in kinds for file in stored.files if file.kind is kind), None)
    if separate and (wanted is Hearing.SEPARATE or mixed is None):
        return Sound(Hearing.SEPARATE, separate)
    if mixed is None:
        raise TranscriptFailed("nothing_to_transcribe")
    return Sound(Hearing.MIXED, dict.fromkeys(PLACE.values(), mixed))


def lay_out(stored: Stored, sound: Sound, contents: Contents, folder: Path) -> None:
    """Again where it was begun before. Raises ``OSError``, ``StoreUnavailable``."""
    (folder / MICROPHONE).parent.mkdir(parents=True, exist_ok=True)
    for path, file in sound.files.items():
        (folder / path).unlink(missing_ok=True)
        contents.lay(file, folder / path)
    (folder / TIMELINE).unlink(missing_ok=True)
    timeline = next((file for file in stored.files if file.kind is MediaKind.SPEAKER_TIMELINE), None)
    if timeline is None:
        (folder / TIMELINE).write_text(json.dumps(list(_whole_turns(stored.recording, sound))))
    else:
        contents.lay(timeline, folder / TIMELINE)
    manifest = manifest_document(_manifest(stored.recording, sound, folder))
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest))


def _whole_turns(recording: Recording, sound: Sound) -> Iterator[dict[str, object]]:
    """Where nothing tells who spoke when, each side did all the time."""
    ids = {MICROPHONE: LOCAL_PARTICIPANT_ID, SYSTEM: REMOTE_PARTICIPANT_ID}
    end_s = recording.duration_ns / NS_PER_S
    for path in sound.files if sound.hearing is Hearing.SEPARATE else (SYSTEM,):
        participant = {"id": ids[path], "name": None, "is_host": None}
        yield {"participant": participant, "start_timestamp": {"relative": 0.0}, "end_timestamp": {"relative": end_s}}


def _manifest(recording: Recording, sound: Sound, folder: Path) -> Manifest:
    """With the sender's own account of pauses, where that makes sense: dates of words follow from it."""
    media = tuple(
        MediaObject(
            MediaKind.AUDIO_SEPARATE,
            MediaFormat.OGG,
            path,
            file.length or 0,
            file.stored_sha256 or "",
            MediaStatus.DONE,
        )
        for path, file in sound.files.items()
    )
    return Manifest(
        spec=RecordingSpec(RecordingId(recording.id), folder, None),
        status=Status(RecordingStatus.COMPLETE),
        started_at=recording.started_at or recording.created_at,
        completed_at=recording.completed_at,
        duration_ns=recording.duration_ns,
        timeline=_segments(recording),
        media=media,
    )


def _segments(recording: Recording) -> tuple[Segment, ...]:
    """A sender may say anything: what makes no sense tells of no pauses."""
    told = (recording.account or {}).get("timeline")
    try:
        return tuple(
            Segment(int(each["start_ns"]), int(each["duration_ns"]), normalized(each["started_at"]))
            for each in told or ()
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return ()
