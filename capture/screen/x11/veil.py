"""Windows that are left out of a picture of the desktop: in their place stands what lies beneath them.

Without a compositing manager the screen itself shows the rest, and only where such a window is it is drawn anew, from
the others' own pixmaps. A compositing manager shows a window later than it is there, and elsewhere too: thumbnails,
animations. Then nothing is taken from the screen, and all is drawn from the windows.
"""

from collections.abc import Callable, Iterator, Sequence

from capture.errors import UnknownDevice
from capture.recording import Window
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle, simplified
from capture.screen.rows import Rows
from capture.screen.x11.connection import Connection, Refused, select_events
from capture.screen.x11.layered import Layered
from capture.screen.x11.layers import rows_of
from capture.screen.x11.properties import read_numbers
from capture.screen.x11.stack import DESTROY_NOTIFY, MAP_NOTIFY, Move, Pane, ancestry, panes, watch_moves
from capture.screen.x11.window import window_number

EVERYWHERE = Rectangle(-(1 << 15), -(1 << 15), 1 << 16, 1 << 16)
"""Windows lie nowhere else."""


class Veil(Layered):
    """A ``Scene``. Hides the windows' dialogs, menus and tooltips too."""

    def __init__(self, connection: Connection, excluded: Sequence[Window], take_events: Callable[[], object]) -> None:
        """As of ``Layered``. Raises ``UnknownDevice``, too."""
        super().__init__(connection, take_events, redirects=False)
        self._backdrop_name = connection.atom("_XROOTPMAP_ID")
        self._lines: dict[int, list[int]] = {}
        self._hidden: dict[int, Rectangle] = {}
        self._suspects: list[Rectangle] = []
        self._holes: list[Rectangle] = []
        self._order: list[Pane] = []
        self._backdrop = 0
        self._watch(excluded)
        watch_moves(connection)
        with connection.alone():  # what a window gets to keep now may have one of the hidden ones in it
            self._arrange(EVERYWHERE)
            self._composite.redirect_children(connection.root.window)

    @property
    def limit(self) -> str | None:
        """A desktop's panels and wallpaper may be drawn by the compositing manager, and be no windows."""
        return "only windows are seen: a compositing manager runs" if self._layers.blends else None

    def hides(self, part: Rectangle, /) -> bool:
        return any(hole.has(part) for hole in self._holes)

    def holds(self, toplevel: int) -> bool:
        return toplevel not in self._hidden

    def draw(self, pixels: Pixels, seen: Rectangle, rows: Rows) -> None:
        band = Rectangle(seen.x_px, seen.y_px + rows[0], seen.width_px, rows[1] - rows[0])
        for hole in self._holes:
            part = hole.within(band)
            if part is not None:
                self._draw_backdrop(pixels[part.moved(-seen.x_px, -seen.y_px).slices()], part)
                self._layers.draw(pixels, seen, part)

    def _notice_move(self, move: Move) -> bool:
        is_hidden = move.window in self._hidden or any(move.window in line for line in self._lines.values())
        if move.window in self._hidden and move.area is not None:
            self._suspects.append(move.area)
        if move.kind == DESTROY_NOTIFY:
            self._lines.pop(move.window, None)
        return super()._notice_move(move) or is_hidden or move.kind == MAP_NOTIFY

    def _drawn(self) -> Iterator[Rectangle]:
        parts = (part.within(hole) for part in self._layers.take_damage() for hole in self._holes)
        return (part for part in parts if part is not None)

    def _arrange(self, seen: Rectangle) -> Rows | None:
        before = (self._holes, self._order)
        everything = panes(self._connection)
        self._follow()  # after it: who was put into a frame meanwhile is found in that
        hidden = {pane.window: pane.area for pane in everything if self._is_hidden(pane)}
        others = [pane for pane in everything if pane.window not in hidden]
        self._layers.blends = self._composite.has_manager()
        self._layers.take_in(others, self._suspected(hidden))
        visible = (area.within(seen) for area in (*hidden.values(), *self._layers.blind_areas()))
        self._holes = [seen] if self._layers.blends else simplified(part for part in visible if part is not None)
        self._order = [pane for pane in others if any(pane.area.within(hole) for hole in self._holes)]
        self._layers.draw_only(self._order)
        self._hidden, self._suspects, self._seen, self._is_stale = hidden, list(hidden.values()), seen, False
        self._backdrop = self._read_backdrop()
        return rows_of([*before[0], *self._holes], seen) if before != (self._holes, self._order) else None

    def _suspected(self, hidden: dict[int, Rectangle]) -> list[Rectangle]:
        """Where a hidden window may have been on the screen since the last look.

        With a compositing manager that is anywhere; but what was there before us has been drawn since.
        """
        if not self._layers.blends:
            return [*self._suspects, *hidden.values()]
        return [] if self._seen is None else [EVERYWHERE]

    def _is_hidden(self, pane: Pane) -> bool:
        return any(
            pane.window == line[-1] or self._kinship.belongs(pane, number, line[-1])
            for number, line in self._lines.items()
        )

    def _read_backdrop(self) -> int:
        numbers = read_numbers(self._connection, self._connection.root.window, self._backdrop_name)
        return numbers[0] if numbers else 0

    def _draw_backdrop(self, target: Pixels, part: Rectangle) -> None:
        """What the desktop is papered with, where that is known, else black."""
        target[:] = 0
        if self._backdrop:
            try:
                target[:] = self._layers.fetch(self._backdrop, part)
            except Refused:  # it is smaller than the desktop, or of another depth, or gone
                return

    def _follow(self) -> None:
        """A window manager may put a window into a frame, or take it out."""
        for number in list(self._lines):
            try:
                self._lines[number] = self._watched_line(number)
            except Refused:  # closed
                del self._lines[number]

    def _watched_line(self, number: int) -> list[int]:
        """Raises ``Refused``."""
        line = ancestry(self._connection, number)
        for window in line:
            if window not in self._lines.get(number, ()):
                select_events(self._connection, window)
        return line

    def _watch(self, excluded: Sequence[Window]) -> None:
        for target in excluded:
            number = window_number(target)
            try:
                self._lines[number] = self._watched_line(number)
            except Refused as error:
                message = f"there is no window {target.id}"
                raise UnknownDevice(message, source="window", device=target.id) from error
