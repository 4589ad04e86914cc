"""Recordings that the user deleted: kept whole for a week, in a folder beside the others, for who did not mean it."""

import json
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.delivery_ledger import open_ledger
from app.messages import Failure
from app.paths import Paths
from capture.errors import ManifestError, RecordingRunning
from capture.lock import Lock
from capture.manifest import read_manifest, storage_error, write_json
from capture.recording import RecordingId
from capture.unfinished import is_being_made
from uploader.lease import leased

FOLDER: Final = "trash"
NOTE_NAME: Final = ".deleted.json"
KEPT_S: Final = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Trashed:
    """``deleted_at_s``: seconds since the epoch."""

    recording_id: RecordingId
    directory: Path
    deleted_at_s: float
    bytes: int


def throw_away(directory: Path, paths: Paths) -> None:
    """Nothing of it is delivered any more.

    Raises ``RecordingRunning``, ``Failure`` for one that is being sent, ``StorageError``, ``LedgerUnusable``.
    """
    recording_id = RecordingId(directory.name)
    if is_being_made(directory):
        raise RecordingRunning(id=recording_id)
    with leased(directory) as is_ours:
        if not is_ours:
            raise Failure("being_sent")
        Lock(directory).release()  # nobody who finishes it
    place = _folder(directory.parent, paths) / recording_id
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_json({"deleted_at": datetime.now(UTC).isoformat()}, directory / NOTE_NAME)  # wall clock: for people
        directory.replace(place)
    except OSError as error:
        raise storage_error(error, directory) from error
    with open_ledger(paths) as ledger:
        ledger.forget(recording_id)


def put_back(recording_id: RecordingId, paths: Paths) -> None:
    """What was owed of it is owed again. Raises ``StorageError``, ``LedgerUnusable``."""
    from uploader.debts import replay  # noqa: PLC0415 - half a second of imports

    holding = (each for each in paths.places if (_folder(each, paths) / recording_id).is_dir())
    recordings = next(holding, paths.recordings)
    place, directory = _folder(recordings, paths) / recording_id, recordings / recording_id
    try:
        place.replace(directory)
        (directory / NOTE_NAME).unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, directory) from error
    with open_ledger(paths) as ledger:
        replay(recordings, ledger)


def thrown_away(paths: Paths) -> list[Trashed]:
    """The last one first."""
    folders = (_folder(each, paths) for each in paths.places)
    looked_at = (_trashed(each) for folder in folders if folder.is_dir() for each in folder.iterdir() if each.is_dir())
    found = (each for each in looked_at if each is not None)
    return sorted(found, key=lambda each: each.deleted_at_s, reverse=True)


def empty(paths: Paths, older_than_s: float = 0.0) -> int:
    """How many are gone for good, in this machine's own backend too.

    Raises ``StorageError`` and ``UploaderError``; what is left is tried again the next time.
    """
    before_s = time.time() - older_than_s  # wall clock: dates that outlive a restart
    due = [each for each in thrown_away(paths) if each.deleted_at_s <= before_s]
    for each in due:
        _destroy(each, paths)
    return len(due)


def _folder(recordings: Path, paths: Paths) -> Path:
    """On the same file system: what is thrown away is renamed."""
    return paths.data / FOLDER if recordings == paths.usual_recordings else recordings / f".{FOLDER}"


def _destroy(trashed: Trashed, paths: Paths) -> None:
    from app.own_backend import withdraw  # noqa: PLC0415 - the backend, for who empties only

    withdraw(trashed.recording_id, paths)
    try:
        shutil.rmtree(trashed.directory)
    except OSError as error:
        raise storage_error(error, trashed.directory) from error


def _trashed(directory: Path) -> Trashed | None:
    """``None`` where somebody empties it just now."""
    try:
        held = _held_bytes(directory)
        return Trashed(RecordingId(directory.name), directory, _deleted_at_s(directory), held)
    except FileNotFoundError:
        return None


def _held_bytes(directory: Path) -> int:
    try:
        return sum(media.bytes for media in read_manifest(directory).media)
    except ManifestError:
        return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _deleted_at_s(directory: Path) -> float:
    """Without a note it is as if it were deleted when its folder was last changed."""
    try:
        document = json.loads((directory / NOTE_NAME).read_bytes())
        return datetime.fromisoformat(document["deleted_at"]).timestamp()
    except (OSError, ValueError, KeyError, TypeError):
        return directory.stat().st_mtime
