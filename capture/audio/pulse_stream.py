"""One record stream of a sound server, bound to one source for good."""

import ctypes
import time

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
    TimingInfo,
)
from capture.audio.pulse_connection import PulseConnection
from capture.audio.repair import CaptureLost, LossReason
from capture.clock import Clock
from capture.recording import NS_PER_S

FRAGMENT_FRAMES = 1024
"""PipeWire's own default quantum: a smaller wish would shrink it for every program on the machine."""

BLOCK_FRAMES = RATE_HZ // 50
"""PulseAudio may deliver crumbs of a few frames; they wait in the library until there are 20 ms of them."""

SAMPLE_BYTES = 4
STREAM_NAME = b"Recording"

FLAGS = StreamFlags.DONT_MOVE | StreamFlags.ADJUST_LATENCY | StreamFlags.AUTO_TIMING_UPDATE

TIMING_PERIOD_NS = 100_000_000
"""Each snapshot of the server's clock is right within 3 ms or so; enough of them are right within one."""


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
        self._asked_ns = 0
        self._snapshot = (0, 0)
        self._origin_ns = 0

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
        captured_ns = self._captured_ns()
        return None if captured_ns is None else AudioBlock(self._take(), captured_ns)

    def _state(self) -> int:
        return self._pulse.stream_get_state(self._stream)

    def _captured_ns(self) -> int | None:
        """When the next sample to be read was captured; of a monitor, when it is heard, which may lie ahead.

        The library could interpolate by itself, but it is wrong by up to 80 ms for seconds after a server's start.
        """
        self._ask_for_timing()
        address = self._pulse.stream_get_timing_info(self._stream)
        info = TimingInfo() if address is None else TimingInfo.from_address(address)
        if address is None or info.read_index_corrupt or info.write_index_corrupt:
            return None
        snapshot = (info.timestamp_s, info.timestamp_us)
        if snapshot != self._snapshot:
            self._snapshot = snapshot
            self._origin_ns = self._origin(info)
        return self._origin_ns + self._duration_ns(info.read_index_bytes)

    def _ask_for_timing(self) -> None:
        """The answer changes the stream's timing information, sooner or later."""
        now_ns = self._clock.now_ns()
        if now_ns - self._asked_ns >= TIMING_PERIOD_NS:
            self._asked_ns = now_ns
            operation = self._pulse.stream_update_timing_info(self._stream, None, None)
            if operation is not None:
                self._pulse.operation_unref(operation)

    def _origin(self, info: TimingInfo) -> int:
        """When the stream's first byte was captured, had its device always run at the nominal rate."""
        snapshot_ns = info.timestamp_s * NS_PER_S + info.timestamp_us * 1000
        snapshot_age_ns: int = time.time_ns() - snapshot_ns  # wall clock: it is what libpulse stamps with
        latency_ns: int = (info.source_us - info.sink_us) * 1000
        return self._clock.now_ns() - snapshot_age_ns - latency_ns - self._duration_ns(info.write_index_bytes)

    def _duration_ns(self, size_bytes: int) -> int:
        return size_bytes // self._frame_bytes * NS_PER_S // RATE_HZ

    def _take(self) -> Samples:
        pieces, block_bytes = bytearray(), BLOCK_FRAMES * self._frame_bytes
        while len(pieces) < block_bytes:
            pieces += self._take_piece()
        return np.frombuffer(pieces, np.float32).reshape(-1, self._channels)

    def _take_piece(self) -> bytes:
        """One fragment; a hole in the stream is silence of its length."""
        data, size_bytes = ctypes.c_void_p(), ctypes.c_size_t()
        if self._pulse.stream_peek(self._stream, ctypes.byref(data), ctypes.byref(size_bytes)) < 0:
            raise CaptureLost(LossReason.FAILED)
        if not size_bytes.value:
            raise CaptureLost(LossReason.FAILED)
        is_hole = data.value is None
        piece = bytes(size_bytes.value) if is_hole else ctypes.string_at(data, size_bytes.value)
        self._pulse.stream_drop(self._stream)
        return piece
