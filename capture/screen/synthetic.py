"""A picture that needs no screen: a square that flashes on the test signal's schedule."""

import numpy as np

from capture.clock import Clock
from capture.recording import TestPattern
from capture.screen.base import Frame, Means, Pixels, Unchanged, VideoFormat
from capture.synthetic import is_lit

DARK = (64, 48, 32, 255)
LIGHT = (255, 255, 255, 255)


class SyntheticScreen:
    """A ``ScreenSource``: white square on a dark ground while the beep of the synthetic audio source sounds."""

    def __init__(self, pattern: TestPattern, clock: Clock) -> None:
        self._format = VideoFormat(pattern.width_px & ~1, pattern.height_px & ~1)
        self._clock = clock
        self._lit: bool | None = None

    @property
    def means(self) -> Means:
        return Means("synthetic")

    def open(self) -> VideoFormat:
        self._lit = None
        return self._format

    def wait(self, limit_s: float) -> None:
        """The schedule is looked at anew each time."""

    def read(self) -> Frame | Unchanged:
        captured_ns = self._clock.now_ns()
        lit = is_lit(captured_ns)
        if lit == self._lit:
            return Unchanged(captured_ns)
        first = self._lit is None
        self._lit = lit
        height = self._format.height_px
        rows = (0, height) if first else (height // 4, height - height // 4)
        return Frame(self._draw(lit=lit), captured_ns, rows)

    def close(self) -> None:
        self._lit = None

    def _draw(self, *, lit: bool) -> Pixels:
        width, height = self._format.width_px, self._format.height_px
        pixels = np.empty((height, width, 4), np.uint8)
        pixels[:] = DARK
        if lit:
            pixels[height // 4 : height - height // 4, width // 4 : width - width // 4] = LIGHT
        return pixels
