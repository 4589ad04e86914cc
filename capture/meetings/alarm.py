"""Wakes a thread that sleeps on file descriptors."""

import os
import select
import threading
from collections.abc import Callable


class Alarm:
    """``ring`` may be called by any thread; all else belongs to the sleeper."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def ring(self) -> None:
        os.write(self._writer, b"\0")

    def wait(self, descriptor: int | None = None, limit_s: float | None = None) -> bool:
        """Until ``descriptor`` can be read, or for ``limit_s``. False once the alarm has rung: it rings for good."""
        awaited = [self._reader] if descriptor is None else [self._reader, descriptor]
        readable, _, _ = select.select(awaited, [], [], limit_s)
        return self._reader not in readable

    def close(self) -> None:
        os.close(self._reader)
        os.close(self._writer)


class Sleeper:
    """A thread that an alarm ends. It may be started anew after it was stopped."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._running: tuple[threading.Thread, Alarm] | None = None

    def start(self, run: Callable[[Alarm], None]) -> None:
        """``run`` returns soon after the alarm has rung."""
        alarm = Alarm()
        thread = threading.Thread(target=run, args=(alarm,), name=self._name, daemon=True)
        self._running = thread, alarm
        thread.start()

    def stop(self) -> None:
        """Waits for its end; does nothing where none runs."""
        if self._running is not None:
            thread, alarm = self._running
            alarm.ring()
            thread.join()
            alarm.close()
            self._running = None
