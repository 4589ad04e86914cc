"""From samples to MP3.

By the LAME of ``lameenc``: the one in PyAV's wheels, built without optimisation, takes three times as long.
"""

from typing import Final, cast

import lameenc
import numpy as np
from av.audio.frame import AudioFrame
from av.error import FFmpegError
from av.packet import Packet, PacketSideData
from av.stream import Stream

from capture.audio.base import RATE_HZ, Samples
from capture.encoding.audio import LAYOUTS, TIME_BASE
from capture.encoding.muxer import Muxer, foreign

FRAME_SAMPLES: Final = 1152
RUN_UP_SAMPLES: Final = 1105
"""LAME's 576, and what every decoder adds."""

QUALITY: Final = 7
"""On LAME's scale, on which 9 is the worst: two thirds of the work of 5, for speech that is as good."""

FULL_SCALE: Final = 32_767


class Mp3Encoder:
    """One track at a constant bit rate, of which each frame takes whole bytes. One thread at a time."""

    def __init__(self, muxer: Muxer, channels: int, bit_rate: int) -> None:
        self._muxer = muxer
        self._ends = _Ends(muxer, channels, bit_rate)
        self._frame_bytes = FRAME_SAMPLES * bit_rate // 8 // RATE_HZ
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_in_sample_rate(RATE_HZ)
        self._lame.set_out_sample_rate(RATE_HZ)
        self._lame.set_channels(channels)
        self._lame.set_bit_rate(bit_rate // 1000)
        self._lame.set_quality(QUALITY)
        self._torn = b""
        self._samples = self._frames = 0

    def encode(self, samples: Samples) -> None:
        """Within ±1.0. Raises ``StorageError``, ``EncoderError``."""
        if not len(samples):
            return
        self._samples += len(samples)
        packets = self._packets(self._lame.encode(np.rint(samples * FULL_SCALE).astype(np.int16).tobytes()))
        self._muxer.write(packets)

    def finish(self) -> None:
        """Raises as ``encode`` does."""
        if not self._samples:
            return
        packets = self._packets(self._lame.flush())
        self._ends.mark_last(packets[-1], self._samples)
        self._muxer.write(packets)

    def _packets(self, data: bytes) -> "list[Packet[Stream]]":
        """All whole frames."""
        data = self._torn + data
        whole_bytes = len(data) - len(data) % self._frame_bytes
        self._torn = data[whole_bytes:]
        return [self._packet(data[at : at + self._frame_bytes]) for at in range(0, whole_bytes, self._frame_bytes)]

    def _packet(self, frame: bytes) -> "Packet[Stream]":
        packet: Packet[Stream] = Packet(frame)
        packet.stream = self._ends.stream
        packet.time_base = TIME_BASE
        packet.pts = packet.dts = self._frames * FRAME_SAMPLES - RUN_UP_SAMPLES
        packet.duration = FRAME_SAMPLES
        if not self._frames:
            self._ends.mark_first(packet)
        self._frames += 1
        return packet


class _Ends:
    """What the file's header tells, so that players leave out what is before the first sample and behind the last.

    Only PyAV's own encoder can say that to the muxer: it encodes a little silence, of which nothing else is used.
    """

    def __init__(self, muxer: Muxer, channels: int, bit_rate: int) -> None:
        self._muxer = muxer
        self._layout = LAYOUTS[channels]
        self._samples = 0
        self.stream = muxer.add_audio("libmp3lame", RATE_HZ, self._layout, bit_rate, {})

    def mark_first(self, packet: "Packet[Stream]") -> None:
        models: list[Packet[Stream]] = []
        while not models:  # how much it holds back depends on the bit rate
            models = self._encode(FRAME_SAMPLES)
        self._mark(packet, models[0])

    def mark_last(self, packet: "Packet[Stream]", samples: int) -> None:
        """``samples``: of the whole track."""
        tail = (samples - 1) % FRAME_SAMPLES + 1
        self._mark(packet, [*self._encode(tail), *self._encode(0)][-1])

    def _mark(self, packet: "Packet[Stream]", model: "Packet[Stream]") -> None:
        PacketSideData.from_packet(model, "skip_samples").to_packet(packet)

    def _encode(self, samples: int) -> "list[Packet[Stream]]":
        """Silence; none is the end of it."""
        frame = self._silence(samples) if samples else None
        self._samples += samples
        try:
            return cast("list[Packet[Stream]]", self.stream.encode(frame))
        except (FFmpegError, OSError, ValueError) as error:
            raise foreign(error, self._muxer.path) from error

    def _silence(self, samples: int) -> AudioFrame:
        frame = AudioFrame(format="fltp", layout=self._layout, samples=samples)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.time_base, frame.pts = RATE_HZ, TIME_BASE, self._samples
        return frame
