"""What a watch over the machine's power is."""

from collections.abc import Callable
from typing import Protocol

from capture.recording import PowerChange

OnPower = Callable[[PowerChange], None]
"""Called on a thread of the watch; must not block."""


class PowerWatch(Protocol):
    """Open, it keeps the machine from falling asleep by itself, and holds up a sleep that somebody asked for.

    ``SLEPT`` is told before the machine sleeps: it waits for ``release``, though not for long (5 s under Linux, 2 s
    under Windows, 30 s under macOS).
    """

    def open(self, on_change: OnPower) -> None:
        """Once. Raises ``PowerUnwatched``, and then holds nothing. ``close`` comes from the same thread."""
        ...

    def release(self) -> None:
        """The machine may sleep now. Without meaning where it does not want to. Thread-safe."""
        ...

    def close(self) -> None:
        """Idempotent. Once it returns nothing is told any more, and the machine sleeps when it likes."""
        ...
