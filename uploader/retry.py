"""What to do about an attempt that did not succeed: values in, a value out. No clock, no thread, no memory."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from uploader.errors import AuthenticationFailed, DeliveryHeld, PermanentError, RetryableError

BASE_S = 1.0
CAP_S = 300.0
"""A network that comes back unnoticed is found within five minutes."""

MAX_RETRY_AFTER_S = 3600.0
"""What another machine may ask for: its clock or its mind may be wrong."""

HELD_S = 30.0
"""Before the machine is looked at again: nothing tells when a rule lets go."""

MAX_DIGITS = 12


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


@dataclass(frozen=True, slots=True)
class Wait:
    """Again after ``delay_s``. ``attempts`` is how many there have been since anything was brought forward."""

    attempts: int
    delay_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing more to this destination until a person has given it another key."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A person has to look at it."""


Verdict = Wait | Pause | GiveUp


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt: which one it was, and whether it brought anything forward before it broke off."""

    attempt: int
    brought_bytes: int = 0

    @property
    def attempts(self) -> int:
        """An attempt that brought anything forward counts as the first."""
        return 1 if self.brought_bytes > 0 else self.attempt


@dataclass(frozen=True, slots=True)
class Judge:
    """The one policy for what goes wrong. It never gives up on a network, nor on a destination that has trouble."""

    backoff: Backoff = field(default_factory=Backoff)

    def verdict(self, error: RetryableError | PermanentError, tried: Tried) -> Verdict:
        if isinstance(error, DeliveryHeld):
            return Wait(tried.attempt - 1, HELD_S)
        if isinstance(error, RetryableError):
            return Wait(tried.attempts, self.backoff.delay_s(tried.attempts, error.retry_after_s))
        return Pause() if isinstance(error, AuthenticationFailed) else GiveUp()


def retry_after_s(header: str, now_s: float) -> float | None:
    """Of an HTTP ``Retry-After``: seconds, or a time of day (``now_s`` is wall time); nonsense is passed over."""
    text = header.strip()
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return float(text)
    try:
        return parsedate_to_datetime(text).timestamp() - now_s
    except (ValueError, OverflowError):
        return None
