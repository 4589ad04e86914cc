"""Pictures as the encoder takes them, and what a file shows of them."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from capture.encoding.converter import Converter, Picture
from capture.screen.base import Pixels
from tests.fakes.sources import frame

KR, KB = 0.299, 0.114
"""BT.601's share of red and blue in luma."""


@dataclass(frozen=True, slots=True)
class Shown:
    """``rgb`` has the shape ``(height, width, 3)``; it was computed here, by BT.601 in limited range."""

    at_s: float
    is_key: bool
    rgb: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Film:
    pictures: list[Shown]
    colorspace: int
    color_range: int
    duration_s: float


def picture(pixels: Pixels, captured_ns: int = 0) -> Picture:
    return Converter().convert(frame(pixels, captured_ns))


def watch(path: Path) -> Film:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        shown = [
            Shown(float(decoded.time or 0), bool(decoded.key_frame), _rgb(decoded))
            for decoded in container.decode(stream)
        ]
        codec = stream.codec_context
        length = (stream.duration or 0) * (stream.time_base or Fraction(1))
        return Film(shown, int(codec.colorspace), int(codec.color_range), float(length))


def _rgb(decoded: av.VideoFrame) -> NDArray[np.float64]:
    assert decoded.format.name == "yuv420p"
    luma, blue, red = (_plane(plane) for plane in decoded.planes)
    y = (luma - 16) / 219
    cb, cr = ((np.kron(chroma, np.ones((2, 2))) - 128) / 224 for chroma in (blue, red))
    r, b = y + 2 * (1 - KR) * cr, y + 2 * (1 - KB) * cb
    g = (y - KR * r - KB * b) / (1 - KR - KB)
    return (np.stack([r, g, b], axis=-1) * 255).clip(0, 255)


def _plane(plane: av.video.plane.VideoPlane) -> NDArray[np.float64]:
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    values: NDArray[np.float64] = rows[:, : plane.width].astype(np.float64)
    return values
