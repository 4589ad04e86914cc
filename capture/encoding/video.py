"""From pictures to H.264, a frame only where one is needed.

The encoder may be changed at a key frame for another with other options, on the same stream: x264 takes most options
only when it is opened. Which it is, is judged by what it has encoded; at key frames, for there it costs no bytes.
"""

import logging
from typing import Final

from av.error import FFmpegError
from av.video.frame import PictureType, VideoFrame

from capture.encoding.codec import open_codec, set_up, time_base
from capture.encoding.content import Content
from capture.encoding.converter import Picture
from capture.encoding.muxer import Muxer, foreign
from capture.encoding.profiles import Profile, Tuning
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat

logger = logging.getLogger(__name__)

ROUNDING_NS: Final = 100_000
"""Keeps clear of the boundary between two cells: nine ticks of the time base."""


class VideoEncoder:
    """One thread at a time. Times must rise from call to call."""

    def __init__(self, muxer: Muxer, video: VideoFormat, rate_fps: int, profile: Profile) -> None:
        self._muxer = muxer
        self._profile, self._video, self._rate_fps = profile, video, rate_fps
        self._frame_ns = NS_PER_S // rate_fps
        self._keyframe_interval_ns = int(profile.keyframe_interval_s * NS_PER_S)
        self._time_base = time_base(profile, rate_fps)
        self._stream = muxer.add_video(profile.video_codec, rate_fps, profile.options_for(Tuning.TEXT))
        self._stream.time_base = self._time_base
        self._codec = self._stream.codec_context
        set_up(self._codec, profile, video, rate_fps)
        self._content = Content(video, rate_fps)
        self._tuning = self._wanted = Tuning.TEXT
        self._latest: Picture | None = None
        self._latest_ns = -1
        self._keyframe_ns: int | None = None

    @property
    def latest_ns(self) -> int:
        """Timeline instant of the last frame; -1 before the first."""
        return self._latest_ns

    @property
    def tuning(self) -> Tuning:
        return self._tuning

    @property
    def can_be_coarse(self) -> bool:
        return Tuning.COARSE in self._profile.tunings

    def coarsen(self, *, coarse: bool) -> None:
        """Less detail from the next change on; back at the next key frame after it was taken back."""
        self._wanted = Tuning.COARSE if coarse else Tuning.TEXT

    def encode(self, picture: Picture, at_ns: int) -> None:
        """``at_ns`` is on the recording's timeline. Raises ``StorageError``, ``EncoderError``."""
        at_ns = max(at_ns, self._next_cell_ns())
        due = self._is_due(at_ns)
        if due:
            self._begin_group(at_ns)
        else:
            self._content.add_change(at_ns)
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

    def _is_due(self, at_ns: int) -> bool:
        """Whether a group begins: by time, or for another tuning that is needed now."""
        if self._keyframe_ns is None or at_ns - self._keyframe_ns >= self._keyframe_interval_ns:
            return True
        if self._wanted is Tuning.COARSE:
            return self._tuning is not Tuning.COARSE
        if self._tuning is Tuning.MOTION or Tuning.MOTION not in self._profile.tunings:
            return False
        is_early = at_ns - self._keyframe_ns < self._content.sure_ns
        return not is_early and self._content.judge(at_ns) is Tuning.MOTION

    def _begin_group(self, at_ns: int) -> None:
        is_first, self._keyframe_ns = self._keyframe_ns is None, at_ns
        if not is_first:
            self._retune(self._wanted if self._wanted is Tuning.COARSE else self._content.judge(at_ns))

    def _retune(self, tuning: Tuning) -> None:
        """Before a key frame. An encoder whose headers are not those of the file is of no use."""
        if self._profile.options_for(tuning) != self._profile.options_for(self._tuning):
            following = open_codec(self._profile, tuning, self._video, self._rate_fps)
            if following.extradata != self._stream.codec_context.extradata:
                logger.warning("%s cannot be tuned to %s within one file", self._profile.video_codec, tuning)
                return
            self._drain(None)
            self._codec = following
        self._tuning = tuning

    def _write(self, picture: Picture, at_ns: int, kind: PictureType) -> None:
        frame = picture.planes
        if frame.format.name != self._profile.pixel_format:
            frame = frame.reformat(format=self._profile.pixel_format)
        frame.pts = at_ns * self._time_base.denominator // NS_PER_S
        frame.time_base = self._time_base
        frame.pict_type = kind
        self._latest, self._latest_ns = picture, at_ns
        self._drain(frame)

    def _drain(self, frame: VideoFrame | None) -> None:
        try:
            packets = self._codec.encode(frame)
        except (FFmpegError, OSError, ValueError) as error:
            raise foreign(error, self._muxer.path) from error
        for packet in packets:
            packet.stream = self._stream
            if not packet.is_keyframe:
                self._content.add_bytes(packet.size)
        self._muxer.write(packets)
