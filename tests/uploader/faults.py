"""Servers that misbehave in known ways."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body_bytes: int


class ScriptedServer:
    """Gives the answers it was given, one a request, and then the last for ever; remembers what it was asked."""

    def __init__(self, answers: Sequence[Answer], tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self._answers = list(answers)
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                script.asked.append(Asked(self.command, self.path, dict(self.headers), len(self.rfile.read(length))))
                answer = script.next()
                self.send_response(answer.status)
                for name, value in ({"Content-Length": str(len(answer.body))} | dict(answer.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - the names are the library's

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
                """Silent."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A caller that goes away is what some tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
            self.url = f"https://localhost:{self._server.server_port}"

    def say(self, *answers: Answer) -> None:
        """From now on these instead."""
        self._answers = list(answers)

    def next(self) -> Answer:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def run(self) -> None:
        self._server.serve_forever(poll_interval=0.01)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def scripted(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    server = ScriptedServer(answers, tls)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@dataclass(frozen=True)
class Cut:
    """Breaks a connection: once so many bytes went to the server, or when the server answers after so many.

    Or leaves it whole, and changes the byte after so many.
    """

    after_bytes: int | None = None
    at_answer_after_bytes: int | None = None
    flip_after_bytes: int | None = None


class CuttingProxy:
    """A TCP proxy. Each connection meets the next of ``cuts``; when they are used up, all goes through."""

    def __init__(self, target: tuple[str, int], cuts: Sequence[Cut]) -> None:
        self.cuts = list(cuts)
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads: list[threading.Thread] = []

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._join, args=(client,))
                thread.start()
                self._threads.append(thread)

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _join(self, client: socket.socket) -> None:
        cut = self.cuts.pop(0) if self.cuts else Cut()
        with client, socket.create_connection(self._target) as server:
            Passage(client, server, cut).run()


class Passage:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket, cut: Cut) -> None:
        self._client = client
        self._server = server
        self._cut = cut
        self._passed_bytes = 0

    def run(self) -> None:
        back = threading.Thread(target=self._pass_back)
        back.start()
        self._pass_on()
        back.join()

    def _pass_on(self) -> None:
        limit = self._cut.after_bytes
        with contextlib.suppress(OSError):
            while limit is None or self._passed_bytes < limit:
                data = self._client.recv(65536 if limit is None else min(limit - self._passed_bytes, 65536))
                if not data:
                    break
                self._server.sendall(self._flipped(data))
                self._passed_bytes += len(data)
        end(self._server)
        end(self._client)

    def _flipped(self, data: bytes) -> bytes:
        at = -1 if self._cut.flip_after_bytes is None else self._cut.flip_after_bytes - self._passed_bytes
        if not 0 <= at < len(data):
            return data
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    def _pass_back(self) -> None:
        limit = self._cut.at_answer_after_bytes
        with contextlib.suppress(OSError):
            while data := self._server.recv(65536):
                if limit is not None and self._passed_bytes >= limit:
                    break
                self._client.sendall(data)
        end(self._client)
        end(self._server)


def end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(url: str, *cuts: Cut) -> Iterator[CuttingProxy]:
    host, _, port = url.removeprefix("http://").partition(":")
    proxy = CuttingProxy((host, int(port)), cuts)
    thread = threading.Thread(target=proxy.run)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.stop()
        thread.join()
