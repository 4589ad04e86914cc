"""What of the server is recorded, and where that is at this moment."""

from dataclasses import dataclass
from typing import Protocol

from capture.errors import UnknownDevice
from capture.recording import AllMonitors, Monitor, Region
from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import Connection
from capture.screen.x11.monitors import Monitors

SMALLEST_PX = 16
"""H.264 codes blocks of 16 by 16."""


@dataclass(frozen=True, slots=True)
class View:
    """``area`` of ``drawable``, even in size, is what the desktop shows at ``x_px, y_px``.

    Damage is counted from ``border_px`` inside the drawable. The pointer shows over ``toplevel`` only, if not ``None``.
    """

    drawable: int
    area: Rectangle
    x_px: int
    y_px: int
    border_px: int = 0
    toplevel: int | None = None

    @property
    def seen(self) -> Rectangle:
        """Of the desktop."""
        return Rectangle(self.x_px, self.y_px, self.area.width_px, self.area.height_px)


@dataclass(frozen=True, slots=True)
class Hidden:
    """There is nothing to see at present."""

    reason: str


class Aim(Protocol):
    watched: int
    """The drawable whose damage counts."""

    size_px: tuple[int, int]
    """At the start."""

    def notice(self, event: bytes) -> None: ...

    def view(self) -> View | Hidden:
        """Raises ``WindowClosed``."""
        ...


class DesktopAim:
    """A part of the desktop. Follows monitors that are moved, resized, unplugged and plugged in again."""

    def __init__(self, connection: Connection, target: Monitor | AllMonitors | Region) -> None:
        """Raises ``UnknownDevice``."""
        self._monitors = Monitors(connection)
        self._target = target
        self._head = self._head_name(target.id) if isinstance(target, Monitor) else None
        self.watched = connection.root.window
        self._monitors.watch()
        self._view = self._look()
        if isinstance(self._view, Hidden):
            raise self._unknown(self._view)
        self.size_px = (self._view.area.width_px, self._view.area.height_px)
        self._is_stale = False

    def notice(self, event: bytes) -> None:
        if self._monitors.is_change(event):
            self._is_stale = True

    def view(self) -> View | Hidden:
        if self._is_stale:
            self._is_stale = False
            self._view = self._look()
        return self._view

    def _look(self) -> View | Hidden:
        area = self._area()
        if isinstance(area, Hidden):
            return area
        inside = area.within(self._monitors.desktop())
        if inside is None or min(inside.width_px, inside.height_px) < SMALLEST_PX:
            return Hidden("it is not on the desktop")
        even = inside.even()
        return View(self.watched, even, even.x_px, even.y_px)

    def _area(self) -> Rectangle | Hidden:
        match self._target:
            case AllMonitors():
                return self._monitors.desktop()
            case Region(x_px, y_px, width_px, height_px):
                return Rectangle(x_px, y_px, width_px, height_px)
            case Monitor():
                areas = [head.area for head in self._monitors.heads() if head.name == self._head]
                return areas[0] if areas else Hidden("the monitor is unplugged")

    def _head_name(self, wanted: str) -> str:
        names = [head.name for head in self._monitors.heads()]
        if not wanted.isdecimal() or not 1 <= int(wanted) <= len(names):
            known = ", ".join(str(number) for number in range(1, len(names) + 1))
            message = f"there is no screen {wanted}"
            raise UnknownDevice(message, source="screen", device=wanted, known=known)
        return names[int(wanted) - 1]

    def _unknown(self, hidden: Hidden) -> UnknownDevice:
        desktop = self._monitors.desktop()
        known = f"{desktop.width_px}x{desktop.height_px}"
        if isinstance(self._target, Region):
            target = self._target
            device = f"{target.x_px},{target.y_px},{target.width_px},{target.height_px}"
            return UnknownDevice(hidden.reason, source="region", device=device, known=known)
        return UnknownDevice(hidden.reason, source="screen", device=str(self._head), known=known)
