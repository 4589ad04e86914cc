"""Tells recordings' live events to the addresses that were given for them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.console import Console
from app.credentials import find_webhook_secret
from app.messages import describe
from app.paths import Paths
from capture.recording import LiveMedia, RecordingSpec
from uploader.realtime.broadcast import GRACE_S, Broadcast, BroadcastOptions
from uploader.realtime.endpoints import TOLD, Endpoint, EndpointStatus, endpoint_at, live_media
from uploader.realtime.line import LineReport
from uploader.webhook_signature import WebhookSigner


@dataclass(frozen=True, slots=True)
class LiveEvents:
    """The same for each recording."""

    endpoints: tuple[Endpoint, ...]
    options: BroadcastOptions

    @property
    def media(self) -> tuple[LiveMedia, ...]:
        """What the recorder has to be asked for, for their sake."""
        return live_media(self.endpoints)

    @contextmanager
    def broadcast(self, spec: RecordingSpec, console: Console, *, grace_s: float = GRACE_S) -> Iterator[Broadcast]:
        """It is told of every event of one recording. What did not arrive is said at the end."""
        broadcast = Broadcast(spec, self.endpoints, self.options)
        try:
            yield broadcast
        finally:
            for number, report in enumerate(broadcast.close(grace_s), 1):
                _say(number, report, self.endpoints[number - 1], console)


def live_events(urls: Iterable[str], events: Iterable[str], paths: Paths) -> LiveEvents:
    """Without ``events``, all but sound and pictures.

    Raises ``InvalidEndpoint`` and ``InvalidWebhookSecret``, and ``Failure`` where the file that may hold the secret
    cannot be read.
    """
    endpoints = tuple(endpoint_at(url, frozenset(events) or TOLD) for url in urls)
    secret = find_webhook_secret(paths.credentials)
    return LiveEvents(endpoints, BroadcastOptions(signer=WebhookSigner(secret) if secret else None))


def _say(number: int, report: LineReport, endpoint: Endpoint, console: Console) -> None:
    """By its number on the command line: the address may be a secret."""
    data = {"kind": str(endpoint.kind), "number": str(number), "unsent": str(report.unsent)}
    if report.status is EndpointStatus.FAILED:
        console.complain_aside(describe("endpoint_failed", report.code or "", data))
    if report.dropped:
        console.say(f"The {endpoint.kind} number {number} was too slow for {report.dropped} sounds and pictures.")
