"""A number painted into a picture so that it can be read from a recording: blocks of 16 by 16, as H.264 codes them.

Black is 0, white is 1, the lowest bit is on the left; a second row holds the complement, so that a picture which was
coded or torn beyond reading is told from one that was read.
"""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

BLOCK_PX = 16
BITS = 24
WIDTH_PX = BITS * BLOCK_PX
HEIGHT_PX = 2 * BLOCK_PX

SURE = 64
"""How far from the middle grey the middle of a block must be."""


def paint(pixels: Pixels, number: int) -> None:
    """Into the upper left corner of ``pixels``, ``(height, width, 4)``."""
    bits = (number >> np.arange(BITS)) & 1
    rows = np.repeat(np.stack((bits, 1 - bits)) * 255, BLOCK_PX, axis=0)
    pixels[:HEIGHT_PX, :WIDTH_PX] = np.repeat(rows, BLOCK_PX, axis=1)[..., np.newaxis]


def read(grey: Pixels) -> int | None:
    """``grey``: ``(HEIGHT_PX, WIDTH_PX)``, the corner that ``paint`` painted. ``None`` where it cannot be read."""
    blocks = grey.reshape(2, BLOCK_PX, BITS, BLOCK_PX)[:, 4:-4, :, 4:-4].mean(axis=(1, 3)) - 128
    ones, zeros = blocks > SURE, blocks < -SURE
    if not (ones | zeros).all() or (ones[0] == ones[1]).any():
        return None
    return int((ones[0] << np.arange(BITS)).sum())
