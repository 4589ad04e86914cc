"""From 48 kHz to 16 kHz mono, without delay: what speech detectors listen to."""

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, Samples

SPEECH_RATE_HZ = 16_000
FACTOR = RATE_HZ // SPEECH_RATE_HZ

REACH = 48
"""Samples on each side that an output rests on: a filter of 97. What lies above 9 kHz is 60 dB down, so that nothing of
it is folded below 7 kHz; what lies below 7 kHz passes within 0.1 dB."""

KAISER_BETA = 6.0
"""60 dB; Kaiser's formula for that and 2 kHz of transition gives 88 samples."""

BLOCK = 32
"""Outputs that one row of the product makes: larger ones multiply more zeros, smaller ones copy more."""

BLOCK_FRAMES = BLOCK * FACTOR
ROW = BLOCK_FRAMES - FACTOR + 1 + 2 * REACH

Mono = NDArray[np.float32]


class Decimator:
    """Blocks of any size. Sample *n* of what comes out lies where sample 3 *n* of what went in did."""

    def __init__(self) -> None:
        self._rest: Mono = np.zeros(REACH, np.float32)

    def push(self, samples: Samples) -> Mono:
        """All that can be told by now: whole blocks of 2 ms, the last 1 ms kept back."""
        channels = samples.shape[1]
        mixed = samples @ np.full(channels, 1 / channels, np.float32)  # six times as fast as a mean over two
        waiting = np.concatenate([self._rest, mixed])
        blocks = max(0, len(waiting) - ROW + BLOCK_FRAMES) // BLOCK_FRAMES
        self._rest = waiting[blocks * BLOCK_FRAMES :]
        step = waiting.itemsize
        rows = as_strided(waiting, (blocks, ROW), (BLOCK_FRAMES * step, step), writeable=False)
        return (rows @ FILTER).reshape(-1)

    def finish(self) -> Mono:
        """The rest, as if silence followed."""
        frames = len(self._rest) - REACH
        padding = np.zeros((BLOCK_FRAMES + 2 * REACH, 1), np.float32)
        return self.push(padding)[: -(-frames // FACTOR)]


def _filter() -> NDArray[np.float32]:
    """Shape ``(ROW, BLOCK)``: each column is the low pass, shifted by ``FACTOR`` against the one before."""
    distance = np.arange(-REACH, REACH + 1)
    low_pass = np.sinc(distance / FACTOR) * np.kaiser(2 * REACH + 1, KAISER_BETA)
    low_pass /= low_pass.sum()
    columns = np.zeros((ROW, BLOCK), np.float32)
    for number in range(BLOCK):
        columns[number * FACTOR : number * FACTOR + len(low_pass), number] = low_pass
    return columns


FILTER = _filter()
