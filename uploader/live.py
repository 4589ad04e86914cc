"""A recording that is sent while it is made, so that little is left to send when it ends.

Nothing here may hold up a recording, or make it fail: whatever goes wrong, the delivery after the end sends what is
missing. Files are sent up to where they are safe on the disk, less a byte: their length is told with the last one.
"""

import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from uploader.claim import read_claim
from uploader.debts import owe
from uploader.destinations.base import RemoteUpload
from uploader.destinations.growing import GROWING, Growing, GrowingDestination
from uploader.destinations.pieces import PIECE_BYTES, Stretch
from uploader.errors import AuthenticationFailed, DeliveryStopped, LocalFileChanged, RetryableError, UploaderError
from uploader.gate import Gate, OpenGate
from uploader.lease import leased
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.retry import Judge, Tried, Wait

logger = logging.getLogger(__name__)

NICENESS = 10
"""A ninth of the time of one who is as busy, see sched(7)."""

FAREWELL_S = 10.0
"""For a request that is under way when the recording ends; a line that takes longer to notice has not much to save."""


class Body:
    """What was to be sent of one file so far, and its digest. One thread at a time."""

    def __init__(self, source: Path, begin: int) -> None:
        self._source = source
        self._begin = begin
        self._hash = hashlib.sha256()
        self.end = begin

    def follow(self, end: int) -> None:
        """Raises ``LocalFileChanged``."""
        for piece in Stretch(self._source, self.end, end - self.end).read(PIECE_BYTES):
            self._hash.update(piece)
        self.end = end

    def is_in_closed_file(self) -> bool:
        """And a byte more, at least, with which the length can be told."""
        try:
            if self._source.stat().st_size <= self.end:
                return False
            whole = Stretch(self._source, self._begin, self.end - self._begin)
            return whole.digest("sha256") == self._hash.digest()
        except (OSError, LocalFileChanged):
            return False


@dataclass(frozen=True, slots=True)
class LivePolicy:
    judge: Judge = field(default_factory=Judge)
    gate: Gate = field(default_factory=OpenGate)
    farewell_s: float = FAREWELL_S


class LiveDelivery:
    """One recording to one destination, on a thread of its own. ``grew`` is thread-safe; the rest is for one thread."""

    def __init__(
        self,
        directory: Path,
        ledger: Ledger,
        destination: str,
        open_destination: Callable[[], AbstractContextManager[GrowingDestination]],
        policy: LivePolicy | None = None,
    ) -> None:
        """``ledger`` stays its opener's; it must be open until ``finish`` or ``discard`` has returned."""
        self._directory = directory
        self._ledger = ledger
        self._name = destination
        self._open = open_destination
        self._policy = policy or LivePolicy()
        self._durable_bytes: Mapping[str, int] = {}
        self._bodies: dict[Growing, Body] = {}
        self._safe_bytes: dict[str, int] = {}
        self._owed: Delivery | None = None
        self._upload: RemoteUpload | None = None
        self._woken = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-delivery", daemon=True)

    def grew(self, durable_bytes: Mapping[str, int]) -> None:
        """So much of each file is safe on the disk, by path. The first time, it begins."""
        self._durable_bytes = durable_bytes
        self._woken.set()
        if not self._thread.is_alive() and not self._ending.is_set() and self._thread.ident is None:
            self._thread.start()

    def finish(self) -> None:
        """The files are closed. What was sent is compared with them, and the delivery goes on from there."""
        if not self._stopped():
            return
        unlike = [growing for growing, body in self._bodies.items() if not body.is_in_closed_file()]
        self._conclude(unlike)

    def discard(self) -> None:
        """Nothing of it is wanted: neither there, as far as it can be reached, nor owed any more."""
        if self._stopped():
            self._conclude(list(self._bodies))
        if self._owed is not None:
            self._ledger.forget(self._owed.recording_id)

    def _stopped(self) -> bool:
        """False where the thread does not come to its end, or never began."""
        self._ending.set()
        self._woken.set()
        if self._thread.ident is None:
            return False
        self._thread.join(self._policy.farewell_s)
        return not self._thread.is_alive()

    def _conclude(self, unlike: list[Growing]) -> None:
        if self._upload is None or not self._bodies:
            return
        try:
            with self._open() as destination:
                for growing in self._bodies:
                    if growing in unlike:
                        destination.drop(self._upload, growing)
                    else:
                        destination.settle(self._upload, growing)
        except UploaderError as error:  # what could not be dropped expires there by itself
            logger.info("recording=%s: left as it is: %s", self._directory.name, error.code)

    def _run(self) -> None:
        _give_way()
        try:
            with leased(self._directory) as is_ours:
                if is_ours:
                    self._send_what_can_be()
                    self._ending.wait()  # what was stopped may yet go on: nobody else delivers it before
        except Exception:  # the top of a thread
            logger.exception("recording=%s: nothing is sent before its end", self._directory.name)

    def _send_what_can_be(self) -> None:
        try:
            self._send_until_end()
        except DeliveryStopped:
            pass
        except UploaderError as error:
            logger.warning("recording=%s: nothing is sent before its end: %s", self._directory.name, error.code)

    def _send_until_end(self) -> None:
        self._owed = owe(self._directory, self._name, self._ledger)
        sending = replace(self._owed, status=DeliveryStatus.SENDING)
        attempt = 0
        while not self._ending.is_set():
            try:
                with self._open() as destination:
                    while not self._ending.is_set():
                        self._send_what_is_safe(destination)
                        attempt = 0
                        safe_bytes, grown_bytes = sum(self._safe_bytes.values()), sum(self._durable_bytes.values())
                        self._ledger.record(replace(sending, bytes_sent=safe_bytes, bytes_total=grown_bytes))
                        self._woken.wait()
                        self._woken.clear()
            except RetryableError as error:
                attempt += 1
                verdict = self._policy.judge.verdict(error, Tried(attempt))
                logger.info("recording=%s: %s", self._directory.name, error.code)
                self._ending.wait(verdict.delay_s if isinstance(verdict, Wait) else 0.0)

    def _send_what_is_safe(self, destination: GrowingDestination) -> None:
        """An upload's token may expire: another one is asked for, once."""
        self._policy.gate.require(self._name)
        try:
            self._send_each(destination)
        except AuthenticationFailed:
            self._upload = None
            self._send_each(destination)

    def _send_each(self, destination: GrowingDestination) -> None:
        if self._upload is None:
            self._upload = destination.create(read_claim(self._directory))
        for growing in GROWING:
            if growing.path in self._durable_bytes and destination.takes(self._upload, growing):
                self._send(destination, self._upload, growing)

    def _send(self, destination: GrowingDestination, upload: RemoteUpload, growing: Growing) -> None:
        end = self._durable_bytes[growing.path] - 1
        source = self._directory / growing.path
        if end <= growing.head_bytes:
            return
        body = self._bodies.setdefault(growing, Body(source, growing.head_bytes))
        body.follow(end)
        at = destination.grown(upload, growing)
        while at < end:
            at = destination.grow(upload, growing, Stretch(source, at, end - at), self._look_up)
        self._safe_bytes[growing.path] = at - growing.head_bytes

    def _look_up(self, _: int) -> None:
        if self._ending.is_set():
            raise DeliveryStopped
        self._policy.gate.require(self._name)


def _give_way() -> None:
    """To whatever records. Elsewhere than under Linux a thread has no priority of its own that any user may lower."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
