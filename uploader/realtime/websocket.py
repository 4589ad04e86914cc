"""Live events by WebSocket: one text message for each, over a connection that is made anew where it breaks."""

import socket
import ssl
import struct
import sys
import threading
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect

from uploader.destinations.transport import Route, is_loopback, trust
from uploader.errors import CertificateUntrusted, NetworkTrouble
from uploader.realtime.endpoints import Endpoint
from uploader.realtime.envelopes import Envelope
from uploader.webhook_signature import WebhookSigner

PING_S = 30.0
"""What lies between the two ends may close a line that carries nothing for longer."""

FAREWELL_S = 2.0


class WebsocketSender:
    """An event has arrived once the other end has answered a ping that was sent after it; media just go.

    One that broke on its way is sent again, so that it may come twice, but never not at all.
    """

    def __init__(self, endpoint: Endpoint, signer: WebhookSigner | None, route: Route) -> None:
        self._url = endpoint.url
        self._signer = signer
        self._route = route
        self._trust = trust(route.ca_file) if endpoint.url.startswith("wss") else None
        self._connection: ClientConnection | None = None

    def send(self, envelope: Envelope) -> None:
        try:
            connection = self._connection = self._connection or self._connect()
            connection.send(envelope.body().decode())
            if not envelope.is_media:
                self._confirm(connection)
        except NetworkTrouble:
            self.close()
            raise
        except ConnectionClosed as error:
            self.close()
            raise NetworkTrouble("closed") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _confirm(self, connection: ClientConnection) -> None:
        """Raises ``NetworkTrouble``."""
        pong = connection.ping(ack_on_close=True)
        if not pong.wait(self._route.patience.silence_s) or connection.state is not State.OPEN:
            raise NetworkTrouble("unanswered")

    def _connect(self) -> ClientConnection:
        patience = self._route.patience
        host = urlsplit(self._url).hostname or ""
        headers = self._signer.headers(f"msg_{uuid4().hex}", b"") if self._signer else {}
        try:
            connection = connect(
                self._url,
                ssl=self._trust,
                additional_headers=headers,
                proxy=self._route.proxy or (None if is_loopback(host) else True),
                compression=None,  # Base64 of what is compressed already
                open_timeout=patience.connect_s,
                ping_interval=PING_S,
                ping_timeout=patience.silence_s,
                close_timeout=FAREWELL_S,
                legacy=True,
            )
        except (OSError, WebSocketException, EOFError) as error:
            raise _unconnected(error) from error
        _limit(connection.socket, patience.silence_s)
        threading.Thread(target=_overhear, args=[connection], name="realtime-answers", daemon=True).start()
        return connection


def _limit(connected: socket.socket, silence_s: float) -> None:
    """A reader that reads nothing holds up a message for so long, and then the connection is broken.

    The library's own pings cannot find that out: they wait for the message.
    """
    whole_s, rest_s = divmod(silence_s, 1)
    limit = struct.pack("ll", int(whole_s), int(rest_s * 1e6))
    if sys.platform == "win32":
        limit = struct.pack("L", int(silence_s * 1000))
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


def _overhear(connection: ClientConnection) -> None:
    """Whatever the other end says: answers to pings come only when it is taken away."""
    with suppress(ConnectionClosed):
        while True:
            connection.recv()


def _unconnected(error: Exception) -> NetworkTrouble:
    """Names of hosts and addresses stay out of it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateUntrusted(error.verify_message)
    return NetworkTrouble(type(error).__name__)
