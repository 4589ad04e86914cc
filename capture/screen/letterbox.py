"""Pictures of any size in a frame of one size: shrunk where they are too large, in the middle, black around them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from capture.screen.base import Pixels, VideoFormat
from capture.screen.rows import Rows

Indices = NDArray[np.intp]

TAPS = (0.25, 0.75)
"""Where a pixel of the frame looks at the picture, in both directions: the mean of four keeps small text readable."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where in the frame a picture of ``source_px`` (width, height) lies; all sizes are even."""

    source_px: tuple[int, int]
    left_px: int
    top_px: int
    width_px: int
    height_px: int

    @property
    def is_exact(self) -> bool:
        return (self.width_px, self.height_px) == self.source_px


class Letterbox:
    """One thread at a time. ``pixels`` is the frame, ``(height, width, 4)``; the next ``draw`` draws over it."""

    def __init__(self, video: VideoFormat) -> None:
        self.pixels: Pixels = np.zeros((video.height_px, video.width_px, 4), np.uint8)
        self._video = video
        self._placement: Placement | None = None

    def draw(self, picture: Pixels, rows: Rows) -> Rows:
        """Draws ``rows`` of the picture; all of them when its size is new. Returns the frame's rows that changed.

        A picture is never enlarged, and loses an odd last row or column.
        """
        height_px, width_px = picture.shape[:2]
        placement = place((width_px & ~1, height_px & ~1), self._video)
        if placement == self._placement:
            return self._draw(picture, placement, rows)
        self._placement = placement
        self.pixels[:] = 0
        self._draw(picture, placement, (0, height_px))
        return (0, self._video.height_px)

    def _draw(self, picture: Pixels, placement: Placement, rows: Rows) -> Rows:
        top, bottom = _shown_rows(placement, rows)
        first, last = placement.top_px + top, placement.top_px + bottom
        target = self.pixels[first:last, placement.left_px : placement.left_px + placement.width_px]
        if placement.is_exact:
            target[:] = picture[top:bottom, : placement.width_px]
        else:
            target[:] = _shrunk(picture, placement, (top, bottom))
        return (first, last)


def place(source_px: tuple[int, int], video: VideoFormat) -> Placement:
    width_px, height_px = source_px
    factor = min(1.0, video.width_px / width_px, video.height_px / height_px)
    width_px, height_px = max(2, round(width_px * factor) & ~1), max(2, round(height_px * factor) & ~1)
    left_px, top_px = (video.width_px - width_px) // 2, (video.height_px - height_px) // 2
    return Placement(source_px, left_px, top_px, width_px, height_px)


def _shown_rows(placement: Placement, rows: Rows) -> Rows:
    """Rows of the picture as rows of where it is shown."""
    factor = placement.height_px / placement.source_px[1]
    top, bottom = math.floor(rows[0] * factor), math.ceil(rows[1] * factor)
    return (min(top, placement.height_px), min(bottom, placement.height_px))


def _shrunk(picture: Pixels, placement: Placement, rows: Rows) -> Pixels:
    total = np.zeros((rows[1] - rows[0], placement.width_px, 4), np.uint16)
    for tap_y in TAPS:
        lines = picture[_looked_at(placement.height_px, placement.source_px[1], tap_y)[rows[0] : rows[1]]]
        for tap_x in TAPS:
            total += lines[:, _looked_at(placement.width_px, placement.source_px[0], tap_x)]
    return (total // len(TAPS) ** 2).astype(np.uint8)


def _looked_at(shown_px: int, source_px: int, tap: float) -> Indices:
    return ((np.arange(shown_px) + tap) * (source_px / shown_px)).astype(np.intp)
