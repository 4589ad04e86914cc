"""Room for a recording: checked before it starts, and kept back for its end."""

import logging
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from capture.errors import DiskFull
from capture.manifest import storage_error, sync_folder

logger = logging.getLogger(__name__)

RESERVE_BYTES = 64 * 2**20
"""What must be free before a recording starts: some five minutes of a busy screen."""

MEETING_BYTES_PER_S = 140_000
SOUND_BYTES_PER_S = 35_000
"""Half a gigabyte an hour for a busy screen with sound, an eighth of one without picture."""

HEADROOM_BYTES = 2 * 2**20
"""Enough for the index of a long MP4, the artifacts and the manifest."""

HEADROOM_NAME = ".headroom"


def free_bytes(folder: Path) -> int:
    """For this user. Raises ``StorageError``."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise storage_error(error, folder) from error


def written_bytes(directory: Path) -> int:
    """In the files of a recording. Raises ``StorageError``."""
    try:
        return sum(_size_bytes(file) for file in directory.rglob("[!.]*"))
    except OSError as error:
        raise storage_error(error, directory) from error


def lasts_s(free: int, *, with_picture: bool) -> float:
    """For how long a usual meeting could be recorded."""
    return max(0, free - RESERVE_BYTES) / (MEETING_BYTES_PER_S if with_picture else SOUND_BYTES_PER_S)


def create_folder(directory: Path) -> None:
    """A new folder for the user alone, with its parents. Raises ``FolderNotWritable``, ``DiskFull``."""
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        free = free_bytes(directory.parent)
        if free < RESERVE_BYTES:
            message = f"{free} bytes are free, {RESERVE_BYTES} are needed to start"
            raise DiskFull(message, folder=str(directory.parent), free_bytes=str(free), needed_bytes=str(RESERVE_BYTES))
        directory.mkdir(mode=0o700)
        sync_folder(directory.parent)
    except OSError as error:
        raise storage_error(error, directory) from error


def sync_files(directory: Path) -> None:
    """What was written to the recording's files survives a power cut. Raises ``StorageError``."""
    try:
        for path in directory.rglob("[!.]*"):
            with suppress(FileNotFoundError):  # somebody else's, and gone meanwhile
                _sync(path)
        sync_folder(directory)
    except OSError as error:
        raise storage_error(error, directory) from error


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    with path.open("rb" if os.name == "posix" else "r+b") as file:  # Windows syncs for who may write
        os.fsync(file.fileno())


def _size_bytes(path: Path) -> int:
    try:
        found = path.stat()
    except FileNotFoundError:  # as above
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


class Headroom:
    """A file of nothing that gives way when a full disk must still take the index and the manifest."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / HEADROOM_NAME

    def take(self) -> None:
        """Raises ``StorageError``."""
        try:
            with self._path.open("wb") as file:
                file.write(os.urandom(HEADROOM_BYTES))  # some file systems keep zeros without taking room for them
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise storage_error(error, self._path) from error

    def give_back(self) -> None:
        """Idempotent. Where it cannot be given back there is nothing to gain from it either."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("the headroom stays: %s", error)
