"""Capture times as devices report them jitter by many milliseconds; the samples themselves came at an even pace."""

import math
import statistics
from collections.abc import Sequence

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock
from capture.recording import NS_PER_S

BANDWIDTH_HZ = 0.5
"""Turns 10 ms of jitter into 2, and has forgotten most of a wrong start within a second."""

DISCONTINUITY_NS = 50_000_000
"""No sound server's jitter reaches this (15 ms at most was seen): time was lost, or the device is another one."""

TRUSTED_SPAN_NS = 100_000_000
"""What the newest blocks agree about for so long is right."""

AGREEMENT_NS = 12_000_000
"""Agreed are stamps no further apart: PulseAudio's latency of a remapped source is either of two, 10 ms apart."""

SHIFT_NS = 12_000_000
"""Averaged stamps wander by half of it. More is a device whose samples come earlier or later than they did before, as
with PipeWire's virtual ones when another program changes the quantum. To stretch the sound so far takes a second."""

LONGEST_HOLD_NS = 350_000_000
"""No longer, whatever the stamps say: a recording waits half a second more for what comes late."""


class TimestampSmoother:
    """A delay-locked loop over (capture time, length) pairs: follows phase and rate of the device's clock.

    The first blocks are averaged evenly, so that it does not take one jittery stamp for the truth. One per stream.
    """

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self._nominal_frame_ns = NS_PER_S / rate_hz
        self._frame_ns = self._nominal_frame_ns
        self._expected_ns: float | None = None
        self._seen_frames = 0

    @property
    def drift_ppm(self) -> float:
        """How much faster than its nominal rate the device runs."""
        return (self._nominal_frame_ns / self._frame_ns - 1) * 1e6

    @property
    def expected_ns(self) -> float | None:
        """When the next block begins, if it follows on the one before; ``None`` before the first."""
        return self._expected_ns

    def smooth(self, captured_ns: int, frames: int) -> int:
        """The better capture time for a block of so many ``frames``; a jump in ``captured_ns`` passes unsmoothed."""
        if self._expected_ns is None or abs(captured_ns - self._expected_ns) > DISCONTINUITY_NS:
            self._restart()
            smooth_ns = float(captured_ns)
        else:
            smooth_ns = self._follow(self._expected_ns, captured_ns - self._expected_ns, frames)
        self._seen_frames += frames
        self._expected_ns = smooth_ns + frames * self._frame_ns
        return round(smooth_ns)

    def _restart(self) -> None:
        self._seen_frames = 0
        self._frame_ns = self._nominal_frame_ns

    def _follow(self, expected_ns: float, error_ns: float, frames: int) -> float:
        omega = 2 * math.pi * BANDWIDTH_HZ * frames * self._nominal_frame_ns / NS_PER_S
        phase_gain = min(1.0, max(math.sqrt(2) * omega, frames / (self._seen_frames + frames)))
        rate_gain = min(1.0, omega * omega)
        self._frame_ns += rate_gain * error_ns / frames
        return expected_ns + phase_gain * error_ns


class Dating:
    """Blocks in as a device stamps them, out with better times; one per stream.

    The stamps of a stream that has just begun, or has jumped, may be wrong by tens of milliseconds. Its first blocks
    are held back for ``hold_ns``, and until their stamps agree, and are then dated by those that agree. If they have
    shifted by too little for a gap, the overlap is cut off, or the hole is silence.
    """

    def __init__(self, rate_hz: int = RATE_HZ, hold_ns: int = 0) -> None:
        self._rate_hz = rate_hz
        self._hold_ns = hold_ns
        self._smoother = TimestampSmoother(rate_hz)
        self._held: list[AudioBlock] = []

    def push(self, block: AudioBlock) -> Sequence[AudioBlock]:
        """Those that need not be held back any more."""
        if not self._held and not (self._hold_ns and self._is_shifted(block.captured_ns)):
            return (self._dated(block),)
        self._held.append(block)
        offsets_ns = self._offsets_ns()
        held_ns = self._length_ns(sum(len(held.samples) for held in self._held))
        newest_ns = self._newest(offsets_ns)
        agreed = max(newest_ns) - min(newest_ns) <= AGREEMENT_NS
        return self.release() if held_ns >= (self._hold_ns if agreed else LONGEST_HOLD_NS) else ()

    def release(self) -> Sequence[AudioBlock]:
        """All that is held back: nothing more comes, or it has been held long enough."""
        if not self._held:
            return ()
        offsets_ns = self._offsets_ns()
        begin_ns = round(statistics.median(self._newest(offsets_ns)))
        held, self._held = self._held, []
        expected_ns = self._smoother.expected_ns
        if expected_ns is not None and SHIFT_NS < abs(begin_ns - expected_ns) <= DISCONTINUITY_NS:
            held, begin_ns = self._joined(held, begin_ns - round(expected_ns)), round(expected_ns)
        dated, frames = [], 0
        for block in held:
            dated.append(self._dated(AudioBlock(block.samples, begin_ns + self._length_ns(frames))))
            frames += len(block.samples)
        return dated

    def _is_shifted(self, captured_ns: int) -> bool:
        expected_ns = self._smoother.expected_ns
        return expected_ns is None or abs(captured_ns - expected_ns) > SHIFT_NS

    def _joined(self, held: Sequence[AudioBlock], late_ns: int) -> list[AudioBlock]:
        """As one that follows on what has been passed on, though it was captured so much later, or earlier."""
        samples = np.concatenate([block.samples for block in held])
        late = round(late_ns * self._rate_hz / NS_PER_S)
        hole = np.zeros((max(0, late), samples.shape[1]), np.float32)
        return [AudioBlock(np.concatenate([hole, samples[max(0, -late) :]]), held[0].captured_ns)]

    def _offsets_ns(self) -> Sequence[int]:
        """When the first held block began, by the stamp of each of them."""
        offsets_ns, frames = [], 0
        for block in self._held:
            offsets_ns.append(block.captured_ns - self._length_ns(frames))
            frames += len(block.samples)
        return offsets_ns

    def _newest(self, offsets_ns: Sequence[int]) -> Sequence[int]:
        """Of the blocks of the trusted span."""
        span_ns = count = 0
        while count < len(self._held) and span_ns < TRUSTED_SPAN_NS:
            count += 1
            span_ns += self._length_ns(len(self._held[-count].samples))
        return offsets_ns[-count:]

    def _dated(self, block: AudioBlock) -> AudioBlock:
        return AudioBlock(block.samples, self._smoother.smooth(block.captured_ns, len(block.samples)))

    def _length_ns(self, frames: int) -> int:
        return frames * NS_PER_S // self._rate_hz
