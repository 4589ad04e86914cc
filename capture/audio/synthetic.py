"""A beep once a second, at the instant of the test picture's flash: for tests, and for trying the program out."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, AudioEvent, AudioFormat, DeviceLost, DeviceRecovered, Samples
from capture.audio.repair import LossReason
from capture.clock import Clock, MonotonicClock
from capture.recording import NS_PER_S, SYNTHETIC_DEVICE, Side
from capture.synthetic import FLASH_LENGTH_NS, FLASH_PERIOD_NS

BEEP_HZ = 1000
AMPLITUDE = 0.5
BLOCK_FRAMES = RATE_HZ // 50
PACE_S = 0.005


@dataclass(frozen=True, slots=True)
class Faults:
    """What a real device does wrong. ``gap_ns``: from, to, counted from the start; nothing is delivered within."""

    drift_ppm: float = 0.0
    jitter_ns: int = 0
    gap_ns: tuple[int, int] | None = None


class SyntheticSource:
    """Samples are what a device with these faults would capture; only the stamps jitter. The same again each time."""

    def __init__(self, side: Side, clock: Clock | None = None, faults: Faults | None = None) -> None:
        self._clock = clock or MonotonicClock()
        self._faults = faults or Faults()
        self._format = AudioFormat(SYNTHETIC_DEVICE, "Test signal", 1 if side is Side.MICROPHONE else 2)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[AudioBlock], None], on_event: Callable[[AudioEvent], None]) -> AudioFormat:
        """The first block begins now."""
        run = _Run(self._format, self._clock, self._faults, on_block, on_event)
        self._thread = threading.Thread(target=self._pace, args=(run,), name=type(self).__name__, daemon=True)
        self._thread.start()
        return self._format

    def stop(self) -> None:
        """Idempotent; may be called by a callback. Final."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _pace(self, run: "_Run") -> None:
        while not self._stopping.wait(PACE_S):
            while not self._stopping.is_set() and run.is_due():
                run.deliver_next()


class _Run:
    """From one start to its stop. Frames are counted; all times follow from their number."""

    def __init__(
        self,
        audio_format: AudioFormat,
        clock: Clock,
        faults: Faults,
        on_block: Callable[[AudioBlock], None],
        on_event: Callable[[AudioEvent], None],
    ) -> None:
        self._format = audio_format
        self._clock = clock
        self._faults = faults
        self._on_block = on_block
        self._on_event = on_event
        self._frame_ns = NS_PER_S / (RATE_HZ * (1 + faults.drift_ppm * 1e-6))
        self._random = np.random.default_rng(0)
        self._start_ns = clock.now_ns()
        self._frame = 0
        self._in_gap = False

    def is_due(self) -> bool:
        return self._clock.now_ns() >= self._time_ns(self._frame + BLOCK_FRAMES)

    def deliver_next(self) -> None:
        captured_ns = self._time_ns(self._frame)
        self._announce_gap(captured_ns)
        if not self._in_gap:
            self._on_block(AudioBlock(self._samples(), captured_ns + self._jitter_ns()))
        self._frame += BLOCK_FRAMES

    def _time_ns(self, frame: int) -> int:
        return self._start_ns + round(frame * self._frame_ns)

    def _jitter_ns(self) -> int:
        limit_ns = self._faults.jitter_ns
        return int(self._random.integers(-limit_ns, limit_ns, endpoint=True))

    def _announce_gap(self, captured_ns: int) -> None:
        begin_ns, end_ns = self._faults.gap_ns or (0, 0)
        in_gap = begin_ns <= captured_ns - self._start_ns < end_ns
        if in_gap and not self._in_gap:
            self._on_event(DeviceLost(self._format.device, LossReason.GAP, captured_ns))
        if self._in_gap and not in_gap:
            self._on_event(DeviceRecovered(self._format.device, captured_ns))
        self._in_gap = in_gap

    def _samples(self) -> Samples:
        frames = np.arange(self._frame, self._frame + BLOCK_FRAMES)
        phase_ns = (self._start_ns % FLASH_PERIOD_NS + frames * self._frame_ns) % FLASH_PERIOD_NS
        tone = AMPLITUDE * np.sin(2 * np.pi * BEEP_HZ / NS_PER_S * phase_ns)
        beep = np.where(phase_ns < FLASH_LENGTH_NS, tone, 0.0).astype(np.float32)
        return np.repeat(beep[:, np.newaxis], self._format.channels, axis=1)
