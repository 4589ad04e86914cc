"""Live events by WebSocket: one text message for each, over a connection that is made anew where it breaks."""

import asyncio
import ssl
import threading
from collections.abc import Coroutine
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

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

    One that broke on its way is sent again, so that it may come twice, but never not at all. The connection lives on a
    thread of its own, so that pings are answered while there is nothing to send.
    """

    def __init__(self, endpoint: Endpoint, signer: WebhookSigner | None, route: Route) -> None:
        self._url = endpoint.url
        self._signer = signer
        self._route = route
        self._trust = trust(route.ca_file) if endpoint.url.startswith("wss") else None
        self._connection: ClientConnection | None = None
        self._overhearing: asyncio.Task[None] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="realtime-websocket", daemon=True)
        self._thread.start()

    def send(self, envelope: Envelope) -> None:
        self._run(self._send(envelope))

    def close(self) -> None:
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, act: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(act, self._loop).result()

    async def _send(self, envelope: Envelope) -> None:
        try:
            connection = self._connection = self._connection or await self._connect()
            async with asyncio.timeout(self._route.patience.silence_s):
                await connection.send(envelope.body().decode())
                if not envelope.is_media:
                    await (await connection.ping())
        except (ConnectionClosed, TimeoutError) as error:
            await self._break_off()
            raise NetworkTrouble("closed" if isinstance(error, ConnectionClosed) else "unanswered") from error

    async def _connect(self) -> ClientConnection:
        """Raises ``NetworkTrouble``."""
        patience = self._route.patience
        headers = self._signer.headers(f"msg_{uuid4().hex}", b"") if self._signer else {}
        try:
            connection = await connect(
                self._url,
                ssl=self._trust,
                additional_headers=headers,
                proxy=self._route.proxy or (None if is_loopback(urlsplit(self._url).hostname or "") else True),
                compression=None,  # Base64 of what is compressed already
                open_timeout=patience.connect_s,
                ping_interval=PING_S,
                ping_timeout=patience.silence_s,
                close_timeout=FAREWELL_S,
            )
        except (OSError, WebSocketException, EOFError) as error:
            raise _unconnected(error) from error
        self._overhearing = asyncio.create_task(_overhear(connection))
        return connection

    async def _leave(self) -> None:
        if self._connection is not None:
            await self._connection.close()
        await self._break_off()

    async def _break_off(self) -> None:
        """Whatever has not gone yet is lost."""
        if self._connection is not None:
            self._connection.transport.abort()
            await self._connection.wait_closed()
        if self._overhearing is not None:
            await self._overhearing
        self._connection = self._overhearing = None


async def _overhear(connection: ClientConnection) -> None:
    """Whatever the other end says: answers to pings come only when it is taken away."""
    with suppress(ConnectionClosed):
        while True:
            await connection.recv()


def _unconnected(error: Exception) -> NetworkTrouble:
    """Names of hosts and addresses stay out of it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateUntrusted(error.verify_message)
    return NetworkTrouble(type(error).__name__)
