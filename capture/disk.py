"""Room for a recording: checked before it starts, and kept back for its end."""

import logging
import os
import shutil
from pathlib import Path

from capture.errors import DiskFull
from capture.events import Disk
from capture.manifest import storage_error, sync_folder
from capture.recording import NS_PER_S

logger = logging.getLogger(__name__)

RESERVE_BYTES = 64 * 2**20
"""What must be free before a recording starts: some five minutes of a busy screen."""

HEADROOM_BYTES = 2 * 2**20
"""Enough for the index of a long MP4, the artifacts and the manifest."""

HEADROOM_NAME = ".headroom"


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def create_folder(directory: Path) -> None:
    """A new folder for the user alone, with its parents. Raises ``FolderNotWritable``, ``DiskFull``."""
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        free = free_bytes(directory.parent)
        if free < RESERVE_BYTES:
            message = f"{free} bytes are free, {RESERVE_BYTES} are needed to start"
            raise DiskFull(message, folder=str(directory.parent), free_bytes=str(free), needed_bytes=str(RESERVE_BYTES))
        directory.mkdir(mode=0o700)
    except OSError as error:
        raise storage_error(error, directory) from error


def disk_use(directory: Path, recorded_ns: int) -> Disk:
    """How much the recording has taken, and how long it can go on as it did so far. Raises ``StorageError``."""
    try:
        free = free_bytes(directory)
        written = sum(file.stat().st_size for file in directory.rglob("[!.]*") if file.is_file())
    except OSError as error:
        raise storage_error(error, directory) from error
    seconds_left = free * recorded_ns / NS_PER_S / written if written and recorded_ns else None
    return Disk(free, written, seconds_left if seconds_left is None else round(seconds_left))


def sync_files(directory: Path) -> None:
    """What was written to the recording's files survives a power cut. Raises ``StorageError``."""
    try:
        for path in (*directory.rglob("[!.]*"), directory):
            if path.is_dir():
                sync_folder(path)
            else:
                with path.open("rb" if os.name == "posix" else "r+b") as file:  # Windows syncs for who may write
                    os.fsync(file.fileno())
    except OSError as error:
        raise storage_error(error, directory) from error


class Headroom:
    """A file of zeros that gives way when a full disk must still take the index and the manifest."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / HEADROOM_NAME

    def take(self) -> None:
        """Raises ``StorageError``."""
        try:
            with self._path.open("wb") as file:
                file.write(bytes(HEADROOM_BYTES))
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
