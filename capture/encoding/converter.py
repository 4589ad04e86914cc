"""From the screen's pixels to what encoders take: only the rows that changed, the rest is the picture before.

By libyuv where that is installed, thirteen times as fast as by swscale. Libyuv knows no matrix but BT.601, so both use
that: a file looks the same whoever made it.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from numpy.typing import NDArray

from capture import libyuv
from capture.screen.base import Frame, Pixels
from capture.screen.rows import Rows

logger = logging.getLogger(__name__)

REACH_ROWS = 4
"""How far a row is seen in swscale's chroma, which is interpolated: bands are cut where they no longer meet."""

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame as the encoder takes it: YUV 4:2:0, BT.601, limited range. Immutable once made.

    One at the seam of a pause is shown whatever else is left out.
    """

    planes: VideoFrame
    captured_ns: int
    is_seam: bool = False


@dataclass(frozen=True, slots=True)
class Planes:
    """A picture's luma and its two planes of chroma, one after the other in ``memory``."""

    memory: Plane
    luma: Plane
    blue: Plane
    red: Plane

    @classmethod
    def of_size(cls, width_px: int, height_px: int) -> "Planes":
        """Both even. Filled with whatever was there."""
        memory = np.empty((height_px * 3 // 2, width_px), np.uint8)
        luma, chroma = memory[:height_px], memory[height_px:].reshape(2, height_px // 2, width_px // 2)
        return cls(memory, luma, chroma[0], chroma[1])

    def __iter__(self) -> Iterator[Plane]:
        return iter((self.luma, self.blue, self.red))


class Kernel(Protocol):
    """Converts ``rows``, both ends even, of ``pixels`` into their place."""

    def __call__(self, pixels: Pixels, planes: Planes, rows: Rows) -> None: ...


class Converter:
    """Of frames of one size. One thread at a time; lets go of the interpreter's lock."""

    def __init__(self, kernel: Kernel | None = None) -> None:
        """By default the fastest that works here."""
        self._kernel = kernel or load_kernel()
        self._latest: Planes | None = None

    def convert(self, frame: Frame) -> Picture:
        """``changed_rows`` must be all that differs from the frame that was converted before."""
        height_px, width_px = frame.pixels.shape[:2]
        planes = Planes.of_size(width_px, height_px)
        first, last = frame.changed_rows
        rows = (first & ~1, last + (last & 1))
        if self._latest is None:
            rows = (0, height_px)
        elif rows != (0, height_px):
            np.copyto(planes.memory, self._latest.memory)
        self._kernel(frame.pixels, planes, rows)
        self._latest = planes
        return Picture(VideoFrame.from_numpy_buffer(planes.memory, format="yuv420p"), frame.captured_ns)


class LibYuv:
    """A ``Kernel``. Raises ``OSError`` where the library is not installed."""

    def __init__(self) -> None:
        self._convert = libyuv.load().ARGBToI420

    def __call__(self, pixels: Pixels, planes: Planes, rows: Rows) -> None:
        first, last = rows
        targets = (planes.luma[first:], planes.blue[first // 2 :], planes.red[first // 2 :])
        places = [value for target in targets for value in (target.ctypes.data, target.strides[0])]
        self._convert(pixels[first:].ctypes.data, pixels.strides[0], *places, pixels.shape[1], last - first)


class SwScale:
    """A ``Kernel`` that is everywhere: a part of the encoder's own libraries."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def __call__(self, pixels: Pixels, planes: Planes, rows: Rows) -> None:
        top, bottom = _widened(rows, 2 * REACH_ROWS, len(pixels))
        converted = self._scaler.reformat(
            VideoFrame.from_numpy_buffer(pixels[top:bottom], format="bgra"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU601,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        first, last = _widened(rows, REACH_ROWS, len(pixels))
        for source, target, share in zip(converted.planes, planes, (1, 2, 2), strict=True):
            lines = np.frombuffer(memoryview(source), np.uint8).reshape(-1, source.line_size)[:, : target.shape[1]]
            target[first // share : last // share] = lines[(first - top) // share : (last - top) // share]


def _widened(rows: Rows, by_rows: int, height_px: int) -> Rows:
    return max(0, rows[0] - by_rows), min(height_px, rows[1] + by_rows)


def load_kernel() -> Kernel:
    try:
        return LibYuv()
    except OSError as error:
        logger.info("colours are converted by swscale: %s", error)
        return SwScale()
