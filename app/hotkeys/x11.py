"""Keys of the whole desktop under X11: grabbed over a connection of our own, read when Qt's loop says so."""

import logging
from collections.abc import Callable, Iterator
from itertools import product
from struct import iter_unpack, pack

from PySide6.QtCore import QSocketNotifier

from app.hotkeys.base import Key
from capture.errors import SourceGone
from capture.screen.x11.connection import HEADER_BYTES, Connection, Refused

logger = logging.getLogger(__name__)

GRAB_KEY, GET_KEYBOARD_MAPPING, KEY_PRESS = 33, 101, 2
FIRST_KEYCODE, KEYCODES = 8, 248
"""All that the protocol has."""

CAPS_LOCK, CONTROL, ALT, NUM_LOCK = 1 << 1, 1 << 2, 1 << 3, 1 << 4
ASYNCHRONOUS = 1


class X11Hotkeys:
    """``Hotkeys``. The server gives the keys back when the connection ends, however that comes about."""

    def __init__(self, pressed: Callable[[Key], None]) -> None:
        """Raises ``SourceUnavailable``."""
        self._pressed = pressed
        self._connection = Connection()
        self._keys: dict[int, Key] = {}
        self.refused = tuple(key for key in Key if not self._grab(key))
        self._notifier = QSocketNotifier(self._connection.descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        self._connection.close()

    def _grab(self, key: Key) -> bool:
        """Whatever locks are on."""
        root = self._connection.root.window
        codes = list(self._codes(key))
        try:
            for code, caps, num in product(codes, (0, CAPS_LOCK), (0, NUM_LOCK)):
                held = CONTROL | ALT | caps | num
                modes = (ASYNCHRONOUS, ASYNCHRONOUS)
                self._connection.order(pack("=BBHIHBBB3x", GRAB_KEY, 0, 0, root, held, code, *modes))
        except Refused:
            logger.info("another program has %s", key.words)
            return False
        self._keys.update(dict.fromkeys(codes, key))
        return bool(codes)

    def _codes(self, key: Key) -> Iterator[int]:
        """On which keys of this keyboard that letter is, in any of its layouts."""
        reply = self._connection.ask(pack("=BxHBBxx", GET_KEYBOARD_MAPPING, 0, FIRST_KEYCODE, KEYCODES))
        symbols_each = reply[1]
        rows = iter_unpack(f"={symbols_each}I", reply[HEADER_BYTES:])
        yield from (code for code, symbols in enumerate(rows, FIRST_KEYCODE) if ord(key.value) in symbols)

    def _read(self) -> None:
        try:
            for event in self._connection.events():
                if event[0] & 0x7F == KEY_PRESS and (key := self._keys.get(event[1])) is not None:
                    self._pressed(key)
        except SourceGone:
            self.close()
