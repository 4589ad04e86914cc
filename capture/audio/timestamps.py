"""Capture times as devices report them jitter by many milliseconds; the samples themselves came at an even pace."""

import math

from capture.audio.base import RATE_HZ
from capture.recording import NS_PER_S

BANDWIDTH_HZ = 0.5
"""Turns 10 ms of jitter into 2, and has forgotten most of a wrong start within a second."""

DISCONTINUITY_NS = 50_000_000
"""No sound server's jitter reaches this (15 ms at most was seen): time was lost, or the device is another one."""


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
