"""A file with nothing but one track of sound."""

from capture.audio.base import Samples
from capture.encoding.audio import AudioEncoder
from capture.encoding.mp3 import Mp3Encoder
from capture.encoding.muxer import Muxer


class SoundFile:
    """MP3, or Opus in Ogg, by the name's ending. One thread at a time."""

    def __init__(self, muxer: Muxer, channels: int, bit_rate: int) -> None:
        self._muxer = muxer
        self._encoder = (
            Mp3Encoder(muxer, channels, bit_rate)
            if muxer.path.suffix == ".mp3"
            else AudioEncoder(muxer, "libopus", channels, bit_rate)
        )

    def write(self, samples: Samples) -> None:
        self._encoder.encode(samples)

    def close(self) -> None:
        """Once."""
        try:
            self._encoder.finish()
        finally:
            self._muxer.close()
