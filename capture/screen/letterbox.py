"""Pictures of any size in a frame of one size: shrunk where they are too large, in the middle, black around them."""

import logging
import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from capture import libyuv
from capture.screen.base import Pixels, VideoFormat
from capture.screen.rows import Rows

logger = logging.getLogger(__name__)

Indices = NDArray[np.intp]

TAPS = (0.25, 0.75)
"""Where a pixel of the frame looks at the picture, in both directions: the mean of four keeps small text readable."""


REACH_ROWS = 1
"""How far a row of the picture may be seen beyond where it lies."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where in the frame a picture of ``source_px`` (width, height) lies; all sizes are even."""

    source_px: tuple[int, int]
    left_px: int
    top_px: int
    width_px: int
    height_px: int

    def slices(self) -> tuple[slice, slice]:
        """Of the frame."""
        return slice(self.top_px, self.top_px + self.height_px), slice(self.left_px, self.left_px + self.width_px)

    @property
    def is_exact(self) -> bool:
        return (self.width_px, self.height_px) == self.source_px


class Shrink(Protocol):
    """Draws ``picture``, of the placement's source size, smaller: those ``rows`` of ``target``, which is all of it."""

    def __call__(self, picture: Pixels, target: Pixels, rows: Rows) -> None: ...


class Letterbox:
    """One thread at a time. ``pixels`` is the frame, ``(height, width, 4)``; the next ``draw`` draws over it."""

    def __init__(self, video: VideoFormat, shrink: Shrink | None = None) -> None:
        """``shrink``: by default the fastest that works here."""
        self._shrink = shrink or load_shrink()
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
        target = self.pixels[placement.slices()]
        if placement.is_exact:
            target[top:bottom] = picture[top:bottom, : placement.width_px]
        else:
            width_px, height_px = placement.source_px
            self._shrink(picture[:height_px, :width_px], target, (top, bottom))
        return (placement.top_px + top, placement.top_px + bottom)


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
    if not placement.is_exact:
        top, bottom = max(0, top - REACH_ROWS), bottom + REACH_ROWS
    return (min(top, placement.height_px), min(bottom, placement.height_px))


class ScaledByLibYuv:
    """A ``Shrink``. Raises ``OSError`` where the library is not installed."""

    def __init__(self) -> None:
        self._scale = libyuv.load().ARGBScaleClip

    def __call__(self, picture: Pixels, target: Pixels, rows: Rows) -> None:
        first, last = rows
        height_px, width_px = target.shape[:2]
        self._scale(
            *(picture.ctypes.data, picture.strides[0], picture.shape[1], picture.shape[0]),
            *(target.ctypes.data, target.strides[0], width_px, height_px),
            *(0, first, width_px, last - first, libyuv.BOX_FILTER),
        )


def scaled_by_numpy(picture: Pixels, target: Pixels, rows: Rows) -> None:
    """A ``Shrink`` that is everywhere."""
    height_px, width_px = target.shape[:2]
    total = np.zeros((rows[1] - rows[0], width_px, 4), np.uint16)
    for tap_y in TAPS:
        lines = picture[_looked_at(height_px, picture.shape[0], tap_y)[rows[0] : rows[1]]]
        for tap_x in TAPS:
            total += lines[:, _looked_at(width_px, picture.shape[1], tap_x)]
    target[rows[0] : rows[1]] = total // len(TAPS) ** 2


def load_shrink() -> Shrink:
    try:
        return ScaledByLibYuv()
    except OSError as error:
        logger.info("pictures are scaled by numpy: %s", error)
        return scaled_by_numpy


def _looked_at(shown_px: int, source_px: int, tap: float) -> Indices:
    return ((np.arange(shown_px) + tap) * (source_px / shown_px)).astype(np.intp)
