"""Windows and their titles where the desktop lists none, as under Wayland: as their programs tell screen readers."""

import zlib
from collections.abc import Iterable

from capture.errors import SourceUnavailable
from capture.meetings.accessible import AccessibleTree, Place
from capture.meetings.facts import WindowId, WindowShown
from capture.meetings.linux.accessibility import AccessibilityBus


class AccessibleTitleView:
    """A ``View``. Programs that tell screen readers nothing show no window here."""

    def __init__(self, tree: AccessibleTree | None = None) -> None:
        self._tree = tree or AccessibilityBus()
        self._is_open = False

    def open(self) -> None:
        self._tree.open()
        self._is_open = True

    def look(self, now_ns: int) -> Iterable[WindowShown]:
        """A bus that has gone is looked for again the next time."""
        if not self._is_open:
            self.open()
        try:
            windows = self._tree.windows()
        except SourceUnavailable:
            self.close()
            raise
        return [WindowShown(now_ns, _id(window.place), window.program, window.title) for window in windows]

    def close(self) -> None:
        self._tree.close()
        self._is_open = False


def _id(place: Place) -> WindowId:
    """It tells windows apart; nothing can be recorded by it."""
    return WindowId(f"accessible:{zlib.crc32(repr(place).encode()):08x}")
