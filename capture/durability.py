"""What a power cut leaves of a recording that is being made: all but the last seconds."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from capture.disk import sync_files
from capture.errors import CaptureError, StorageError
from capture.manifest import storage_error
from capture.media import FILES
from capture.recording import MediaFormat

PERIOD_S = 5.0
"""The system by itself waits for half a minute; a disk that spins should not be busy with this alone."""


class Durability:
    """Hands the files to the disk again and again, on a thread of its own: a slow disk may take seconds for it."""

    def __init__(
        self,
        directory: Path,
        on_failure: Callable[[CaptureError], None],
        on_synced: Callable[[Mapping[str, int]], None],
        period_s: float = PERIOD_S,
    ) -> None:
        """Both are called on that thread. ``on_synced`` is told how many bytes of each growing file are safe.

        ``on_failure`` is called at most once: what has failed is not tried again.
        """
        self._directory = directory
        self._on_synced = on_synced
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
                grown_bytes = self._grown_bytes()  # before: what comes meanwhile may or may not be safe
                sync_files(self._directory)
                self._on_synced(grown_bytes)
        except StorageError as error:
            self._on_failure(error)

    def _grown_bytes(self) -> dict[str, int]:
        """Raises ``StorageError``."""
        paths = [path for path, _ in FILES if not path.endswith(MediaFormat.JSON)]
        try:
            return {path: file.stat().st_size for path in paths if (file := self._directory / path).exists()}
        except OSError as error:
            raise storage_error(error, self._directory) from error
