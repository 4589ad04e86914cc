"""The way to one endpoint: a thread that sends, tries again, and in the end gives up."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from uploader.errors import EndpointOverrun, EndpointUnfinished, RetryableError, UploaderError
from uploader.realtime.endpoints import Endpoint, EndpointStatus
from uploader.realtime.envelopes import Envelope
from uploader.realtime.mailbox import Mailbox

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Persistence:
    """How often one message is tried again, and after how long."""

    retries: int
    pause_s: float


class Sender(Protocol):
    """Used by one thread."""

    def send(self, envelope: Envelope) -> None:
        """Raises ``RetryableError`` where it did not arrive, other ``UploaderError`` where it never will."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class LineReport:
    """``sent``: messages that arrived; ``dropped``: media that were left out; ``unsent``: events that never went.

    ``code`` tells why it failed.
    """

    endpoint_id: str
    status: EndpointStatus
    sent: int
    dropped: int
    unsent: int
    code: str | None = None


class Line:
    """``put`` never waits. Thread-safe."""

    def __init__(
        self, endpoint: Endpoint, open_sender: Callable[[], Sender], persistence: Persistence, mailbox: Mailbox
    ) -> None:
        """Begins. ``open_sender`` is called on the line's own thread."""
        self.endpoint = endpoint
        self._open_sender = open_sender
        self._persistence = persistence
        self._mailbox = mailbox
        self._abandoned = threading.Event()
        self._fate = threading.Lock()
        self._status = EndpointStatus.RUNNING
        self._code: str | None = None
        self._sent = 0
        self._in_hand = 0
        self._thread = threading.Thread(target=self._run, name="realtime", daemon=True)
        self._thread.start()

    def put(self, envelope: Envelope) -> None:
        if self._status is not EndpointStatus.RUNNING:
            return
        try:
            self._mailbox.put(envelope)
        except EndpointOverrun as error:
            self._end(EndpointStatus.FAILED, error)

    def close(self) -> None:
        """Nothing more will come; what waits is still sent. Returns at once."""
        self._mailbox.close()

    def wait(self, limit_s: float) -> LineReport:
        """After ``close``: what came of it. What has not gone by then never will."""
        self._thread.join(limit_s)
        if self._thread.is_alive():
            self._end(EndpointStatus.FAILED, EndpointUnfinished())
        return self.report()

    def report(self) -> LineReport:
        unsent = 0 if self._status is EndpointStatus.DONE else self._mailbox.waiting_events + self._in_hand
        return LineReport(self.endpoint.id, self._status, self._sent, self._mailbox.dropped, unsent, self._code)

    def _run(self) -> None:
        try:
            sender = self._open_sender()
            try:
                self._send_all(sender)
            finally:
                sender.close()
        except UploaderError as error:
            self._end(EndpointStatus.FAILED, error)
        except Exception as error:  # the top of a thread
            logger.exception("realtime endpoint=%s", self.endpoint.id)
            self._end(EndpointStatus.FAILED, UploaderError(type(error).__name__))
        else:
            self._end(EndpointStatus.DONE)

    def _send_all(self, sender: Sender) -> None:
        while not self._abandoned.is_set() and (envelope := self._mailbox.take()) is not None:
            self._in_hand = 0 if envelope.is_media else 1
            self._send(sender, envelope)
            self._in_hand = 0
            self._sent += 1

    def _send(self, sender: Sender, envelope: Envelope) -> None:
        """Raises ``UploaderError`` once it was tried often enough."""
        for retries_left in reversed(range(self._persistence.retries + 1)):
            try:
                sender.send(envelope)
            except RetryableError:
                if not retries_left or self._abandoned.wait(self._persistence.pause_s):
                    raise
            else:
                return

    def _end(self, status: EndpointStatus, error: UploaderError | None = None) -> None:
        """The first word is the last."""
        with self._fate:
            if self._status is not EndpointStatus.RUNNING:
                return
            self._status, self._code = status, error.code if error else None
        self._abandoned.set()
        self._mailbox.close()
        if error is not None:
            logger.warning("realtime endpoint=%s failed: %s (%s)", self.endpoint.id, error.code, error.reason)
