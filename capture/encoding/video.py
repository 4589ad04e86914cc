"""From pictures to H.264 on a base of 1/90000 s, a frame only where one is needed."""

from typing import Final

from av.error import FFmpegError
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange

from capture.encoding.converter import Picture
from capture.encoding.muxer import VIDEO_TIME_BASE, Muxer, foreign
from capture.encoding.profiles import Profile
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat

BT_709: Final = 1
"""H.264's number for the primaries and the transfer of screens."""

BT_601: Final = 6
"""H.264's number for the matrix that the converter uses."""

ROUNDING_NS: Final = 100_000
"""Keeps clear of the boundary between two cells: nine ticks of the time base."""


class VideoEncoder:
    """One thread at a time. Times must rise from call to call."""

    def __init__(self, muxer: Muxer, video: VideoFormat, rate_fps: int, profile: Profile) -> None:
        self._muxer = muxer
        self._frame_ns = NS_PER_S // rate_fps
        self._keyframe_interval_ns = int(profile.keyframe_interval_s * NS_PER_S)
        self._stream = muxer.add_video(profile.video_codec, rate_fps, dict(profile.video_options))
        self._stream.width, self._stream.height = video.width_px, video.height_px
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = VIDEO_TIME_BASE
        codec = self._stream.codec_context
        codec.time_base = VIDEO_TIME_BASE
        codec.gop_size = 10_000_000 // rate_fps  # key frames are asked for by time, and only after a change
        codec.colorspace, codec.color_range = BT_601, ColorRange.MPEG
        codec.color_primaries, codec.color_trc = BT_709, BT_709
        self._latest: Picture | None = None
        self._latest_ns = -1
        self._keyframe_ns: int | None = None

    @property
    def latest_ns(self) -> int:
        """Timeline instant of the last frame; -1 before the first."""
        return self._latest_ns

    def encode(self, picture: Picture, at_ns: int) -> None:
        """``at_ns`` is on the recording's timeline. Raises ``StorageError``, ``EncoderError``."""
        at_ns = max(at_ns, self._next_cell_ns())
        due = self._keyframe_ns is None or at_ns - self._keyframe_ns >= self._keyframe_interval_ns
        if due:
            self._keyframe_ns = at_ns
        self._write(picture, at_ns, PictureType.I if due else PictureType.NONE)

    def repeat(self, at_ns: int) -> None:
        """The heartbeat: what was there is still there. Without it the muxer would hold back the sound."""
        if self._latest is not None:
            self._write(self._latest, at_ns, PictureType.NONE)

    def finish(self, end_ns: int) -> None:
        """The last picture stands until ``end_ns``."""
        last_ns = end_ns - self._frame_ns
        if last_ns > self._next_cell_ns():
            self.repeat(last_ns)
        self._drain(None)

    def _next_cell_ns(self) -> int:
        """The first instant that does not share a cell of the frame rate's grid with the last picture.

        Players and converters that count in frames would otherwise stumble over two pictures in one place. A picture
        is hardly ever moved for it, and by less than a frame.
        """
        if self._latest_ns < 0:
            return 0
        cell = (self._latest_ns + self._frame_ns // 2) // self._frame_ns
        return cell * self._frame_ns + self._frame_ns // 2 + ROUNDING_NS

    def _write(self, picture: Picture, at_ns: int, kind: PictureType) -> None:
        planes = picture.planes
        planes.pts = at_ns * VIDEO_TIME_BASE.denominator // NS_PER_S
        planes.time_base = VIDEO_TIME_BASE
        planes.pict_type = kind
        self._latest, self._latest_ns = picture, at_ns
        self._drain(planes)

    def _drain(self, planes: VideoFrame | None) -> None:
        try:
            packets = self._stream.encode(planes)
        except (FFmpegError, OSError, ValueError) as error:
            raise foreign(error, self._muxer.path) from error
        self._muxer.write(packets)
