"""The loop over what is due, and what becomes of each attempt."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from capture.recording import RecordingId
from uploader.debts import note_payment, owe, replay
from uploader.destinations.base import Destination
from uploader.errors import NETWORK_CODES, DeliveryStopped, PermanentError, RetryableError
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.network import network_watch
from uploader.network.base import NetworkWatch
from uploader.retry import GiveUp, Judge, Pause, Tried, Wait
from uploader.session import OnProgress, Progress, Session

DestinationOf = Callable[[str], AbstractContextManager[Destination]]
"""Opens the destination with that name. Raises ``PermanentError``."""

LOOK_AGAIN_S = 3600.0
"""A wall clock that is set back must not leave a debt lying for ever."""

logger = logging.getLogger(__name__)


def ignore(_: Progress) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``now_s`` is wall time, for a debt outlives a restart."""

    judge: Judge = field(default_factory=Judge)
    now_s: Callable[[], float] = time.time


def deliver(
    directory: Path,
    destination: Destination,
    ledger: Ledger,
    on_progress: OnProgress = ignore,
    policy: Policy | None = None,
) -> Delivery:
    """One attempt, now, because somebody wants it: ``complete``, ``failed``, or ``waiting`` until ``due_at_s``.

    What was paused there goes on.

    Raises ``InvalidManifest`` for a folder that holds no recording.
    """
    ledger.resume(destination.name)
    owed = owe(directory, destination.name, ledger)
    return _Attempt(owed, ledger, on_progress, policy or Policy()).run(lambda: nullcontext(destination))


Key = tuple[RecordingId, str]
"""A delivery's: the recording and the destination."""


def key_of(delivery: Delivery) -> Key:
    return delivery.recording_id, delivery.destination


def _is_in(wanted: Collection[Key] | None, delivery: Delivery) -> bool:
    return wanted is None or key_of(delivery) in wanted


class Uploader:
    """Delivers what is due, one recording after the other. ``wake``, ``stop`` and ``resume`` are thread-safe."""

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

    def run(self, recordings: Path, network: NetworkWatch | None = None) -> None:
        """Blocks until ``stop``. Begins with what the notes below ``recordings`` say, and with what was interrupted."""
        replay(recordings, self._ledger)
        with (network or network_watch()).watching(self.network_changed):
            self.network_changed()
            while not self._stopped:
                self.deliver_due()
                self._woken.wait(self._pause_s(self._ledger.next_due_s()))
                self._woken.clear()

    def deliver_due(self, wanted: Collection[Key] | None = None) -> list[Delivery]:
        """One attempt for each delivery that is due now, unless another one has shown that it would be in vain.

        ``wanted`` leaves out all others.
        """
        tried: dict[Key, Delivery] = {}
        while not self._stopped and (delivery := self._next_due(wanted, tried)) is not None:
            tried[key_of(delivery)] = self._attempt(delivery)
        return list(tried.values())

    def _next_due(self, wanted: Collection[Key] | None, tried: Collection[Key]) -> Delivery | None:
        due = self._ledger.due(self._policy.now_s())
        return next((each for each in due if key_of(each) not in tried and _is_in(wanted, each)), None)

    def deliver_all(self, wanted: Collection[Key], network: NetworkWatch | None = None) -> None:
        """Blocks until each of ``wanted`` is complete, has failed, or is paused; or until ``stop``."""
        with (network or network_watch()).watching(self.network_changed):
            while not self._stopped:
                self.deliver_due(wanted)
                open_ones = [each for each in self._ledger.open_deliveries() if _is_in(wanted, each)]
                if not open_ones:
                    return
                self._woken.wait(self._pause_s(min(each.due_at_s for each in open_ones)))
                self._woken.clear()

    def wake(self) -> None:
        """Something new is owed."""
        self._woken.set()

    def network_changed(self) -> None:
        """What waits for the network is due at once. Thread-safe."""
        self._ledger.hasten(NETWORK_CODES)
        self.wake()

    def resume(self, destination: str) -> None:
        """A person has seen to its key."""
        self._ledger.resume(destination)
        self.wake()

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

    def _pause_s(self, due_at_s: float | None) -> float:
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
                delivered = Session(self._owed.directory, destination, self._progress).deliver()
        except (RetryableError, PermanentError) as error:
            return self._troubled(error)
        except DeliveryStopped:
            return self._record(DeliveryStatus.QUEUED)
        note_payment(self._owed.directory, self._owed.destination, delivered)
        return self._record(DeliveryStatus.COMPLETE, last_error=None, error_data={})

    def _troubled(self, error: RetryableError | PermanentError) -> Delivery:
        """Said once in the log, however often it comes again."""
        level = logging.DEBUG if error.code == self._owed.last_error else logging.WARNING
        logger.log(level, "recording=%s to %s: %s", self._owed.recording_id, self._owed.destination, error.code)
        tried = Tried(self._delivery.attempts, self._delivery.bytes_sent - self._owed.bytes_sent)
        trouble = {"last_error": error.code, "error_data": {"reason": error.reason, **error.data}}
        match self._policy.judge.verdict(error, tried):
            case Wait(attempts=attempts, delay_s=delay_s):
                due_at_s = self._policy.now_s() + delay_s
                if isinstance(error, RetryableError) and error.hits_all:
                    self._ledger.postpone(self._owed.destination, error.code, due_at_s)
                return self._record(DeliveryStatus.WAITING, attempts=attempts, due_at_s=due_at_s, **trouble)
            case Pause():
                self._ledger.pause(self._owed.destination, error.code)
                return self._record(DeliveryStatus.WAITING, **trouble)
            case GiveUp():
                return self._record(DeliveryStatus.FAILED, **trouble)

    def _progress(self, progress: Progress) -> None:
        known = replace(
            self._delivery,
            bytes_sent=progress.safe_bytes,
            bytes_total=progress.total_bytes,
            upload_id=progress.upload_id,
        )
        if known != self._delivery:
            self._delivery = replace(known, rate_bytes_per_s=progress.rate_bytes_per_s)
            self._ledger.record(self._delivery)
        self._on_progress(progress)

    def _record(self, status: DeliveryStatus, **changes: Any) -> Delivery:  # noqa: ANN401 - fields of many types
        self._delivery = replace(self._delivery, status=status, rate_bytes_per_s=None, **changes)
        self._ledger.record(self._delivery)
        return self._delivery
