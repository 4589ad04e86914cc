"""The folders that hold recordings: the one that the user chooses for new ones, and those that are not empty yet."""

import tempfile
from enum import StrEnum
from pathlib import Path

from app.messages import Failure
from app.paths import RECORDINGS_KEY, Paths
from app.settings_file import write_setting
from capture.errors import RecordingRunning, StorageError
from capture.lock import Lock
from capture.manifest import MANIFEST_NAME, storage_error, write_json


def choose_place(paths: Paths, chosen: str) -> None:
    """``chosen`` as in the settings. From now on new recordings go there; the others stay listed where they are.

    Raises ``Failure`` for a folder of no use, ``StorageError``.
    """
    folder = Path(chosen) if chosen else paths.usual_recordings
    before = paths.places
    _check(folder, before)
    try:
        paths.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, paths.data) from error
    former = (each for each in before if each != folder and (each.is_dir() or each in paths.former_places))
    _note(paths, tuple(former))  # first: nothing is out of sight for a moment
    write_setting(paths.settings, RECORDINGS_KEY, chosen)


def forget_place(paths: Paths, place: Path) -> None:
    """Nothing is left in it. Raises ``StorageError``."""
    _note(paths, tuple(each for each in paths.former_places if each != place))


def _note(paths: Paths, former: tuple[Path, ...]) -> None:
    if former:
        write_json([str(each) for each in former], paths.former_places_note)
        return
    try:
        paths.former_places_note.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, paths.former_places_note) from error


class _Refusal(StrEnum):
    IN_RECORDING = "it is inside a recording"
    NESTED = "it is inside a folder with recordings, or around one"
    UNWRITABLE = "nothing can be written there"
    LOCKLESS = "its disk knows no locks"

    def failure(self, error: Exception | None = None) -> Failure:
        about = "" if error is None else f": {error}"
        return Failure("bad_value", f"{self}{about}", key=RECORDINGS_KEY)


def _check(folder: Path, places: tuple[Path, ...]) -> None:
    if any((each / MANIFEST_NAME).exists() for each in (folder, *folder.parents)):
        raise _Refusal.IN_RECORDING.failure()
    real = folder.resolve()
    others = [each.resolve() for each in places if each.resolve() != real]
    if any(each in real.parents or real in each.parents for each in others):
        raise _Refusal.NESTED.failure()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".trial-", dir=folder) as trial:
            _require_locks(Path(trial))
    except OSError as error:
        raise _Refusal.UNWRITABLE.failure(error) from error


def _require_locks(trial: Path) -> None:
    try:
        with Lock(trial):
            Lock(trial).release()
    except RecordingRunning:
        return
    except StorageError as error:
        raise _Refusal.LOCKLESS.failure(error) from error
    raise _Refusal.LOCKLESS.failure()
