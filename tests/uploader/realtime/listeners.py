"""Those whom live events are told to: real servers, which can go away, come back, and listen badly."""

import json
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from capture.events import LiveSound, ParticipantChange, SegmentBegan
from capture.recording import (
    LOCAL_PARTICIPANT_ID,
    NS_PER_S,
    Participant,
    ParticipantAction,
    RecordingId,
    RecordingSpec,
)
from tests.uploader.faults import end
from uploader.destinations.transport import Patience, Route
from uploader.realtime.broadcast import BroadcastOptions
from uploader.realtime.endpoints import EndpointKind
from uploader.realtime.line import Persistence

LIMIT_S = 20.0
SPEC = RecordingSpec(RecordingId("0b4c1e0e-7a53-4f0a-9f0e-2f6a5a0e11aa"), Path("nowhere"), None, participant_name="Ada")
BEGAN = SegmentBegan(0, "2026-11-01T09:00:00.000Z")
ADA = Participant(LOCAL_PARTICIPANT_ID, "Ada", is_host=True)


def spoke(at_s: float) -> ParticipantChange:
    return ParticipantChange(ADA, ParticipantAction.SPEECH_ON, round(at_s * NS_PER_S))


def sound(at_s: float, size: int = 4) -> LiveSound:
    return LiveSound("AAAA" * (size // 4), round(at_s * NS_PER_S))


def options(
    retries: int = 1000,
    pause_s: float = 0.01,
    silence_s: float = 5.0,
    ca_file: Path | None = None,
    **more: Any,  # noqa: ANN401 - those of BroadcastOptions
) -> BroadcastOptions:
    """As patient as a test has to be: an endpoint is given up when it is meant to be, however busy the machine."""
    persistence = {kind: Persistence(retries, pause_s) for kind in EndpointKind}
    route = Route(ca_file=ca_file, patience=Patience(connect_s=LIMIT_S, silence_s=silence_s))
    return BroadcastOptions(route=route, persistence=persistence, **more)


@dataclass(frozen=True)
class Heard:
    """``headers``: of the request, or of the upgrade; their names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:  # noqa: ANN401 - a JSON document has no better type
        return json.loads(self.body)

    @property
    def at_s(self) -> float:
        return float(self.document["data"]["data"]["timestamp"]["relative"])


@dataclass
class Listener:
    url: str = ""
    heard: "queue.SimpleQueue[Heard]" = field(default_factory=queue.SimpleQueue)

    def next(self) -> Heard:
        return self.heard.get(timeout=LIMIT_S)

    def until(self, event: str, at_s: float | None = None) -> list[Heard]:
        """All up to there. A ping is answered before what went ahead of it is read."""
        found = [self.next()]
        while not (found[-1].document["event"].startswith(event) and at_s in {None, found[-1].at_s}):
            found.append(self.next())
        return found

    def all(self) -> list[Heard]:
        return [self.heard.get() for _ in range(self.heard.qsize())]


@contextmanager
def webhook(
    *statuses: int, port: int = 0, tls: ssl.SSLContext | None = None, body: bytes = b"<html>ok</html>"
) -> Iterator[Listener]:
    """Answers with the statuses in turn, and then with 200; as web frameworks do, with a page."""
    answers = list(statuses)
    listener = Listener()
    connections: list[socket.socket] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            status = answers.pop(0) if answers else 200
            if status == 200:
                listener.heard.put(Heard(self.path, _lowered(self.headers.items()), content))
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Silent."""

    class Server(ThreadingHTTPServer):
        def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the library has it
            connections.append(request)
            super().process_request(request, client_address)

        def handle_error(self, request: object, client_address: object) -> None:
            """A caller that goes away is no news."""

    server = Server(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    listener.url = f"{scheme}://{host}:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        for connection in connections:
            end(connection)
        server.server_close()
        thread.join()


Manner = Callable[[ServerConnection, Listener], None]


def attentive(connection: ServerConnection, listener: Listener) -> None:
    for message in connection:
        listener.heard.put(heard(connection, message))


def heard(connection: ServerConnection, message: str | bytes) -> Heard:
    assert isinstance(message, str)
    assert connection.request is not None
    return Heard(connection.request.path, _lowered(connection.request.headers.raw_items()), message.encode())


@contextmanager
def websocket(manner: Manner = attentive, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[Listener]:
    listener = Listener()

    def listen(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            manner(connection, listener)

    with serve(listen, "127.0.0.1", port, ssl=tls, compression=None, close_timeout=0.1) as server:
        scheme, host = ("wss", "localhost") if tls else ("ws", "127.0.0.1")
        listener.url = f"{scheme}://{host}:{server.socket.getsockname()[1]}/live"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()


def _lowered(headers: Any) -> dict[str, str]:  # noqa: ANN401 - pairs of either library
    return {name.lower(): value for name, value in headers}
