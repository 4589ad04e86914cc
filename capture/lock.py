"""Who has a recording's directory: a lock that the system takes back when its holder ends, however that comes about."""

import os
import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.errors import RecordingRunning
from capture.manifest import storage_error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = ".lock"


class Lock:
    """Of one process at a time. What is held twice, even by the same process, is held by somebody else."""

    def __init__(self, directory: Path) -> None:
        """Takes it. Raises ``RecordingRunning``, ``StorageError``."""
        self._directory = directory
        path = directory / LOCK_NAME
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise storage_error(error, path) from error
        try:
            _lock(self._descriptor)
        except (BlockingIOError, PermissionError) as error:  # the latter is how Windows says it
            os.close(self._descriptor)
            raise RecordingRunning(id=directory.name) from error
        except OSError as error:
            os.close(self._descriptor)
            raise storage_error(error, path) from error
        self._is_held = True

    def release(self) -> None:
        """Idempotent. The file stays: to remove it would let two hold what each takes for the lock."""
        if self._is_held:
            self._is_held = False
            _unlock(self._descriptor)  # at once, even where a child that is just being started has it too
            os.close(self._descriptor)

    def delete_directory(self) -> None:
        """The recording, whole; the lock last, so that nobody takes what is half gone. Raises ``StorageError``."""
        try:
            for entry in self._directory.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                elif entry.name != LOCK_NAME:
                    entry.unlink()
            self.release()  # Windows deletes no open file
            (self._directory / LOCK_NAME).unlink()
            self._directory.rmdir()
        except OSError as error:
            raise storage_error(error, self._directory) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_running(directory: Path) -> bool:
    """Whether somebody works on the recording right now. Leaves nothing behind. Raises ``StorageError``."""
    if not (directory / LOCK_NAME).exists():
        return False
    try:
        Lock(directory).release()
    except RecordingRunning:
        return True
    return False


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
