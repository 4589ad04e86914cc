"""The rate of requests over all processes, counted in the database that they share."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from uploader.backend.access_tables import RequestTimes
from uploader.backend.rates import WINDOW_S, throttled
from uploader.backend.store import Store
from uploader.times import iso_utc


@dataclass(frozen=True, slots=True)
class SharedWindow:
    """A sliding window for each caller and route: one row, of no more times than may come. Thread-safe."""

    store: Store
    now_s: Callable[[], float]

    def enter(self, place: tuple[str, ...], most: int) -> None:
        """Raises ``Refusal`` that says when there is room again."""
        now_s = self.now_s()
        row_id = hashlib.sha256("\n".join(place).encode()).hexdigest()
        with self.store.transaction() as transaction:
            transaction.hasten()
            transaction.alone("rate", row_id)
            known = transaction.get(RequestTimes, row_id)
            times = [time_s for time_s in known.times_s if time_s > now_s - WINDOW_S] if known else []
            if len(times) >= most:
                raise throttled(times[0], now_s)
            if known:
                transaction.change(known, times_s=[*times, now_s])
            else:
                transaction.add(RequestTimes(row_id, iso_utc(now_s), [now_s]))
