"""Is somebody speaking? What all detectors of that have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from capture.audio.base import Samples


@dataclass(frozen=True, slots=True)
class Turn:
    """Speech begins or ends. ``at_ns`` on the timeline of the samples, back-dated to where it really did."""

    speaking: bool
    at_ns: int


class VoiceActivityDetector(Protocol):
    """Wants unbroken samples from instant zero; blocks of any size give the same turns. One thread at a time.

    It computes: never to be called on a device's thread.
    """

    def push(self, samples: Samples) -> Iterator[Turn]:
        """What is known by now, which may be a second late. To be read to its end."""
        ...

    def finish(self) -> Iterator[Turn]:
        """Nothing more comes: who still speaks stops."""
        ...
