"""How much to send in one request: enough to keep a fast line busy, little enough to lose little when it breaks."""

from dataclasses import dataclass, replace
from typing import Self

MIB = 1024 * 1024
SMALLEST_BYTES = MIB
LARGEST_BYTES = 64 * MIB
FIRST_BYTES = 16 * MIB

SHORT_S = 5.0
LONG_S = 20.0
"""A request is meant to last between the two."""


@dataclass(frozen=True, slots=True)
class RequestSize:
    bytes: int = FIRST_BYTES
    smallest_bytes: int = SMALLEST_BYTES
    largest_bytes: int = LARGEST_BYTES

    def after(self, sent_bytes: int, took_s: float) -> Self:
        """Learns from a request that went well; one below full size says nothing about a larger one."""
        if took_s > LONG_S:
            return self.halved()
        if took_s < SHORT_S and sent_bytes >= self.bytes:
            return replace(self, bytes=min(self.bytes * 2, self.largest_bytes))
        return self

    def halved(self) -> Self:
        return replace(self, bytes=max(self.bytes // 2, self.smallest_bytes))

    def refused(self) -> Self:
        """One as large as this is not taken, and so is not tried again."""
        less = self.halved()
        return replace(less, largest_bytes=less.bytes)

    @property
    def is_smallest(self) -> bool:
        return self.bytes <= self.smallest_bytes
