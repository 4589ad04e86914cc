"""The clocks of a recording: monotonic, never wall time."""

import sys
import time
from typing import Protocol


class Clock(Protocol):
    def now_ns(self) -> int:
        """Nanoseconds since an arbitrary origin; never goes back, never jumps with the wall clock. Thread-safe."""
        ...


class MonotonicClock:
    """``CLOCK_MONOTONIC`` on Linux, its like elsewhere; the same clock that audio blocks are stamped with.

    It may stand while the machine sleeps: on Linux and macOS it does, on Windows it does not.
    """

    def now_ns(self) -> int:
        return time.monotonic_ns()


class SleeplessClock:
    """Goes on while the machine sleeps, wherever a clock does."""

    def now_ns(self) -> int:
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
        return time.monotonic_ns()
