"""Which recordings somebody began and nobody finished. Light: nothing is decoded."""

from collections.abc import Iterator
from pathlib import Path

from capture.errors import ManifestError, ManifestTooNew
from capture.journal import JOURNAL_NAME
from capture.lock import is_running
from capture.manifest import MANIFEST_NAME, Manifest, read_manifest
from capture.media import FILES
from capture.parts import JOINED_NAME, PARTS_NAME, part_directories
from capture.recording import MediaFormat, RecordingStatus

UNFINISHED = {RecordingStatus.RECORDING, RecordingStatus.PAUSED}


def unfinished(folder: Path) -> Iterator[Path]:
    """The directories in ``folder`` whose recorder is dead. Raises ``StorageError``."""
    if not folder.is_dir():
        return
    for directory in sorted(folder.iterdir()):
        if directory.is_dir() and not is_finished(directory) and not is_being_made(directory):
            yield directory


def is_being_made(directory: Path) -> bool:
    """Whether somebody works on it right now, or on a part of it. Raises ``StorageError``."""
    return any(is_running(each) for each in (directory, *part_directories(directory)))


def is_finished(directory: Path) -> bool:
    """Also where there is nothing to finish, or nothing that this version understands."""
    try:
        manifest = read_manifest(directory)
    except ManifestTooNew:
        return True
    except ManifestError:
        return not holds_something(directory)
    is_in_pieces = any((directory / name).exists() for name in (PARTS_NAME, JOINED_NAME))
    return manifest.status.code not in UNFINISHED and not is_in_pieces


def holds_something(directory: Path) -> bool:
    """Sound, picture or a journal."""
    recorded = (path for path, _ in FILES if not path.endswith(MediaFormat.JSON))
    return any((directory / path).is_file() for path in (JOURNAL_NAME, *recorded))


def known_manifest(directory: Path) -> Manifest | None:
    """``None`` where there is none, or one that says nothing. Raises ``ManifestTooNew``.

    Raises ``ManifestError`` for one that is there but may not be read.
    """
    try:
        return read_manifest(directory)
    except ManifestTooNew:
        raise
    except ManifestError as error:
        if isinstance(error.__cause__, OSError) and (directory / MANIFEST_NAME).exists():
            raise
        return None
