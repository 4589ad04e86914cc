"""The one clock of a recording: monotonic, never wall time."""

import time
from typing import Protocol


class Clock(Protocol):
    def now_ns(self) -> int:
        """Nanoseconds since an arbitrary origin; never goes back, never jumps with the wall clock. Thread-safe."""
        ...


class MonotonicClock:
    """``CLOCK_MONOTONIC`` on Linux, its like elsewhere; the same clock that audio blocks are stamped with."""

    def now_ns(self) -> int:
        return time.monotonic_ns()
