"""What waits for one endpoint. Bounded: media drop the oldest, counted; events are never dropped, but end it."""

import threading
from collections import deque

from uploader.errors import EndpointOverrun
from uploader.realtime.envelopes import Envelope

MOST_EVENTS = 10_000
"""Hours of lively talk: whoever is that far behind is not there."""

MOST_MEDIA = 64
"""Sound of six seconds, or pictures of half a minute."""


class Mailbox:
    """Thread-safe; ``put`` never waits."""

    def __init__(self, most_events: int = MOST_EVENTS, most_media: int = MOST_MEDIA) -> None:
        self._most_events = most_events
        self._most_media = most_media
        self._events: deque[tuple[int, Envelope]] = deque()
        self._media: deque[tuple[int, Envelope]] = deque()
        self._count = 0
        self._is_closed = False
        self._changed = threading.Condition()
        self.dropped = 0
        """Media that were left out."""

    def put(self, envelope: Envelope) -> None:
        """Raises ``EndpointOverrun``. What comes after ``close`` is left out."""
        with self._changed:
            if self._is_closed:
                return
            self._count += 1
            waiting = self._media if envelope.is_media else self._events
            if envelope.is_media and len(waiting) >= self._most_media:
                waiting.popleft()
                self.dropped += 1
            elif len(waiting) >= self._most_events:
                raise EndpointOverrun
            waiting.append((self._count, envelope))
            self._changed.notify()

    def take(self) -> Envelope | None:
        """In the order in which they came; waits for the next. ``None`` when it is closed, and nothing is left."""
        with self._changed:
            self._changed.wait_for(lambda: self._events or self._media or self._is_closed)
            waiting = [each for each in (self._events, self._media) if each]
            if not waiting:
                return None
            return min(waiting, key=lambda each: each[0][0]).popleft()[1]

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    @property
    def waiting_events(self) -> int:
        with self._changed:
            return len(self._events)
