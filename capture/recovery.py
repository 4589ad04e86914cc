"""A recording whose worker died: what survived is mended, probed, hashed and listed, and nothing is deleted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from capture.artifacts import write_artifacts
from capture.disk import Headroom
from capture.encoding.mending import mend
from capture.encoding.remux import played_ns
from capture.errors import ManifestError
from capture.events import Event, FilesClosed
from capture.journal import read_journal
from capture.lock import Lock
from capture.manifest import MANIFEST_NAME, Manifest, Status, storage_error, write_manifest
from capture.media import FILES, media_objects
from capture.participants.log import ParticipantLog, wall_clock_text
from capture.recording import (
    DEFAULT_DEVICE,
    MediaFormat,
    MediaObject,
    MediaStatus,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    Side,
)
from capture.retelling import ended_by, participant_changes, retold, wall_clock
from capture.unfinished import UNFINISHED, holds_something, known_manifest

RECORDED = tuple(path for path, _ in FILES if not path.endswith(MediaFormat.JSON))


def recover(directory: Path) -> Manifest:
    """Finishes an unfinished recording. Those that have ended stay as they are.

    It becomes ``complete`` where only the last words were missing, else ``interrupted``, or ``failed`` where nothing
    plays. Raises ``RecordingRunning``, ``ManifestTooNew``, ``StorageError``; ``ManifestError`` where nothing is there.
    """
    known = known_manifest(directory)
    if known is not None and known.status.code not in UNFINISHED:
        return known
    if known is None and not holds_something(directory):
        message = f"{directory} holds no recording"
        raise ManifestError(message, path=str(directory / MANIFEST_NAME))
    with Lock(directory):
        return _finish(directory, known_manifest(directory))


def _finish(directory: Path, known: Manifest | None) -> Manifest:
    if known is not None and known.status.code not in UNFINISHED:  # somebody else was quicker
        return known
    Headroom(directory).give_back()
    story = read_journal(directory)
    if known is None:
        _put_aside(directory / MANIFEST_NAME)
    torn = {path: mend(directory / path) for path in RECORDED if (directory / path).is_file()}
    lengths_ns = {path: played_ns(directory / path) for path in torn}
    status, duration_ns = _outcome(story.events, lengths_ns, is_torn=any(torn.values()))
    finished = replace(
        retold(known or story.opened or _guessed(directory), story.events, duration_ns),
        status=status,
        completed_at=wall_clock_text(datetime.now(UTC)),  # wall clock: the date of the end, for people
    )
    if story.opened is not None or story.events:
        log = ParticipantLog(None, lambda _: None)
        log.changes.extend(participant_changes(story.events, duration_ns))
        write_artifacts(directory, log, finished.spec.meeting, wall_clock(finished))
    finished = replace(finished, media=tuple(_media(directory, lengths_ns)))
    write_manifest(finished, directory)
    return finished


def _outcome(events: Sequence[Event], lengths_ns: Mapping[str, int], *, is_torn: bool) -> tuple[Status, int]:
    """And the duration. Where the files had been closed only the manifest was missing."""
    reason = ended_by(events)
    closed = next((event for event in reversed(events) if isinstance(event, FilesClosed)), None)
    if closed is not None and not is_torn and all(lengths_ns.values()):
        return Status(RecordingStatus.COMPLETE), closed.duration_ns
    duration_ns = max(lengths_ns.values(), default=0)
    return Status(RecordingStatus.INTERRUPTED if duration_ns else RecordingStatus.FAILED, reason), duration_ns


def _media(directory: Path, lengths_ns: Mapping[str, int]) -> Iterator[MediaObject]:
    for found in media_objects(directory):
        plays = lengths_ns.get(found.path) != 0
        yield found if plays else replace(found, status=MediaStatus.FAILED)


def _put_aside(manifest: Path) -> None:
    """What cannot be read may still tell a person something. Raises ``StorageError``."""
    if not manifest.exists():
        return
    names = (manifest.with_name(f"recording.broken{number}.json") for number in ("", *range(2, 1000)))
    try:
        manifest.rename(next(name for name in names if not name.exists()))
    except OSError as error:
        raise storage_error(error, manifest) from error


def _guessed(directory: Path) -> Manifest:
    """From the files alone: what was asked for nobody knows any more. The lock is as old as the recording."""
    try:
        began_s = min(path.stat().st_mtime for path in (directory, *directory.rglob("*")))
    except OSError as error:
        raise storage_error(error, directory) from error
    sides = {side: (directory / f"audio_separate/{side}.ogg").exists() for side in Side}
    spec = RecordingSpec(
        RecordingId(directory.name),
        directory,
        screen=None,
        microphone=DEFAULT_DEVICE if sides[Side.MICROPHONE] else None,
        system_audio=DEFAULT_DEVICE if sides[Side.SYSTEM] else None,
    )
    started_at = wall_clock_text(datetime.fromtimestamp(began_s, UTC))
    return Manifest(spec, Status(RecordingStatus.RECORDING), started_at)
