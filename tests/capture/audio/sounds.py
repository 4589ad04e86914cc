"""What is played in the tests: two signals that cannot be taken for one another."""

import wave
from pathlib import Path

import numpy as np

from capture.audio.base import RATE_HZ, Samples

BEACON_HZ = 400
BEACON_PERIOD_S = 0.25
BEACON_LENGTH_S = 0.1
"""Bursts whose beginnings tell the time, on the microphone's side."""

TONE_HZ = 3000
"""Without end, on the system's side."""

AMPLITUDE = 0.5
FADE_S = 0.01


def beacon(seconds: float) -> Samples:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    within_s = time_s % BEACON_PERIOD_S
    fade = np.minimum(within_s, BEACON_LENGTH_S - within_s).clip(0, FADE_S) / FADE_S
    burst: Samples = (AMPLITUDE * fade * np.sin(2 * np.pi * BEACON_HZ * time_s)).astype(np.float32)
    return burst[:, np.newaxis]


def tone(seconds: float) -> Samples:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    mono = AMPLITUDE * np.sin(2 * np.pi * TONE_HZ * time_s)
    return np.repeat(mono[:, np.newaxis], 2, axis=1).astype(np.float32)


def write(samples: Samples, path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples * np.iinfo(np.int16).max).astype("<i2").tobytes())
    return path
