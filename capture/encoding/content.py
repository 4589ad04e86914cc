"""Tells text from video by what the encoder made of the last second, or of less where pictures are large."""

from collections import deque
from typing import Final

from capture.encoding.profiles import Tuning
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat

BUSY_SHARE = 2 / 3
"""Of the frame rate. Text scrolls by lines, ten times a second and not for long; a video changes every time."""

HEAVY_BITS_PER_PIXEL = 0.04
"""Of a picture that changed. At 1080p, balanced: camera 0.045, fractals 0.22; text that scrolls smoothly 0.008."""

SURE_NS: Final = NS_PER_S
SURE_PIXELS: Final = 30 * 1920 * 1080
"""Whichever is less: to search a video for text takes two cores longer than it plays, from 1440p on."""


class Content:
    """One thread at a time."""

    def __init__(self, video: VideoFormat, rate_fps: int) -> None:
        self._picture_pixels = video.width_px * video.height_px
        self._rate_fps = rate_fps
        self.sure_ns = min(SURE_NS, SURE_PIXELS * NS_PER_S // (self._picture_pixels * rate_fps))
        """What is judged by, up to now."""
        self._changes: deque[int] = deque()
        self._pieces: deque[tuple[int, int]] = deque()

    def add_change(self, at_ns: int) -> None:
        """A picture that differs from the one before went in. Times must rise from call to call."""
        self._changes.append(at_ns)
        self._forget(at_ns)

    def add_bytes(self, size_bytes: int) -> None:
        """So much came out, key frames left out."""
        if self._changes:
            self._pieces.append((self._changes[-1], size_bytes))

    def judge(self, at_ns: int) -> Tuning:
        """The tuning for what comes, if it goes on like this."""
        self._forget(at_ns)
        changes, size_bytes = len(self._changes), sum(size for _, size in self._pieces)
        is_busy = changes * NS_PER_S >= BUSY_SHARE * self._rate_fps * self.sure_ns
        is_heavy = size_bytes * 8 >= HEAVY_BITS_PER_PIXEL * changes * self._picture_pixels
        return Tuning.MOTION if changes and is_busy and is_heavy else Tuning.TEXT

    def _forget(self, at_ns: int) -> None:
        while self._changes and self._changes[0] < at_ns - self.sure_ns:
            self._changes.popleft()
        while self._pieces and self._pieces[0][0] < at_ns - self.sure_ns:
            self._pieces.popleft()
