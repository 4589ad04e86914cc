"""Monitors and the desktop that they make up (extension RANDR)."""

from dataclasses import dataclass
from struct import pack, unpack_from

from capture.errors import SourceUnavailable
from capture.screen.base import ScreenDevice
from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import HEADER_BYTES, Connection, Extension, Refused, select_events

QUERY_VERSION, SELECT_INPUT, GET_MONITORS = 0, 4, 42
SCREEN_CHANGES = 1 | 2 | 4
"""Of the screen, of what feeds a monitor, of a socket."""

GET_GEOMETRY = 14
CONFIGURE_NOTIFY = 22
MONITOR_BYTES = 24


@dataclass(frozen=True, slots=True)
class Head:
    """A monitor by the name of what it is plugged into, which it keeps while others come and go."""

    name: str
    area: Rectangle
    is_primary: bool


class Monitors:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._root = connection.root.window
        self._randr = _randr(connection)
        self._names: dict[int, str] = {}

    def watch(self) -> None:
        """From now on the server tells of changes; see ``is_change``."""
        select_events(self._connection, self._root)
        if self._randr is not None:
            self._connection.order(pack("=BBHIHxx", self._randr.opcode, SELECT_INPUT, 0, self._root, SCREEN_CHANGES))

    def is_change(self, event: bytes) -> bool:
        """Monitors that are defined by hand are told of as a change of the root window."""
        kind = event[0] & 0x7F
        if kind == CONFIGURE_NOTIFY:
            return bool(unpack_from("=I", event, 8)[0] == self._root)
        return self._randr is not None and kind in {self._randr.first_event, self._randr.first_event + 1}

    def desktop(self) -> Rectangle:
        """The box around all monitors."""
        reply = self._connection.ask(pack("=BxHI", GET_GEOMETRY, 0, self._root))
        return Rectangle(0, 0, *unpack_from("=HH", reply, 16))

    def heads(self) -> list[Head]:
        """A server without monitors is one."""
        if self._randr is None:
            return [Head("Screen 1", self.desktop(), is_primary=True)]
        reply = self._connection.ask(pack("=BBHIB3x", self._randr.opcode, GET_MONITORS, 0, self._root, 1))
        heads, offset = [], HEADER_BYTES
        for _ in range(unpack_from("=I", reply, 12)[0]):
            name, primary, _, outputs, *area = unpack_from("=IBBHhhHH", reply, offset)
            heads.append(Head(self._name(name), Rectangle(*area), bool(primary)))
            offset += MONITOR_BYTES + 4 * outputs
        return heads

    def _name(self, atom: int) -> str:
        if atom not in self._names:
            self._names[atom] = self._connection.atom_name(atom)
        return self._names[atom]


def list_monitors() -> tuple[ScreenDevice, ...]:
    """Ids count from 1. Raises ``SourceUnavailable``."""
    with Connection() as connection:
        heads = Monitors(connection).heads()
    return tuple(
        ScreenDevice(
            id=str(number),
            name=head.name,
            x_px=head.area.x_px,
            y_px=head.area.y_px,
            width_px=head.area.width_px,
            height_px=head.area.height_px,
            is_primary=head.is_primary or len(heads) == 1,
        )
        for number, head in enumerate(heads, 1)
    )


def _randr(connection: Connection) -> Extension | None:
    """Version 1.5 knows of monitors."""
    try:
        randr = connection.extension("RANDR")
        reply = connection.ask(pack("=BBHII", randr.opcode, QUERY_VERSION, 0, 1, 5))
    except (Refused, SourceUnavailable):
        return None
    return randr if unpack_from("=II", reply, 8) >= (1, 5) else None
