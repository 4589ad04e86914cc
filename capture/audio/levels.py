"""Loudness in decibels below full scale, and the meter that shows it ten times a second."""

import math
from dataclasses import dataclass

import numpy as np

from capture.audio.base import RATE_HZ, Samples

SILENCE_DBFS = -120.0
"""Stands for digital silence, and for all that is quieter than any converter's noise."""

METER_HZ = 10


@dataclass(frozen=True, slots=True)
class Loudness:
    """Full scale is a sample of 1.0: a sine that reaches it has a peak of 0 and an RMS of -3."""

    peak_dbfs: float
    rms_dbfs: float


def dbfs(amplitude: float) -> float:
    return max(SILENCE_DBFS, 20 * math.log10(amplitude)) if amplitude > 0 else SILENCE_DBFS


def loudness(samples: Samples) -> Loudness:
    """Of a block of any length; the channels count alike."""
    if not samples.size:
        return Loudness(SILENCE_DBFS, SILENCE_DBFS)
    return Loudness(dbfs(_peak(samples)), dbfs(math.sqrt(_power(samples) / samples.size)))


class LevelMeter:
    """Counts samples, not time: what it says does not depend on how the sound was cut into blocks."""

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self._window_frames = rate_hz // METER_HZ
        self._start()

    def push(self, samples: Samples) -> tuple[Loudness, ...]:
        """One reading for each tenth of a second that is now full."""
        readings = []
        while len(samples):
            room = self._window_frames - self._frames
            self._add(samples[:room])
            samples = samples[room:]
            if self._frames == self._window_frames:
                readings.append(Loudness(dbfs(self._peak), dbfs(math.sqrt(self._power / self._values))))
                self._start()
        return tuple(readings)

    def _start(self) -> None:
        self._frames = 0
        self._values = 0
        self._peak = 0.0
        self._power = 0.0

    def _add(self, part: Samples) -> None:
        self._frames += len(part)
        self._values += part.size
        self._peak = max(self._peak, _peak(part))
        self._power += _power(part)


def _peak(samples: Samples) -> float:
    return max(float(samples.max()), -float(samples.min()))


def _power(samples: Samples) -> float:
    flat = samples.ravel()
    return float(np.dot(flat, flat))
