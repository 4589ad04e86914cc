"""A picture in our memory that is kept equal to a part of the screen, for the price of what changes."""

import logging
from collections.abc import Callable

from capture.recording import NS_PER_S
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows, around, changed_rows
from capture.screen.x11.aim import View
from capture.screen.x11.connection import Connection
from capture.screen.x11.damage import Damage
from capture.screen.x11.scene import Scene
from capture.screen.x11.shared_memory import SharedPicture

logger = logging.getLogger(__name__)

ATTEMPTS = 4
"""A window that is dragged moves up to 125 times a second, and an attempt takes some 2 ms."""

CHECK_NS = 2 * NS_PER_S
"""How long drawing that nobody reported can go unseen. A check costs 0.5 ms at 1920 by 1080."""


class Restless(Exception):
    """Windows that must not be seen move faster than the picture can be taken."""


class Mirror:
    """Nobody else writes to ``pixels`` while ``update`` runs, or they are compared with what they are not."""

    def __init__(
        self,
        connection: Connection,
        damage: Damage | None,
        take_events: Callable[[], object],
        scene: Scene | None = None,
    ) -> None:
        """Without ``damage`` everything is grabbed and compared each time. ``take_events`` tells all of what came."""
        self._connection = connection
        self._damage = damage
        self._take_events = take_events
        self._scene = scene
        self._view: View | None = None
        self._shown: SharedPicture | None = None
        self._spare: SharedPicture | None = None
        self._checked_ns = 0

    @property
    def is_told(self) -> bool:
        """Whether the server says what was drawn. A server that was found wanting is not asked any more."""
        return self._damage is not None

    @property
    def pixels(self) -> Pixels:
        """After the first ``update``; replaced by the next."""
        if self._shown is None:
            message = "nothing was grabbed yet"
            raise ValueError(message)
        return self._shown.pixels

    def make_room(self, width_px: int, height_px: int) -> SharedPicture:
        """Raises ``SourceUnavailable`` where no memory can be shared."""
        if self._shown is None or self._shown.pixels.shape[:2] != (height_px, width_px):
            self._let_go()
            self._shown = SharedPicture(self._connection, width_px, height_px)
            self._spare = SharedPicture(self._connection, width_px, height_px)
        return self._shown

    def update(self, view: View, now_ns: int) -> Rows | None:
        """The band of rows that changed, if any.

        Raises ``Refused`` where ``view`` is not what the server has, ``Restless`` where windows move all the time: then
        ``pixels`` are not to be seen by anyone.
        """
        if self._scene is None:
            return self._refresh(view, now_ns, None)
        rows = None
        for _ in range(ATTEMPTS):
            stirred = around(rows, self._scene.look(view.seen))  # what was fetched in doubt is fetched again
            rows = around(rows, self._refresh(view, now_ns, stirred))
            self._take_events()
            if not self._scene.is_doubtful:
                return rows
        raise Restless

    def forget(self) -> None:
        """The next update fetches everything."""
        self._view = None

    def close(self) -> None:
        """Once."""
        self._let_go()
        if self._damage is not None:
            self._damage.close()

    def _refresh(self, view: View, now_ns: int, stirred: Rows | None) -> Rows | None:
        """``stirred`` rows are to be fetched in any case."""
        if self._view is None or (view.drawable, view.area) != (self._view.drawable, self._view.area):
            return self._turn_to(view, now_ns)
        if self._damage is None:
            return self._compare(view)
        if self._damage.is_reported or stirred is not None:
            return self._repair(view, self._damage, stirred)
        if now_ns - self._checked_ns >= CHECK_NS:
            self._checked_ns = now_ns
            return self._check(view, self._damage)
        return None

    def _turn_to(self, view: View, now_ns: int) -> Rows:
        self._view = None
        shown = self.make_room(view.area.width_px, view.area.height_px)
        if self._damage is not None:
            self._damage.take()
        rows = (0, view.area.height_px)
        self._grab(shown, view, rows)
        self._view, self._checked_ns = view, now_ns
        return rows

    def _repair(self, view: View, damage: Damage, stirred: Rows | None) -> Rows | None:
        """Only what was drawn is fetched, in full-width rows: they are in one piece here and there."""
        drawn = [part.moved(view.border_px, view.border_px) for part in damage.take()] if damage.is_reported else []
        rows = around(stirred, *(part.rows_in(view.area) for part in drawn if not self._is_hidden(part, view)))
        if rows is not None and self._shown is not None:
            self._grab(self._shown, view, rows)
        return rows

    def _compare(self, view: View) -> Rows | None:
        if self._shown is None or self._spare is None:
            return None
        self._grab(self._spare, view, (0, view.area.height_px))
        rows = changed_rows(self._shown.pixels, self._spare.pixels)
        if rows is not None:
            self._shown, self._spare = self._spare, self._shown
        return rows

    def _check(self, view: View, damage: Damage) -> Rows | None:
        """The report of a change leaves the server before the picture that shows it: it is here, or never comes."""
        rows = self._compare(view)
        self._take_events()
        scene_knows = self._scene is not None and self._scene.is_stirred
        if rows is not None and not damage.is_reported and not scene_knows:
            logger.warning("the X server did not report what was drawn; everything is compared from now on")
            damage.close()
            self._damage = None
        return rows

    def _grab(self, picture: SharedPicture, view: View, rows: Rows) -> None:
        if not self._is_hidden(view.area, view):
            picture.grab(view.drawable, view.area.x_px, view.area.y_px, rows)
        if self._scene is not None:
            self._scene.draw(picture.pixels, view.seen, rows)

    def _is_hidden(self, part: Rectangle, view: View) -> bool:
        """``part`` is of the drawable."""
        if self._scene is None:
            return False
        shown = part.within(view.area)
        on_desktop = shown and shown.moved(view.x_px - view.area.x_px, view.y_px - view.area.y_px)
        return on_desktop is None or self._scene.hides(on_desktop)

    def _let_go(self) -> None:
        for picture in (self._shown, self._spare):
            if picture is not None:
                picture.close()
        self._shown = self._spare = None
