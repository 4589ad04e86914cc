"""A meeting in a simulated room: two voices, a loudspeaker that the microphone hears, and the room's own noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from capture.audio.base import RATE_HZ, Samples

Spans = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Room:
    """How the microphone hears the loudspeaker: so much softer than it plays, so much later, and with its echo."""

    gain_db: float = -17.0
    delay_s: float = 0.035
    reverberation_s: float = 0.3
    noise_dbfs: float = -65.0

    def leak(self, played: Samples) -> Samples:
        """Of the first channel; the echo is 16 dB below what comes straight and fades by 60 dB."""
        random = np.random.default_rng(5)
        frames = round(self.reverberation_s * RATE_HZ)
        echo = 0.15 * random.standard_normal(frames) * 10 ** (-3 * np.arange(frames) / frames)
        echo[0] = 1.0
        response = np.concatenate([np.zeros(round(self.delay_s * RATE_HZ)), echo])
        size = 1 << (len(played) + len(response)).bit_length()
        heard = np.fft.irfft(np.fft.rfft(played[:, 0], size) * np.fft.rfft(response, size), size)[: len(played)]
        scale = np.linalg.norm(played[:, 0]) / max(float(np.linalg.norm(heard)), 1e-9) * 10 ** (self.gain_db / 20)
        return (heard * scale).astype(np.float32)[:, np.newaxis]

    def noise(self, frames: int) -> Samples:
        random = np.random.default_rng(11).standard_normal((frames, 1))
        return (random * 10 ** (self.noise_dbfs / 20)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is said, and when."""

    at_s: float
    voice: Samples

    @property
    def end_s(self) -> float:
        return self.at_s + len(self.voice) / RATE_HZ


@dataclass(frozen=True, slots=True)
class Scene:
    local: Sequence[Line]
    remote: Sequence[Line]
    length_s: float

    def sounds(self, room: Room) -> tuple[Samples, Samples]:
        """What the microphone and the system deliver."""
        played = self._laid_out(self.remote)
        microphone = self._laid_out(self.local) + room.leak(played) + room.noise(len(played))
        return microphone.astype(np.float32), np.repeat(played, 2, axis=1)

    def _laid_out(self, lines: Sequence[Line]) -> Samples:
        sound = np.zeros((round(self.length_s * RATE_HZ), 1), np.float32)
        for line in lines:
            first = round(line.at_s * RATE_HZ)
            sound[first : first + len(line.voice)] += line.voice
        return sound


def spans(lines: Sequence[Line]) -> Spans:
    return [(line.at_s, line.end_s) for line in lines]
