"""Keys of the whole desktop under macOS, from Carbon's ``CarbonEvents.h``. Not run on real hardware.

Carbon asks for no permission, as a tap on all keys would.
"""

import ctypes
import logging
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p, sizeof
from typing import Any, Final

from app.hotkeys.base import Key

logger = logging.getLogger(__name__)

CARBON: Final = "/System/Library/Frameworks/Carbon.framework/Carbon"
CONTROL, OPTION = 1 << 12, 1 << 11
"""``controlKey`` and ``optionKey`` of ``Events.h``."""

KEY_CODES: Final = {Key.RECORD: 0x0F, Key.PAUSE: 0x23, Key.MARK: 0x2E, Key.MUTE: 0x20}
"""``kVK_ANSI_R``, ``P``, ``M`` and ``U``: where these letters are on an American keyboard."""

HOTKEY_PRESSED: Final = 5
NOT_HANDLED: Final = -9874


def _four(letters: str) -> int:
    return int.from_bytes(letters.encode("ascii"), "big")


KEYBOARD, DIRECT_OBJECT, HOTKEY_ID, OURS = map(_four, ("keyb", "----", "hkid", "aftw"))


class EventType(Structure):
    """``EventTypeSpec``."""

    _fields_ = (("event_class", c_uint32), ("kind", c_uint32))


class HotkeyId(Structure):
    """``EventHotKeyID``."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))


OnEvent = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)
"""``EventHandlerProcPtr``."""


class MacHotkeys:
    """``Hotkeys``. Main thread only: its run loop, which is Qt's, tells of them."""

    def __init__(self, carbon: Any, pressed: Callable[[Key], None]) -> None:  # noqa: ANN401 - a library has no better type
        self._carbon = carbon
        self._pressed = pressed
        self._keys = dict(enumerate(Key, 1))
        self._target = c_void_p(carbon.GetApplicationEventTarget())
        self._on_event = OnEvent(self._hear)  # lives for as long as it may be called
        self._hearing = c_void_p()
        kind = EventType(KEYBOARD, HOTKEY_PRESSED)
        carbon.InstallEventHandler(self._target, self._on_event, 1, byref(kind), None, byref(self._hearing))
        self._held = {number: self._register(number, key) for number, key in self._keys.items()}
        self.refused = tuple(self._keys[number] for number, reference in self._held.items() if reference is None)

    def close(self) -> None:
        for reference in filter(None, self._held.values()):
            self._carbon.UnregisterEventHotKey(reference)
        self._held.clear()
        if self._hearing.value is not None:
            self._carbon.RemoveEventHandler(self._hearing)
            self._hearing = c_void_p()

    def _register(self, number: int, key: Key) -> c_void_p | None:
        """``None`` where another program has it."""
        reference = c_void_p()
        wanted = (KEY_CODES[key], CONTROL | OPTION, HotkeyId(OURS, number))
        status = self._carbon.RegisterEventHotKey(*wanted, self._target, 0, byref(reference))
        if status:
            logger.info("macOS does not give %s: %d", key.words, status)
            return None
        return reference

    def _hear(self, _: int, event: int, __: int) -> int:
        told = HotkeyId()
        self._carbon.GetEventParameter(event, DIRECT_OBJECT, HOTKEY_ID, None, sizeof(told), None, byref(told))
        key = self._keys.get(told.number) if told.signature == OURS else None
        if key is None:
            return NOT_HANDLED
        self._pressed(key)
        return 0


def load(path: str = CARBON) -> Any:  # noqa: ANN401 - a library has no better type
    """With the types of what is called. Raises ``OSError``."""
    carbon = ctypes.CDLL(path)
    hotkey = (c_uint32, c_uint32, HotkeyId, c_void_p, c_uint32, POINTER(c_void_p))
    parameter = (c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, c_void_p)
    handler = (c_void_p, OnEvent, c_ulong, POINTER(EventType), c_void_p, POINTER(c_void_p))
    carbon.GetApplicationEventTarget.restype = c_void_p
    carbon.InstallEventHandler.argtypes = handler
    carbon.RemoveEventHandler.argtypes = (c_void_p,)
    carbon.RegisterEventHotKey.argtypes = hotkey
    carbon.UnregisterEventHotKey.argtypes = (c_void_p,)
    carbon.GetEventParameter.argtypes = parameter
    return carbon
