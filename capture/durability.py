"""What a power cut leaves of a recording that is being made: all but the last seconds."""

import threading
from collections.abc import Callable
from pathlib import Path

from capture.disk import sync_files
from capture.errors import CaptureError, StorageError

PERIOD_S = 5.0
"""The system by itself waits for half a minute; a disk that spins should not be busy with this alone."""


class Durability:
    """Hands the files to the disk again and again, on a thread of its own: a slow disk may take seconds for it."""

    def __init__(self, directory: Path, on_failure: Callable[[CaptureError], None], period_s: float = PERIOD_S) -> None:
        """``on_failure`` is called on that thread, at most once: what has failed is not tried again."""
        self._directory = directory
        self._on_failure = on_failure
        self._period_s = period_s
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="durability", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Idempotent. Afterwards the files may be moved and deleted."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._ending.wait(self._period_s):
                sync_files(self._directory)
        except StorageError as error:
            self._on_failure(error)
