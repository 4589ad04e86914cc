"""What the recorders get to see: pictures painted beforehand, so that showing them costs next to nothing.

A film is a still background and an area of it that is painted anew with each update. It is the same in every process
that makes it, so any moment of it can be compared with what was recorded.
"""

import math
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.capture import stamp
from tests.benchmarks.capture.stamp import Pixels
from tests.benchmarks.capture.text import LINE_PX, Page

SEED = 3


class Kind(StrEnum):
    STATIC = "static"
    TYPING = "typing"
    SCROLLING = "scrolling"
    MOTION = "motion"


@dataclass(frozen=True, slots=True)
class Area:
    x_px: int
    y_px: int
    width_px: int
    height_px: int


class Film(Protocol):
    """``background`` is the whole screen. ``area``, stamped with the number of the update, changes; or nothing does.

    Update ``n`` shows the rows of ``strip`` from ``first_row(n)`` on, as many as the area has.
    """

    background: Pixels
    area: Area | None
    strip: Pixels

    def first_row(self, update: int) -> int: ...


class Still:
    """A desktop with three windows that nobody touches."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self.background = _desktop(width_px, height_px)
        self.area: Area | None = None
        self.strip: Pixels = np.empty((0, 0, 4), np.uint8)

    def first_row(self, _: int) -> int:
        return 0


class Typing:
    """A line of text that grows by a letter with each update, on the same desktop. At its end it begins anew."""

    LETTERS = 60
    LINE_WIDTH_PX = 700

    def __init__(self, width_px: int, height_px: int) -> None:
        self.background = _desktop(width_px, height_px)
        line_width_px = min(self.LINE_WIDTH_PX, width_px * 7 // 8 - stamp.WIDTH_PX - 16)
        self.area: Area | None = Area(
            width_px // 8 & ~15, height_px * 2 // 3 & ~15, stamp.WIDTH_PX + line_width_px, stamp.HEIGHT_PX
        )
        words = _log_lines(1)[0]
        with Page(self.area.width_px, self.LETTERS * stamp.HEIGHT_PX, "#ffffff") as page:
            for typed in range(self.LETTERS):
                y_px = typed * stamp.HEIGHT_PX + stamp.BLOCK_PX // 2
                page.write(stamp.WIDTH_PX + 8, y_px, words[: typed + 1] + "|", "#202020")
        self.strip = page.pixels

    def first_row(self, update: int) -> int:
        return update % self.LETTERS * stamp.HEIGHT_PX


class Scrolling:
    """A full-screen terminal in which three lines appear with each update."""

    LINES_PER_UPDATE = 3
    UPDATES = 200

    def __init__(self, width_px: int, height_px: int) -> None:
        lines = self.UPDATES * self.LINES_PER_UPDATE + height_px // LINE_PX + 1
        with Page(width_px, lines * LINE_PX, "#101418") as page:
            for number, line in enumerate(_log_lines(lines)):
                page.write(4, number * LINE_PX, line, "#d0d4d8")
        self.strip = page.pixels
        self.background = self.strip[:height_px].copy()
        self.area: Area | None = Area(0, 0, width_px, height_px)

    def first_row(self, update: int) -> int:
        return update % self.UPDATES * self.LINES_PER_UPDATE * LINE_PX


class Motion:
    """As a video that is played over the whole screen: a camera that moves, things that move against it, grain.

    1.6 s at 30 fps that join without a seam.
    """

    PICTURES = 48
    TILE_PX = 1024
    CAMERA_PX = 64
    GRAIN = 8

    def __init__(self, width_px: int, height_px: int) -> None:
        source = np.random.default_rng(SEED)
        far, near = (_texture(source, self.TILE_PX, steepness) for steepness in (1.2, 0.9))
        self._far, self._near = (np.concatenate((tile, tile), axis=1) for tile in (far, near))
        self._grain = source.integers(0, self.GRAIN, (height_px + 64, width_px, 1), np.uint8)
        self._height_px = height_px
        self.strip = np.empty((self.PICTURES * height_px, width_px, 4), np.uint8)
        for number in range(self.PICTURES):
            self._paint(self.strip[self.first_row(number) :][:height_px], number / self.PICTURES * math.tau)
        self.background = self.strip[:height_px].copy()
        self.area: Area | None = Area(0, 0, width_px, height_px)

    def first_row(self, update: int) -> int:
        return update % self.PICTURES * self._height_px

    def _paint(self, picture: Pixels, angle: float) -> None:
        height_px, width_px = picture.shape[:2]
        self._tile(picture, self._far, *_on_circle(angle, self.CAMERA_PX))
        for thing in range(5):
            y_px, x_px = _on_circle(angle * (1 + thing % 2) + thing, 80 + 20 * thing)
            top, left = height_px * (1 + thing % 3) // 4 + y_px, width_px * (1 + thing) // 6 + x_px
            piece = picture[max(0, top - 90) : top + 90, max(0, left - 120) : left + 120]
            self._tile(piece, self._near, 150 * thing, 90 * thing)
        grain = self._grain[round(angle * 10) :][:height_px]
        picture += grain

    def _tile(self, picture: Pixels, tile: Pixels, y_px: int, x_px: int) -> None:
        rows = np.arange(y_px, y_px + len(picture)) % self.TILE_PX
        for left in range(0, picture.shape[1], self.TILE_PX):
            target = picture[:, left : left + self.TILE_PX]
            first = x_px % self.TILE_PX
            target[:] = tile[rows, first : first + target.shape[1]]


def make(kind: Kind, width_px: int, height_px: int) -> Film:
    """Of a few hundred megabytes for ``MOTION``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    films: Mapping[Kind, Callable[[int, int], Film]] = {
        Kind.STATIC: Still,
        Kind.TYPING: Typing,
        Kind.SCROLLING: Scrolling,
        Kind.MOTION: Motion,
    }
    return films[kind](width_px, height_px)


def shown(film: Film, update: int) -> Pixels:
    """The whole screen after ``update``."""
    screen = film.background.copy()
    if film.area is not None:
        area = film.area
        first = film.first_row(update)
        part = screen[area.y_px : area.y_px + area.height_px, area.x_px : area.x_px + area.width_px]
        part[:] = film.strip[first : first + area.height_px]
        stamp.paint(part, update)
    return screen


def _on_circle(angle: float, radius_px: int) -> tuple[int, int]:
    return round(math.sin(angle) * radius_px), round(math.cos(angle) * radius_px)


def _texture(source: np.random.Generator, size_px: int, steepness: float) -> Pixels:
    """Noise with the spectrum of natural pictures, without seams; dark enough for the grain on top."""
    frequency = np.hypot(np.fft.fftfreq(size_px)[:, np.newaxis], np.fft.rfftfreq(size_px)[np.newaxis])
    frequency[0, 0] = 1.0
    channels = [_normalised(source, frequency**-steepness) for _ in range(3)]
    grey = sum(channels) / len(channels)
    coloured = [0.7 * grey + 0.3 * channel for channel in channels]
    return np.stack([np.clip(128 + 45 * plane, 0, 240).astype(np.uint8) for plane in (*coloured, grey)], axis=-1)


def _normalised(source: np.random.Generator, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    noise = np.fft.irfft2(np.fft.rfft2(source.standard_normal((len(weight), len(weight)))) * weight)
    return np.asarray((noise - noise.mean()) / noise.std(), np.float64)


def _log_lines(count: int) -> list[str]:
    source = random.Random(SEED)
    words = ("error", "info", "GET /index.html", "200", "def main():", "return", "value", "connection reset by peer")
    return [
        f"{number:06d} " + " ".join(f"{source.choice(words)} 0x{source.getrandbits(32):08x}" for _ in range(24))
        for number in range(count)
    ]


def _desktop(width_px: int, height_px: int) -> Pixels:
    lines = _log_lines(height_px // LINE_PX)
    with Page(width_px, height_px, "#1e3c72", "#6a5acd") as page:
        for left, top, wide, high in ((3, 6, 42, 55), (36, 23, 52, 65), (68, 7, 29, 37)):
            x_px, y_px, right_px, bottom_px = (
                *(left * width_px // 100, top * height_px // 100),
                *((left + wide) * width_px // 100, (top + high) * height_px // 100),
            )
            page.fill(x_px, y_px, right_px - x_px, bottom_px - y_px, "#fafafa")
            page.fill(x_px, y_px, right_px - x_px, 28, "#303840")
            for number, line_y_px in enumerate(range(y_px + 36, bottom_px - LINE_PX, LINE_PX)):
                page.write(x_px + 10, line_y_px, lines[number], "#222222", right_px - x_px - 20)
    return page.pixels
