"""Keys that count in every program: chosen here for the desktop that there is.

Where no program may have such keys (Wayland without that part of its portal), a desktop's own settings can bind keys to
``afterword start``, ``stop``, ``pause``, ``resume`` and ``mark``.
"""

import logging
import sys
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from app.hotkeys.base import Hotkeys, Key
from capture.errors import SourceError

logger = logging.getLogger(__name__)


def open_hotkeys(qt: QGuiApplication, pressed: Callable[[Key], None]) -> Hotkeys | None:
    """``None`` where there can be none. Main thread only; ``pressed`` is called there."""
    if sys.platform == "linux" and qt.platformName() == "xcb":
        from app.hotkeys.x11 import X11Hotkeys  # noqa: PLC0415 - each platform loads its own

        try:
            return X11Hotkeys(pressed)
        except SourceError as error:
            logger.warning("no hotkeys: %s", error.reason)
            return None
    if sys.platform == "linux" and qt.platformName().startswith("wayland"):
        from app.hotkeys.portal import PortalHotkeys  # noqa: PLC0415 - each platform loads its own

        return PortalHotkeys(pressed)
    if sys.platform == "win32":
        from app.hotkeys.windows import WindowsHotkeys  # noqa: PLC0415 - each platform loads its own

        return WindowsHotkeys(qt, pressed)
    if sys.platform == "darwin":
        from app.hotkeys.macos import MacHotkeys, load  # noqa: PLC0415 - each platform loads its own

        return MacHotkeys(load(), pressed)
    return None
