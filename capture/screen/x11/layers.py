"""Windows drawn one above the other from what the server keeps of each, so that others can be left out.

What a window's pixmap holds at its birth is a copy of the screen, until the program has drawn: there it may show what
must not be seen. Such parts are blind until the server says that something was drawn in them. It also says so when a
window is moved, or another one away from it: what it reports together with such news does not count.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from struct import iter_unpack, pack

from capture.errors import SourceUnavailable
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle, simplified
from capture.screen.rows import Rows, around
from capture.screen.x11.composite import Composite
from capture.screen.x11.connection import HEADER_BYTES, Connection, Extension, Refused
from capture.screen.x11.damage import Damage
from capture.screen.x11.shared_memory import SharedPicture
from capture.screen.x11.stack import DESTROY_NOTIFY, MAP_NOTIFY, Move, Pane, descent

logger = logging.getLogger(__name__)

CLEAR_AREA = 61

GET_RECTANGLES, BOUNDING = 8, 0
"""Of the extension SHAPE."""

OPAQUE_DEPTH, TRANSPARENT_DEPTH, OPAQUE = 24, 32, 255


class Layer:
    """One window. ``blind`` are parts of its pixmap, in that one's coordinates, that it has not drawn yet."""

    def __init__(self, connection: Connection, pane: Pane) -> None:
        """Raises ``Refused`` where it is gone."""
        self.pane = pane
        self.pixmap: int | None = None
        self.shape: tuple[Rectangle, ...] = ()
        self.blind: list[Rectangle] = []
        self.drawn: list[Rectangle] = []
        self.is_stirred = False
        self.damage = _watch(connection, pane.window)

    def blind_at(self, area: Rectangle) -> list[Rectangle]:
        """Of the desktop, where the window lies there."""
        return [part.moved(area.x_px, area.y_px) for part in self.blind]

    def take_damage(self) -> list[Rectangle]:
        """Of the desktop. What was drawn can be seen after the next ``open_eyes``, if nothing is stirred until then."""
        must_ask = self.is_stirred and bool(self.blind)  # or what is reported late would count
        if self.damage is None or not (self.damage.is_reported or must_ask):
            return []
        border_px = self.pane.border_px
        drawn = [part.moved(border_px, border_px) for part in self.damage.take()]
        if self.blind and not self.is_stirred:
            self.drawn += drawn
        self.is_stirred = False
        return [part.moved(self.pane.area.x_px, self.pane.area.y_px) for part in drawn]

    def stir(self) -> bool:
        """Some window was moved. Whether it is to draw again what it may have drawn just now."""
        doubtful = bool(self.blind) and not self.is_stirred
        self.drawn, self.is_stirred = [], True
        return doubtful

    def open_eyes(self) -> list[Rectangle]:
        """Where on the desktop there is more to be seen now."""
        before = self.blind_at(self.pane.area)
        for part in self.drawn:
            self.blind = simplified(rest for blind in self.blind for rest in blind.without(part))
        self.drawn = []
        return before if before != self.blind_at(self.pane.area) else []

    def hides_all_below(self, part: Rectangle, *, blends: bool) -> bool:
        is_whole = not self.blind and len(self.shape) == 1 and self.shape[0].has(self._inside(part))
        return is_whole and not (blends and self.pane.depth == TRANSPARENT_DEPTH)

    def pieces(self, part: Rectangle) -> Iterator[Rectangle]:
        """Of that part of the desktop, in the pixmap's coordinates."""
        inside = self._inside(part)
        yield from (piece for piece in (each.within(inside) for each in self.shape) if piece is not None)

    def _inside(self, part: Rectangle) -> Rectangle:
        return part.moved(-self.pane.area.x_px, -self.pane.area.y_px)


@dataclass(slots=True)
class _History:
    """What has happened to windows since the last time.

    ``moved``: after they were shown or first put elsewhere; where they got their pixmaps is not known.
    """

    shown: set[int] = field(default_factory=set)
    put: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)

    def notice(self, move: Move) -> None:
        if move.kind == MAP_NOTIFY:
            self.shown.add(move.window)
            self.moved.discard(move.window)
        if move.area is not None:
            if move.window in self.shown | self.put:
                self.moved.add(move.window)
            self.put.add(move.window)


class Layers:
    def __init__(self, connection: Connection, composite: Composite, *, redirects: bool) -> None:
        """``redirects``: each window by itself when it is first drawn; else somebody has redirected all."""
        self._connection = connection
        self._composite = composite
        self._redirects = redirects
        self._redirected: set[int] = set()
        self._shape = _shape_extension(connection)
        self._layers: dict[int, Layer] = {}
        self._drawn: list[Layer] = []
        self._sizes: dict[int, tuple[int, int]] = {}
        self._history = _History()
        self._suspects: list[Rectangle] = []
        self._undrawn: set[int] = set()
        self._scratch: SharedPicture | None = None
        self.blends = False
        """Whether windows may let shine through what is below them: a compositing manager runs."""

    @property
    def are_drawn_on(self) -> bool:
        return any(layer.damage is not None and layer.damage.is_reported for layer in self._drawn)

    def notice(self, event: bytes) -> None:
        for layer in self._layers.values():
            if layer.damage is not None:
                layer.damage.notice(event)

    def notice_move(self, move: Move) -> bool:
        """Whether what was drawn since is not to be trusted."""
        self._history.notice(move)
        if move.kind == DESTROY_NOTIFY:
            self._redirected.discard(move.window)
        layer = self._layers.get(move.window)
        if layer is not None and move.area is not None:
            self._suspects += layer.blind_at(move.area)
        self._undrawn |= {each.pane.window for each in self._layers.values() if each.stir()}
        is_resized = move.area is not None and self._sizes.get(move.window, move.area.size_px) != move.area.size_px
        return is_resized or (layer is not None and (bool(layer.blind) or move.area is None))

    def take_in(self, panes: Sequence[Pane], suspects: Sequence[Rectangle]) -> None:
        """All that can be seen, the lowest first. ``suspects``: where there is what a new pixmap must not show."""
        suspects = simplified([*suspects, *self._suspects, *self.blind_areas()])
        existing = {pane.window for pane in panes}
        for window in self._layers.keys() - existing:
            self._drop(self._layers.pop(window))
        for pane in panes:
            is_born = self._sizes.get(pane.window) != pane.area.size_px or pane.window in self._history.shown
            is_elsewhere = pane.window in self._history.moved
            blind = _parts([pane.area] if is_elsewhere else suspects, pane.area) if is_born else []
            layer = self._layers.get(pane.window) or (self._layer(pane) if blind else None)
            if layer is not None:
                layer.pane = pane
            if layer is not None and is_born:
                self._begin(layer, blind)
        self._sizes = {pane.window: pane.area.size_px for pane in panes}
        self._history, self._suspects = _History(), []

    def draw_only(self, panes: Sequence[Pane], suspects: Sequence[Rectangle] = ()) -> None:
        """The lowest first. ``suspects``: as above, for those that are redirected now."""
        wanted = [pane.window for pane in panes]
        for window in [window for window, layer in self._layers.items() if window not in wanted and not layer.blind]:
            self._drop(self._layers.pop(window))
        for pane in panes:
            layer = self._layers.get(pane.window) or self._layer(pane)
            if layer is not None and self._redirects and pane.window not in self._redirected:
                self._redirect(layer, _parts(suspects, pane.area))
        self._drawn = [self._layers[window] for window in wanted if window in self._layers]
        for layer in self._drawn:
            if layer.pixmap is None:
                layer.pixmap, layer.shape = self._name(layer.pane)
        for window in self._undrawn & self._layers.keys():
            self._ask_to_draw(self._layers[window])
        self._undrawn.clear()

    def open_eyes(self) -> list[Rectangle]:
        """To be called when all events that came before are noticed. Where there is more to be seen now."""
        return [area for layer in self._layers.values() for area in layer.open_eyes()]

    def blind_areas(self) -> list[Rectangle]:
        """Of the desktop: there it shows what must not be seen."""
        return [area for layer in self._layers.values() for area in layer.blind_at(layer.pane.area)]

    def take_damage(self) -> list[Rectangle]:
        """Of the desktop, on windows that are drawn."""
        for layer in self._layers.values():
            if layer not in self._drawn:
                layer.take_damage()
        return [part for layer in self._drawn for part in layer.take_damage()]

    def draw(self, pixels: Pixels, seen: Rectangle, part: Rectangle) -> None:
        """Over that ``part`` of the desktop; ``pixels`` are what is ``seen`` of it. Raises ``Refused``."""
        for layer in self._from_below(part):
            for piece in layer.pieces(part):
                place = piece.moved(layer.pane.area.x_px - seen.x_px, layer.pane.area.y_px - seen.y_px)
                self._draw_piece(pixels[place.slices()], layer, piece)

    def fetch(self, drawable: int, piece: Rectangle) -> Pixels:
        """Overwritten by the next fetch. Raises ``Refused``, ``SourceUnavailable``."""
        if self._scratch is None or self._scratch.pixels.size < 4 * piece.width_px * piece.height_px:
            if self._scratch is not None:
                self._scratch.close()
            self._scratch = SharedPicture(self._connection, piece.width_px, piece.height_px)
        return self._scratch.fetch(drawable, piece)

    def _draw_piece(self, target: Pixels, layer: Layer, piece: Rectangle) -> None:
        if layer.pixmap is None:
            return
        source = self.fetch(layer.pixmap, piece)
        for blind in layer.blind:
            hidden = blind.within(piece)
            if hidden is not None:
                source[hidden.moved(-piece.x_px, -piece.y_px).slices()] = (0, 0, 0, OPAQUE)
        if self.blends and layer.pane.depth == TRANSPARENT_DEPTH:
            target[:] = source + (target.astype("u2") * (OPAQUE - source[..., 3:]) // OPAQUE).astype("u1")
        else:
            target[:] = source

    def _from_below(self, part: Rectangle) -> list[Layer]:
        """Beginning with the one below which nothing shows."""
        visible: list[Layer] = []
        for layer in reversed(self._drawn):
            if layer.pixmap is None:
                continue
            visible.append(layer)
            if layer.hides_all_below(part, blends=self.blends):
                break
        return visible[::-1]

    def _layer(self, pane: Pane) -> Layer | None:
        """A new one; ``None`` for what cannot be drawn."""
        if pane.depth not in {OPAQUE_DEPTH, TRANSPARENT_DEPTH}:
            return None
        try:
            self._layers[pane.window] = Layer(self._connection, pane)
        except Refused as error:  # closed meanwhile
            logger.info("a window is left out: %s", error)
            return None
        return self._layers[pane.window]

    def _redirect(self, layer: Layer, blind: list[Rectangle]) -> None:
        try:
            self._composite.redirect(layer.pane.window)
        except Refused as error:  # as above
            logger.info("a window is left out: %s", error)
            return
        self._redirected.add(layer.pane.window)
        self._begin(layer, blind)

    def _begin(self, layer: Layer, blind: list[Rectangle]) -> None:
        """With a new pixmap."""
        self._drop_pixmap(layer)
        layer.blind, layer.drawn = blind, []
        if blind:
            self._undrawn.add(layer.pane.window)

    def _ask_to_draw(self, layer: Layer) -> None:
        """The program may have drawn before anyone looked."""
        try:
            for window in descent(self._connection, layer.pane.window):
                self._connection.tell(pack("=BBHIhhHH", CLEAR_AREA, 1, 0, window, 0, 0, 0, 0))
        except Refused as error:
            logger.info("a window cannot be drawn anew: %s", error)

    def _name(self, pane: Pane) -> tuple[int | None, tuple[Rectangle, ...]]:
        """None for what cannot be named: it was closed, or is drawn on by the compositing manager itself."""
        try:
            return self._composite.name_pixmap(pane.window), self._read_shape(pane)
        except Refused as error:
            logger.info("a window cannot be drawn: %s", error)
            return None, ()

    def _read_shape(self, pane: Pane) -> tuple[Rectangle, ...]:
        """Windows with round corners have none of their own pixels there. Raises ``Refused``."""
        whole = Rectangle(0, 0, pane.area.width_px, pane.area.height_px)
        if self._shape is None:
            return (whole,)
        reply = self._connection.ask(pack("=BBHIB3x", self._shape.opcode, GET_RECTANGLES, 0, pane.window, BOUNDING))
        border_px = pane.border_px
        parts = (Rectangle(*part).moved(border_px, border_px) for part in iter_unpack("=hhHH", reply[HEADER_BYTES:]))
        return tuple(part for part in (each.within(whole) for each in parts) if part is not None)

    def _drop(self, layer: Layer) -> None:
        self._drop_pixmap(layer)
        if layer.damage is not None:
            layer.damage.close()

    def _drop_pixmap(self, layer: Layer) -> None:
        if layer.pixmap is not None:
            self._composite.free(layer.pixmap)
            layer.pixmap = None


def _parts(suspects: Iterable[Rectangle], area: Rectangle) -> list[Rectangle]:
    """Of ``area``, in its own coordinates."""
    parts = (suspect.within(area) for suspect in suspects)
    return simplified(part.moved(-area.x_px, -area.y_px) for part in parts if part is not None)


def rows_of(parts: Iterable[Rectangle], seen: Rectangle) -> Rows | None:
    return around(*(part.rows_in(seen) for part in parts))


def _watch(connection: Connection, window: int) -> Damage | None:
    """From now on: all that was drawn before is known. Raises ``Refused``."""
    try:
        damage = Damage(connection, window)
    except SourceUnavailable:  # everything is compared anyway
        return None
    damage.take()
    return damage


def _shape_extension(connection: Connection) -> Extension | None:
    try:
        return connection.extension("SHAPE")
    except SourceUnavailable:
        return None
