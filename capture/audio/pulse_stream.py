"""One record stream of a sound server, bound to one source for good."""

import ctypes

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.audio.libpulse import (
    INVALID_INDEX,
    SAMPLE_FLOAT32,
    Address,
    BufferAttributes,
    OperationState,
    SampleSpec,
    StreamFlags,
    StreamState,
    TimingInfo,
)
from capture.audio.pulse_clock import PulseClock
from capture.audio.pulse_connection import PulseConnection
from capture.audio.repair import CaptureLost, LossReason
from capture.clock import Clock

FRAGMENT_FRAMES = 1024
"""PipeWire's own default quantum: a smaller wish would shrink it for every program on the machine."""

BLOCK_FRAMES = RATE_HZ // 25
"""What comes, in crumbs of a few frames it may be, waits in the library until there are 40 ms of it. More would be a
little cheaper, but what still waits there is lost with the device."""

REST_NS = 250_000_000
"""A device that delivers nothing for so long is at rest, or its server is."""

SAMPLE_BYTES = 4
STREAM_NAME = b"Recording"

FLAGS = StreamFlags.DONT_MOVE | StreamFlags.ADJUST_LATENCY


class PulseStream:
    """Opened with ``open``. It does not own the connection."""

    def __init__(self, connection: PulseConnection, source: str, channels: int, clock: Clock) -> None:
        self._connection = connection
        self._pulse = connection.pulse
        self._source = source.encode()
        self._channels = channels
        self._frame_bytes = channels * SAMPLE_BYTES
        self._now_ns = clock.now_ns
        self._came_ns = clock.now_ns()
        self._readable_bytes = 0
        self._clock = PulseClock(self._frame_bytes, clock)
        self._stream: Address = None
        self._snapshot: Address = None
        self._read_bytes = 0
        self._piece, self._piece_bytes = ctypes.c_void_p(), ctypes.c_size_t()
        self._at_piece, self._at_piece_bytes = ctypes.byref(self._piece), ctypes.byref(self._piece_bytes)

    def open(self) -> None:
        """Raises ``CaptureLost``; ``close`` is due in any case."""
        spec = SampleSpec(SAMPLE_FLOAT32, RATE_HZ, self._channels)
        wishes = BufferAttributes(*[INVALID_INDEX] * 4, FRAGMENT_FRAMES * self._frame_bytes)
        self._stream = self._pulse.stream.new(self._connection.context, STREAM_NAME, ctypes.byref(spec), None)
        if self._pulse.stream.connect_record(self._stream, self._source, ctypes.byref(wishes), FLAGS) < 0:
            raise CaptureLost(LossReason.FAILED)
        self._connection.wait_until(lambda: self._state() != StreamState.CREATING)
        self.check()

    def close(self) -> None:
        """Idempotent."""
        self._forget_snapshot()
        if self._stream is not None:
            self._pulse.stream.disconnect(self._stream)
            self._pulse.stream.unref(self._stream)
            self._stream = None

    @property
    def is_settling(self) -> bool:
        """Its blocks' times are not to be trusted yet; to be read soon again."""
        return self._clock.is_settling

    @property
    def suspended(self) -> bool:
        return self._pulse.stream.is_suspended(self._stream) == 1

    def check(self) -> None:
        """Raises ``CaptureLost`` if this is no longer a stream of its own source."""
        if self._state() != StreamState.READY:
            self._connection.check()
            raise CaptureLost(LossReason.FAILED)
        if self._pulse.stream.get_device_name(self._stream) != self._source:
            raise CaptureLost(LossReason.MOVED)

    def read(self, least_frames: int = BLOCK_FRAMES) -> AudioBlock | None:
        """All that has come; ``None`` when that is too little and more is coming, or when its time is not known yet."""
        readable_bytes = self._pulse.stream.readable_size(self._stream)
        if not readable_bytes:
            self._watch_rest()
            return None
        has_grown, self._readable_bytes = readable_bytes > self._readable_bytes, readable_bytes
        if has_grown and readable_bytes < least_frames * self._frame_bytes:
            return None
        self._look_at_clock()
        captured_ns = self._clock.captured_ns(self._read_bytes)
        if captured_ns is None:
            return None
        self._readable_bytes, self._came_ns = 0, self._now_ns()
        return AudioBlock(self._take(readable_bytes), captured_ns)

    def _state(self) -> int:
        return self._pulse.stream.get_state(self._stream)

    def _watch_rest(self) -> None:
        """What comes after a rest does not follow on what came before it."""
        if self._now_ns() - self._came_ns > REST_NS or self.suspended:
            self._forget_snapshot()
            self._clock.restart()

    def _look_at_clock(self) -> None:
        """Snapshots are asked for, and come a little later."""
        if self._snapshot is None:
            if self._clock.wants_snapshot:
                self._snapshot = self._pulse.stream.update_timing_info(self._stream, None, None)
        elif self._pulse.operation.get_state(self._snapshot) != OperationState.RUNNING:
            self._forget_snapshot()
            address = self._pulse.stream.get_timing_info(self._stream)
            if address is not None:
                self._take_snapshot(TimingInfo.from_address(address))

    def _take_snapshot(self, info: TimingInfo) -> None:
        if not info.read_index_corrupt and not info.write_index_corrupt:
            self._read_bytes = info.read_index_bytes
            self._clock.take(info)

    def _forget_snapshot(self) -> None:
        if self._snapshot is not None:
            self._pulse.operation.unref(self._snapshot)
            self._snapshot = None

    def _take(self, size_bytes: int) -> Samples:
        """A hole in the stream is silence of its length."""
        block = np.zeros((size_bytes // self._frame_bytes, self._channels), np.float32)
        address, taken_bytes = block.ctypes.data, 0
        peek, drop, stream = self._pulse.stream.peek, self._pulse.stream.drop, self._stream  # there may be hundreds
        while taken_bytes < size_bytes:
            failed = peek(stream, self._at_piece, self._at_piece_bytes)
            piece, piece_bytes = self._piece.value, self._piece_bytes.value
            if failed or not 0 < piece_bytes <= size_bytes - taken_bytes:
                raise CaptureLost(LossReason.FAILED)
            if piece is not None:
                ctypes.memmove(address + taken_bytes, piece, piece_bytes)
            drop(stream)
            taken_bytes += piece_bytes
        self._read_bytes += taken_bytes
        return block
