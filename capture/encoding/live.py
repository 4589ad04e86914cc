"""A recording as it sounds and looks while it runs, for those who listen in. What nobody asked for costs nothing."""

import base64
import logging
import threading
from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Final, Protocol

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.video.frame import VideoFrame

from capture.audio.base import RATE_HZ, Samples
from capture.encoding.converter import Picture
from capture.events import LivePicture, LiveSound
from capture.recording import NS_PER_S, LiveMedia, Side
from capture.screen.base import Pixels

logger = logging.getLogger(__name__)

LIVE_RATE_HZ = 16_000
"""What speech recognition takes, and what recordings APIs send: 16 bits, one channel."""

PICTURE_PERIOD_S = 0.5
LARGEST_PX: Final = (1280, 720)
PNG_OPTIONS = {"compression_level": "1", "pred": "none"}
"""A screen full of text takes 20 ms instead of 90, and a fifth fewer bytes."""


class Studio(Protocol):
    """What a ``Pipeline`` is to those who listen in."""

    def listen(self, hear: Callable[[Samples], None]) -> None:
        """``hear`` gets the mix, 48 kHz stereo, on the encoding thread. Before the start."""
        ...

    def listen_to(self, side: Side, hear: Callable[[Samples], None]) -> None:
        """As ``listen``, for one side with its own channels."""
        ...

    def seen(self) -> Picture | None:
        """The last picture; ``None`` while none is recorded, or the machine is too busy. Any thread."""
        ...

    def now_ns(self) -> int: ...


class Live:
    """``tell`` is called on two threads. What fails here ends here: the recording goes on."""

    def __init__(self, wanted: Collection[LiveMedia], tell: Callable[[LiveSound | LivePicture], None]) -> None:
        self._wanted = wanted
        self._tell = tell
        self._watching: PictureWatch | None = None

    def attach(self, studio: Studio) -> None:
        if LiveMedia.SOUND in self._wanted:
            studio.listen(SoundTap(self._tell).hear)
        if LiveMedia.SIDES in self._wanted:
            for side in Side:
                studio.listen_to(side, SoundTap(self._tell, side).hear)
        if LiveMedia.PICTURES in self._wanted:
            self._watching = PictureWatch(studio, self._tell)

    def close(self) -> None:
        """Idempotent. No picture is told of after this."""
        if self._watching is not None:
            self._watching.stop()


class SoundTap:
    """One thread at a time."""

    def __init__(self, tell: Callable[[LiveSound], None], side: Side | None = None) -> None:
        self._tell = tell
        self._side = side
        self._resampler = AudioResampler("s16", "mono", LIVE_RATE_HZ)
        self._told_frames = 0
        self._is_broken = False

    def hear(self, mixed: Samples) -> None:
        """48 kHz, one channel or two, without a gap from call to call."""
        if self._is_broken or not len(mixed):
            return
        try:
            layout = "mono" if mixed.shape[1] == 1 else "stereo"
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(mixed).reshape(1, -1), format="flt", layout=layout)
            frame.sample_rate = RATE_HZ
            pieces = [out.to_ndarray() for out in self._resampler.resample(frame)]
        except (FFmpegError, ValueError) as error:
            self._is_broken = True
            logger.warning("nobody can listen in any more: %s", error)
            return
        for piece in pieces:
            at_ns = self._told_frames * NS_PER_S // LIVE_RATE_HZ
            self._told_frames += piece.size
            self._tell(LiveSound(_text(piece.tobytes()), at_ns, self._side))


class PictureWatch:
    """A thread that looks twice a second. A picture that stands is told again, and costs no second encoding."""

    def __init__(self, studio: Studio, tell: Callable[[LivePicture], None]) -> None:
        """Begins."""
        self._studio = studio
        self._tell = tell
        self._latest: tuple[Picture, str] | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-pictures", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._ending.wait(PICTURE_PERIOD_S):
                picture = self._studio.seen()
                if picture is not None:
                    self._tell(LivePicture(self._encoded(picture), self._studio.now_ns()))
        except Exception:  # the top of a thread
            logger.exception("nobody can look on any more")

    def _encoded(self, picture: Picture) -> str:
        if self._latest is None or self._latest[0] is not picture:
            self._latest = picture, _text(png(picture.planes))
        return self._latest[1]


def png(planes: VideoFrame, largest_px: tuple[int, int] = LARGEST_PX) -> bytes:
    """No larger than that, in its own proportions."""
    share = min(1.0, *(most / size for most, size in zip(largest_px, (planes.width, planes.height), strict=True)))
    width_px, height_px = (max(1, round(size * share)) for size in (planes.width, planes.height))
    codec = CodecContext.create("png", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = width_px, height_px, "rgb24", Fraction(1, 1)
    codec.thread_count = 1
    codec.options = PNG_OPTIONS
    small = planes.reformat(width_px, height_px, "rgb24")
    return b"".join(bytes(packet) for packet in (*codec.encode(small), *codec.encode(None)))


def small_picture(pixels: Pixels, largest_px: tuple[int, int]) -> str:
    """As an event takes it."""
    return _text(png(VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgra"), largest_px))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
