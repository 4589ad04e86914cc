"""Python's collector of garbage: its full collections stop every thread, the windows' too."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

IDLE_MS, BUSY_MS = 1000, 250
"""Often while much is made, as when thousands of recordings are listed: so that there is little for each to look at."""

OLDEST = 2


def pass_over_what_is_here() -> None:
    """From now on. For who has just loaded much that stays.

    A full collection takes 45 ms once the app is loaded, and 60 more with what delivers; so none.
    """
    gc.freeze()


class Collector(QObject):
    """Main thread only, and it collects there: left to itself, Python does it on whichever thread is at work.

    A part of a window that another thread destroys takes the program down. Full collections wait until none is seen.
    """

    def __init__(self, parent: QObject, is_seen: Callable[[], bool]) -> None:
        """Until ``stop``, nobody else collects. ``is_seen``: whether a window is."""
        super().__init__(parent)
        self._is_seen = is_seen
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(IDLE_MS)

    def stop(self) -> None:
        """Python does it again. Idempotent."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        full = zip(gc.get_count(), gc.get_threshold(), strict=True)
        oldest = max((age for age, (count, threshold) in enumerate(full) if count > threshold), default=None)
        self._timer.setInterval(IDLE_MS if oldest is None else BUSY_MS)
        if oldest is None:
            return
        gc.collect(min(oldest, OLDEST - 1) if self._is_seen() else oldest)


def a_window_is_seen() -> bool:
    return any(window.isVisible() for window in QGuiApplication.topLevelWindows())
