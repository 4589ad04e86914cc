"""Looks at the recordings' folder on a thread of its own, as long as a window shows it."""

import threading
from collections.abc import Callable
from typing import Final

from app.paths import Paths
from app.recording_rows import Change, RecordingRows

EVERY_S: Final = 1.0
"""As often as a bar of progress is looked at. With 5000 recordings a look takes 20 ms."""

BREATH_S: Final = 0.0005
"""Before each recording, for the thread that draws: it asks for the interpreter a hundred times a picture."""


class RecordingsWatch:
    """``tell`` is called on its thread. ``close`` waits for what is being read; idempotent."""

    def __init__(self, paths: Paths, tell: Callable[[Change], None]) -> None:
        self._tell = tell
        self._wake = threading.Event()
        self._is_closed = threading.Event()
        self._rows = RecordingRows(paths, lambda: self._is_closed.wait(BREATH_S))
        self._thread = threading.Thread(target=self._work, name="recordings", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Now. Thread-safe."""
        self._wake.set()

    def close(self) -> None:
        self._is_closed.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        is_first = True
        while not self._is_closed.is_set():
            for change in self._rows.changes():
                if self._is_closed.is_set():
                    return
                self._tell(change)
            if is_first and not self._is_closed.is_set():
                self._tell(Change())  # all has been read: where there is nothing, too
                is_first = False
            self._wake.wait(EVERY_S)
            self._wake.clear()
