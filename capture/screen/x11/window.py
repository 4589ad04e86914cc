"""One window: whatever lies above it is not recorded (extension Composite), but what belongs to it; see ``popups``.

Its content is kept by the server in a pixmap of its own. A grab of its place on the desktop would also show what covers
it: other people's messages, for instance.
"""

from struct import pack, unpack_from

from capture.errors import UnknownDevice, WindowClosed
from capture.recording import Window
from capture.screen.geometry import Rectangle
from capture.screen.x11.aim import SMALLEST_PX, Hidden, View
from capture.screen.x11.composite import Composite
from capture.screen.x11.connection import Connection, Refused, select_events
from capture.screen.x11.stack import (
    GET_ATTRIBUTES,
    GET_GEOMETRY,
    INPUT_OUTPUT,
    MAP_NOTIFY,
    REPARENT_NOTIFY,
    VIEWABLE,
    ancestry,
)

TRANSLATE = 40


class WindowAim:
    """Follows moves, resizes, restacking, minimising and the end."""

    def __init__(self, connection: Connection, target: Window) -> None:
        """Raises ``UnknownDevice``, or ``SourceUnavailable`` where the server cannot keep windows apart."""
        self._connection = connection
        self.watched = window_number(target)
        self._root = connection.root.window
        self._composite = Composite(connection)
        self._look = (
            pack("=BxHI", GET_ATTRIBUTES, 0, self.watched),
            pack("=BxHI", GET_GEOMETRY, 0, self.watched),
            pack("=BxHIIhh", TRANSLATE, 0, self.watched, self._root, 0, 0),
        )
        try:
            self._watch()
            geometry = connection.ask(self._look[1])
            self._toplevel: int | None = ancestry(connection, self.watched)[-1]
        except Refused as error:
            message = f"there is no window {target.id}"
            raise UnknownDevice(message, source="window", device=target.id) from error
        self.size_px = _even_size(geometry)
        if min(self.size_px) < SMALLEST_PX:
            message = "the window is too small to be recorded"
            raise UnknownDevice(message, source="window", device=target.id)
        self._pixmap: int | None = None
        self._pixmap_size_px = (0, 0)

    def notice(self, event: bytes) -> None:
        kind = event[0] & 0x7F
        if kind == MAP_NOTIFY:
            self._drop_pixmap()
        elif kind == REPARENT_NOTIFY:
            self._toplevel = None

    def view(self) -> View | Hidden:
        try:
            attributes, geometry, place = self._connection.ask_all(*self._look)
            if attributes[26] != VIEWABLE:
                self._drop_pixmap()
                return Hidden("the window is minimised")
            if self._toplevel is None:
                self._toplevel = ancestry(self._connection, self.watched)[-1]
        except Refused as error:
            message = "the window was closed"
            raise WindowClosed(message, source="window") from error
        return self._view(geometry, *unpack_from("=hh", place, 12))

    def _view(self, geometry: bytes, x_px: int, y_px: int) -> View | Hidden:
        width_px, height_px = _even_size(geometry)
        size_px = unpack_from("=HH", geometry, 16)
        border_px = unpack_from("=H", geometry, 20)[0]
        if min(width_px, height_px) < SMALLEST_PX:
            return Hidden("the window is too small to be seen")
        if self._pixmap is None or size_px != self._pixmap_size_px:
            try:
                self._name_pixmap()
            except Refused:
                return Hidden("the window is being minimised")  # between the question and now
            self._pixmap_size_px = size_px
        area = Rectangle(border_px, border_px, width_px, height_px)
        return View(self._pixmap or 0, area, x_px, y_px, border_px, self._toplevel)

    def _watch(self) -> None:
        attributes = self._connection.ask(self._look[0])
        if unpack_from("=H", attributes, 12)[0] != INPUT_OUTPUT:
            message = "the window shows nothing"
            raise UnknownDevice(message, source="window", device=hex(self.watched))
        select_events(self._connection, self.watched)
        self._composite.redirect(self.watched)

    def _name_pixmap(self) -> None:
        """A resized or newly mapped window has a new pixmap; the name of the old one keeps an old picture."""
        self._drop_pixmap()
        self._pixmap = self._composite.name_pixmap(self.watched)

    def _drop_pixmap(self) -> None:
        if self._pixmap is not None:
            self._composite.free(self._pixmap)
            self._pixmap = None


def window_number(target: Window) -> int:
    """Raises ``UnknownDevice`` for what is none."""
    try:
        return int(target.id, 0)
    except ValueError as error:
        message = f"{target.id} is no window's number"
        raise UnknownDevice(message, source="window", device=target.id) from error


def _even_size(geometry: bytes) -> tuple[int, int]:
    width_px, height_px = unpack_from("=HH", geometry, 16)
    return width_px & ~1, height_px & ~1
