"""Work that takes longer than a blink: done on another thread, its result handed back on the main thread."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from app.bridge import Bridge

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Done:
    """``act`` gives the result to who asked, or raises what the work raised."""

    act: Callable[[], object]


class Background(QObject):
    """Main thread only. One job after the other, on one thread; what was asked for is done before ``stop`` returns."""

    def __init__(self) -> None:
        super().__init__()
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._finish)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """``work`` must touch no widget. What it raises is raised on the main thread: expected errors it returns."""
        self._jobs.put(lambda: self._job(work, then))

    def stop(self) -> None:
        """Idempotent."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()

    def _job(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the top of a thread: it is raised again where it is seen
            self._bridge.post(_Done(lambda error=error: _raise(error)))  # type: ignore[misc] # bound at once
        else:
            self._bridge.post(_Done(lambda: then(result)))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    @Slot(object)
    def _finish(self, done: _Done) -> None:
        done.act()


def _raise(error: BaseException) -> None:
    raise error
