"""How fast it goes, over the last seconds."""

from collections import deque

WINDOW_S = 10.0
"""Long enough to be read, short enough to tell of a line that has become slow."""

LEAST_S = 0.5
"""Before that it would be a guess."""


class Speed:
    """One thread."""

    def __init__(self, window_s: float = WINDOW_S) -> None:
        self._window_s = window_s
        self._seen: deque[tuple[float, int]] = deque()

    def moved(self, at_s: float, total_bytes: int) -> float | None:
        """Bytes per second, now that ``total_bytes`` have gone by ``at_s`` (monotonic); ``None`` while unknown."""
        if self._seen and total_bytes < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at_s, total_bytes))
        while len(self._seen) > 1 and self._seen[1][0] <= at_s - self._window_s:
            self._seen.popleft()
        first_s, first_bytes = self._seen[0]
        lasted_s = at_s - first_s
        return (total_bytes - first_bytes) / lasted_s if lasted_s >= LEAST_S else None
