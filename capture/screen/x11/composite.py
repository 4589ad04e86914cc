"""Windows kept apart: each drawn into a pixmap of its own, whatever covers it (extension Composite)."""

from struct import pack, unpack_from

from capture.screen.x11.connection import Connection

QUERY_VERSION, REDIRECT, REDIRECT_CHILDREN, NAME_PIXMAP = 0, 1, 2, 6
GET_SELECTION_OWNER, FREE_PIXMAP = 23, 54
AUTOMATIC = 0
"""The server goes on showing the windows by itself."""


class Composite:
    """What is redirected is so until the connection is closed."""

    def __init__(self, connection: Connection) -> None:
        """Raises ``SourceUnavailable`` where the server cannot keep windows apart."""
        self._connection = connection
        self._opcode = connection.extension("Composite").opcode
        connection.ask(pack("=BBHII", self._opcode, QUERY_VERSION, 0, 0, 4))
        self._manager = connection.atom(f"_NET_WM_CM_S{connection.root.number}")

    def has_manager(self) -> bool:
        """Whether a program draws the windows on the screen, shadows, animations and all, not the server itself."""
        owner = self._connection.ask(pack("=BxHI", GET_SELECTION_OWNER, 0, self._manager))
        return bool(unpack_from("=I", owner, 8)[0])

    def redirect(self, window: int) -> None:
        """Once for each. Raises ``Refused``."""
        self._connection.order(pack("=BBHIB3x", self._opcode, REDIRECT, 0, window, AUTOMATIC))

    def redirect_children(self, window: int) -> None:
        """Those that come later too, before they are ever seen."""
        self._connection.order(pack("=BBHIB3x", self._opcode, REDIRECT_CHILDREN, 0, window, AUTOMATIC))

    def name_pixmap(self, window: int) -> int:
        """That of now: a resized or newly mapped window has another. Raises ``Refused``."""
        pixmap = self._connection.new_id()
        self._connection.order(pack("=BBHII", self._opcode, NAME_PIXMAP, 0, window, pixmap))
        return pixmap

    def free(self, pixmap: int) -> None:
        self._connection.tell(pack("=BxHI", FREE_PIXMAP, 0, pixmap))
