"""Who sends a recording just now: one program at a time, whatever the destination."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from uploader.errors import LedgerUnusable
from uploader.file_lock import FileLock

LEASE_NAME = ".delivery.lock"

LOOKS, LOOK_S = 3, 0.01
"""How often, and how far apart, it is found taken before it is believed."""


@contextmanager
def leased(directory: Path, sleep: Callable[[float], None] = time.sleep) -> Iterator[bool]:
    """Whether it is ours until the context ends. A folder that is gone is nobody's. Raises ``LedgerUnusable``."""
    lease = FileLock(directory / LEASE_NAME)
    try:
        is_ours = not directory.is_dir() or _taken(lease, sleep)
    except OSError as error:
        raise LedgerUnusable(str(error)) from error
    try:
        yield is_ours
    finally:
        lease.release()


def _taken(lease: FileLock, sleep: Callable[[float], None]) -> bool:
    """Whoever only looks whether it is free holds it for a moment."""
    for _ in range(LOOKS - 1):
        if lease.try_take():
            return True
        sleep(LOOK_S)
    return lease.try_take()


def is_being_sent(directory: Path) -> bool:
    """Leaves nothing behind. Raises ``LedgerUnusable``."""
    if not (directory / LEASE_NAME).exists():
        return False
    with leased(directory) as is_free:
        return not is_free
