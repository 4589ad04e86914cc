"""A small picture of a video, and the course of a sound's loudness."""

from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.codec import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from capture.errors import EncoderError

WIDTH_PX: Final = 320
"""Twice what a list shows, for screens of 200 %."""

LOOK_AT: Final = 0.1
"""Of its length: meetings begin with a blank screen."""

RATE_HZ: Final = 8000
"""Enough for loudness."""

FULL_SCALE: Final = 32767


def thumbnail(video: Path) -> bytes:
    """A JPEG. Raises ``EncoderError`` where there is no picture."""
    try:
        return _jpeg(_frame(video))
    except (FFmpegError, ValueError, OSError) as error:
        raise EncoderError(str(error)) from error


def peaks(sound: Path, count: int) -> bytes:
    """The loudest sample of each of ``count`` equal stretches. Raises ``EncoderError`` where there is no sound."""
    try:
        found = _peaks(sound, count)
    except (FFmpegError, ValueError, OSError) as error:
        raise EncoderError(str(error)) from error
    return bytes((found.astype(np.float64) * 255 / FULL_SCALE).clip(0, 255).astype(np.uint8))


def _frame(video: Path) -> VideoFrame:
    with av.open(str(video)) as container:
        if not container.streams.video:
            message = "it has no picture"
            raise ValueError(message)
        if container.duration:
            container.seek(int(container.duration * LOOK_AT))
        for frame in container.decode(video=0):
            return frame
    message = "no picture can be decoded"
    raise ValueError(message)


def _jpeg(frame: VideoFrame) -> bytes:
    height_px = max(2, round(frame.height * WIDTH_PX / frame.width / 2) * 2)
    small = frame.reformat(WIDTH_PX, height_px, "yuvj420p")
    codec = CodecContext.create("mjpeg", "w")
    if not isinstance(codec, VideoCodecContext):
        raise TypeError(codec)
    codec.width, codec.height, codec.pix_fmt, codec.time_base = WIDTH_PX, height_px, "yuvj420p", Fraction(1, 25)
    small.pts = 0
    return b"".join(bytes(packet) for packet in (*codec.encode(small), *codec.encode(None)))


def _peaks(sound: Path, count: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    found = np.zeros(count, np.int32)
    with closing(av.open(str(sound))) as container:
        if not container.streams.audio or not container.duration:
            message = "it has no sound"
            raise ValueError(message)
        total = max(1, container.duration * RATE_HZ // av.time_base)
        resampler = AudioResampler("s16", "mono", RATE_HZ)
        at = 0
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                at += _note(piece, at, total, found)
    return found


def _note(piece: AudioFrame, at: int, total: int, found: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> int:
    samples = np.abs(piece.to_ndarray()[0].astype(np.int32))
    places = np.minimum((at + np.arange(len(samples))) * len(found) // total, len(found) - 1)
    np.maximum.at(found, places, samples)
    return len(samples)
