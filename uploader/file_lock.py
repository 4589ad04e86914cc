"""One holder at a time, of this machine's programs and threads; the system takes it back when a holder dies."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A context manager that waits for its turn, or ``try_take`` and ``release`` it.

    The file stays: to remove it would let two hold what each takes for the lock. For one thread.
    """

    def __init__(self, path: Path) -> None:
        """Takes nothing yet, and makes no file."""
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Waits for whoever holds it. Raises ``OSError``; under Windows also for one who holds it for ten seconds."""
        self._take(_wait)

    def try_take(self) -> bool:
        """False where somebody else holds it, be it another one of ours. Raises ``OSError``."""
        try:
            self._take(_try)
        except HELD:
            if not self._path.exists():
                raise
            return False
        return True

    def release(self) -> None:
        """Idempotent."""
        if self._descriptor is not None:
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _take(self, lock: "Act") -> None:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor


Act = Callable[[int], None]
HELD = PermissionError if sys.platform == "win32" else BlockingIOError
"""How the system says that somebody else holds it."""

if sys.platform == "win32":

    def _wait(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _wait(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
