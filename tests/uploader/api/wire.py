"""HTTP by hand over one socket: whatever is to be said is sent, also what no library would."""

import contextlib
import socket
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

LIMIT_S = 30.0

Header = tuple[str, str]


@dataclass(frozen=True)
class Request:
    """``sent_bytes``: how much of the body is sent before the connection is closed; ``None`` is all, and no closing."""

    method: str
    target: str
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    is_chunked: bool = False
    sent_bytes: int | None = None

    def head(self, host: str) -> bytes:
        framing = [("Transfer-Encoding", "chunked")] if self.is_chunked else [("Content-Length", str(len(self.body)))]
        lines = [f"{name}: {value}" for name, value in [("Host", host), *framing, *self.headers]]
        return "\r\n".join([f"{self.method} {self.target} HTTP/1.1", *lines, "", ""]).encode("latin-1")

    def framed(self, pieces: Iterable[bytes]) -> bytes:
        if not self.is_chunked:
            return self.body
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*filter(None, pieces), b""])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Wire:
    """One connection that is used for as long as it lasts. ``answers``: how often each status came, or none."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._address = (address.hostname or "", address.port or 80)
        self.host = address.netloc
        self.answers: Counter[int | None] = Counter()
        self._socket: socket.socket | None = None

    @property
    def requests(self) -> int:
        return self.answers.total()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def ask(self, request: Request) -> Answer | None:
        """``None`` where no answer came: the connection was closed, by one end or the other."""
        halves = (request.body[: len(request.body) // 2], request.body[len(request.body) // 2 :])
        framed = request.framed(halves)
        if request.sent_bytes is None:
            return self.say(request.head(self.host) + framed, request.method)
        self.say(request.head(self.host) + framed[: request.sent_bytes], None)
        return None

    def say(self, data: bytes, method: str | None) -> Answer | None:
        """Without ``method`` nobody waits for an answer."""
        connection = self._socket or socket.create_connection(self._address, LIMIT_S)
        self._socket = connection
        with contextlib.suppress(ConnectionError):  # it may be answered before all of it is read
            connection.sendall(data)
        answer = self._answer(connection, method) if method else None
        self.answers[answer.status if answer else None] += 1
        if answer is None or answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def _answer(self, connection: socket.socket, method: str) -> Answer | None:
        response = HTTPResponse(connection, method=method)
        try:
            response.begin()
            body = response.read()
        except (ConnectionError, HTTPException):
            return None
        finally:
            response.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
