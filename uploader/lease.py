"""Who sends a recording just now: one program at a time, whatever the destination."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uploader.file_lock import FileLock

LEASE_NAME = ".delivery.lock"


@contextmanager
def leased(directory: Path) -> Iterator[bool]:
    """Whether it is ours until the context ends. A folder that is gone is nobody's. Raises ``OSError``."""
    lease = FileLock(directory / LEASE_NAME)
    try:
        is_ours = not directory.is_dir() or lease.try_take()
        yield is_ours
    finally:
        lease.release()


def is_being_sent(directory: Path) -> bool:
    """Leaves nothing behind. Raises ``OSError``."""
    if not (directory / LEASE_NAME).exists():
        return False
    with leased(directory) as is_free:
        return not is_free
