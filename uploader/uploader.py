"""The loop over what is due, and the one policy for what goes wrong."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from uploader.debts import note_payment, owe
from uploader.destinations.base import Destination
from uploader.errors import DeliveryStopped, PermanentError, RetryableError
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.retry import Backoff
from uploader.session import OnProgress, Progress, Session

DestinationOf = Callable[[str], AbstractContextManager[Destination]]
"""Opens the destination with that name. Raises ``PermanentError``."""

LOOK_AGAIN_S = 3600.0
"""A wall clock that is set back must not leave a debt lying for ever."""


def ignore(_: Progress) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``now_s`` is wall time, for a debt outlives a restart."""

    backoff: Backoff = field(default_factory=Backoff)
    now_s: Callable[[], float] = time.time


def deliver(
    directory: Path,
    destination: Destination,
    ledger: Ledger,
    on_progress: OnProgress = ignore,
    policy: Policy | None = None,
) -> Delivery:
    """One attempt, now: ``complete``, ``failed``, or ``waiting`` for the next one at ``due_at_s``.

    Raises ``InvalidManifest`` for a folder that holds no recording.
    """
    owed = owe(directory, destination.name, ledger)
    return _Attempt(owed, ledger, on_progress, policy or Policy()).run(lambda: nullcontext(destination))


class Uploader:
    """Delivers what is due, one recording after the other. ``wake`` and ``stop`` are thread-safe."""

    def __init__(
        self,
        ledger: Ledger,
        destination_of: DestinationOf,
        on_progress: OnProgress = ignore,
        policy: Policy | None = None,
    ) -> None:
        self._ledger = ledger
        self._destination_of = destination_of
        self._on_progress = on_progress
        self._policy = policy or Policy()
        self._woken = threading.Event()
        self._stopped = False

    def run(self) -> None:
        """Blocks until ``stop``."""
        while not self._stopped:
            self.deliver_due()
            self._woken.wait(self._pause_s())
            self._woken.clear()

    def deliver_due(self) -> list[Delivery]:
        """One attempt for each delivery that is due now."""
        return [self._attempt(delivery) for delivery in self._ledger.due(self._policy.now_s()) if not self._stopped]

    def wake(self) -> None:
        """Something new is owed."""
        self._woken.set()

    def stop(self) -> None:
        """Takes effect within a piece of a file; what was sent stays sent, the rest stays owed."""
        self._stopped = True
        self._woken.set()

    def _attempt(self, delivery: Delivery) -> Delivery:
        attempt = _Attempt(delivery, self._ledger, self._watch, self._policy)
        return attempt.run(lambda: self._destination_of(delivery.destination))

    def _watch(self, progress: Progress) -> None:
        if self._stopped:
            raise DeliveryStopped
        self._on_progress(progress)

    def _pause_s(self) -> float:
        due_at_s = self._ledger.next_due_s()
        if due_at_s is None:
            return LOOK_AGAIN_S
        return min(max(due_at_s - self._policy.now_s(), 0.0), LOOK_AGAIN_S)


class _Attempt:
    """One attempt, every step of it in the ledger."""

    def __init__(self, owed: Delivery, ledger: Ledger, on_progress: OnProgress, policy: Policy) -> None:
        self._owed = owed
        self._delivery = replace(owed, status=DeliveryStatus.SENDING, attempts=owed.attempts + 1)
        self._ledger = ledger
        self._on_progress = on_progress
        self._policy = policy

    def run(self, open_destination: Callable[[], AbstractContextManager[Destination]]) -> Delivery:
        self._ledger.record(self._delivery)
        try:
            with open_destination() as destination:
                claim = Session(self._owed.directory, destination, self._progress).deliver()
        except RetryableError as error:
            return self._wait(error)
        except PermanentError as error:
            return self._record(DeliveryStatus.FAILED, last_error=error.code)
        except DeliveryStopped:
            return self._record(DeliveryStatus.QUEUED)
        note_payment(self._owed.directory, self._owed.destination, claim)
        return self._record(DeliveryStatus.COMPLETE, last_error=None)

    def _wait(self, error: RetryableError) -> Delivery:
        """An attempt that brought anything forward counts as the first."""
        attempts = 1 if self._delivery.bytes_sent > self._owed.bytes_sent else self._delivery.attempts
        delay_s = self._policy.backoff.delay_s(attempts, error.retry_after_s)
        due_at_s = self._policy.now_s() + delay_s
        return self._record(DeliveryStatus.WAITING, last_error=error.code, attempts=attempts, due_at_s=due_at_s)

    def _progress(self, progress: Progress) -> None:
        known = replace(
            self._delivery,
            bytes_sent=progress.safe_bytes,
            bytes_total=progress.total_bytes,
            upload_id=progress.upload_id,
        )
        if known != self._delivery:
            self._delivery = known
            self._ledger.record(known)
        self._on_progress(progress)

    def _record(self, status: DeliveryStatus, **changes: Any) -> Delivery:  # noqa: ANN401 - fields of many types
        self._delivery = replace(self._delivery, status=status, **changes)
        self._ledger.record(self._delivery)
        return self._delivery
