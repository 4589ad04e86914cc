"""What a program shows beside its window, over it: menus, tooltips, dialogs. They belong into a picture of the window.

Of them too nothing is seen that lies above them.
"""

from collections.abc import Callable, Sequence

from capture.recording import Window
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows
from capture.screen.x11.connection import Connection, Refused
from capture.screen.x11.layered import Layered
from capture.screen.x11.layers import rows_of
from capture.screen.x11.stack import Pane, ancestry, panes, watch_moves
from capture.screen.x11.window import window_number


class Popups(Layered):
    """A ``Scene``, of one window."""

    def __init__(
        self, connection: Connection, target: Window, excluded: Sequence[Window], take_events: Callable[[], object]
    ) -> None:
        """As of ``Layered``. Raises ``UnknownDevice``, too."""
        super().__init__(connection, take_events, redirects=True)
        self._head = window_number(target)
        self._excluded = [window_number(each) for each in excluded]
        self._shown: list[Pane] = []
        watch_moves(connection)

    @property
    def limit(self) -> str | None:
        return None

    def hides(self, _: Rectangle, /) -> bool:
        return False

    def holds(self, toplevel: int) -> bool:
        return any(pane.window == toplevel for pane in self._shown)

    def draw(self, pixels: Pixels, seen: Rectangle, rows: Rows) -> None:
        self._layers.draw(pixels, seen, Rectangle(seen.x_px, seen.y_px + rows[0], seen.width_px, rows[1] - rows[0]))

    def _arrange(self, seen: Rectangle) -> Rows | None:
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
