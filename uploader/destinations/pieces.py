"""A stretch of a file on its way: in small pieces, no faster than allowed, and not for ever."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from uploader.destinations.base import OnSent
from uploader.errors import LocalFileChanged, NetworkTrouble

PIECE_BYTES = 256 * 1024
"""Larger pieces than 1 MiB are copied over and over by the HTTP library, one slice for every send; smaller ones are
looked at more often, and cost little (0.45 s of CPU for each GiB at 64 KiB, 0.38 at 1 MiB)."""

SMALLEST_PIECE_BYTES = 4096
PIECES_PER_S = 8.0
"""Where the pace is limited."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """What a line must carry to be of any use. A peer that takes a byte now and then passes every timeout."""

    least_bytes: int = 64 * 1024
    window_s: float = 60.0

    def watch(self, now_s: Callable[[], float]) -> "ThroughputWatch":
        return ThroughputWatch(self, now_s)


class ThroughputWatch:
    """Over one request."""

    def __init__(self, throughput: Throughput, now_s: Callable[[], float]) -> None:
        self._throughput = throughput
        self._now_s = now_s
        self._since_s = now_s()
        self._bytes = 0

    def passed(self, piece_bytes: int, paused_s: float = 0.0) -> None:
        """``paused_s``: how long we held back ourselves. Raises ``NetworkTrouble``."""
        self._bytes += piece_bytes
        self._since_s += paused_s
        if self._now_s() - self._since_s <= self._throughput.window_s:
            return
        if self._bytes < self._throughput.least_bytes:
            raise NetworkTrouble("TooSlow")
        self._since_s, self._bytes = self._now_s(), 0


class Pace:
    """A limit on bytes per second, over all requests; ``None`` for none. ``sleep`` is ``time.sleep`` or its like."""

    def __init__(
        self,
        bytes_per_s: float | None,
        now_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._bytes_per_s = bytes_per_s
        self._now_s = now_s
        self._sleep = sleep
        self._free_at_s = now_s()

    @property
    def piece_bytes(self) -> int:
        if self._bytes_per_s is None:
            return PIECE_BYTES
        return int(min(max(self._bytes_per_s / PIECES_PER_S, SMALLEST_PIECE_BYTES), PIECE_BYTES))

    def wait(self, piece_bytes: int) -> float:
        """Until the piece may go; how long that took. What was not used is not saved up."""
        if self._bytes_per_s is None:
            return 0.0
        now_s = self._now_s()
        pause_s = max(self._free_at_s - now_s, 0.0)
        self._free_at_s = now_s + pause_s + piece_bytes / self._bytes_per_s
        if pause_s:
            self._sleep(pause_s)
        return pause_s


@dataclass(frozen=True, slots=True)
class Stretch:
    """``length`` bytes of a file, from ``offset`` on."""

    source: Path
    offset: int
    length: int

    def pieces(self, pace: Pace, watch: ThroughputWatch, on_sent: OnSent) -> Iterator[bytes]:
        """Raises ``LocalFileChanged``, ``NetworkTrouble`` for a line that is of no use, and what ``on_sent`` raises."""
        for piece in self.read(pace.piece_bytes):
            paused_s = pace.wait(len(piece))
            yield piece
            watch.passed(len(piece), paused_s)
            on_sent(len(piece))

    def digest(self, algorithm: str) -> bytes:
        """Raises ``LocalFileChanged``."""
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for piece in self.read(PIECE_BYTES):
            digest.update(piece)
        return digest.digest()

    def read(self, piece_bytes: int) -> Iterator[bytes]:
        """Raises ``LocalFileChanged``."""
        left = self.length
        try:
            with self.source.open("rb") as file:
                file.seek(self.offset)
                while left and (piece := file.read(min(left, piece_bytes))):
                    yield piece
                    left -= len(piece)
        except OSError as error:
            raise LocalFileChanged(str(error), path=self.source.name) from error
        if left:
            raise LocalFileChanged(path=self.source.name)
