"""What every ``Scene`` has in common that draws windows from what the server keeps of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows, around
from capture.screen.x11.composite import Composite
from capture.screen.x11.connection import Connection
from capture.screen.x11.kinship import Kinship
from capture.screen.x11.layers import Layers, rows_of
from capture.screen.x11.stack import Move, read_move


class Layered(ABC):
    """Asks where the windows stand once one of them may have been moved."""

    def __init__(self, connection: Connection, take_events: Callable[[], object], *, redirects: bool) -> None:
        """``take_events`` tells all of what came, this one too. ``redirects``: as of ``Layers``.

        Raises ``SourceUnavailable`` where the server cannot keep windows apart.
        """
        self._connection = connection
        self._take_events = take_events
        self._composite = Composite(connection)
        self._kinship = Kinship(connection)
        self._layers = Layers(connection, self._composite, redirects=redirects)
        self._seen: Rectangle | None = None
        self._is_stale = True
        self.is_doubtful = False

    @property
    def is_stirred(self) -> bool:
        return self._is_stale or self._layers.are_drawn_on

    def notice(self, event: bytes) -> None:
        self._kinship.notice(event)
        self._layers.notice(event)
        move = read_move(event)
        if move is not None:
            self._is_stale = True
            self.is_doubtful |= self._notice_move(move)

    def look(self, seen: Rectangle) -> Rows | None:
        self.is_doubtful = False
        opened = self._layers.open_eyes()
        self._is_stale |= bool(opened)
        rows = rows_of(opened, seen)
        if self._is_stale or seen != self._seen:
            with self._connection.alone():  # what is asked must be what the events have told
                self._take_events()
                rows = around(rows, self._arrange(seen))
                self.is_doubtful = False
        return around(rows, rows_of(self._drawn(), seen))

    def _notice_move(self, move: Move) -> bool:
        """Whether what was drawn since is not to be trusted."""
        return self._layers.notice_move(move)

    def _drawn(self) -> Iterable[Rectangle]:
        """Where on the desktop there is something new, since the last time."""
        return self._layers.take_damage()

    @abstractmethod
    def _arrange(self, seen: Rectangle) -> Rows | None:
        """Finds out what stands where. The rows in which something stands otherwise than before."""
