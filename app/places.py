"""The folders that hold recordings: the one that the user chooses for new ones, and those that they went to before."""

import tempfile
from enum import Enum
from pathlib import Path

from app.messages import Failure
from app.paths import RECORDINGS_KEY, Paths
from app.settings_file import write_setting
from app.words.wording import Sentence
from capture.errors import RecordingRunning, StorageError
from capture.lock import Lock
from capture.manifest import MANIFEST_NAME, storage_error, write_json


def choose_place(paths: Paths, chosen: str) -> None:
    """``chosen`` as in the settings. From now on new recordings go there; the others stay listed where they are.

    Raises ``Failure`` for a folder of no use, ``StorageError``.
    """
    folder = Path(chosen) if chosen else paths.usual_recordings
    _check(folder)
    _note(paths, folder)  # first: nothing is out of sight for a moment
    write_setting(paths.settings, RECORDINGS_KEY, chosen)


def _note(paths: Paths, folder: Path) -> None:
    """For good: a recorder that waits for its meeting may still begin a recording in the one before."""
    known = dict.fromkeys((folder, *paths.known_places))
    there = {*paths.former_places, folder, *(each for each in paths.places if each.is_dir())}
    places = [str(each) for each in known if each in there]
    try:
        paths.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, paths.data) from error
    write_json(places, paths.former_places_note)


class _Refusal(Enum):
    IN_RECORDING = Sentence("it is inside a recording")
    UNWRITABLE = Sentence("nothing can be written there")
    LOCKLESS = Sentence("its disk knows no locks")

    def failure(self, error: Exception | None = None) -> Failure:
        why = self.value if error is None else Sentence("{refusal}: {reason}", refusal=self.value, reason=str(error))
        return Failure("bad_value", why, key=RECORDINGS_KEY)


def _check(folder: Path) -> None:
    if any((each / MANIFEST_NAME).exists() for each in (folder, *folder.parents)):
        raise _Refusal.IN_RECORDING.failure()
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
