"""Keys of the whole desktop under Windows, from the documentation of ``RegisterHotKey``. Not run on real hardware."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter
from PySide6.QtGui import QGuiApplication

from app.hotkeys.base import Key

MOD_ALT, MOD_CONTROL, MOD_NOREPEAT, WM_HOTKEY = 0x0001, 0x0002, 0x4000, 0x0312
"""https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey"""


class WindowsHotkeys(QAbstractNativeEventFilter):
    """``Hotkeys``. They belong to the main thread, whose messages Qt reads."""

    def __init__(self, qt: QGuiApplication, pressed: Callable[[Key], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._keys = dict(enumerate(Key, 1))
        self.refused = tuple(key for number, key in self._keys.items() if not _register(number, key))
        qt.installNativeEventFilter(self)

    def nativeEventFilter(self, _: object, message: int) -> object:  # noqa: N802 - Qt's name
        told = wintypes.MSG.from_address(int(message))
        if told.message == WM_HOTKEY and (key := self._keys.get(told.wParam)) is not None:
            self._pressed(key)
        return False, 0

    def close(self) -> None:
        for number in self._keys:
            _unregister(number)


if sys.platform == "win32":

    def _register(number: int, key: Key) -> bool:
        held = MOD_CONTROL | MOD_ALT | MOD_NOREPEAT
        return bool(ctypes.windll.user32.RegisterHotKey(None, number, held, ord(key.value.upper())))

    def _unregister(number: int) -> None:
        ctypes.windll.user32.UnregisterHotKey(None, number)

else:

    def _register(_: int, __: Key) -> bool:
        return False

    def _unregister(_: int) -> None:
        pass
