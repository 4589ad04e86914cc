"""The screen by looking at it: grab everything, compare with what was there before.

Works wherever mss does. Its price is a full grab and a comparison at every look, changed or not.
"""

import itertools
import logging
from collections.abc import Mapping

import mss
import numpy as np
from mss.exception import ScreenShotError

from capture.clock import Clock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import AllMonitors, Monitor, Region
from capture.screen.base import Frame, Means, Pixels, ScreenDevice, Unchanged, VideoFormat
from capture.screen.rows import changed_rows

Box = Mapping[str, int]
"""Left, top, width and height, as mss wants them."""

logger = logging.getLogger(__name__)

SMALLEST_PX = 16
"""H.264 codes blocks of 16 by 16."""


class ScreenGrabber:
    """A ``ScreenSource`` over mss, with the pointer drawn in where the system offers it."""

    def __init__(self, target: Monitor | AllMonitors | Region, clock: Clock) -> None:
        self._target = target
        self._clock = clock
        self._screen: mss.MSS | None = None
        self._box: Box = {}
        self._previous: Pixels | None = None

    @property
    def means(self) -> Means:
        return Means("grabber")

    def open(self) -> VideoFormat:
        screen = _connect()
        try:
            self._box = _even(_box(self._target, screen))
        except UnknownDevice:
            screen.close()
            raise
        self._screen = screen
        return VideoFormat(self._box["width"], self._box["height"])

    def wait(self, limit_s: float) -> None:
        """Nobody tells us of changes: any moment is as good as the next."""

    def read(self) -> Frame | Unchanged:
        if self._screen is None:
            message = "the screen is not open"
            raise SourceUnavailable(message)
        captured_ns = self._clock.now_ns()
        pixels = _grab(self._screen, self._box)
        rows = changed_rows(self._previous, pixels)
        if rows is None:
            return Unchanged(captured_ns)
        self._previous = pixels
        return Frame(pixels, captured_ns, rows)

    def close(self) -> None:
        screen, self._screen, self._previous = self._screen, None, None
        if screen is None:
            return
        try:
            screen.close()
        except ScreenShotError as error:
            logger.info("the display had gone before: %s", error)


def list_screens() -> tuple[ScreenDevice, ...]:
    """Raises ``SourceUnavailable``."""
    screen = _connect()
    try:
        monitors = screen.monitors[1:]
    finally:
        screen.close()
    lone = len(monitors) == 1
    return tuple(
        ScreenDevice(
            id=str(number),
            name=monitor.get("name") or monitor.get("output") or f"Screen {number}",
            x_px=monitor["left"],
            y_px=monitor["top"],
            width_px=monitor["width"],
            height_px=monitor["height"],
            is_primary=bool(monitor.get("is_primary")) or lone,
        )
        for number, monitor in zip(itertools.count(1), monitors, strict=False)
    )


def _connect() -> mss.MSS:
    try:
        return mss.MSS(with_cursor=True)
    except (ScreenShotError, OSError) as error:
        raise SourceUnavailable(str(error), source="screen") from error


def _grab(screen: mss.MSS, box: Box) -> Pixels:
    try:
        shot = screen.grab(dict(box))
    except (ScreenShotError, OSError) as error:
        raise SourceUnavailable(str(error), source="screen") from error
    return np.frombuffer(shot.raw, np.uint8).reshape(box["height"], box["width"], 4)


def _box(target: Monitor | AllMonitors | Region, screen: mss.MSS) -> Box:
    everything, *monitors = screen.monitors
    match target:
        case AllMonitors():
            return everything
        case Region():
            return _inside(target, everything)
        case Monitor(id=wanted):
            if not wanted.isdecimal() or not 1 <= int(wanted) <= len(monitors):
                known = ", ".join(str(number) for number in range(1, len(monitors) + 1))
                message = f"there is no screen {wanted}"
                raise UnknownDevice(message, source="screen", device=wanted, known=known)
            return monitors[int(wanted) - 1]


def _inside(region: Region, desktop: Box) -> Box:
    """The part of ``region`` that the desktop has."""
    left, top = max(region.x_px, desktop["left"]), max(region.y_px, desktop["top"])
    right = min(region.x_px + region.width_px, desktop["left"] + desktop["width"])
    bottom = min(region.y_px + region.height_px, desktop["top"] + desktop["height"])
    if right - left < SMALLEST_PX or bottom - top < SMALLEST_PX:
        device = f"{region.x_px},{region.y_px},{region.width_px},{region.height_px}"
        known = f"{desktop['width']}x{desktop['height']}"
        message = "the region is not on the desktop"
        raise UnknownDevice(message, source="region", device=device, known=known)
    return {"left": left, "top": top, "width": right - left, "height": bottom - top}


def _even(box: Box) -> Box:
    return {
        side: box[side] & ~1 if side in {"width", "height"} else box[side]
        for side in ("left", "top", "width", "height")
    }
