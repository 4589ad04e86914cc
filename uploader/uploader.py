"""The loop over what is due, and what becomes of each attempt."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any

from capture.recording import RecordingId
from uploader.debts import is_paid, note_payment, owe, replay
from uploader.destinations.base import Destination
from uploader.errors import (
    NETWORK_CODES,
    DeliveryHeld,
    DeliveryStopped,
    LedgerUnusable,
    PermanentError,
    RetryableError,
)
from uploader.gate import Gate, OpenGate
from uploader.lease import leased
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.network import network_watch
from uploader.network.base import NetworkWatch
from uploader.retry import GiveUp, Judge, Pause, Tried, Wait
from uploader.session import OnProgress, Progress, Session

DestinationOf = Callable[[str], AbstractContextManager[Destination]]
"""Opens the destination with that name. Raises ``PermanentError``."""

LOOK_AGAIN_S = 3600.0
"""A wall clock that is set back must not leave a debt lying for ever."""

UNNOTED_S = 60.0
"""Before it is looked again whether the ledger can be used: nothing tells that a disk has room again."""

LOOK_AT_OTHERS_S = 2.0
"""How soon what somebody else was sending is looked at again."""

logger = logging.getLogger(__name__)


def ignore(_: Progress) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``now_s`` is wall time, for a debt outlives a restart. ``gate`` tells when nothing may go though it could."""

    judge: Judge = field(default_factory=Judge)
    now_s: Callable[[], float] = time.time
    gate: Gate = field(default_factory=OpenGate)


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
    return _Attempt(owed, ledger, on_progress, policy or Policy()).run(lambda: nullcontext(destination), Extent.ALL)


class Extent(Enum):
    """How much of a recording an attempt is to send."""

    SMALL = auto()
    ALL = auto()


Key = tuple[RecordingId, str]
"""A delivery's: the recording and the destination."""


def key_of(delivery: Delivery) -> Key:
    return delivery.recording_id, delivery.destination


def _is_in(wanted: Collection[Key] | None, delivery: Delivery) -> bool:
    return wanted is None or key_of(delivery) in wanted


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
        self._has_network_changed = False
        self._has_given_way = False
        self._wanted: Collection[Key] | None = None
        self._light: set[Key] = set()
        """Those whose small media objects are there."""

    def run(
        self,
        recordings: Path,
        network: NetworkWatch | None = None,
        on_round: Callable[[Collection[Delivery]], None] = lambda _: None,
    ) -> None:
        """Blocks until ``stop``. Begins with what the notes below ``recordings`` say, and with what was interrupted.

        ``on_round`` is told what came of each attempt, whenever all that was due has had one. A ledger that cannot be
        used is waited for.
        """
        is_replayed = False
        with (network or network_watch()).watching(self.network_changed):
            self.network_changed()
            while not self._stopped:
                try:
                    if not is_replayed:
                        replay(recordings, self._ledger)
                        is_replayed = True
                    done = self.deliver_due()
                    on_round(done)
                    due_at_s = self._ledger.next_due_s()
                except LedgerUnusable as error:
                    logger.warning("nothing can be delivered: %s", error.reason)
                    done, due_at_s = [], self._policy.now_s() + UNNOTED_S
                self._rest(done, due_at_s)

    def deliver_due(self, wanted: Collection[Key] | None = None) -> list[Delivery]:
        """One attempt for each delivery that is due now, unless another one has shown that it would be in vain.

        What is small goes first, of each of them. ``wanted`` leaves out all others. One that somebody else sends just
        now comes back as ``sending``.
        """
        self._wanted = wanted
        if self._has_network_changed:
            self._has_network_changed = False
            self._ledger.hasten(NETWORK_CODES)
        tried: dict[Key, Delivery] = {}
        while not self._stopped and (due := self._due(tried)):
            light = next((each for each in due if len(due) > 1 and key_of(each) not in self._light), None)
            delivery = light or due[0]
            self._light.add(key_of(delivery))
            self._has_given_way = False
            tell = self._watch if light else self._watch_giving_way
            attempt = _Attempt(delivery, self._ledger, tell, self._policy)
            done = attempt.run(
                partial(self._destination_of, delivery.destination), Extent.SMALL if light else Extent.ALL
            )
            if not (done.status is DeliveryStatus.QUEUED and (light or self._has_given_way)):
                tried[key_of(delivery)] = done
        return list(tried.values())

    def _due(self, tried: Collection[Key] = ()) -> list[Delivery]:
        due = self._ledger.due(self._policy.now_s())
        return [each for each in due if key_of(each) not in tried and _is_in(self._wanted, each)]

    def deliver_all(self, wanted: Collection[Key], network: NetworkWatch | None = None) -> None:
        """Blocks until each of ``wanted`` is complete, has failed, or is paused; or until ``stop``."""
        with (network or network_watch()).watching(self.network_changed):
            while not self._stopped:
                done = self.deliver_due(wanted)
                open_ones = [each for each in self._ledger.open_deliveries() if _is_in(wanted, each)]
                if not open_ones:
                    return
                self._rest(done, min(each.due_at_s for each in open_ones))

    def wake(self) -> None:
        """Something new is owed."""
        self._woken.set()

    def network_changed(self) -> None:
        """What waits for the network is due at once. Thread-safe; raises nothing: a watch would die of it."""
        self._has_network_changed = True
        self.wake()

    def stop(self) -> None:
        """Takes effect within a piece of a file; what was sent stays sent, the rest stays owed."""
        self._stopped = True
        self._woken.set()

    def _watch(self, progress: Progress) -> None:
        if self._stopped:
            raise DeliveryStopped
        self._on_progress(progress)

    def _watch_giving_way(self, progress: Progress) -> None:
        """Between two requests, to what is small and has come meanwhile."""
        self._watch(progress)
        is_between = progress.sent_bytes == progress.safe_bytes < progress.total_bytes
        if is_between and any(key_of(each) not in self._light for each in self._due()):
            self._has_given_way = True
            raise DeliveryStopped

    def _rest(self, done: Collection[Delivery], due_at_s: float | None) -> None:
        is_sent_elsewhere = any(each.status is DeliveryStatus.SENDING for each in done)
        self._woken.wait(LOOK_AT_OTHERS_S if is_sent_elsewhere else self._pause_s(due_at_s))
        self._woken.clear()

    def _pause_s(self, due_at_s: float | None) -> float:
        if due_at_s is None:
            return LOOK_AGAIN_S
        return min(max(due_at_s - self._policy.now_s(), 0.0), LOOK_AGAIN_S)


class _Attempt:
    """One attempt, every step of it in the ledger."""

    def __init__(self, owed: Delivery, ledger: Ledger, tell: OnProgress, policy: Policy) -> None:
        self._owed = owed
        self._delivery = replace(owed, status=DeliveryStatus.SENDING, attempts=owed.attempts + 1)
        self._ledger = ledger
        self._tell = tell
        self._policy = policy

    def run(self, open_destination: Callable[[], AbstractContextManager[Destination]], extent: Extent) -> Delivery:
        """``sending``, and nothing is done, where somebody else does it; ``queued`` where more is to be sent.

        Raises ``LedgerUnusable`` where not even a trouble can be recorded.
        """
        try:
            with leased(self._owed.directory) as is_ours:
                return self._run(open_destination, extent) if is_ours else self._delivery
        except LedgerUnusable as error:
            return self._troubled(error)

    def _run(self, open_destination: Callable[[], AbstractContextManager[Destination]], extent: Extent) -> Delivery:
        try:
            self._policy.gate.require(self._owed.destination)
            self._ledger.record(self._delivery)
            with open_destination() as destination:
                session = Session(self._owed.directory, destination, self._progress)
                if extent is Extent.SMALL:
                    session.send_small()
                    return self._record(DeliveryStatus.QUEUED, attempts=self._owed.attempts)
                delivered = session.deliver()
            note_payment(self._owed.directory, self._owed.destination, delivered)
            done = self._record(DeliveryStatus.COMPLETE, last_error=None, error_data={})
            if is_paid(done.directory, done.destination):
                return done
            return owe(done.directory, done.destination, self._ledger)  # it has grown meanwhile, when it still was owed
        except (RetryableError, PermanentError) as error:
            return self._troubled(error)
        except DeliveryStopped:
            return self._record(DeliveryStatus.QUEUED)

    def _troubled(self, error: RetryableError | PermanentError) -> Delivery:
        """Said once in the log, however often it comes again."""
        if isinstance(error, DeliveryHeld):
            self._tell_held(error.code)
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

    def _tell_held(self, code: str) -> None:
        known = self._delivery
        sent_bytes, total_bytes, upload_id = known.bytes_sent, known.bytes_total, known.upload_id or ""
        held = Progress(known.recording_id, known.destination, upload_id, sent_bytes, sent_bytes, total_bytes)
        self._tell(replace(held, waiting_for=code))

    def _progress(self, progress: Progress) -> None:
        self._policy.gate.require(self._owed.destination)
        known = replace(
            self._delivery,
            bytes_sent=progress.safe_bytes,
            bytes_total=progress.total_bytes,
            upload_id=progress.upload_id,
        )
        if known != self._delivery:
            self._delivery = replace(known, rate_bytes_per_s=progress.rate_bytes_per_s)
            self._ledger.record(self._delivery)
        self._tell(progress)

    def _record(self, status: DeliveryStatus, **changes: Any) -> Delivery:  # noqa: ANN401 - fields of many types
        self._delivery = replace(self._delivery, status=status, rate_bytes_per_s=None, **changes)
        self._ledger.record(self._delivery)
        return self._delivery
