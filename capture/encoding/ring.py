"""Pictures on their way to the encoder. Drops the oldest when it is full, and counts them."""

import threading
from collections import deque

from capture.encoding.converter import Picture

CAPACITY = 30
"""A second at 30 fps: longer than the stalls of 150 to 250 ms that busy machines show; 93 MB at 1080p if it fills."""


class PictureRing:
    """Thread-safe."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._pictures: deque[Picture] = deque()
        self._capacity = capacity
        self._lock = threading.Lock()
        self.captured = 0
        self.dropped = 0

    def put(self, picture: Picture) -> None:
        with self._lock:
            if len(self._pictures) == self._capacity:
                self._pictures.popleft()
                self.dropped += 1
            self._pictures.append(picture)
            self.captured += 1

    def take(self) -> Picture | None:
        """The oldest, if there is one."""
        with self._lock:
            return self._pictures.popleft() if self._pictures else None

    def take_all(self) -> list[Picture]:
        with self._lock:
            pictures = list(self._pictures)
            self._pictures.clear()
        return pictures
