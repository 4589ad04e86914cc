"""The windows that a person would name: those the window manager lists, or without one those on the desktop itself."""

from struct import pack, unpack, unpack_from

from capture.screen.base import WindowDevice
from capture.screen.x11.aim import SMALLEST_PX
from capture.screen.x11.connection import HEADER_BYTES, Connection, Refused

GET_ATTRIBUTES, GET_GEOMETRY, QUERY_TREE, GET_PROPERTY = 3, 14, 15, 20
INPUT_OUTPUT, VIEWABLE = 1, 2
ANY_TYPE = 0
LONGEST_PROPERTY_WORDS = 16_384
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
    listed = _property(connection, connection.root.window, connection.atom("_NET_CLIENT_LIST"))
    return list(unpack(f"={len(listed) // 4}I", listed))


def _visible(connection: Connection) -> list[int]:
    """Children of the root window that show something, topmost first."""
    tree = connection.ask(pack("=BxHI", QUERY_TREE, 0, connection.root.window))
    children = unpack_from(f"={unpack_from('=H', tree, 16)[0]}I", tree, HEADER_BYTES)
    return [window for window in reversed(children) if _is_visible(connection, window)]


def _is_visible(connection: Connection, window: int) -> bool:
    try:
        attributes, geometry = connection.ask_all(
            pack("=BxHI", GET_ATTRIBUTES, 0, window), pack("=BxHI", GET_GEOMETRY, 0, window)
        )
    except Refused:  # closed meanwhile
        return False
    shows = unpack_from("=H", attributes, 12)[0] == INPUT_OUTPUT and attributes[26] == VIEWABLE
    return shows and min(unpack_from("=HH", geometry, 16)) >= SMALLEST_PX


def _described(connection: Connection, window: int, names: int) -> WindowDevice | None:
    """``None`` for a window without a name of any kind, or none any more."""
    try:
        title = _property(connection, window, names).decode("utf-8", "replace")
        title = title or _property(connection, window, WM_NAME).decode("latin-1")
        kind = _property(connection, window, WM_CLASS).rstrip(b"\0").split(b"\0")[-1].decode("latin-1")
    except Refused:  # closed meanwhile
        return None
    return WindowDevice(hex(window), title, kind) if title or kind else None


def _property(connection: Connection, window: int, name: int) -> bytes:
    """Empty where it is not set."""
    reply = connection.ask(pack("=BBHIIIII", GET_PROPERTY, 0, 0, window, name, ANY_TYPE, 0, LONGEST_PROPERTY_WORDS))
    length = unpack_from("=I", reply, 16)[0] * (reply[1] // 8)
    return reply[HEADER_BYTES : HEADER_BYTES + length]
