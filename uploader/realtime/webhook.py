"""Live events by HTTP: one request for each, answered by any 2xx."""

import time

import httpx

from uploader.destinations.transport import Route, open_client, unconnected
from uploader.errors import DestinationTrouble, NetworkTrouble
from uploader.realtime.endpoints import Endpoint
from uploader.realtime.envelopes import Envelope
from uploader.webhook_signature import WebhookSigner

MOST_ANSWER_BYTES = 64 * 1024
ANSWER_S = 15.0
"""An answer that is longer, or takes longer, is not read to its end."""


class WebhookSender:
    """Raises ``UnknownDestination`` where authorities or proxy are of no use."""

    def __init__(self, endpoint: Endpoint, signer: WebhookSigner | None, route: Route) -> None:
        self._url = endpoint.url
        self._signer = signer
        self._client = open_client(endpoint.url, route)

    def send(self, envelope: Envelope) -> None:
        body = envelope.body()
        headers = {"Content-Type": "application/json"}
        if self._signer is not None:
            headers |= self._signer.headers(envelope.id, body)
        try:
            with self._client.stream("POST", self._url, content=body, headers=headers) as response:
                _leave_usable(response)
        except httpx.ConnectError as error:
            raise unconnected(error) from error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise NetworkTrouble(type(error).__name__) from error
        if not response.is_success:
            status = str(response.status_code)
            raise DestinationTrouble(status, status=status)

    def close(self) -> None:
        self._client.close()


def _leave_usable(response: httpx.Response) -> None:
    """A connection whose answer was read can be used again."""
    until_s = time.monotonic() + ANSWER_S
    read_bytes = 0
    for piece in response.iter_raw():
        read_bytes += len(piece)
        if read_bytes > MOST_ANSWER_BYTES or time.monotonic() > until_s:
            return
