"""When to try again."""

import random
from collections.abc import Callable
from dataclasses import dataclass

BASE_S = 1.0
CAP_S = 300.0
"""A network that comes back is noticed within five minutes."""

MAX_RETRY_AFTER_S = 3600.0
"""What another machine may ask for: its clock or its mind may be wrong."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Full jitter: any delay up to a limit that doubles, so that clients which failed together do not return together.

    ``uniform`` is ``random.uniform`` or its like.
    """

    base_s: float = BASE_S
    cap_s: float = CAP_S
    uniform: Callable[[float, float], float] = random.uniform

    def delay_s(self, attempt: int, retry_after_s: float | None = None) -> float:
        """Before the attempt after ``attempt`` (the first is 1); not below what the destination asked for."""
        limit_s = min(self.cap_s, self.base_s * 2.0 ** min(attempt, 32))
        floor_s = min(max(retry_after_s or 0.0, 0.0), MAX_RETRY_AFTER_S)
        return max(floor_s, self.uniform(0.0, limit_s))
