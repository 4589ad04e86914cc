"""Wakes a thread that sleeps on file descriptors."""

import os
import select


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
