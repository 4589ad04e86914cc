"""The newest picture of a stream, kept up to date by the rows that change, and read when the recorder wants it."""

import threading
from dataclasses import dataclass

import numpy as np

from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.letterbox import Letterbox
from capture.screen.pipewire import Delivery
from capture.screen.rows import Rows, around

SMALLEST_PX = 2
"""Less would have no even size."""

BAND_ROWS = 16
"""Are compared at once: 1080 rows that are equal take 2 ms. Where all has changed, the first band shows it."""


@dataclass(frozen=True, slots=True)
class Change:
    """``rows``: the half-open band of the letterbox's rows that were drawn anew."""

    rows: Rows
    captured_ns: int | None


class Mirror:
    """Thread-safe. ``stirred`` is set by every picture, and cleared by ``take``."""

    def __init__(self) -> None:
        self.stirred = threading.Event()
        self._lock = threading.Lock()
        self._area: Rectangle | None = None
        self._latest: Pixels = np.zeros((0, 0, 4), np.uint8)
        self._rows: Rows | None = None
        self._captured_ns: int | None = None

    @property
    def size_px(self) -> tuple[int, int] | None:
        """Width and height of the newest picture, ``None`` before the first."""
        with self._lock:
            return None if self._area is None else (self._area.width_px, self._area.height_px)

    def put(self, delivery: Delivery) -> None:
        """Copies what has changed. Holds the lock for about 1 ms where that is all of 1920 by 1080 pixels.

        Where all is said to be damaged, or nothing is said, it looks for itself: mutter 43 tells no damage, and wlroots
        may go on sending a screen at rest, all of it damaged, when it has to keep to a frame rate.
        """
        area = _area(delivery)
        if area is None:
            return
        with self._lock:
            if area != self._area:
                self._area = area
                self._latest = np.zeros((area.height_px, area.width_px, 4), np.uint8)
                rows: Rows | None = (0, area.height_px)
            else:
                rows = _damaged_rows(delivery.damage, area)
                if rows == (0, area.height_px):
                    rows = _differing_rows(self._latest, _within(area, delivery.pixels))
            if rows is None:
                return
            self._copy(delivery.pixels, area, rows)
            self._rows = around(self._rows, rows)
            self._captured_ns = delivery.captured_ns
        self.stirred.set()

    def take(self, letterbox: Letterbox) -> Change | None:
        """Draws what has changed since the last ``take``; ``None`` if nothing has."""
        with self._lock:
            self.stirred.clear()
            if self._rows is None:
                return None
            change = Change(letterbox.draw(self._latest, self._rows), self._captured_ns)
            self._rows = None
            return change

    def _copy(self, pixels: Pixels, area: Rectangle, rows: Rows) -> None:
        top, bottom = rows
        source = _within(area, pixels)[top:bottom]
        self._latest[top:bottom, :, : source.shape[2]] = source


def _area(delivery: Delivery) -> Rectangle | None:
    """The part of a delivery that is the picture; ``None`` for one that is too small to be seen."""
    height_px, width_px = delivery.pixels.shape[:2]
    whole = Rectangle(0, 0, width_px, height_px)
    area = whole if delivery.crop is None else delivery.crop.within(whole) or whole
    return area if min(area.width_px, area.height_px) >= SMALLEST_PX else None


def _within(area: Rectangle, pixels: Pixels) -> Pixels:
    return pixels[area.y_px : area.y_px + area.height_px, area.x_px : area.x_px + area.width_px]


def _differing_rows(before: Pixels, now: Pixels) -> Rows | None:
    """To whole bands; ``None`` where the pictures are equal."""
    tops = range(0, len(now), BAND_ROWS)
    first = next((top for top in tops if _differ(before, now, top)), None)
    if first is None:
        return None
    last = next(top for top in reversed(tops) if _differ(before, now, top))
    return (first, min(last + BAND_ROWS, len(now)))


def _differ(before: Pixels, now: Pixels, top: int) -> bool:
    one, other = before[top : top + BAND_ROWS], now[top : top + BAND_ROWS]
    if other.shape[2] == one.shape[2]:
        return not np.array_equal(one.view(np.uint32), other.view(np.uint32))
    return not np.array_equal(one[..., : other.shape[2]], other)


def _damaged_rows(damage: tuple[Rectangle, ...] | None, area: Rectangle) -> Rows | None:
    """In rows of ``area``; ``None`` where only the rest of the picture is damaged."""
    if damage is None:
        return (0, area.height_px)
    return around(*(part.rows_in(area) for part in damage))
