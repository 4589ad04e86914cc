"""Everywhere: from time to time, which of our addresses would lead out. Nothing is sent to find that out."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from uploader.network.base import OnChange

EVERY_S = 10.0
"""Two system calls each time."""

OUTSIDE = (
    (socket.AF_INET, ("192.0.2.1", 9)),
    (socket.AF_INET6, ("2001:db8::1", 9)),
)
"""Addresses of nobody (RFC 5737, RFC 3849), which are routed as anybody's."""

Addresses = frozenset[str]


class RouteLook:
    """``look`` gives the addresses of the moment."""

    def __init__(self, look: Callable[[], Addresses] | None = None, every_s: float = EVERY_S) -> None:
        self._look = look or addresses_outwards
        self._every_s = every_s

    @contextmanager
    def watching(self, on_change: OnChange) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=self._watch, args=(stop, on_change, self._look()), name="network-watch")
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _watch(self, stop: threading.Event, on_change: OnChange, known: Addresses) -> None:
        while not stop.wait(self._every_s):
            seen = self._look()
            if seen - known:
                on_change()
            known = seen


def addresses_outwards() -> Addresses:
    """Our own address on the way out, for each protocol that has a way."""
    return frozenset(address for family, there in OUTSIDE if (address := _address(family, there)))


def _address(family: socket.AddressFamily, there: tuple[str, int]) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sender:
            sender.connect(there)
            return str(sender.getsockname()[0])
    except OSError:  # no route, or no such protocol here: that is the answer
        return None
