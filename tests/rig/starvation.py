"""How late this machine is: by how much a thread that wants to wake at a certain instant misses it."""

import threading
import time
from types import TracebackType
from typing import Self

PERIOD_S = 0.005


class Starvation:
    """``with Starvation() as starvation:`` and then ask for ``worst_s``."""

    def __init__(self) -> None:
        self.worst_s = 0.0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="starvation", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending.is_set():
            asked_s = time.monotonic()
            time.sleep(PERIOD_S)
            self.worst_s = max(self.worst_s, time.monotonic() - asked_s - PERIOD_S)
