"""The windows that a person would name: those the window manager lists, or without one those on the desktop itself."""

from capture.screen.base import WindowDevice
from capture.screen.x11.aim import SMALLEST_PX
from capture.screen.x11.connection import Connection, Refused
from capture.screen.x11.properties import read_numbers, read_property
from capture.screen.x11.stack import panes

WM_NAME, WM_CLASS = 39, 67
"""Names that every server knows by number."""


def list_windows() -> tuple[WindowDevice, ...]:
    """Ids are hexadecimal numbers, as window tools print them. Raises ``SourceUnavailable``."""
    with Connection() as connection:
        names = connection.atom("_NET_WM_NAME")
        listed = _listed(connection) or _visible(connection)
        found = (_described(connection, window, names) for window in listed)
        return tuple(window for window in found if window is not None)


def _listed(connection: Connection) -> list[int]:
    return list(read_numbers(connection, connection.root.window, connection.atom("_NET_CLIENT_LIST")))


def _visible(connection: Connection) -> list[int]:
    """Children of the root window that show something, topmost first."""
    visible = (pane for pane in reversed(panes(connection)) if min(pane.area.size_px) >= SMALLEST_PX)
    return [pane.window for pane in visible]


def _described(connection: Connection, window: int, names: int) -> WindowDevice | None:
    """``None`` for a window without a name of any kind, or none any more."""
    try:
        title = read_property(connection, window, names).decode("utf-8", "replace")
        title = title or read_property(connection, window, WM_NAME).decode("latin-1")
        kind = read_property(connection, window, WM_CLASS).rstrip(b"\0").split(b"\0")[-1].decode("latin-1")
    except Refused:  # closed meanwhile
        return None
    return WindowDevice(hex(window), title, kind) if title or kind else None
