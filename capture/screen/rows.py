"""Bands of rows of a picture: what changed, in the form in which it is cheapest to fetch and to convert."""

import numpy as np

from capture.screen.base import Pixels

Rows = tuple[int, int]
"""Half-open."""


def around(*bands: Rows | None) -> Rows | None:
    """The smallest band that has all of them in it."""
    given = [band for band in bands if band is not None]
    return (min(first for first, _ in given), max(last for _, last in given)) if given else None


def changed_rows(before: Pixels | None, now: Pixels) -> Rows | None:
    """The band in which two pictures of one size, even in width, differ; ``None`` where they are equal."""
    if before is None:
        return (0, len(now))
    pairs = now.reshape(len(now), -1).view(np.uint64) != before.reshape(len(before), -1).view(np.uint64)
    rows = np.flatnonzero(pairs.any(axis=1))
    return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else None
