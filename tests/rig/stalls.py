"""What keeps a program's windows from answering: work of the main thread's own, and waiting for others."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QTimer

from capture.recording import NS_PER_S

APP = str(Path(__file__).parents[2] / "app")
TICK_MS = 5
SAMPLE_S = 0.01
PIECE = 100
DEPTH = 12
"""Of a stack: enough to see who it was."""

WAITS = frozenset({"open", "socket.connect", "subprocess.Popen", "sqlite3.connect", "os.listdir", "os.scandir"})
"""Audit events of what asks the disk, another program or the network, and may wait for as long as they like."""


class Stalls(QObject):
    """Counts while the loop runs, between ``go`` and ``rest``. For the main thread.

    ``busy_s``: the longest work of the main thread's own between two ticks, in time of its processor, so that a busy
    machine is not blamed; ``doing`` is where it was seen then. ``longest_s``: the same by the clock, without the time
    in which the machine had other things to do, as the kernel counts it. ``waits``: where the app's code asked
    somebody who may keep it waiting.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = self.busy_s = 0.0
        self.doing = ""
        self.waits: list[str] = []
        self._at_ns = self._busy_ns = self._waited_ns = 0
        self._main = threading.get_ident()
        self._schedule = -1
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._seen: list[str] = []
        self._resting = threading.Event()
        self._resting.set()
        sys.addaudithook(self._hear)

    def go(self) -> None:
        self._schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._look()
        self._resting = threading.Event()
        threading.Thread(target=self._sample, args=(self._resting,), name="stalls", daemon=True).start()
        self._timer.start()

    def rest(self) -> None:
        """Idempotent."""
        if not self._resting.is_set():
            self._resting.set()
            self._timer.stop()
            os.close(self._schedule)

    @contextlib.contextmanager
    def looking_away(self) -> Iterator[None]:
        """While the test looks at files itself."""
        self.rest()
        yield
        self.go()

    def _tick(self) -> None:
        at_ns, busy_ns, waited_ns = self._at_ns, self._busy_ns, self._waited_ns
        self._look()
        gap_ns = self._at_ns - at_ns - (self._waited_ns - waited_ns)
        self.longest_s = max(self.longest_s, gap_ns / NS_PER_S)
        busy_s = (self._busy_ns - busy_ns) / NS_PER_S
        if busy_s > self.busy_s:
            self.busy_s, self.doing = busy_s, "\n".join(self._seen)
        self._seen.clear()

    def _look(self) -> None:
        self._at_ns, self._busy_ns = time.monotonic_ns(), time.thread_time_ns()
        self._waited_ns = int(os.pread(self._schedule, PIECE, 0).split()[1])

    def _sample(self, resting: threading.Event) -> None:
        while not resting.wait(SAMPLE_S):
            frame = sys._current_frames().get(self._main)
            if frame is not None:
                self._seen.append(_told(frame))

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in WAITS or self._resting.is_set() or threading.get_ident() != self._main:
            return
        frame = sys._getframe(1)
        if any(file.startswith(APP) for file, _ in _walk(frame)):
            self.waits.append(f"{event} {arguments[:1]}: {_told(frame)}")


def _told(frame: FrameType) -> str:
    frames = [f"{Path(file).name}:{line}" for file, line in _walk(frame) if "pytest" not in file]
    return " < ".join(frames[:DEPTH])


def _walk(frame: FrameType | None) -> Iterator[tuple[str, int]]:
    """Files and lines, the innermost first."""
    while frame is not None:
        yield frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
