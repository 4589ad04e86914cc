"""How every encoder of pictures is set up, whichever it is."""

from fractions import Fraction
from typing import Final, cast

from av.codec.context import CodecContext, Flags
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import ColorRange

from capture.encoding.profiles import Profile, Tuning
from capture.errors import EncoderError
from capture.screen.base import VideoFormat

VIDEO_TIME_BASE: Final = Fraction(1, 90_000)

BT_709: Final = 1
"""H.264's number for the primaries and the transfer of screens."""

BT_601: Final = 6
"""H.264's number for the matrix that the converter uses."""


def time_base(profile: Profile, rate_fps: int) -> Fraction:
    """Where every interval is to be equal, the frame rate itself: not every one divides 90 000."""
    return Fraction(1, rate_fps) if profile.constant_rate else VIDEO_TIME_BASE


def set_up(codec: VideoCodecContext, profile: Profile, video: VideoFormat, rate_fps: int) -> None:
    """Everything but the options."""
    codec.width, codec.height = video.width_px, video.height_px
    codec.pix_fmt = profile.pixel_format
    codec.framerate = Fraction(rate_fps)
    codec.time_base = time_base(profile, rate_fps)
    codec.gop_size = 10_000_000 // rate_fps  # key frames are asked for by time, and only after a change
    codec.colorspace, codec.color_range = BT_601, ColorRange.MPEG
    codec.color_primaries, codec.color_trc = BT_709, BT_709


def open_codec(profile: Profile, tuning: Tuning, video: VideoFormat, rate_fps: int) -> VideoCodecContext:
    """An encoder that belongs to no file yet. Raises ``EncoderError``."""
    try:
        codec = cast("VideoCodecContext", CodecContext.create(profile.video_codec, "w"))
        set_up(codec, profile, video, rate_fps)
        codec.flags |= Flags.global_header
        codec.options = profile.options_for(tuning)
        codec.open()
    except (FFmpegError, OSError, ValueError) as error:
        raise EncoderError(reason_of(error)) from error
    return codec


def reason_of(error: Exception) -> str:
    """What the library logged says more than its number, where it keeps that."""
    log = getattr(error, "log", None)
    return str(log[2]).strip() if log else str(error)
