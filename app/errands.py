"""Work of minutes that a window asked for: each on a thread of its own, and nobody waits for it at the end."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from app.bridge import Bridge

T = TypeVar("T")


class Errands(QObject):
    """Main thread only. What is not done when the program ends is left: it must be of a kind that can be."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._finish)

    def do(self, name: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """``work`` must touch no widget, and returns the errors that are expected of it.

        ``then`` is called on the main thread, unless this object is gone.
        """
        bridge = self._bridge

        def run() -> None:
            result = work()
            bridge.post(lambda: then(result))

        threading.Thread(target=run, name=name, daemon=True).start()

    @Slot(object)
    def _finish(self, act: Callable[[], None]) -> None:
        act()
