"""Both sides of a meeting in one stereo track that never clips.

Up to the threshold the sum is left as it is. Above it a limiter turns both sides down together, at once and by no more
than ``DEEPEST_GAIN``, and lets go gradually; the rare peak that is left bends instead of breaking. It looks at nothing
that lies ahead, so it adds no delay, and it works sample by sample, so the size of the blocks does not matter.
"""

import math

import numpy as np

from capture.audio.base import RATE_HZ, Samples

CHANNELS = 2

THRESHOLD = 0.70
"""-3.1 dBFS."""

CEILING = 0.80
"""No sample is louder: -1.9 dBFS, so that the wave between two samples stays below -1 dBFS as well."""

DEEPEST_GAIN = 0.75
"""-2.5 dB: however loud one side is, the other is hardly quieter for it. That is what makes pumping inaudible."""

RELEASE_S = 0.1
"""Longer than a period of the deepest voice, shorter than a syllable."""


LOG_THRESHOLD = math.log(THRESHOLD)


class Mixer:
    """Not thread-safe: it remembers how far the limiter has let go."""

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self._release = 1 / (RELEASE_S * rate_hz)
        self._log_envelope = LOG_THRESHOLD

    def mix(self, microphone: Samples, system: Samples) -> Samples:
        """Two blocks of the same length, mono or stereo; the sum is stereo and within ``CEILING``."""
        mixed = np.empty((len(microphone), CHANNELS), np.float32)
        np.add(microphone, system, out=mixed)
        magnitudes = np.abs(mixed)
        is_at_rest = self._log_envelope <= LOG_THRESHOLD and magnitudes.max(initial=0.0) <= THRESHOLD
        if is_at_rest or not len(mixed):
            return mixed
        peaks = np.maximum(magnitudes[:, 0], magnitudes[:, 1])
        return _bend(mixed * self._gains(peaks)[:, np.newaxis])

    def _gains(self, peaks: Samples) -> Samples:
        """The envelope jumps up with each peak and falls exponentially: in logarithms, a running maximum on a slope."""
        slope = self._release * np.arange(1, len(peaks) + 1)
        raised = np.maximum.accumulate(np.log(np.maximum(peaks, THRESHOLD)) + slope)
        log_envelope = np.maximum(raised, self._log_envelope) - slope
        self._log_envelope = max(LOG_THRESHOLD, float(log_envelope[-1]))
        gains: Samples = np.clip(np.exp(LOG_THRESHOLD - log_envelope), DEEPEST_GAIN, 1.0).astype(np.float32)
        return gains


def _bend(samples: Samples) -> Samples:
    """Above the threshold a curve that reaches the ceiling only at infinity, and begins with the slope of a line."""
    room = CEILING - THRESHOLD
    excess = np.maximum(np.abs(samples) - THRESHOLD, 0.0)
    if not excess.any():
        return samples
    bent = np.minimum(np.abs(samples), THRESHOLD) + room * np.tanh(excess / room)
    return np.copysign(bent, samples, dtype=np.float32)
