"""Tells a recording's live events to the addresses that were given for them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from app.console import Console
from app.credentials import find_webhook_secret
from app.messages import describe
from app.paths import Paths
from capture.events import Event
from capture.recording import RecordingSpec
from uploader.realtime.broadcast import GRACE_S, Broadcast, BroadcastOptions
from uploader.realtime.endpoints import TOLD, Endpoint, EndpointStatus, endpoint_at, live_media
from uploader.realtime.line import LineReport
from uploader.webhook_signature import WebhookSigner

Tell = Callable[[Event], None]


def endpoints_at(urls: Iterable[str], events: Iterable[str]) -> list[Endpoint]:
    """Without ``events``, all but sound and pictures. Raises ``InvalidEndpoint``."""
    return [endpoint_at(url, frozenset(events) or TOLD) for url in urls]


@contextmanager
def live_events(
    spec: RecordingSpec, endpoints: Sequence[Endpoint], paths: Paths, console: Console, *, grace_s: float = GRACE_S
) -> Iterator[tuple[RecordingSpec, Tell]]:
    """The spec as it has to be for that, and who is to be told of every event. What did not arrive is said at the end.

    Raises ``InvalidWebhookSecret``, and ``Failure`` where the file that may hold it cannot be read.
    """
    secret = find_webhook_secret(paths.credentials)
    options = BroadcastOptions(signer=WebhookSigner(secret) if secret else None)
    broadcast = Broadcast(spec, endpoints, options)
    try:
        yield replace(spec, live_media=live_media(endpoints)), broadcast.tell
    finally:
        for number, report in enumerate(broadcast.close(grace_s), 1):
            _say(number, report, endpoints[number - 1], console)


def _say(number: int, report: LineReport, endpoint: Endpoint, console: Console) -> None:
    """By its number on the command line: the address may be a secret."""
    data = {"kind": str(endpoint.kind), "number": str(number), "unsent": str(report.unsent)}
    if report.status is EndpointStatus.FAILED:
        console.complain_aside(describe("endpoint_failed", report.code or "", data))
    if report.dropped:
        console.say(f"The {endpoint.kind} number {number} was too slow for {report.dropped} sounds and pictures.")
