"""Room on the disk while it is recorded: how long it lasts, and what is given up where it runs out. Sound comes last.

The end is clean: it comes while there is room for the indices, the artifacts and the manifest. Only what fills the disk
within a second is faster; then what ``Headroom`` keeps serves for the same.
"""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from capture.clock import Clock
from capture.disk import free_bytes, written_bytes
from capture.errors import DiskFull
from capture.events import Disk, Event, RoomChanged
from capture.manifest import DiskReceipt
from capture.recording import NS_PER_S, Quality, Room
from capture.timeline import Timeline

CLOSING_BYTES: Final = 4 * 2**20
"""For artifacts, manifest and log, and what a second of recording may take before the next look."""

INDEX_BYTES_PER_S: Final = 1_000
"""Of what was recorded: an MP4's index takes 600 at 30 fps, 960 at 60."""

ABOVE_CLOSING_BYTES: Final[Mapping[Room, int]] = {Room.GONE: 0, Room.SHORT: 20 * 2**20, Room.SCARCE: 60 * 2**20}
"""Below so much more than closing takes. Sound alone goes on for six minutes; ``SCARCE`` is where none would start."""

RETURN_BYTES: Final = 16 * 2**20
"""What must be free above a step before it is undone: else the picture would go up and down."""

QUALITIES: Final[Mapping[Room, Quality]] = {
    Room.AMPLE: Quality.FULL,
    Room.SCARCE: Quality.COARSE,
    Room.SHORT: Quality.AUDIO_ONLY,
    Room.GONE: Quality.AUDIO_ONLY,
}
ROOM_ON_DISK: Final = "room on the disk"
"""The reason of a quality that changes because of this."""

MEMORY_S: Final = 30.0
"""Of the rate: a minute of video in a meeting is forgotten soon, a single key frame moves nothing."""


class Rate:
    """By how much a total grows: over all, but what is longer ago counts for less."""

    def __init__(self) -> None:
        self._last: tuple[int, int] | None = None
        self._grown = self._passed_s = 0.0

    def add(self, now_ns: int, total: int) -> None:
        if self._last is not None and now_ns > self._last[0]:
            passed_s = (now_ns - self._last[0]) / NS_PER_S
            kept = math.exp(-passed_s / MEMORY_S)
            self._grown = self._grown * kept + total - self._last[1]
            self._passed_s = self._passed_s * kept + passed_s
        self._last = (now_ns, total)

    @property
    def per_s(self) -> float:
        return self._grown / self._passed_s if self._passed_s else 0.0


class RoomGauge:
    """Pure policy. Times are of any one clock."""

    def __init__(self) -> None:
        self.room = Room.AMPLE
        self._written, self._taken = Rate(), Rate()

    def full_in_s(self, now_ns: int, free: int, written: int, recorded_ns: int) -> float | None:
        """How long it can go on like this; ``None`` where nothing tells. Others may be filling the disk too."""
        self._written.add(now_ns, written)
        self._taken.add(now_ns, -free)
        fastest = max(self._written.per_s, self._taken.per_s)
        return max(0, free - closing_bytes(recorded_ns)) / fastest if fastest > 0 else None

    def judge(self, free: int, recorded_ns: int) -> Room:
        """How much room there is now. Where it is gone it stays so."""
        above = free - closing_bytes(recorded_ns)
        steps = [room for room, below in ABOVE_CLOSING_BYTES.items() if above < below + self._return_bytes(room)]
        if self.room is not Room.GONE:
            self.room = steps[0] if steps else Room.AMPLE
        return self.room

    def _return_bytes(self, room: Room) -> int:
        order = list(Room)
        return RETURN_BYTES if order.index(self.room) >= order.index(room) else 0


def closing_bytes(recorded_ns: int) -> int:
    return CLOSING_BYTES + INDEX_BYTES_PER_S * recorded_ns // NS_PER_S


class Limited(Protocol):
    """What ``Pipeline`` is here."""

    def limit_picture(self, quality: Quality, reason: str) -> None: ...


class RoomWatch:
    """Main thread only."""

    def __init__(self, directory: Path, timeline: Timeline, clock: Clock, tell: Callable[[Event], None]) -> None:
        self._directory = directory
        self._timeline = timeline
        self._clock = clock
        self._tell = tell
        self._gauge = RoomGauge()
        self.receipts: list[DiskReceipt] = []

    def look(self, pipeline: Limited) -> None:
        """About once a second. Raises ``DiskFull`` where the end must come now, ``StorageError``."""
        recorded_ns = self._timeline.now_ns()
        free, written = free_bytes(self._directory), written_bytes(self._directory)
        full_in_s = self._gauge.full_in_s(self._clock.now_ns(), free, written, recorded_ns)
        self._tell(Disk(free, written, None if full_in_s is None else round(full_in_s)))
        before = self._gauge.room
        room = self._gauge.judge(free, recorded_ns)
        if room is before:
            return
        self.receipts.append(DiskReceipt(round(recorded_ns / NS_PER_S, 3), room, free))
        self._tell(RoomChanged(room, free, recorded_ns))
        pipeline.limit_picture(QUALITIES[room], ROOM_ON_DISK)
        if room is Room.GONE:
            message = f"{free / 10**6:.0f} MB are free, which closing the recording may take"
            raise DiskFull(message, folder=str(self._directory), free_bytes=str(free))
