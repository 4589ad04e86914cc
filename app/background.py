"""Work that takes longer than a blink: done on another thread, its result handed back on the main thread.

Who asked is let go of on the main thread, too: a window's parts must not be destroyed by another.
"""

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Slot

from app.bridge import Bridge

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    then: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class _Done:
    """``error``: what the work raised."""

    number: int
    result: object
    error: Exception | None = None


class Background(QObject):
    """Main thread only; what is done ``apart`` is broken off where the app ends before.

    ``work`` must touch no widget. What it raises is raised on the main thread: expected errors it returns.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._finish)
        self._numbers = itertools.count()
        self._asked: dict[int, _Job] = {}
        self._due: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """One after the other, on one thread; it is done before ``stop`` returns."""
        self._due.put(self._noted(work, then))

    def apart(self, name: str, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """What takes minutes, on a thread of its own."""
        number = self._noted(work, then)
        threading.Thread(target=self._do, args=(number,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Idempotent."""
        if self._thread.is_alive():
            self._due.put(None)
            self._thread.join()

    def _noted(self, work: Callable[[], T], then: Callable[[T], object]) -> int:
        number = next(self._numbers)
        self._asked[number] = _Job(work, then)
        return number

    def _work(self) -> None:
        while (number := self._due.get()) is not None:
            self._do(number)

    def _do(self, number: int) -> None:
        """On another thread, which holds nothing of who asked once this is told."""
        self._bridge.post(_done(number, self._asked[number].work))

    @Slot(object)
    def _finish(self, done: _Done) -> None:
        job = self._asked.pop(done.number)
        if done.error is not None:
            raise done.error
        job.then(done.result)


class Refresh:
    """Reads something anew. Who asks while it is read, however often, has it read once more after that."""

    def __init__(self, background: Background, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """As of ``Background.do``. Main thread only."""
        self._background = background
        self._work = work
        self._then: Callable[[Any], object] = then
        self._asked = 0

    def ask(self) -> None:
        self._asked += 1
        if self._asked == 1:
            self._background.do(self._work, self._take)

    def _take(self, result: object) -> None:
        is_stale = self._asked > 1
        self._asked = 0
        self._then(result)
        if is_stale:
            self.ask()


def _done(number: int, work: Callable[[], object]) -> _Done:
    try:
        return _Done(number, work())
    except Exception as error:  # noqa: BLE001 - the top of a thread: it is raised again where it is seen
        return _Done(number, None, error)
