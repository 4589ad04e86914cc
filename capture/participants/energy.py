"""Is somebody speaking? By loudness above the room's own noise, where there is no model that can be used.

Made for clean microphones and meeting sound: steady noise is learnt and ignored, music and typing are not told from
speech.
"""

from collections.abc import Iterator

import numpy as np

from capture.audio.base import RATE_HZ, Samples
from capture.audio.levels import loudness
from capture.participants.voice_activity import Turn
from capture.recording import NS_PER_S

WINDOW_FRAMES = RATE_HZ // 50
WINDOW_NS = WINDOW_FRAMES * NS_PER_S // RATE_HZ

ABOVE_NOISE_DB = 9.0
"""Speech at a metre stands 15 dB and more above a quiet room; breath and rustle stay below 9."""

QUIETEST_SPEECH_DBFS = -55.0
QUIETEST_ROOM_DBFS = QUIETEST_SPEECH_DBFS - ABOVE_NOISE_DB
"""The floor falls no further: from digital silence, as while muted, it would need half a minute to a room's noise."""

RISE_DB_PER_WINDOW = 0.05
"""The noise floor follows a louder room by 2.5 dB a second, so that a sentence does not become noise."""

WINDOWS_TO_BEGIN = 3
"""60 ms: longer than a click."""

WINDOWS_TO_END = 25
"""500 ms: longer than the pause between two words."""


class EnergyDetector:
    """A ``VoiceActivityDetector``."""

    def __init__(self) -> None:
        self._rest: Samples | None = None
        self._windows = 0
        self._noise_dbfs = QUIETEST_SPEECH_DBFS
        self._speaking = False
        self._streak = 0

    def push(self, samples: Samples) -> Iterator[Turn]:
        joined = samples if self._rest is None else np.concatenate([self._rest, samples])
        whole = len(joined) // WINDOW_FRAMES * WINDOW_FRAMES
        for start in range(0, whole, WINDOW_FRAMES):
            yield from self._judge(loudness(joined[start : start + WINDOW_FRAMES]).rms_dbfs)
        self._rest = joined[whole:]

    def finish(self) -> Iterator[Turn]:
        if self._speaking:
            self._speaking = False
            yield Turn(speaking=False, at_ns=self._windows * WINDOW_NS)

    def _judge(self, level_dbfs: float) -> Iterator[Turn]:
        """One window. The streak counts the windows in a row that contradict the present state."""
        loud = level_dbfs > self._noise_dbfs + ABOVE_NOISE_DB
        self._noise_dbfs = max(QUIETEST_ROOM_DBFS, min(level_dbfs, self._noise_dbfs + RISE_DB_PER_WINDOW))
        self._windows += 1
        self._streak = self._streak + 1 if loud != self._speaking else 0
        if self._streak == (WINDOWS_TO_END if self._speaking else WINDOWS_TO_BEGIN):
            self._speaking = loud
            yield Turn(loud, (self._windows - self._streak) * WINDOW_NS)
            self._streak = 0
