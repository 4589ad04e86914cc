"""Where the situation is pinned up: news come from any thread, and whoever wants to know looks, waits or is told."""

import threading
from collections.abc import Callable

from app.situation import News, Situation, after


class Noticeboard:
    """Thread-safe."""

    def __init__(self, situation: Situation, tell: Callable[[Situation], None] = lambda _: None) -> None:
        """``tell`` is called with every change, on the thread of who brought the news, in their order."""
        self._situation = situation
        self._tell = tell
        self._changed = threading.Condition()

    @property
    def situation(self) -> Situation:
        return self._situation

    def put(self, news: News) -> None:
        with self._changed:
            situation = after(self._situation, news)
            if situation == self._situation:
                return
            self._situation = situation
            self._changed.notify_all()
            self._tell(situation)

    def wait_for(self, wanted: Callable[[Situation], bool], limit_s: float) -> Situation:
        """As it is then, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: wanted(self._situation), limit_s)
            return self._situation
