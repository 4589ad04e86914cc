"""Silence that no quiet room makes: a device that delivers nothing, or nothing but zeros.

Whoever merely says nothing is never complained of: a real converter's noise is not zero.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from capture.audio.base import Samples
from capture.recording import NS_PER_S

LIMIT_NS = 10 * NS_PER_S
"""Longer than a device needs to come back by itself, short enough to save the meeting."""

NOTICEABLE_NS = NS_PER_S
"""Shorter silence is not asked about: who plays is a question to the sound server."""


class Silence(StrEnum):
    """The ``code`` of a ``Warned``."""

    NO_DATA = "no_data"
    DIGITAL = "digital_silence"


class SilenceWatch:
    """One side. Times are the recording's own, so that a pause counts for nothing.

    ``hear`` belongs to one thread, ``look`` to another. ``plays`` tells whether sound is to be expected; it is asked
    by ``look``, and only while there is silence.
    """

    def __init__(self, plays: Callable[[], bool]) -> None:
        self._plays = plays
        self._delivered_ns = 0
        self._sounded_ns = 0
        self._expected_since_ns: int | None = None
        self._told: Silence | None = None

    def hear(self, samples: Samples, now_ns: int) -> None:
        """What the device delivers, before anything is done to it. A gap in the data is no silence of its own."""
        sounds = np.vdot(samples, samples) > 0  # a third of the price of ``any``
        if sounds or now_ns - self._delivered_ns > NOTICEABLE_NS:
            self._sounded_ns = now_ns
        self._delivered_ns = now_ns

    def look(self, now_ns: int) -> Silence | None:
        """To be called about once a second: what is wrong, once for each time that it is."""
        found = self._judge(now_ns)
        before, self._told = self._told, found
        return None if found is before else found

    def _judge(self, now_ns: int) -> Silence | None:
        if now_ns - self._delivered_ns >= NOTICEABLE_NS:
            return Silence.NO_DATA if now_ns - self._delivered_ns >= LIMIT_NS else None
        if now_ns - self._sounded_ns < NOTICEABLE_NS or not self._plays():
            self._expected_since_ns = None
            return None
        if self._expected_since_ns is None:
            self._expected_since_ns = now_ns
        since_ns = max(self._sounded_ns, self._expected_since_ns)
        return Silence.DIGITAL if now_ns - since_ns >= LIMIT_NS else None
