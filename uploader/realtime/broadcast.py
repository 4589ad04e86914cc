"""A recording's live events, to all who asked for them. None of them can hold up the recording."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from capture.events import Event
from capture.recording import RecordingSpec
from uploader.destinations.transport import Patience, Route
from uploader.errors import UploaderError
from uploader.realtime.endpoints import Callback, Endpoint, EndpointKind
from uploader.realtime.envelopes import Envelope, Happening, Reporter, Utterance
from uploader.realtime.line import Line, LineReport, Persistence, Sender
from uploader.realtime.mailbox import Mailbox
from uploader.realtime.webhook import WebhookSender
from uploader.realtime.websocket import WebsocketSender
from uploader.webhook_signature import WebhookSigner

PERSISTENCE: Mapping[EndpointKind, Persistence] = MappingProxyType(
    {
        EndpointKind.WEBHOOK: Persistence(retries=60, pause_s=1.0),
        EndpointKind.WEBSOCKET: Persistence(retries=30, pause_s=3.0),
        EndpointKind.CALLBACK: Persistence(retries=0, pause_s=0.0),
    }
)
"""The recordings API's own figures."""

LIVE_PATIENCE = Patience(connect_s=10.0, silence_s=15.0)
GRACE_S = 5.0
"""For what has not arrived when the recording is over."""


@dataclass(frozen=True, slots=True)
class BroadcastOptions:
    """``metadata`` is the recording's; without a ``signer`` nothing is signed."""

    signer: WebhookSigner | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    route: Route = field(default_factory=lambda: Route(patience=LIVE_PATIENCE))
    persistence: Mapping[EndpointKind, Persistence] = field(default_factory=lambda: PERSISTENCE)
    mailbox: Callable[[], Mailbox] = Mailbox


class Broadcast:
    """``tell`` and ``say`` never wait. Thread-safe."""

    def __init__(
        self, spec: RecordingSpec, endpoints: Sequence[Endpoint], options: BroadcastOptions | None = None
    ) -> None:
        """Begins."""
        options = options or BroadcastOptions()
        self._reporter = Reporter(spec, options.metadata)
        self._order = threading.Lock()
        self._lines = [
            Line(each, partial(_sender, each, options), options.persistence[each.kind], options.mailbox())
            for each in endpoints
        ]

    def tell(self, event: Event) -> None:
        """Of the recorder's events those that an endpoint wants; the others are passed over."""
        with self._order:
            happening = self._reporter.report(event)
            if happening is not None:
                self._put(happening)

    def say(self, said: Utterance) -> None:
        """As ``tell``, for what a transcription has understood."""
        with self._order:
            self._put(self._reporter.utterance(said))

    def _put(self, happening: Happening) -> None:
        for line in self._lines:
            if happening.name in line.endpoint.events:
                line.put(self._reporter.envelope(happening, line.endpoint))

    def report(self) -> tuple[LineReport, ...]:
        """How each endpoint stands."""
        return tuple(line.report() for line in self._lines)

    def close(self, grace_s: float = GRACE_S) -> tuple[LineReport, ...]:
        """Sends what waits, for no longer than that; what came of each endpoint. Idempotent."""
        until_s = time.monotonic() + grace_s
        for line in self._lines:
            line.close()
        return tuple(line.wait(max(0.0, until_s - time.monotonic())) for line in self._lines)


class CallbackSender:
    """In this process. What a callback raises ends its endpoint."""

    def __init__(self, callback: Callback) -> None:
        self._callback = callback

    def send(self, envelope: Envelope) -> None:
        self._callback(envelope.name, envelope.data)

    def close(self) -> None:
        """Nothing is open."""


def _sender(endpoint: Endpoint, options: BroadcastOptions) -> Sender:
    match endpoint.kind:
        case EndpointKind.WEBHOOK:
            return WebhookSender(endpoint, options.signer, options.route)
        case EndpointKind.WEBSOCKET:
            return WebsocketSender(endpoint, options.signer, options.route)
        case EndpointKind.CALLBACK if endpoint.callback is not None:
            return CallbackSender(endpoint.callback)
    raise UploaderError(endpoint.kind)
