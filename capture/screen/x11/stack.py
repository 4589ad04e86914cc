"""The windows of the desktop, and which of them stands above which."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import pack, unpack_from

from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import (
    HEADER_BYTES,
    STRUCTURE_NOTIFY,
    SUBSTRUCTURE_NOTIFY,
    Connection,
    Refused,
    select_events,
)

GET_ATTRIBUTES, GET_GEOMETRY, QUERY_TREE = 3, 14, 15
INPUT_OUTPUT, VIEWABLE = 1, 2

DESTROY_NOTIFY, UNMAP_NOTIFY, MAP_NOTIFY, REPARENT_NOTIFY = 17, 18, 19, 21
CONFIGURE_NOTIFY, GRAVITY_NOTIFY, CIRCULATE_NOTIFY = 22, 24, 26
MOVES = {
    *(DESTROY_NOTIFY, UNMAP_NOTIFY, MAP_NOTIFY, REPARENT_NOTIFY),
    *(CONFIGURE_NOTIFY, GRAVITY_NOTIFY, CIRCULATE_NOTIFY),
}
"""What may change what is seen where."""


@dataclass(frozen=True, slots=True)
class Pane:
    """A child of the root window that can be seen; ``area`` is of the desktop, with the window's border.

    ``is_free``: no window manager decides on it, as with menus and tooltips.
    """

    window: int
    area: Rectangle
    border_px: int
    depth: int
    is_free: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Of a window: shown, hidden, put elsewhere or closed, by ``kind``. ``area`` is told where it is put."""

    kind: int
    window: int
    area: Rectangle | None


def read_move(event: bytes) -> Move | None:
    """``None`` for an event of another kind."""
    kind = event[0] & 0x7F
    if kind not in MOVES:
        return None
    window = unpack_from("=I", event, 8)[0]
    if kind != CONFIGURE_NOTIFY:
        return Move(kind, window, None)
    return Move(kind, window, _outer(*unpack_from("=hhHHH", event, 16)))


def watch_moves(connection: Connection) -> None:
    """Of the root window and all its children."""
    select_events(connection, connection.root.window, STRUCTURE_NOTIFY | SUBSTRUCTURE_NOTIFY)


def panes(connection: Connection) -> list[Pane]:
    """The lowest first."""
    windows = children(connection, connection.root.window)
    questions = [pack("=BxHI", kind, 0, window) for window in windows for kind in (GET_ATTRIBUTES, GET_GEOMETRY)]
    answers = connection.ask_each(*questions)
    found = (_pane(*each) for each in zip(windows, answers[::2], answers[1::2], strict=True))
    return [pane for pane in found if pane is not None]


def children(connection: Connection, window: int) -> tuple[int, ...]:
    """The lowest first. Raises ``Refused``."""
    tree = connection.ask(pack("=BxHI", QUERY_TREE, 0, window))
    return unpack_from(f"={unpack_from('=H', tree, 16)[0]}I", tree, HEADER_BYTES)


def descent(connection: Connection, window: int) -> Iterator[int]:
    """It and all that shows in it. Raises ``Refused``."""
    if connection.ask(pack("=BxHI", GET_ATTRIBUTES, 0, window))[12:27:14] == bytes((INPUT_OUTPUT, VIEWABLE)):
        yield window
        for child in children(connection, window):
            yield from descent(connection, child)


def ancestry(connection: Connection, window: int) -> list[int]:
    """It, its parent and so on; the last is the child of the root window that has it in it. Raises ``Refused``."""
    line = [window]
    while True:
        root, parent = unpack_from("=II", connection.ask(pack("=BxHI", QUERY_TREE, 0, line[-1])), 8)
        if parent in {root, 0}:
            return line
        line.append(parent)


def _pane(window: int, attributes: bytes | Refused, geometry: bytes | Refused) -> Pane | None:
    """``None`` for what was closed meanwhile, or does not show."""
    if isinstance(attributes, Refused) or isinstance(geometry, Refused):
        return None
    if unpack_from("=H", attributes, 12)[0] != INPUT_OUTPUT or attributes[26] != VIEWABLE:
        return None
    place = unpack_from("=hhHHH", geometry, 12)
    return Pane(window, _outer(*place), place[-1], geometry[1], bool(attributes[27]))


def _outer(x_px: int, y_px: int, width_px: int, height_px: int, border_px: int) -> Rectangle:
    return Rectangle(x_px, y_px, width_px + 2 * border_px, height_px + 2 * border_px)
