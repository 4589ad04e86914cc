"""What the tests hear: blocks and events as they come, and what is in them."""

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, AudioBlock, AudioEvent, Samples
from capture.recording import NS_PER_S

E = TypeVar("E", bound=AudioEvent)

LIMIT_S = 10.0

LOUD = 0.3
"""A tone of 0.5 in a whole piece reaches it, one in half a piece does not."""

PIECE = RATE_HZ // 50

HEARD_BEFORE = RATE_HZ // 50
HEARD_BEFORE_NS = HEARD_BEFORE * NS_PER_S // RATE_HZ


class Listener:
    """Thread-safe. Its two callbacks are given to a source; ``wait_for`` is told of each block and event at once."""

    def __init__(self) -> None:
        self.blocks: list[AudioBlock] = []
        self.events: list[AudioEvent] = []
        self._changed = threading.Condition()

    def on_block(self, block: AudioBlock) -> None:
        with self._changed:
            self.blocks.append(block)
            self._changed.notify_all()

    def on_event(self, event: AudioEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, limit_s), f"in vain; {len(self.blocks)} blocks, {self.events}"

    def wait_for_event(self, kind: type[E], limit_s: float = LIMIT_S) -> E:
        """The next one of its kind; it, and what came before it, is not given again."""
        self.wait_for(lambda: any(isinstance(event, kind) for event in self.events), limit_s)
        with self._changed:
            while True:
                event = self.events.pop(0)
                if isinstance(event, kind):
                    return event

    def wait_for_seconds(self, seconds: float) -> list[AudioBlock]:
        """So much more sound."""
        with self._changed:
            first, frames = len(self.blocks), round(seconds * RATE_HZ)
        self.wait_for(lambda: sum(len(block.samples) for block in self.blocks[first:]) >= frames, LIMIT_S + seconds)
        return self.blocks[first:]

    def wait_until(self, captured_ns: int) -> None:
        """Until there is sound of that time."""
        self.wait_for(lambda: bool(self.blocks) and self.blocks[-1].captured_ns >= captured_ns)

    def wait_for_tone(self, hz: float) -> None:
        """Until the newest block holds it."""
        self.wait_for(lambda: loudest(self.blocks[-1:], hz) > LOUD)


def amplitude(samples: Samples, hz: float) -> float:
    """Of a tone of that frequency in the first channel; a Hann window keeps other tones out."""
    window = np.hanning(len(samples))
    turn = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / RATE_HZ)
    return float(2 * abs((samples[:, 0] * window * turn).sum()) / window.sum())


def loudest(blocks: Iterable[AudioBlock], hz: float) -> float:
    """The amplitude of that tone in the 20 ms in which it is greatest; 0 of no blocks."""
    pieces = (block.samples[at : at + PIECE] for block in blocks for at in range(0, len(block.samples), PIECE))
    return max((amplitude(piece, hz) for piece in pieces if len(piece) > PIECE // 2), default=0.0)


def onsets_ns(blocks: list[AudioBlock], threshold: float = 0.1, pause_ns: int = 50_000_000) -> NDArray[np.int64]:
    """When, by the blocks' own times, each sound begins that follows another after a pause.

    Not one whose beginning may have been missed: what came before it must have been heard to be quiet.
    """
    blocks = list(blocks)  # more may come meanwhile
    times_ns = np.concatenate([sample_times_ns(block) for block in blocks])
    loud = np.flatnonzero(np.concatenate([np.abs(block.samples[:, 0]) > threshold for block in blocks]))
    first = loud[1:][np.diff(times_ns[loud]) > pause_ns]
    heard_before = times_ns[first] - times_ns[np.maximum(0, first - HEARD_BEFORE)] < 2 * HEARD_BEFORE_NS
    onsets: NDArray[np.int64] = times_ns[first[heard_before]]
    return onsets


def sample_times_ns(block: AudioBlock) -> NDArray[np.int64]:
    return block.captured_ns + np.arange(len(block.samples), dtype=np.int64) * NS_PER_S // RATE_HZ
