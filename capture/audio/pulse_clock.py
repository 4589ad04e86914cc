"""When a stream's samples were captured, by the snapshots that the sound server makes of its own clock."""

import statistics
import time
from collections import deque
from collections.abc import Callable

from capture.audio.base import RATE_HZ
from capture.audio.libpulse import TimingInfo
from capture.clock import Clock
from capture.recording import NS_PER_S

KEPT_SNAPSHOTS = 8
"""Each is wrong by up to 10 ms (PulseAudio) or by a quantum (PipeWire, 21 ms); their median by a third of that."""

PERIOD_NS = 500_000_000
"""Between two snapshots. A device's clock runs away by less than 0.1 ms in it."""

SETTLING_SNAPSHOTS = 24
"""So many are taken one after the other, in half a second: a server that has just been started is wrong at first."""

STRAY_NS = 25_000_000
"""From the median: more than any server's jitter. Time was lost, or this one snapshot is wrong."""

BELIEVED_STRAYS = 3
"""In a row: then they are right, and what was before is not."""

OLDEST_SNAPSHOT_NS = NS_PER_S


class PulseClock:
    """Of one stream. ``wall_ns`` is what libpulse stamps with."""

    def __init__(self, frame_bytes: int, clock: Clock, wall_ns: Callable[[], int] | None = None) -> None:
        self._frame_bytes = frame_bytes
        self._clock = clock
        self._wall_ns = wall_ns or time.time_ns  # wall clock: only for the age of a snapshot, which must be small
        self._taken_ns = 0
        self.restart()

    def restart(self) -> None:
        """The device has rested: what was known of its samples' times does not hold for those that come now."""
        self._origins_ns: deque[int] = deque(maxlen=KEPT_SNAPSHOTS)
        self._strays_ns: list[int] = []
        self._origin_ns: int | None = None
        self._wanted = SETTLING_SNAPSHOTS

    @property
    def is_settling(self) -> bool:
        """Whether a snapshot is wanted as soon as can be."""
        return self._wanted > 0

    @property
    def wants_snapshot(self) -> bool:
        return self.is_settling or self._clock.now_ns() - self._taken_ns >= PERIOD_NS

    def take(self, info: TimingInfo) -> None:
        """A new snapshot. One that was made before or after the wall clock was set tells nothing and is passed over."""
        snapshot_ns = info.timestamp_s * NS_PER_S + info.timestamp_us * 1000
        age_ns = self._wall_ns() - snapshot_ns
        if not 0 <= age_ns <= OLDEST_SNAPSHOT_NS:
            return
        self._taken_ns = self._clock.now_ns()
        self._wanted = max(0, self._wanted - 1)
        latency_ns = (info.source_us - info.sink_us) * 1000
        self._add(self._taken_ns - age_ns - latency_ns - self._duration_ns(info.write_index_bytes))

    def captured_ns(self, index_bytes: int) -> int | None:
        """Of the sample at ``index_bytes``; of a monitor, when it is heard, which may lie ahead. ``None`` at first.

        The library could interpolate by itself, but it is wrong by up to 80 ms for seconds after a server's start.
        """
        return None if self._origin_ns is None else self._origin_ns + self._duration_ns(index_bytes)

    def _add(self, origin_ns: int) -> None:
        """``origin_ns``: when the stream's first byte was captured, had its device always run at the nominal rate."""
        if self._origin_ns is not None and abs(origin_ns - self._origin_ns) > STRAY_NS:
            self._wanted = max(self._wanted, BELIEVED_STRAYS)
            self._strays_ns.append(origin_ns)
            if len(self._strays_ns) < BELIEVED_STRAYS:
                return
            self._origins_ns.clear()
            self._origins_ns.extend(self._strays_ns)
            self._wanted = SETTLING_SNAPSHOTS
        else:
            self._origins_ns.append(origin_ns)
        self._strays_ns.clear()
        self._origin_ns = round(statistics.median(self._origins_ns))

    def _duration_ns(self, size_bytes: int) -> int:
        return size_bytes // self._frame_bytes * NS_PER_S // RATE_HZ
