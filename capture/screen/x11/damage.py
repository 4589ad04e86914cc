"""What was drawn: the server remembers where, and says once that it is so (extensions DAMAGE and XFIXES)."""

from struct import iter_unpack, pack, unpack_from

from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import HEADER_BYTES, Connection

QUERY_VERSION, CREATE, DESTROY, SUBTRACT = 0, 1, 2, 3
REPORT_NON_EMPTY = 3
"""One event for any amount of drawing, until the damage is taken."""

CREATE_REGION, DESTROY_REGION, FETCH_REGION = 5, 10, 19
NONE = 0


class Damage:
    """Of one drawable: a window, or the root window for all of the desktop."""

    def __init__(self, connection: Connection, drawable: int) -> None:
        """Raises ``SourceUnavailable`` where the server has no such extensions, ``Refused`` without the drawable."""
        self._connection = connection
        damage, fixes = connection.extension("DAMAGE"), connection.extension("XFIXES")
        connection.ask_all(
            pack("=BBHII", damage.opcode, QUERY_VERSION, 0, 1, 1), pack("=BBHII", fixes.opcode, QUERY_VERSION, 0, 4, 0)
        )
        self._event = damage.first_event
        self._damage, region = connection.new_id(), connection.new_id()
        connection.order(pack("=BBHI", fixes.opcode, CREATE_REGION, 0, region))
        connection.order(pack("=BBHIIB3x", damage.opcode, CREATE, 0, self._damage, drawable, REPORT_NON_EMPTY))
        self._subtract = pack("=BBHIII", damage.opcode, SUBTRACT, 0, self._damage, NONE, region)
        self._fetch = pack("=BBHI", fixes.opcode, FETCH_REGION, 0, region)
        self._destroy = pack("=BBHI", damage.opcode, DESTROY, 0, self._damage)
        self._forget = pack("=BBHI", fixes.opcode, DESTROY_REGION, 0, region)
        self.is_reported = False

    def notice(self, event: bytes) -> None:
        if event[0] & 0x7F == self._event and unpack_from("=I", event, 8)[0] == self._damage:
            self.is_reported = True

    def take(self) -> list[Rectangle]:
        """What was drawn on since the last time, in the drawable's own coordinates; from now on it counts anew."""
        self.is_reported = False
        self._connection.tell(self._subtract)
        region = self._connection.ask(self._fetch)
        return [Rectangle(*area) for area in iter_unpack("=hhHH", region[HEADER_BYTES:])]

    def close(self) -> None:
        """Once; the drawable may be gone already, and the damage with it."""
        self._connection.tell(self._destroy)
        self._connection.tell(self._forget)
