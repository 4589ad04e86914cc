"""Python's collector of garbage: its full collections stop every thread, the windows' too."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

EACH_MS = 1000
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

    def __init__(self, parent: QObject) -> None:
        """Until ``gc.enable``, nobody else collects."""
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(EACH_MS)

    @Slot()
    def _collect(self) -> None:
        full = zip(gc.get_count(), gc.get_threshold(), strict=True)
        oldest = max((age for age, (count, threshold) in enumerate(full) if count > threshold), default=None)
        if oldest is None:
            return
        is_seen = any(window.isVisible() for window in QGuiApplication.topLevelWindows())
        gc.collect(min(oldest, OLDEST - 1) if is_seen else oldest)
