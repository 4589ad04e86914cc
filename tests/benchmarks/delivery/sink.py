"""``python -m tests.benchmarks.delivery.sink``: a server that takes uploads and keeps nothing; prints its address.

As little as that costs, so that what is measured is the sender. It speaks tus, and answers a ``PUT`` as S3 does.
"""

import contextlib
import re
import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

BUFFER_BYTES = 1024 * 1024
LENGTH = re.compile(rb"^Content-Length: *(\d+)", re.IGNORECASE | re.MULTILINE)
OFFSET = re.compile(rb"^Upload-Offset: *(\d+)", re.IGNORECASE | re.MULTILINE)
UPLOAD_LENGTH = re.compile(rb"^Upload-Length: *(\d+)", re.IGNORECASE | re.MULTILINE)
TUS = {
    "Tus-Resumable": "1.0.0",
    "Tus-Version": "1.0.0",
    "Tus-Extension": "creation,checksum",
    "Tus-Checksum-Algorithm": "sha256",
}


@dataclass
class Upload:
    length: int
    offset: int = 0


@dataclass
class Sink:
    """Uploads by their path."""

    uploads: dict[str, Upload] = field(default_factory=dict)

    def answer(self, method: str, path: str, head: bytes, body_bytes: int) -> tuple[str, Mapping[str, str]]:
        match method:
            case "OPTIONS":
                return "204 No Content", TUS
            case "POST":
                place = f"{path}{len(self.uploads)}"
                self.uploads[place] = Upload(_number(UPLOAD_LENGTH, head))
                return "201 Created", {**TUS, "Location": place}
            case "HEAD" if path in self.uploads:
                upload = self.uploads[path]
                told = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
                return "200 OK", {**TUS, **told}
            case "PATCH":
                upload = self.uploads[path]
                upload.offset = _number(OFFSET, head) + body_bytes
                return "204 No Content", {**TUS, "Upload-Offset": str(upload.offset)}
            case "PUT":
                return "200 OK", {"ETag": '"0123456789abcdef0123456789abcdef-1"'}
        return "404 Not Found", {}

    def serve(self, connection: socket.socket) -> None:
        buffer = bytearray(BUFFER_BYTES)
        with connection, contextlib.suppress(ConnectionError):
            rest = b""
            while True:
                head, rest = _head(connection, rest)
                if not head:
                    return
                length = _number(LENGTH, head)
                if b"100-continue" in head.lower():
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                _discard(connection, buffer, length - len(rest[:length]))
                rest = rest[length:]
                method, path = head.split(b" ", 2)[:2]
                status, headers = self.answer(method.decode(), path.decode(), head, length)
                lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": "0"}.items()]
                connection.sendall("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode())


def _number(pattern: re.Pattern[bytes], head: bytes) -> int:
    found = pattern.search(head)
    return int(found.group(1)) if found else 0


def _head(connection: socket.socket, begun: bytes) -> tuple[bytes, bytes]:
    """A request up to its empty line, and what came with it; nothing at the end."""
    while b"\r\n\r\n" not in begun:
        piece = connection.recv(65536)
        if not piece:
            return b"", b""
        begun += piece
    head, _, rest = begun.partition(b"\r\n\r\n")
    return head, rest


def _discard(connection: socket.socket, buffer: bytearray, left: int) -> None:
    view = memoryview(buffer)
    while left > 0:
        received = connection.recv_into(view[: min(left, len(buffer))])
        if not received:
            raise ConnectionResetError
        left -= received


def main() -> None:
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=sink.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
