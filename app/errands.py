"""Work that a window asks for and does not wait for: once the window is gone, nobody hears what came of it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from app.background import Background
from app.bridge import Bridge

T = TypeVar("T")


class Errands(QObject):
    """Main thread only; so is ``then``. ``work`` must touch no widget, and returns the errors expected of it."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._finish)

    def soon(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """What takes a moment, one after the other. It is done before the app ends."""
        bridge = self._bridge
        self._background.do(work, lambda result: bridge.post(lambda: then(result)))

    def apart(self, name: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """What takes minutes, on a thread of its own. Where the app ends before, it is broken off."""
        bridge = self._bridge
        self._background.apart(name, work, lambda result: bridge.post(lambda: then(result)))

    def tell(self, act: Callable[[], None]) -> None:
        """Has it done on the main thread. Thread-safe."""
        self._bridge.post(act)

    @Slot(object)
    def _finish(self, act: Callable[[], None]) -> None:
        act()
