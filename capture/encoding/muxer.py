"""Files that stay playable however they end."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
from av.error import FFmpegError

from capture.encoding.mending import mend
from capture.errors import CaptureError, EncoderError
from capture.manifest import storage_error, sync_folder

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

FRAGMENT_US = 400_000
"""A little less than from heartbeat to heartbeat, so that each of them ends a fragment and not only every second one.

A killed process then loses 0.25 to 0.7 s; without ``flush_packets`` up to 3.7 s. On a busy machine the film loses as
much more as its pictures are late, for its sound waits for them. ``max_interleave_delta`` would let it go on: but after
a fragment without a picture the library shows the next one where the last one was thought to end, seconds too early.
"""

PAGE_US = 100_000
"""Of Ogg. The library keeps back the page that is being filled; a page costs 30 bytes."""

MP4_OPTIONS = {"movflags": "+hybrid_fragmented", "frag_duration": str(FRAGMENT_US), "flush_packets": "1"}
SOUND_OPTIONS = {
    ".ogg": {"page_duration": str(PAGE_US), "flush_packets": "1"},
    ".mp3": {"flush_packets": "1"},
}

OF_THE_DISK = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOENT,
}


class Muxer:
    """One media file being written. Fragments reach the disk as they come; ``close`` makes an ordinary file of them.

    What a failure tears, a full disk for one, is cut off when it is closed.

    One thread at a time. Errors of the disk come as ``StorageError``, errors of the library as ``EncoderError``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_torn = False
        options = MP4_OPTIONS if path.suffix == ".mp4" else SOUND_OPTIONS[path.suffix]
        try:
            path.touch()  # the library does it with the first packet, too late to say that it cannot
            self._container: OutputContainer = av.open(str(path), "w", options=dict(options))
        except (FFmpegError, OSError) as error:
            raise foreign(error, path) from error

    def add_video(self, codec: str, rate_fps: int, options: dict[str, str]) -> "VideoStream":
        try:
            return cast("VideoStream", self._container.add_stream(codec, rate=rate_fps, options=options))
        except (FFmpegError, ValueError) as error:
            raise foreign(error, self.path) from error

    def add_audio(self, codec: str, rate_hz: int, layout: str, bit_rate: int, options: dict[str, str]) -> "AudioStream":
        try:
            stream = self._container.add_stream(codec, rate=rate_hz, layout=layout, options=options)
        except (FFmpegError, ValueError) as error:
            raise foreign(error, self.path) from error
        audio = cast("AudioStream", stream)
        audio.bit_rate = bit_rate
        return audio

    def add_like(self, model: "Stream") -> "Stream":
        """For packets that are copied from another file's ``model``."""
        try:
            return self._container.add_stream_from_template(model)
        except (FFmpegError, ValueError) as error:
            raise foreign(error, self.path) from error

    def write(self, packets: "Sequence[Packet[Stream]]") -> None:
        try:
            self._container.mux(packets)
        except (FFmpegError, OSError) as error:
            self._is_torn = True
            raise foreign(error, self.path) from error

    def close(self) -> None:
        """Writes the index and makes the file survive a power cut. Once; afterwards nothing can be written."""
        try:
            with self.path.open("r+b") as file:  # before: it hears of what fails when the library closes its own
                self._container.close()
                os.fsync(file.fileno())
            sync_folder(self.path.parent)
        except (FFmpegError, OSError) as error:
            self._is_torn = True
            raise foreign(error, self.path) from error
        finally:
            if self._is_torn:
                mend(self.path)


def foreign(error: Exception, path: Path) -> CaptureError:
    """What the system refuses is the disk's, anything else the encoder's."""
    number = getattr(error, "errno", None)
    if number in OF_THE_DISK:
        return storage_error(OSError(number, os.strerror(number)), path)
    return EncoderError(f"{path.name}: {error}")
