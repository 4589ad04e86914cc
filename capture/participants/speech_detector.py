"""Is somebody speaking? By Silero VAD, which tells speech from music, typing and all other sound."""

from collections.abc import Iterator

import numpy as np

from capture.audio.base import RATE_HZ, Samples
from capture.participants.decimator import Decimator, Mono
from capture.participants.silero import WINDOW, Listener, Network
from capture.participants.turns import TurnTaking
from capture.participants.voice_activity import Turn
from capture.recording import NS_PER_S

BATCH = 8 * WINDOW
"""A quarter of a second: one by one the windows would cost three times as much. Always as many, so that what is found
does not depend on how the sound was cut."""

SILENT = 1e-4
"""-80 dBFS: there is no voice in that."""


class SpeechDetector:
    """A ``VoiceActivityDetector``."""

    def __init__(self, network: Network) -> None:
        self._decimator = Decimator()
        self._listener = Listener(network)
        self._turns = TurnTaking()
        self._waiting: Mono = np.zeros(0, np.float32)
        self._frames = 0
        self._is_silent = False

    def push(self, samples: Samples) -> Iterator[Turn]:
        self._frames += len(samples)
        self._waiting = np.concatenate([self._waiting, self._decimator.push(samples)])
        while len(self._waiting) >= BATCH:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            yield from self._judge(batch)

    def finish(self) -> Iterator[Turn]:
        """The last window is filled up with silence."""
        rest = np.concatenate([self._waiting, self._decimator.finish()])
        rest = np.pad(rest, (0, -len(rest) % WINDOW))
        for first in range(0, len(rest), BATCH):
            yield from self._judge(rest[first : first + BATCH])
        yield from self._turns.finish(self._frames * NS_PER_S // RATE_HZ)

    def _judge(self, windows: Mono) -> Iterator[Turn]:
        for probability in self._probabilities(windows):
            yield from self._turns.hear(probability)

    def _probabilities(self, windows: Mono) -> list[float]:
        """The network remembers the first silence of several, and is spared the others."""
        was_silent, self._is_silent = self._is_silent, bool(np.abs(windows).max() < SILENT)
        if was_silent and self._is_silent:
            return [0.0] * (len(windows) // WINDOW)
        probabilities: list[float] = self._listener.hear(windows).tolist()
        return probabilities
