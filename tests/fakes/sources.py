"""A screen that shows what it is told to, and blocks of sound with known content."""

import queue
import threading
from collections.abc import Sequence

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.clock import Clock
from capture.errors import CaptureError
from capture.recording import NS_PER_S
from capture.screen.base import Frame, Means, Pixels, Unchanged, VideoFormat

BLOCK_NS = 20_000_000
WAIT_LIMIT_S = 10.0

RGB = tuple[int, int, int]


class FakeScreen:
    """A ``ScreenSource`` that gives a look for each time it is nudged; an error given instead is raised."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._nudges: queue.SimpleQueue[CaptureError | None] = queue.SimpleQueue()
        self._nudged = threading.Semaphore(0)
        self.reads = 0
        self.closed = 0
        self.is_waited_for = threading.Event()

    def nudge(self, error: CaptureError | None = None) -> None:
        self._nudges.put(error)
        self._nudged.release()

    @property
    def means(self) -> Means:
        return Means("fake")

    def open(self) -> VideoFormat:
        return VideoFormat(64, 36)

    def wait(self, limit_s: float) -> None:
        self.is_waited_for.set()
        self._nudged.acquire(timeout=limit_s)

    def read(self) -> Frame | Unchanged:
        self.reads += 1
        error = None if self._nudges.empty() else self._nudges.get()
        if error is not None:
            raise error
        return Unchanged(self._clock.now_ns())

    def close(self) -> None:
        self.closed += 1


def bars(colours: Sequence[RGB], width_px: int = 640, height_px: int = 360) -> Pixels:
    """Upright bars of the same width, as a grab of the screen has them."""
    pixels = np.empty((height_px, width_px, 4), np.uint8)
    for colour, bar in zip(colours, np.array_split(np.arange(width_px), len(colours)), strict=True):
        pixels[:, bar] = (*reversed(colour), 255)
    return pixels


def frame(pixels: Pixels, captured_ns: int) -> Frame:
    return Frame(pixels, captured_ns, (0, len(pixels)))


def tone(seconds: float, hz: float = 440, amplitude: float = 0.5, channels: int = 1) -> Samples:
    wave = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.repeat(wave.astype(np.float32)[:, np.newaxis], channels, axis=1)


def silence(seconds: float, channels: int = 1) -> Samples:
    return np.zeros((round(seconds * RATE_HZ), channels), np.float32)


def blocks(samples: Samples, captured_ns: int) -> list[AudioBlock]:
    """As a device without faults delivers them: 20 ms each, the first captured at ``captured_ns``."""
    size = BLOCK_NS * RATE_HZ // NS_PER_S
    pieces = np.split(samples, range(size, len(samples), size))
    return [AudioBlock(piece, captured_ns + number * BLOCK_NS) for number, piece in enumerate(pieces)]
