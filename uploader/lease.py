"""Who sends a recording just now: one program at a time, whatever the destination."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uploader.errors import LedgerUnusable
from uploader.file_lock import FileLock

LEASE_NAME = ".delivery.lock"


@contextmanager
def leased(directory: Path) -> Iterator[bool]:
    """Whether it is ours until the context ends. A folder that is gone is nobody's. Raises ``LedgerUnusable``."""
    lease = FileLock(directory / LEASE_NAME)
    try:
        is_ours = not directory.is_dir() or lease.try_take()
    except OSError as error:
        raise LedgerUnusable(str(error)) from error
    try:
        yield is_ours
    finally:
        lease.release()


def is_being_sent(directory: Path) -> bool:
    """Leaves nothing behind. Raises ``LedgerUnusable``."""
    if not (directory / LEASE_NAME).exists():
        return False
    with leased(directory) as is_free:
        return not is_free
