"""The picture: the sources of every kind behind one protocol. The only place that chooses among them.

Light: whoever only asks what screens there are loads nothing that works on pictures.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from capture.clock import Clock
from capture.errors import InvalidSpec, SourceUnavailable
from capture.recording import AllMonitors, Monitor, Region, ScreenTarget, TestPattern, Window

if TYPE_CHECKING:
    from capture.screen.base import ScreenDevice, ScreenSource, WindowDevice

__all__ = ["is_wayland", "list_screens", "list_windows", "open_screen"]


FASTEST_FPS = 60


def open_screen(
    target: ScreenTarget,
    clock: Clock,
    *,
    rate_fps: int = FASTEST_FPS,
    tokens: Path | None = None,
    excluded: Sequence[Window] = (),
) -> "ScreenSource":
    """Holds nothing until it is opened. Raises ``SourceUnavailable`` for what cannot be had here.

    ``rate_fps``: more pictures are not wanted. ``tokens``: the file that keeps a desktop's leave to see its screen.
    ``excluded`` windows are never seen; raises ``InvalidSpec`` where one of them is the target.
    """
    if target in excluded:
        message = "the window that is to be recorded is to be left out"
        raise InvalidSpec(message)
    if isinstance(target, TestPattern):
        from capture.screen.synthetic import SyntheticScreen  # noqa: PLC0415 - numpy, for who records only

        return SyntheticScreen(target, clock)
    if sys.platform == "linux":
        if is_wayland():
            _refuse(excluded, "the desktop alone decides what it shares")
            return _open_wayland(target, clock, rate_fps, tokens)
        return _open_x11(target, clock, excluded)
    if isinstance(target, Window):
        message = "single windows cannot be recorded on this system"
        raise SourceUnavailable(message, source="window")
    from capture.screen.fallback import FirstThatOpens  # noqa: PLC0415 - numpy, for who records only
    from capture.screen.grabber import ScreenGrabber  # noqa: PLC0415 - each platform loads its own

    if sys.platform == "win32":
        from capture.screen.windows import WindowsScreen  # noqa: PLC0415 - each platform loads its own

        _refuse(excluded, "on Windows only a program itself can hide its windows")
        return FirstThatOpens(WindowsScreen(target, clock, rate_fps=rate_fps), ScreenGrabber(target, clock))
    if sys.platform == "darwin":
        from capture.screen.macos import MacScreen  # noqa: PLC0415 - each platform loads its own

        told = MacScreen(target, clock, rate_fps=rate_fps, excluded=excluded)
        return told if excluded else FirstThatOpens(told, ScreenGrabber(target, clock))
    _refuse(excluded, "this system shows its windows together only")
    return ScreenGrabber(target, clock)


def list_screens() -> "tuple[ScreenDevice, ...]":
    """Raises ``SourceUnavailable``."""
    if sys.platform == "linux":
        if is_wayland():  # what its X server says of screens is of no use to the desktop
            message = "the desktop itself asks which one to share"
            raise SourceUnavailable(message, source="screen_list")
        from capture.screen.x11.monitors import list_monitors  # noqa: PLC0415 - each platform loads its own

        return list_monitors()
    from capture.screen import grabber  # noqa: PLC0415 - each platform loads its own

    return grabber.list_screens()


def list_windows() -> "tuple[WindowDevice, ...]":
    """Empty where single windows cannot be recorded. Raises ``SourceUnavailable``."""
    if sys.platform != "linux" or is_wayland():
        return ()
    from capture.screen.x11 import windows  # noqa: PLC0415 - each platform loads its own

    return windows.list_windows()


def _refuse(excluded: Sequence[Window], reason: str) -> None:
    if excluded:
        raise SourceUnavailable(reason, source="exclusion")


def is_wayland() -> bool:
    """Whether this is a session whose screen X11 cannot see."""
    return bool(os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("XDG_SESSION_TYPE") == "wayland"


if sys.platform == "linux":

    def _open_wayland(
        target: Monitor | AllMonitors | Region | Window, clock: Clock, rate_fps: int, tokens: Path | None
    ) -> "ScreenSource":
        from capture.screen.wayland import WaylandScreen  # noqa: PLC0415 - each platform loads its own

        return WaylandScreen(target, clock, rate_fps=rate_fps, tokens=tokens)

    def _open_x11(
        target: Monitor | AllMonitors | Region | Window, clock: Clock, excluded: Sequence[Window]
    ) -> "ScreenSource":
        from capture.screen.fallback import FirstThatOpens  # noqa: PLC0415 - each platform loads its own
        from capture.screen.grabber import ScreenGrabber  # noqa: PLC0415 - each platform loads its own
        from capture.screen.x11.screen import X11Screen  # noqa: PLC0415 - each platform loads its own

        told = X11Screen(target, clock, excluded=excluded)
        if isinstance(target, Window) or excluded:
            return told
        return FirstThatOpens(told, ScreenGrabber(target, clock))
