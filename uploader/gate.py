"""Asks the rules before anything is sent, and while it is."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from uploader.destinations.transport import is_loopback
from uploader.errors import DeliveryHeld
from uploader.network import metering
from uploader.power_source import power_source
from uploader.rules import Circumstances, Hold, Rules

LOOK_S = 5.0
"""How long an answer is believed: a few milliseconds of looking are nothing then."""


class Gate(Protocol):
    """Thread-safe."""

    def hold(self, destination: str) -> Hold | None: ...

    def require(self, destination: str) -> None:
        """Raises ``DeliveryHeld``."""
        ...


class OpenGate:
    """For what somebody wants sent now, whatever it costs."""

    def hold(self, _: str) -> Hold | None:
        return None

    def require(self, _: str) -> None:
        pass


class RuledGate:
    """``rules`` is asked each time anew, for the user may change them meanwhile; ``now_s`` is monotonic."""

    def __init__(
        self,
        rules: Callable[[], Rules],
        look: Callable[[], Circumstances] | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rules = rules
        self._look = look or circumstances
        self._now_s = now_s
        self._lock = threading.Lock()
        self._known: tuple[Rules, Circumstances] | None = None
        self._known_at_s = 0.0

    def hold(self, destination: str) -> Hold | None:
        rules, found = self._found()
        return rules.hold(found, leaves_machine=leaves_machine(destination))

    def require(self, destination: str) -> None:
        hold = self.hold(destination)
        if hold is not None:
            raise DeliveryHeld(hold)

    def _found(self) -> tuple[Rules, Circumstances]:
        with self._lock:
            now_s = self._now_s()
            if self._known is None or now_s - self._known_at_s >= LOOK_S:
                self._known = (self._rules(), self._look())
                self._known_at_s = now_s
            return self._known


def circumstances() -> Circumstances:
    return Circumstances(metering(), power_source(), datetime.now().astimezone().time())


def leaves_machine(destination: str) -> bool:
    """By its name: this machine's own backend has none with a host."""
    host = urlsplit(destination).hostname
    return host is not None and not is_loopback(host)
