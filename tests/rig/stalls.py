"""How long a program's windows did not answer: the longest time between two ticks of its event loop."""

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from capture.recording import NS_PER_S

TICK_MS = 5


class Stalls(QObject):
    """Counts while the loop runs, between ``go`` and ``rest``. For the main thread.

    ``longest_s``: without the time in which the machine had other things to do, as the kernel counts it. ``busy_s``: of
    the main thread's own work alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = self.busy_s = 0.0
        self._at_ns = self._busy_ns = self._waited_ns = 0
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def go(self) -> None:
        self._look()
        self._timer.start()

    def rest(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        at_ns, busy_ns, waited_ns = self._at_ns, self._busy_ns, self._waited_ns
        self._look()
        gap_ns = self._at_ns - at_ns - (self._waited_ns - waited_ns)
        self.longest_s = max(self.longest_s, gap_ns / NS_PER_S)
        self.busy_s = max(self.busy_s, (self._busy_ns - busy_ns) / NS_PER_S)

    def _look(self) -> None:
        self._at_ns, self._busy_ns = time.monotonic_ns(), time.thread_time_ns()
        self._waited_ns = int(self._schedule.read_text(encoding="ascii").split()[1])
