"""What a program shows beside its window, over it: menus, tooltips, dialogs. They belong into a picture of the window.

Of them too nothing is seen that lies above them.
"""

from collections.abc import Callable, Sequence

from capture.recording import Window
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows, around
from capture.screen.x11.composite import Composite
from capture.screen.x11.connection import Connection, Refused
from capture.screen.x11.kinship import Kinship
from capture.screen.x11.layers import Layers, rows_of
from capture.screen.x11.stack import Pane, ancestry, panes, read_move, watch_moves
from capture.screen.x11.window import window_number


class Popups:
    """A ``Scene``, of one window."""

    def __init__(
        self, connection: Connection, target: Window, excluded: Sequence[Window], take_events: Callable[[], object]
    ) -> None:
        """``take_events`` tells all of what came, this one too. Raises ``UnknownDevice``, ``SourceUnavailable``."""
        self._connection = connection
        self._take_events = take_events
        self._head = window_number(target)
        self._excluded = [window_number(each) for each in excluded]
        self._composite = Composite(connection)
        self._kinship = Kinship(connection)
        self._layers = Layers(connection, self._composite, redirects=True)
        self._shown: list[Pane] = []
        self._seen: Rectangle | None = None
        self._is_stale = True
        self.is_doubtful = False
        watch_moves(connection)

    def notice(self, event: bytes) -> None:
        self._kinship.notice(event)
        self._layers.notice(event)
        move = read_move(event)
        if move is not None:
            self._is_stale = True
            self.is_doubtful |= self._layers.notice_move(move)

    @property
    def limit(self) -> str | None:
        return None

    @property
    def is_stirred(self) -> bool:
        return self._is_stale or self._layers.are_drawn_on

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
        return around(rows, rows_of(self._layers.take_damage(), seen))

    def hides(self, _: Rectangle, /) -> bool:
        return False

    def holds(self, toplevel: int) -> bool:
        return any(pane.window == toplevel for pane in self._shown)

    def draw(self, pixels: Pixels, seen: Rectangle, rows: Rows) -> None:
        self._layers.draw(pixels, seen, Rectangle(seen.x_px, seen.y_px + rows[0], seen.width_px, rows[1] - rows[0]))

    def _arrange(self, seen: Rectangle) -> Rows | None:
        """The rows in which something stands otherwise than before."""
        before = self._shown
        above = self._above(panes(self._connection))
        self._shown = [pane for pane in above if pane.area.within(seen) and self._belongs(pane)]
        foreign = [pane.area for pane in above if pane not in self._shown]
        self._layers.blends = self._composite.has_manager()
        self._layers.take_in(self._shown, foreign)
        self._layers.draw_only(self._shown, foreign)
        self._seen, self._is_stale = seen, False
        return rows_of((pane.area for pane in (*before, *self._shown)), seen) if before != self._shown else None

    def _above(self, everything: list[Pane]) -> list[Pane]:
        """What stands above the window."""
        windows = [pane.window for pane in everything]
        toplevel = self._toplevel(self._head)
        return everything[windows.index(toplevel) + 1 :] if toplevel in windows else []

    def _belongs(self, pane: Pane) -> bool:
        toplevel = self._toplevel(self._head)
        if toplevel is None or not self._kinship.belongs(pane, self._head, toplevel):
            return False
        return not any(self._is_part(pane, excluded) for excluded in self._excluded)

    def _is_part(self, pane: Pane, excluded: int) -> bool:
        toplevel = self._toplevel(excluded)
        return toplevel is not None and (pane.window == toplevel or self._kinship.belongs(pane, excluded, toplevel))

    def _toplevel(self, window: int) -> int | None:
        try:
            return ancestry(self._connection, window)[-1]
        except Refused:  # closed
            return None
