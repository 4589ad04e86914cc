"""The MP4: picture, and the mix of both sides where sound is recorded."""

from pathlib import Path

from capture.audio.base import Samples
from capture.encoding.audio import AudioEncoder
from capture.encoding.converter import Picture
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import Profile
from capture.encoding.video import VideoEncoder
from capture.screen.base import VideoFormat

HEARTBEAT_NS = 500_000_000
"""A picture at least this often, changed or not: the muxer holds sound back until the next picture comes."""


class Movie:
    """One thread at a time. Raises ``StorageError``, ``EncoderError``."""

    def __init__(self, path: Path, video: VideoFormat, rate_fps: int, profile: Profile, *, with_sound: bool) -> None:
        self._muxer = Muxer(path)
        self._video = VideoEncoder(self._muxer, video, rate_fps, profile)
        self._sound = AudioEncoder(self._muxer, "aac", 2, profile.sound_bit_rate) if with_sound else None
        self.repeated = 0

    def show(self, picture: Picture, at_ns: int) -> None:
        """A picture for the timeline's ``at_ns``, or as soon after the one before as the file has room."""
        self._video.encode(picture, at_ns)

    def beat(self, at_ns: int) -> None:
        """To be called often; repeats the last picture where it has stood for long."""
        if at_ns - self._video.latest_ns >= HEARTBEAT_NS:
            self._video.repeat(at_ns)
            self.repeated += 1

    def sound(self, mixed: Samples) -> None:
        if self._sound is not None:
            self._sound.encode(mixed)

    def finish(self, end_ns: int) -> None:
        """The last picture stands until ``end_ns``. The file is still open."""
        self._video.finish(end_ns)
        if self._sound is not None:
            self._sound.finish()

    def close(self) -> None:
        """Once."""
        self._muxer.close()
