"""The MP4: picture, and the mix of both sides where sound is recorded."""

from pathlib import Path

import av
from av.error import FFmpegError

from capture.audio.base import Samples
from capture.encoding.audio import AudioEncoder
from capture.encoding.cadence import AsItComes, Cadence, ConstantRate
from capture.encoding.converter import Picture
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import Profile
from capture.encoding.video import VideoEncoder
from capture.screen.base import VideoFormat

MOVIE_NAME = "video_mixed.mp4"


class Movie:
    """One thread at a time. Raises ``StorageError``, ``EncoderError``."""

    def __init__(self, path: Path, video: VideoFormat, rate_fps: int, profile: Profile, *, with_sound: bool) -> None:
        self._muxer = Muxer(path)
        self._video = VideoEncoder(self._muxer, video, rate_fps, profile)
        self._cadence: Cadence = (
            ConstantRate(self._video, rate_fps) if profile.constant_rate else AsItComes(self._video)
        )
        self._sound = None
        if with_sound:
            bit_rate, from_zero = profile.sound_bit_rate, profile.constant_rate
            self._sound = AudioEncoder(self._muxer, "aac", 2, bit_rate, from_zero=from_zero)

    @property
    def repeated(self) -> int:
        """Pictures that were encoded once more. Any thread."""
        return self._cadence.repeated

    @property
    def can_be_coarse(self) -> bool:
        return self._video.can_be_coarse

    def coarsen(self, *, coarse: bool) -> None:
        """Less detail in each picture, for less work; or all of it again."""
        self._video.coarsen(coarse=coarse)

    def show(self, picture: Picture, at_ns: int) -> None:
        """A picture for the timeline's ``at_ns``, or as soon after the one before as the file has room."""
        self._cadence.show(picture, at_ns)

    def beat(self, at_ns: int) -> None:
        """To be called often: the last picture still stands. Repeats it where the file needs that."""
        self._cadence.beat(at_ns)

    def sound(self, mixed: Samples) -> None:
        if self._sound is not None:
            self._sound.encode(mixed)

    def finish(self, end_ns: int) -> None:
        """The last picture stands until ``end_ns``. The file is still open."""
        self._cadence.finish(end_ns)
        if self._sound is not None:
            self._sound.finish()

    def close(self) -> None:
        """Once."""
        self._muxer.close()


def size_of_movie(directory: Path) -> VideoFormat | None:
    """Of a recording's pictures, finished or not; ``None`` where there are none that play."""
    try:
        with av.open(str(directory / MOVIE_NAME)) as container:
            codec = container.streams.video[0].codec_context
            return VideoFormat(codec.width, codec.height)
    except (FFmpegError, OSError, IndexError):
        return None
