"""Takes out of the microphone's sound what the loudspeaker played into it, by WebRTC's canceller (``pywebrtc-audio``).

For the mix alone, where that would be heard twice. The canceller cannot always tell an echo from a voice that speaks at
the same time, and least of all with headphones, where there is no echo: there it silenced that voice for half a second
and more. So its word counts only where a leak is known, and only for what is no louder than that leak explains.

In a simulated quiet room, with the leak 17 dB below the voices, 35 dB of it are gone. A voice that speaks alone, or
with headphones, loses nothing; one that is talked over loses nothing in most moments, and 1.7 dB or more in every
twentieth. A leak nearly as loud as the voice (6 dB) costs that voice 1.4 dB in most moments, and much in every sixth.
The first word or two pass as they are, until the leak is known. 20 to 30 ms of a core for a second of sound, half of it
the canceller's.
"""

from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, Samples
from capture.errors import ExtraMissing
from capture.participants.energy import WINDOW_FRAMES
from capture.participants.leak import Coupling, LeakGate

FRAME = RATE_HZ // 100
"""The canceller works on 10 ms; more of them at once is the same, part of one is not."""

DELAY = 430
"""Samples by which its filters delay what passes through; measured, and held by a test."""

SYSTEM_CHANNELS = 2

DECAY_DB = 1.0
"""Each 10 ms of reverberation is so much softer than those before: 60 dB in 0.6 s, a room without curtains."""

MEMORY = 80
"""Frames: the longest way through the room, 240 ms, and what still sounds after it."""

EVEN_DB = 6.0
"""So much louder than on average most of an echo may be."""

CERTAIN_DB = 9.0
"""What is so much louder than the average echo is a voice."""

Levels = NDArray[np.float32]
"""RMS in dBFS, one for each frame of 10 ms."""

SILENT_POWER = 1e-10


class Canceller(Protocol):
    """What is used of the library: one channel of each side, at the same time and of the same length."""

    def process(self, near: Samples, far: Samples) -> Samples: ...


class EchoCanceller:
    """Both sides pass through together, so that they stay in step. One thread at a time."""

    def __init__(self, canceller: Canceller | None = None) -> None:
        """Raises ``ExtraMissing``."""
        self._canceller = canceller or _make()
        self._near = np.zeros(0, np.float32)
        self._far = np.zeros(0, np.float32)
        self._cleaned = np.zeros(0, np.float32)
        self._raw = np.zeros(0, np.float32)
        self._system = np.zeros((0, SYSTEM_CHANNELS), np.float32)
        self._to_skip = DELAY
        self._judge = Judge()

    def push(self, microphone: Samples, system: Samples) -> tuple[Samples, Samples]:
        """Two blocks of one time and length, mono and stereo: what is ready of each, the microphone's without echo.

        What came first comes out first, the system's as it was; at most 20 ms are held back.
        """
        self._near = np.concatenate([self._near, microphone[:, 0]])
        self._far = np.concatenate([self._far, system.mean(axis=1, dtype=np.float32)])
        self._system = np.concatenate([self._system, system])
        self._clean(len(self._near) // FRAME * FRAME)
        return self._in_step(len(self._cleaned) // FRAME * FRAME)

    def finish(self) -> tuple[Samples, Samples]:
        """The rest of each. The last act."""
        rest = len(self._system)
        padding = -len(self._near) % FRAME + FRAME
        self._near = np.pad(self._near, (0, padding))
        self._far = np.pad(self._far, (0, padding))
        self._clean(len(self._near))
        cleaned, system = self._in_step(len(self._cleaned) // FRAME * FRAME)
        return cleaned[:rest], system

    def _clean(self, frames: int) -> None:
        """So many of what waits, less the canceller's own delay."""
        near, self._near = self._near[:frames], self._near[frames:]
        far, self._far = self._far[:frames], self._far[frames:]
        if not frames:
            return
        self._judge.hear(near, far)
        cleaned = self._canceller.process(near, far)[min(self._to_skip, frames) :]
        self._to_skip -= frames - len(cleaned)
        self._cleaned = np.concatenate([self._cleaned, cleaned])
        self._raw = np.concatenate([self._raw, near])

    def _in_step(self, samples: int) -> tuple[Samples, Samples]:
        cleaned, self._cleaned = self._cleaned[:samples], self._cleaned[samples:]
        raw, self._raw = self._raw[:samples], self._raw[samples:]
        system, self._system = self._system[:samples], self._system[samples:]
        echo = self._judge.shares(samples // FRAME)
        return (raw + (cleaned - raw) * echo)[:, np.newaxis], system


class Judge:
    """How much of each frame is echo, from 0 to 1, by the loudness of both sides."""

    def __init__(self) -> None:
        self._gate = LeakGate()
        self._shares = np.zeros(0, np.float32)
        self._far: Levels = np.full(MEMORY, -100, np.float32)
        self._last = np.float32(0)

    def hear(self, near: Samples, far: Samples) -> None:
        """Whole frames."""
        for _ in self._gate.push(near[:, np.newaxis], far[:, np.newaxis]):
            """It is asked for what it learns alone."""
        levels = np.concatenate([self._far, _levels(far)])
        self._far = levels[-MEMORY:]
        self._shares = np.concatenate([self._shares, _shares(_levels(near), levels, self._gate.coupling)])

    def shares(self, frames: int) -> Samples:
        """For each sample of the next ``frames``: it goes evenly from one frame's to the next one's."""
        known, self._shares = self._shares[:frames], self._shares[frames:]
        steps = np.concatenate([[self._last], known])
        self._last = steps[-1]
        ramp = np.arange(1, FRAME + 1, dtype=np.float32) / FRAME
        shares: Samples = (steps[:-1, np.newaxis] + np.diff(steps)[:, np.newaxis] * ramp).reshape(-1).astype(np.float32)
        return shares


def _shares(near: Levels, far: Levels, coupling: Coupling | None) -> Levels:
    """``far`` begins ``MEMORY`` frames before ``near``."""
    if coupling is None:
        return np.zeros(len(near), np.float32)
    ages = np.arange(MEMORY)[::-1]
    fading_db = DECAY_DB * np.maximum(ages - coupling.lag * WINDOW_FRAMES // FRAME, 0)
    heard = (sliding_window_view(far, MEMORY)[1:] - fading_db).max(axis=1)
    louder_db = near - (heard + coupling.gain_db)
    shares: Levels = np.clip((CERTAIN_DB - louder_db) / (CERTAIN_DB - EVEN_DB), 0, 1).astype(np.float32)
    return shares


def _levels(samples: Samples) -> Levels:
    frames = samples.reshape(-1, FRAME)
    levels: Levels = 10 * np.log10(np.maximum(np.einsum("ij,ij->i", frames, frames) / FRAME, SILENT_POWER))
    return levels


def _make() -> Canceller:
    try:
        library = import_module("pywebrtc_audio")
    except ImportError as error:
        message = "the echo canceller is not installed"
        raise ExtraMissing(message, extra="echo") from error
    return cast("Canceller", library.EchoCanceller(sample_rate=RATE_HZ, num_channels=1))
