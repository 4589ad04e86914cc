"""Requests as bytes on a socket: what no proper client would send."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LIMIT_S = 20.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document


class Wire:
    """One connection to a server."""

    def __init__(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self.host = f"{host}:{port}"
        self.socket = socket.create_connection((host, int(port)), timeout=LIMIT_S)
        self._reader = self.socket.makefile("rb")

    def close(self) -> None:
        self._reader.close()
        self.socket.close()

    def send(self, head: str, body: bytes = b"") -> None:
        """``head``: a line each, the request's first; ``Host`` is added where it names none."""
        lines = head.strip().splitlines()
        if not any(line.lower().startswith("host:") for line in lines):
            lines.insert(1, f"Host: {self.host}")
        self.socket.sendall("".join(f"{line.strip()}\r\n" for line in [*lines, ""]).encode("latin-1") + body)

    def answer(self) -> Answer | None:
        """``None`` where the server closed the connection instead."""
        try:
            line = self._reader.readline()
            headers = dict(self._headers())
            body = self._body(headers) if line and line.split()[1] != b"204" else b""
        except ConnectionResetError:
            return None
        return Answer(int(line.split()[1]), headers, body) if line else None

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self._reader.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            yield name.lower(), value.strip()

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if "content-length" in headers:
            return self._reader.read(int(headers["content-length"]))
        if headers.get("transfer-encoding") == "chunked":
            return b"".join(self._chunks())
        return self._reader.read() if headers.get("connection") == "close" else b""

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._reader.readline(), 16):
            yield self._reader.read(size)
            self._reader.readline()
        self._reader.readline()

    def is_closed(self) -> bool:
        """Waits for it, whatever still comes."""
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False
        return True


@contextmanager
def wire(url: str) -> Iterator[Wire]:
    opened = Wire(url)
    try:
        yield opened
    finally:
        opened.close()


def ask(url: str, head: str, body: bytes = b"") -> Answer | None:
    """One request over a connection of its own."""
    with wire(url) as opened:
        opened.send(head, body)
        return opened.answer()
