"""Tells what the microphone hears of the loudspeaker from what the local user says.

Without headphones the other side is heard twice: in the system's sound, and a little later and softer in the
microphone. Who listens to the microphone alone takes that for the local user. Here the loudness of both is compared:
where the microphone's follows the system's, the delay and the gain of the way through the room are learnt, and what is
no louder than these explain is turned down to the room's own noise. Meant for telling who speaks, not for the files.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from capture.audio.base import Samples
from capture.participants.energy import RISE_DB_PER_WINDOW, WINDOW_FRAMES

Levels = NDArray[np.float32]
"""RMS in dBFS, one for each window of 20 ms."""

SPAN = 50
"""One second: the least in which the loudness of one speaker is told from that of another."""

LAGS = 13
"""0 to 240 ms: the room, the converters, and a loudspeaker without a wire."""

HOP = 5
"""Windows that are taken at once: a tenth of a second, so that little is done often."""

LEARNING_HOPS = 4
"""Two or three times in each span: more often teaches nothing new."""

ALIKE = 0.85
"""Correlation over a span: a leak alone has 0.9 and more, another speaker about 0.44."""

AUDIBLE_DBFS = -55.0
FLOOR_DBFS = -100.0
QUIETEST_POWER = 10 ** (FLOOR_DBFS / 10)
SWING_DB = 25.0
"""So far below the loudest of a span lies nothing but noise, on either side."""

LEAST_AUDIBLE = 25
"""Windows of a span in which the other side must be heard: two speakers who only end together are no leak."""

UNEVENNESS_DB = 8.0
"""A room passes some tones better than others: so much louder than its median a leak may be. Nine in ten windows lie
within 4."""

DECAY_DB = 2.0
"""Each window of reverberation is so much softer than the one before: 60 dB in 0.6 s, a room without curtains."""

REVERBERATION = 20
"""Windows after which nothing of it is left."""

SIGNS: Samples = np.random.default_rng(7).choice(np.array([-1, 1], np.float32), (WINDOW_FRAMES, 1))
"""They make noise of a voice, which would be one however soft, and make nothing louder."""

HISTORY = SPAN + HOP + LAGS + REVERBERATION
HOP_FRAMES = HOP * WINDOW_FRAMES


@dataclass(frozen=True, slots=True)
class Coupling:
    """The way from the loudspeaker to the microphone: its delay in windows, and how much louder it is at its end."""

    lag: int
    gain_db: float


@dataclass(frozen=True, slots=True)
class _Window:
    number: int
    samples: Samples
    level_dbfs: float
    room_dbfs: float


class LeakGate:
    """Takes both sides in step, in blocks of any size; gives the microphone without the leak. One thread at a time.

    While the other side is heard a decision may take a second, so that it rests on what follows too; else none.
    """

    def __init__(self) -> None:
        self._rest: tuple[Samples, Samples] | None = None
        self._microphone: Levels = np.full(SPAN, FLOOR_DBFS, np.float32)
        self._system: Levels = np.full(HISTORY, FLOOR_DBFS, np.float32)
        self._undecided: deque[_Window] = deque()
        self._windows = 0
        self._room_dbfs = AUDIBLE_DBFS
        self.coupling: Coupling | None = None
        """As far as it is known."""

    def push(self, microphone: Samples, system: Samples) -> Iterator[Samples]:
        """As many samples of one as of the other. What comes back follows on what came back before, without a hole."""
        if self._rest is not None:
            microphone = np.concatenate([self._rest[0], microphone])
            system = np.concatenate([self._rest[1], system])
        whole = len(microphone) // HOP_FRAMES * HOP_FRAMES
        self._rest = microphone[whole:], system[whole:]
        for start in range(0, whole, HOP_FRAMES):
            self._add(microphone[start : start + HOP_FRAMES], system[start : start + HOP_FRAMES])
            yield from self._decide(SPAN)

    def finish(self) -> Iterator[Samples]:
        """Nothing more comes: the rest."""
        yield from self._decide(0)
        if self._rest is not None:
            yield self._rest[0]

    def _add(self, microphone: Samples, system: Samples) -> None:
        levels = _levels(microphone)
        self._microphone = np.concatenate([self._microphone[HOP:], levels])
        self._system = np.concatenate([self._system[HOP:], _levels(system)])
        for start, level_dbfs in zip(range(0, HOP_FRAMES, WINDOW_FRAMES), levels.tolist(), strict=True):
            self._room_dbfs = min(level_dbfs, self._room_dbfs + RISE_DB_PER_WINDOW)
            samples = microphone[start : start + WINDOW_FRAMES]
            self._undecided.append(_Window(self._windows, samples, level_dbfs, self._room_dbfs))
            self._windows += 1
        if self._windows % (LEARNING_HOPS * HOP) == 0:
            self._learn()

    def _learn(self) -> None:
        delayed = sliding_window_view(self._system[-(SPAN + LAGS - 1) :], SPAN)[::-1]
        audible = np.count_nonzero(delayed > AUDIBLE_DBFS, axis=1)
        if audible.max() < LEAST_AUDIBLE:
            return
        likeness = np.where(audible < LEAST_AUDIBLE, 0, _correlations(_swing(self._microphone), _swing(delayed)))
        lag = int(np.argmax(likeness))
        if likeness[lag] >= ALIKE:
            self.coupling = Coupling(lag, _gain_db(self._microphone, delayed[lag]))
        elif self.coupling is not None and audible[self.coupling.lag] >= LEAST_AUDIBLE:
            gain_db = _gain_db(self._microphone, delayed[self.coupling.lag])
            self.coupling = Coupling(self.coupling.lag, min(gain_db, self.coupling.gain_db))

    def _decide(self, patience: int) -> Iterator[Samples]:
        """``patience``: how many windows to hear, before what is louder than any known leak is the user's."""
        while self._undecided:
            window = self._undecided[0]
            age = self._windows - 1 - window.number
            if self._is_leak(window, age):
                yield window.samples * SIGNS * np.float32(10 ** ((window.room_dbfs - window.level_dbfs) / 20))
            elif age >= patience or not self._may_leak(age):
                yield window.samples
            else:
                return
            self._undecided.popleft()

    def _may_leak(self, age: int) -> bool:
        """Whether the other side was heard shortly before."""
        end = HISTORY - age
        return bool(self._system[end - LAGS - REVERBERATION : end].max() > AUDIBLE_DBFS)

    def _is_leak(self, window: _Window, age: int) -> bool:
        if self.coupling is None:
            return False
        end = HISTORY - age - self.coupling.lag
        heard = self._system[end - REVERBERATION : end] - REVERBERANT_DB
        return window.level_dbfs <= float(heard.max()) + self.coupling.gain_db + UNEVENNESS_DB


REVERBERANT_DB: Levels = (DECAY_DB * np.arange(REVERBERATION)[::-1]).astype(np.float32)


def _levels(samples: Samples) -> Levels:
    windows = samples.reshape(-1, WINDOW_FRAMES * samples.shape[1])
    power = np.einsum("ij,ij->i", windows, windows) / windows.shape[1]
    levels: Levels = 10 * np.log10(np.maximum(power, QUIETEST_POWER))
    return levels


def _swing(levels: Levels) -> Levels:
    swing: Levels = np.maximum(levels, levels.max(axis=-1, keepdims=True) - SWING_DB)
    return swing


def _correlations(levels: Levels, others: Levels) -> Levels:
    """Of ``levels`` with each row of ``others``; 0 where one of the two is constant."""
    one = levels - levels.mean()
    each = others - others.mean(axis=1, keepdims=True)
    size = np.linalg.norm(each, axis=1) * np.linalg.norm(one)
    correlations: Levels = np.divide(each @ one, size, out=np.zeros_like(size), where=size > 0)
    return correlations


def _gain_db(microphone: Levels, delayed: Levels) -> float:
    """The median of the windows in which the other side is loud."""
    loud = delayed > max(AUDIBLE_DBFS, float(delayed.max()) - SWING_DB / 2)
    differences = np.sort((microphone - delayed)[loud])
    return float(differences[len(differences) // 2])
