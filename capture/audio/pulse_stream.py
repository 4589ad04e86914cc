"""One record stream of a sound server, bound to one source for good."""

import ctypes

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.audio.libpulse import (
    INVALID_INDEX,
    SAMPLE_FLOAT32,
    Address,
    BufferAttributes,
    SampleSpec,
    StreamFlags,
    StreamState,
)
from capture.audio.pulse_connection import PulseConnection
from capture.audio.repair import CaptureLost, LossReason
from capture.clock import Clock

FRAGMENT_FRAMES = 1024
"""PipeWire's own default quantum: a smaller wish would shrink it for every program on the machine."""

BLOCK_FRAMES = RATE_HZ // 50
"""PulseAudio may deliver crumbs of a few frames; they wait in the library until there are 20 ms of them."""

SAMPLE_BYTES = 4
STREAM_NAME = b"Recording"

FLAGS = (
    StreamFlags.DONT_MOVE | StreamFlags.ADJUST_LATENCY | StreamFlags.INTERPOLATE_TIMING | StreamFlags.AUTO_TIMING_UPDATE
)


class PulseStream:
    """Opened with ``open``. It does not own the connection."""

    def __init__(self, connection: PulseConnection, source: str, channels: int, clock: Clock) -> None:
        self._connection = connection
        self._pulse = connection.pulse
        self._source = source.encode()
        self._channels = channels
        self._frame_bytes = channels * SAMPLE_BYTES
        self._clock = clock
        self._stream: Address = None

    def open(self) -> None:
        """Raises ``CaptureLost``; ``close`` is due in any case."""
        spec = SampleSpec(SAMPLE_FLOAT32, RATE_HZ, self._channels)
        wishes = BufferAttributes(*[INVALID_INDEX] * 4, FRAGMENT_FRAMES * self._frame_bytes)
        self._stream = self._pulse.stream_new(self._connection.context, STREAM_NAME, ctypes.byref(spec), None)
        if self._pulse.stream_connect_record(self._stream, self._source, ctypes.byref(wishes), FLAGS) < 0:
            raise CaptureLost(LossReason.FAILED)
        self._connection.wait_until(lambda: self._state() != StreamState.CREATING)
        self.check()

    def close(self) -> None:
        """Idempotent."""
        if self._stream is not None:
            self._pulse.stream_disconnect(self._stream)
            self._pulse.stream_unref(self._stream)
            self._stream = None

    @property
    def suspended(self) -> bool:
        return self._pulse.stream_is_suspended(self._stream) == 1

    def check(self) -> None:
        """Raises ``CaptureLost`` if this is no longer a stream of its own source."""
        if self._state() != StreamState.READY:
            raise CaptureLost(LossReason.FAILED)
        if self._pulse.stream_get_device_name(self._stream) != self._source:
            raise CaptureLost(LossReason.MOVED)

    def read(self) -> AudioBlock | None:
        """The next 20 ms or a little more; ``None`` when there is less, or when its time is not known yet."""
        if self._pulse.stream_readable_size(self._stream) < BLOCK_FRAMES * self._frame_bytes:
            return None
        age_ns = self._age_ns()
        if age_ns is None:
            return None
        captured_ns = self._clock.now_ns() - age_ns
        return AudioBlock(self._take(), captured_ns)

    def _state(self) -> int:
        return self._pulse.stream_get_state(self._stream)

    def _age_ns(self) -> int | None:
        """How long ago the next sample to be read was captured. Below zero for a monitor: it will be heard then."""
        age_us, is_negative = ctypes.c_uint64(), ctypes.c_int()
        if self._pulse.stream_get_latency(self._stream, ctypes.byref(age_us), ctypes.byref(is_negative)) < 0:
            return None
        return age_us.value * (-1000 if is_negative.value else 1000)

    def _take(self) -> Samples:
        pieces: list[Samples] = []
        while sum(map(len, pieces)) < BLOCK_FRAMES:
            pieces.append(self._take_piece())
        return np.concatenate(pieces)

    def _take_piece(self) -> Samples:
        """One fragment; a hole in the stream is silence of its length."""
        data, size_bytes = ctypes.c_void_p(), ctypes.c_size_t()
        if self._pulse.stream_peek(self._stream, ctypes.byref(data), ctypes.byref(size_bytes)) < 0:
            raise CaptureLost(LossReason.FAILED)
        if not size_bytes.value:
            raise CaptureLost(LossReason.FAILED)
        piece = np.zeros((size_bytes.value // self._frame_bytes, self._channels), np.float32)
        if data.value is not None:
            ctypes.memmove(piece.ctypes.data, data.value, piece.nbytes)
        self._pulse.stream_drop(self._stream)
        return piece
