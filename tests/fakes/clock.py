"""A clock that stands still until it is moved."""

import threading

from capture.recording import NS_PER_S


class FakeClock:
    """A ``Clock``. Thread-safe."""

    def __init__(self, now_ns: int = 7 * NS_PER_S) -> None:
        self._now_ns = now_ns
        self._lock = threading.Lock()

    def now_ns(self) -> int:
        with self._lock:
            return self._now_ns

    def advance(self, ns: int) -> None:
        with self._lock:
            self._now_ns += ns
