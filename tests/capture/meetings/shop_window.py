"""A window that says of itself whatever is wanted."""

from struct import pack
from types import TracebackType
from typing import Self

from capture.screen.x11.connection import Connection

CREATE_WINDOW, DESTROY_WINDOW, MAP_WINDOW, CHANGE_PROPERTY = 1, 4, 8, 18
STRING, CARDINAL, WM_NAME, WM_CLASS = 31, 6, 39, 67
AREA = (40, 40, 320, 200)


class ShopWindow:
    """One window of its own connection, on the display ``name``."""

    def __init__(self, name: str) -> None:
        self._connection = Connection(name)
        self._names = self._connection.atom("_NET_WM_NAME")
        self._utf8 = self._connection.atom("UTF8_STRING")
        self.id = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def open(self, kind: str, title: str | bytes, pid: int) -> None:
        """``kind`` is its class."""
        self.id = self._connection.new_id()
        root = self._connection.root
        request = pack("=BBHIIhhHHHHIII", CREATE_WINDOW, 0, 8, self.id, root.window, *AREA, 0, 1, 0, 2, 0)
        self._connection.order(request)
        self._set(WM_CLASS, STRING, 8, f"{kind}\0{kind}\0".encode())
        self._set(self._connection.atom("_NET_WM_PID"), CARDINAL, 32, pack("=I", pid))
        self.retitle(title)
        self._connection.order(pack("=BxHI", MAP_WINDOW, 0, self.id))

    def retitle(self, title: str | bytes) -> None:
        text = title.encode() if isinstance(title, str) else title
        self._set(self._names, self._utf8, 8, text)

    def close(self) -> None:
        self._connection.order(pack("=BxHI", DESTROY_WINDOW, 0, self.id))

    def forsake(self) -> None:
        """The server may go now."""
        self._connection.flush()

    def _set(self, name: int, kind: int, bits: int, value: bytes) -> None:
        count = len(value) * 8 // bits
        padding = bytes(-len(value) % 4)
        request = pack("=BBHIIIBxxxI", CHANGE_PROPERTY, 0, 0, self.id, name, kind, bits, count)
        self._connection.order(request + value + padding)
