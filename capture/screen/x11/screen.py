"""The screen source of X11: shared memory, the server's word on what changed, and the pointer drawn in."""

import logging
from collections.abc import Sequence

import numpy as np

from capture.clock import Clock
from capture.errors import SourceUnavailable
from capture.recording import AllMonitors, Monitor, Region, Window
from capture.screen.base import Frame, Means, Unchanged, VideoFormat
from capture.screen.letterbox import Letterbox
from capture.screen.rows import Rows, around
from capture.screen.x11.aim import Aim, DesktopAim, Hidden, View
from capture.screen.x11.connection import Connection, Refused
from capture.screen.x11.damage import Damage
from capture.screen.x11.mirror import Mirror, Restless
from capture.screen.x11.pointer import Overlay, Place, Pointer, Shape
from capture.screen.x11.popups import Popups
from capture.screen.x11.scene import Scene
from capture.screen.x11.veil import Veil
from capture.screen.x11.window import WindowAim

logger = logging.getLogger(__name__)

POINTER_LOOK_S = 1 / 30
"""How often to look where the pointer is, on a server that does not tell."""

DEPTHS = {24, 32}
"""Bits of a pixel that is four bytes of blue, green, red and nothing."""


class X11Screen:
    """A ``ScreenSource``."""

    def __init__(
        self, target: Monitor | AllMonitors | Region | Window, clock: Clock, *, excluded: Sequence[Window] = ()
    ) -> None:
        """``excluded`` windows are not seen, nor what belongs to them: what lies beneath them is."""
        self._target = target
        self._excluded = excluded
        self._clock = clock
        self._sight: Sight | None = None
        self._means = Means("x11-damage")

    @property
    def means(self) -> Means:
        if self._sight is not None:
            self._means = self._sight.means
        return self._means

    def open(self) -> VideoFormat:
        connection = Connection()
        try:
            self._sight = Sight(connection, self._target, self._excluded, self._clock)
        except Refused as error:
            connection.close()
            raise SourceUnavailable(str(error), source="screen") from error
        except SourceUnavailable as error:
            connection.close()
            if self._excluded:  # other means would show those windows
                raise SourceUnavailable(error.reason, source="exclusion") from error
            raise
        except BaseException:
            connection.close()
            raise
        return self._sight.format

    def wait(self, limit_s: float) -> None:
        if self._sight is not None:
            self._sight.wait(limit_s)

    def read(self) -> Frame | Unchanged:
        if self._sight is None:
            message = "the screen is not open"
            raise SourceUnavailable(message)
        return self._sight.read()

    def close(self) -> None:
        if self._sight is not None:
            self._means = self._sight.means
            self._sight.close()
        self._sight = None


class Sight:
    """The open source, which owns the connection once it is made."""

    def __init__(
        self,
        connection: Connection,
        target: Monitor | AllMonitors | Region | Window,
        excluded: Sequence[Window],
        clock: Clock,
    ) -> None:
        """Raises ``SourceError``, ``Refused``."""
        if connection.root.depth not in DEPTHS or not connection.root.is_little_endian:
            message = f"pixels of {connection.root.depth} bits are not understood"
            raise SourceUnavailable(message, source="screen")
        self._connection = connection
        self._clock = clock
        self._aim: Aim = _aim(connection, target)
        self.format = VideoFormat(*self._aim.size_px)
        self._why_compared = self._why_no_pointer = ""
        self._damage = self._watch_damage()
        self._scene: Scene | None = None
        self._scene = self._make_scene(target, excluded)
        self._mirror = Mirror(connection, self._damage, self._take_events, self._scene)
        self._mirror.make_room(*self._aim.size_px)
        self._pointer = self._watch_pointer()
        self._overlay = Overlay()
        self._drawn: tuple[Place, Shape] | None = None
        self._letterbox: Letterbox | None = None
        self._has_shown = False
        self._has_news = True

    @property
    def means(self) -> Means:
        compared = "" if self._mirror.is_told else self._why_compared or "drawing was not reported"
        limit = self._scene.limit if self._scene is not None else None
        reasons = [reason for reason in (compared, self._why_no_pointer, limit) if reason]
        return Means("x11-compare" if compared else "x11-damage", "; ".join(reasons) or None)

    def wait(self, limit_s: float) -> None:
        self._take_events()
        if self._has_news or not self._mirror.is_told:
            return
        tells = self._pointer is None or self._pointer.tells
        self._connection.wait(limit_s if tells else min(limit_s, POINTER_LOOK_S))

    def read(self) -> Frame | Unchanged:
        captured_ns = self._clock.now_ns()
        self._take_events()
        self._has_news = False
        try:
            view = self._aim.view()
            if isinstance(view, Hidden):
                return self._hold(view, captured_ns)
            rows = self._update(view, captured_ns)
        except Restless:
            logger.info("what must not be seen moves: the picture stands")
            self._mirror.forget()
            return Unchanged(captured_ns)
        except Refused as error:  # it moved or vanished after the view was taken; the next view knows
            logger.info("the picture was not to be had: %s", error)
            self._mirror.forget()
            return Unchanged(captured_ns)
        if rows is None:
            return Unchanged(captured_ns)
        self._has_shown = True
        return self._frame(rows, captured_ns)

    def close(self) -> None:
        self._mirror.close()
        self._connection.close()

    def _frame(self, rows: Rows, captured_ns: int) -> Frame:
        """What has another size than at the start is fitted in."""
        pixels = self._mirror.pixels
        if pixels.shape[:2] == (self.format.height_px, self.format.width_px):
            self._letterbox = None
            return Frame(pixels, captured_ns, rows)
        if self._letterbox is None:
            self._letterbox = Letterbox(self.format)
        return Frame(self._letterbox.pixels, captured_ns, self._letterbox.draw(pixels, rows))

    def _update(self, view: View, now_ns: int) -> Rows | None:
        """The pointer is taken away while the mirror works, so that grabs and comparisons never meet it."""
        lifted = self._overlay.lift(self._mirror.pixels) if self._drawn is not None else None
        before, self._drawn = self._drawn, None
        rows = self._mirror.update(view, now_ns)
        drawn = self._draw_pointer(view)
        return rows if self._drawn == before else around(rows, lifted, drawn)

    def _draw_pointer(self, view: View) -> Rows | None:
        if self._pointer is None:
            return None
        place, shape = self._pointer.place(), self._pointer.shape()
        if view.toplevel is not None and not self._shows(view.toplevel, place.toplevel):
            return None
        self._drawn = (place, shape)
        return self._overlay.draw(self._mirror.pixels, shape, place.x_px - view.x_px, place.y_px - view.y_px)

    def _shows(self, toplevel: int, below: int) -> bool:
        """Whether the window below the pointer is in a picture of ``toplevel``."""
        return below == toplevel or (self._scene is not None and self._scene.holds(below))

    def _hold(self, hidden: Hidden, captured_ns: int) -> Frame:
        """A recording that begins with a hidden window begins black: the file needs a first picture."""
        self._mirror.forget()
        if self._has_shown:
            raise SourceUnavailable(hidden.reason, source="screen")
        self._has_shown = True
        black = np.zeros((self.format.height_px, self.format.width_px, 4), np.uint8)
        return Frame(black, captured_ns, (0, self.format.height_px))

    def _take_events(self) -> None:
        for event in self._connection.events():
            self._has_news = True
            self._aim.notice(event)
            if self._damage is not None:
                self._damage.notice(event)
            if self._scene is not None:
                self._scene.notice(event)
            if self._pointer is not None:
                self._pointer.notice(event)

    def _make_scene(self, target: Monitor | AllMonitors | Region | Window, excluded: Sequence[Window]) -> Scene | None:
        if isinstance(target, Window):
            return Popups(self._connection, target, excluded, self._take_events)
        return Veil(self._connection, excluded, self._take_events) if excluded else None

    def _watch_damage(self) -> Damage | None:
        try:
            return Damage(self._connection, self._aim.watched)
        except SourceUnavailable as error:
            self._why_compared = error.reason
            return None

    def _watch_pointer(self) -> Pointer | None:
        try:
            return Pointer(self._connection)
        except SourceUnavailable as error:
            self._why_no_pointer = f"the pointer is not recorded: {error.reason}"
            logger.warning(self._why_no_pointer)
            return None


def _aim(connection: Connection, target: Monitor | AllMonitors | Region | Window) -> Aim:
    return WindowAim(connection, target) if isinstance(target, Window) else DesktopAim(connection, target)
