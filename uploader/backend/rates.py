"""How many requests may come, and the count of them within one process."""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from uploader.backend.refusal import Reason, Refusal

WINDOW_S = 60.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests of one workspace to one route, within a minute."""

    lists: int = 60
    others: int = 300
    transcripts: int = 5

    def of(self, method: str, route: str) -> int:
        if route.endswith("/create_transcript/"):
            return self.transcripts
        return self.lists if method in {"GET", "HEAD"} and "{id}" not in route else self.others


DEFAULT_RATES = Rates()


class Window(Protocol):
    """A sliding window for each caller and route. Thread-safe."""

    def enter(self, place: tuple[str, ...], most: int) -> None:
        """Raises ``Refusal`` that says when there is room again."""
        ...


@dataclass(slots=True)
class OwnWindow:
    """In memory: of this process alone. Thread-safe."""

    now_s: Callable[[], float]
    _times: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, place: tuple[str, ...], most: int) -> None:
        now_s = self.now_s()
        with self._lock:
            times = self._times.setdefault(place, deque())
            while times and times[0] <= now_s - WINDOW_S:
                times.popleft()
            if len(times) >= most:
                raise throttled(times[0], now_s)
            times.append(now_s)


def throttled(oldest_s: float, now_s: float) -> Refusal:
    """There is room again when the oldest request leaves the window."""
    wait_s = max(1, math.ceil(oldest_s + WINDOW_S - now_s))
    detail = f"Request was throttled. Expected available in {wait_s} seconds."
    headers = {"Retry-After": str(wait_s)}
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, Reason.THROTTLED, detail, headers=headers)
