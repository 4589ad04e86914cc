"""Pictures one by one, each small and needing no other: for those of which most are thrown away."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from av import Packet
from av.codec import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from capture.encoding.converter import Picture
from capture.errors import EncoderError

OPTIONS: Final[Mapping[str, str]] = {"strict": "unofficial", "qmin": "2", "qmax": "2", "flags": "+qscale"}
"""The finest that JPEG has: of text, every value within 14 of 255 and on average within one. ``unofficial`` allows
limited range."""

LIMITED_RANGE: Final = 1


class StillEncoder:
    """To JPEG, all of one size; 17 ms at 1080p. One thread at a time."""

    def __init__(self) -> None:
        self._codec = _video(CodecContext.create("mjpeg", "w"))
        self._codec.pix_fmt = "yuv420p"
        self._codec.time_base = Fraction(1, 1000)
        self._codec.color_range = LIMITED_RANGE
        self._codec.options = dict(OPTIONS)
        self._codec.thread_count = 1
        self._encoded = 0

    def encode(self, picture: Picture) -> bytes:
        """Raises ``EncoderError``."""
        frame = picture.planes
        if not self._encoded:
            self._codec.width, self._codec.height = frame.width, frame.height
        frame.pts = self._encoded
        self._encoded += 1
        try:
            return b"".join(map(bytes, self._codec.encode(frame)))
        except (FFmpegError, ValueError) as error:
            raise EncoderError(str(error)) from error


class StillDecoder:
    """One thread at a time."""

    def __init__(self) -> None:
        self._codec = _video(CodecContext.create("mjpeg", "r"))

    def decode(self, still: bytes) -> VideoFrame:
        """Raises ``EncoderError``."""
        try:
            (frame,) = self._codec.decode(Packet(still))
        except (FFmpegError, ValueError) as error:
            raise EncoderError(str(error)) from error
        return frame


def _video(codec: CodecContext) -> VideoCodecContext:
    if not isinstance(codec, VideoCodecContext):
        message = "JPEG is not taken for a video codec"
        raise EncoderError(message)
    return codec
