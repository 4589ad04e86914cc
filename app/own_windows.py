"""Our own windows that are never to be seen in a recording: which of them can be left out of one, and how."""

import logging
import sys
from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from capture.recording import Window

logger = logging.getLogger(__name__)

WDA_EXCLUDEFROMCAPTURE = 0x11
"""https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-setwindowdisplayaffinity"""


def own_windows(qt: QGuiApplication, windows: Iterable[QWidget]) -> tuple[Window, ...]:
    """Those that the recorder may have to leave out. Under Windows the system does that, under Wayland nobody can."""
    platform = qt.platformName()
    if platform == "windows":
        for window in windows:
            _hide_from_capture(int(window.winId()))
        return ()
    return tuple(Window(hex(window.winId())) for window in windows) if platform in {"xcb", "cocoa"} else ()


def left_out(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Of these, those that can be. For any thread: it asks the display."""
    return windows if windows and _can_be_left_out() else ()


if sys.platform == "linux":

    def _can_be_left_out() -> bool:
        """Where a compositing manager runs, all else would have to be drawn from its windows, without the wallpaper."""
        from capture.errors import SourceUnavailable  # noqa: PLC0415 - each platform loads its own
        from capture.screen.x11.composite import Composite  # noqa: PLC0415 - each platform loads its own
        from capture.screen.x11.connection import Connection  # noqa: PLC0415 - each platform loads its own

        try:
            with Connection() as connection:
                return not Composite(connection).has_manager()
        except SourceUnavailable as error:
            logger.info("our own windows may be seen in recordings: %s", error.reason)
            return False

else:

    def _can_be_left_out() -> bool:
        return True


if sys.platform == "win32":

    def _hide_from_capture(window: int) -> None:
        import ctypes  # noqa: PLC0415 - each platform loads its own

        ctypes.windll.user32.SetWindowDisplayAffinity(window, WDA_EXCLUDEFROMCAPTURE)

else:

    def _hide_from_capture(_: int) -> None:
        raise NotImplementedError
