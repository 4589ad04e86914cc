"""When a picture is encoded: as it comes, or once in every cell of the frame rate's grid."""

from typing import Protocol

from capture.encoding.converter import Picture
from capture.encoding.video import VideoEncoder
from capture.recording import NS_PER_S

HEARTBEAT_NS = 500_000_000
"""A picture at least this often, changed or not: the muxer holds sound back until the next picture comes."""


class Cadence(Protocol):
    """One thread at a time; times are the timeline's. Raises ``StorageError``, ``EncoderError``."""

    repeated: int

    def show(self, picture: Picture, at_ns: int) -> None:
        """At ``at_ns``, or as soon after the one before as the file has room."""
        ...

    def beat(self, at_ns: int) -> None:
        """To be called often: what was shown last still stands at ``at_ns``."""
        ...

    def finish(self, end_ns: int) -> None:
        """The last picture stands until ``end_ns``."""
        ...


class AsItComes:
    """A picture where one changed, and where none has for long."""

    def __init__(self, video: VideoEncoder) -> None:
        self._video = video
        self.repeated = 0

    def show(self, picture: Picture, at_ns: int) -> None:
        self._video.encode(picture, at_ns)

    def beat(self, at_ns: int) -> None:
        if at_ns - self._video.latest_ns >= HEARTBEAT_NS:
            self._video.repeat(at_ns)
            self.repeated += 1

    def finish(self, end_ns: int) -> None:
        self._video.finish(end_ns)


class ConstantRate:
    """The latest picture of each cell, and again in every cell in which none came. A frame late, for that."""

    def __init__(self, video: VideoEncoder, rate_fps: int) -> None:
        self._video = video
        self._rate_fps = rate_fps
        self._filled = 0
        self._pending: Picture | None = None
        self.repeated = 0

    def show(self, picture: Picture, at_ns: int) -> None:
        self.beat(at_ns)
        self._pending = picture

    def beat(self, at_ns: int) -> None:
        self._fill(at_ns * self._rate_fps // NS_PER_S)

    def finish(self, end_ns: int) -> None:
        self._fill(max(1, round(end_ns * self._rate_fps / NS_PER_S)))
        self._video.finish(end_ns)

    def _fill(self, cells: int) -> None:
        """Up to so many of them. The first picture also stands for the time before it."""
        while self._filled < cells and (self._pending is not None or self._video.latest_ns >= 0):
            at_ns = -(-self._filled * NS_PER_S // self._rate_fps)
            if self._pending is None:
                self._video.repeat(at_ns)
                self.repeated += 1
            else:
                self._video.encode(self._pending, at_ns)
                self._pending = None
            self._filled += 1
