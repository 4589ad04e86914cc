"""Tries an encoder out, in a process of its own: a driver that crashes or hangs must not take a recording along."""

import json
import os
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from av.codec.codec import Codec, UnknownCodecError
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.logging import ERROR, set_level
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from capture.encoding.codec import open_codec, reason_of
from capture.encoding.encoders import Refusal
from capture.encoding.profiles import Profile, Tuning
from capture.errors import EncoderError
from capture.program import ENVIRONMENT, Program, command_of
from capture.screen.base import VideoFormat
from capture.wire import from_document, to_document

COMMAND: Final = (*command_of(Program.CAPTURE), "try-encoder")

PATIENCE_S: Final = 5.0
"""A driver that is loaded for the first time since the machine was started takes a second or two."""

PICTURES: Final = 4
"""Some encoders report their failure with the second."""


class ChildTrial:
    """A ``Trial``. Half a second each, most of it for the child to start."""

    def __init__(self, command: Sequence[str] = COMMAND, patience_s: float = PATIENCE_S) -> None:
        self._command = command
        self._patience_s = patience_s

    def __call__(self, profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
        try:
            Codec(profile.video_codec, "w")
        except UnknownCodecError:
            return Refusal("this build does not have it")
        task = json.dumps({"profile": to_document(profile), "video": to_document(video), "rate_fps": rate_fps})
        try:
            done = subprocess.run(  # noqa: S603 - ourselves
                [*self._command, task],
                stdin=subprocess.DEVNULL,
                env=os.environ | ENVIRONMENT,
                capture_output=True,
                timeout=self._patience_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Refusal(f"it did not answer within {self._patience_s:g} s", is_lasting=False)
        except OSError as error:
            return Refusal(f"it could not be tried: {error.strerror}", is_lasting=False)
        return _refusal(done)


def _refusal(done: "subprocess.CompletedProcess[bytes]") -> Refusal | None:
    if done.returncode == 0:
        return None
    if done.returncode < 0:
        return Refusal(f"it crashed (signal {-done.returncode})")
    return Refusal(done.stdout.decode(errors="replace").strip() or f"it crashed (status {done.returncode})")


def try_here(task: str) -> None:
    """What the child does. Raises ``EncoderError`` where no picture comes out that can be decoded."""
    document = json.loads(task)
    profile, video = from_document(document["profile"], Profile), from_document(document["video"], VideoFormat)
    set_level(ERROR)
    codec = open_codec(profile, Tuning.TEXT, video, document["rate_fps"])
    try:
        shown = _round_trip(codec, profile, video, document["rate_fps"])
    except (FFmpegError, OSError, ValueError) as error:
        raise EncoderError(reason_of(error)) from error
    if shown != PICTURES:
        message = f"{PICTURES} pictures went in, {shown} came out"
        raise EncoderError(message)


def _round_trip(codec: VideoCodecContext, profile: Profile, video: VideoFormat, rate_fps: int) -> int:
    """How many pictures come back."""
    grey = np.full((video.height_px * 3 // 2, video.width_px), 128, np.uint8)
    packets = []
    for number in range(PICTURES):
        frame = VideoFrame.from_ndarray(grey, format="yuv420p").reformat(format=profile.pixel_format)
        frame.pts, frame.time_base = number, Fraction(1, rate_fps)
        packets += codec.encode(frame)
    packets += codec.encode(None)
    decoder = CodecContext.create("h264", "r")
    decoder.extradata = codec.extradata
    return sum(len(decoder.decode(packet)) for packet in [*packets, None])
