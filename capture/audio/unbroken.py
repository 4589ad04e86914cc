"""What a machine plays, without holes: where nothing plays, some systems deliver nothing at all, not even zeros."""

from collections.abc import Iterator

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.recording import NS_PER_S

BLOCK_FRAMES = RATE_HZ // 50

QUIET_NS = 100_000_000
"""Sound that has been captured arrives sooner than this: what lies further back, and has not come, was silence."""

WAKING_NS = 20_000_000
"""More than arrival times jitter by. A device that begins to play again is late by what it did not say before."""

LOST_NS = 500_000_000
"""As much as a device keeps for us: what is missing beyond it does not come any more."""

LONGEST_SILENCE_NS = 10 * NS_PER_S
"""Under Windows the clock goes on while the machine sleeps: a night is no silence that anyone should hold in memory."""

FASTEST_DRIFT = 0.001
"""Ten times what a bad clock drifts, and slow beside the jitter of arrivals."""


class Unbroken:
    """Chunks as they arrive in, blocks of 20 ms with their capture times out. One thread at a time.

    A chunk may arrive late, never early: the earliest arrivals tell the time, and a thread that was held up does not.
    """

    def __init__(self, channels: int, now_ns: int) -> None:
        """From ``now_ns`` on it goes without a hole."""
        self._held = np.zeros((0, channels), np.float32)
        self._end_ns = now_ns
        self._is_silent = True

    def take(self, samples: Samples, arrived_ns: int) -> Iterator[AudioBlock]:
        """``samples`` are kept; their last one was captured just before ``arrived_ns`` at the latest."""
        length_ns = len(samples) * NS_PER_S // RATE_HZ
        late_ns = arrived_ns - length_ns - self._end_ns
        sounds = bool(samples.any())
        if late_ns > LOST_NS or (self._is_silent and sounds and late_ns > WAKING_NS):
            yield from self._pass_over(late_ns)
            late_ns = 0
        self._is_silent = not sounds
        self._held = np.concatenate([self._held, samples])
        self._end_ns += length_ns + min(late_ns, round(length_ns * FASTEST_DRIFT))
        yield from self._blocks()

    def wait(self, now_ns: int) -> Iterator[AudioBlock]:
        """Nothing has come until now."""
        missing_ns = now_ns - QUIET_NS - self._end_ns
        if missing_ns > 0:
            yield from self._pass_over(missing_ns)
            self._is_silent = True
        yield from self._blocks()

    def _pass_over(self, length_ns: int) -> Iterator[AudioBlock]:
        """By silence; of very much only as takes the block that was begun, and a gap after it."""
        frames = length_ns * RATE_HZ // NS_PER_S
        silent = frames if length_ns <= LONGEST_SILENCE_NS else -len(self._held) % BLOCK_FRAMES
        self._held = np.concatenate([self._held, np.zeros((silent, self._held.shape[1]), np.float32)])
        self._end_ns += silent * NS_PER_S // RATE_HZ
        yield from self._blocks()
        self._end_ns += (frames - silent) * NS_PER_S // RATE_HZ

    def _blocks(self) -> Iterator[AudioBlock]:
        while len(self._held) >= BLOCK_FRAMES:
            captured_ns = self._end_ns - len(self._held) * NS_PER_S // RATE_HZ
            samples, self._held = self._held[:BLOCK_FRAMES].copy(), self._held[BLOCK_FRAMES:]
            yield AudioBlock(samples, captured_ns)
