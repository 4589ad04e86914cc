"""Tells text from video by what the encoder made of it, one group of pictures after the other."""

from dataclasses import dataclass

from capture.encoding.profiles import Tuning
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat

BUSY_SHARE = 2 / 3
"""Of the frame rate. Text scrolls by lines, ten times a second and not for long; a video changes every time."""

HEAVY_BITS_PER_PIXEL = 0.04
"""Of a picture that changed. At 1080p, balanced: camera 0.045, fractals 0.22; text that scrolls smoothly 0.008."""


@dataclass(slots=True)
class Content:
    """Of the group that is being encoded. One thread at a time."""

    video: VideoFormat
    rate_fps: int
    began_ns: int = 0
    changes: int = 0
    size_bytes: int = 0

    def add_change(self) -> None:
        """A picture that differs from the one before went in."""
        self.changes += 1

    def add_bytes(self, size_bytes: int) -> None:
        """So much came out, key frames left out."""
        self.size_bytes += size_bytes

    def judge(self, at_ns: int) -> Tuning:
        """The tuning for the group that begins at ``at_ns``, if it goes on like the one that ends there."""
        pixels = self.changes * self.video.width_px * self.video.height_px
        is_busy = self.changes * NS_PER_S >= BUSY_SHARE * self.rate_fps * (at_ns - self.began_ns)
        is_heavy = self.size_bytes * 8 >= HEAVY_BITS_PER_PIXEL * pixels
        return Tuning.MOTION if self.changes and is_busy and is_heavy else Tuning.TEXT

    def begin(self, at_ns: int) -> None:
        """A new group."""
        self.began_ns, self.changes, self.size_bytes = at_ns, 0, 0
