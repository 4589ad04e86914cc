"""A receiver of webhooks: a real server that answers as it is told to, and checks what it gets as receivers do."""

import base64
import hmac
import json
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document

    @property
    def event(self) -> str:
        return str(self.document["event"])

    def is_signed(self, secret: str, family: str) -> bool:
        """After the rules of Standard Webhooks, and written without our signer."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        message = f"{self.headers[f'{family}-id']}.{self.headers[f'{family}-timestamp']}.".encode() + self.body
        expected = "v1," + base64.b64encode(hmac.digest(key, message, "sha256")).decode()
        return hmac.compare_digest(self.headers[f"{family}-signature"], expected)


class Receiver:
    """A context manager. ``answer`` is the status of the next answers."""

    def __init__(self) -> None:
        self.answer = 200
        self.received: list[Received] = []
        self._arrived: queue.SimpleQueue[Received] = queue.SimpleQueue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next(self) -> Received:
        """Waits for it."""
        return self._arrived.get(timeout=20)

    @property
    def url(self) -> str:
        return f"http://localhost:{self._server.server_address[1]}/hook?token=x"

    @property
    def events(self) -> list[str]:
        return [each.event for each in self.received]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received = Received(self.path, dict(self.headers.items()), body)
                receiver.received.append(received)
                receiver._arrived.put(received)
                self.send_response(receiver.answer)
                if receiver.answer == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
                """Silent."""

        return Handler
