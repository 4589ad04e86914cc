"""A recordings backend over an S3 store: as much of it as a delivery meets."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.uploader.s3.store import Store

PART_BYTES = 5 * 1024 * 1024
"""The least that S3 takes for any part but the last."""

KEY, TOKEN = "the key", "the token"

Json = dict[str, Any]


@dataclass
class Multipart:
    id: str
    bytes: int
    is_joined: bool = False


@dataclass
class SigningBackend:
    """``store`` is where its addresses lead; ``url`` is its own."""

    store: Store
    url: str = ""
    objects: dict[str, Multipart] = field(default_factory=dict)
    signed_ago: list[timedelta] = field(default_factory=list)
    """How long ago the next addresses seem to have been signed, one batch each."""

    def answer(self, method: str, path: str, authorization: str | None, document: Json) -> tuple[int, Json]:
        act = path.removeprefix("/api/v1/sdk_upload/")
        if authorization != f"Token {KEY if act == '' else TOKEN}":
            return 401, {"code": "authentication_failed"}
        return self._answer(method, act, document)

    def _answer(self, method: str, act: str, document: Json) -> tuple[int, Json]:
        match method, act.partition("/")[2]:
            case "POST", "":
                return 201, {"id": document["recording_id"], "upload_token": TOKEN}
            case "POST", "parts/":
                return 200, self._placed(_key(act, document), document["bytes"])
            case "POST", "parts/sign/":
                return 200, {"urls": self._signed(_key(act, document), document["numbers"])}
            case "DELETE", "parts/":
                self._drop()
                return 200, {}
            case "POST", "complete/":
                return self._completed(act, document)
        return 404, {}

    def _placed(self, key: str, total_bytes: int) -> Json:
        if key not in self.objects:
            self.objects[key] = Multipart(self.store.begin(key), total_bytes)
        known = self.objects[key]
        if known.is_joined:
            lengths = {
                n + 1: min(PART_BYTES, total_bytes - n * PART_BYTES) for n in range(-(-total_bytes // PART_BYTES))
            }
        else:
            lengths = {number: size for number, (size, _) in self.store.parts(key, known.id).items()}
        parts = [{"number": number, "bytes": size} for number, size in lengths.items()]
        return {"part_bytes": PART_BYTES, "parts": parts}

    def _signed(self, key: str, numbers: list[int]) -> list[Json]:
        ago = self.signed_ago.pop(0) if self.signed_ago else timedelta()
        at = datetime.now(UTC) - ago
        query = {"uploadId": self.objects[key].id}
        return [
            {"number": n, "url": self.store.signed("PUT", key, query | {"partNumber": str(n)}, at=at)} for n in numbers
        ]

    def _drop(self) -> None:
        for key in [key for key, known in self.objects.items() if not known.is_joined]:
            self.store.call("DELETE", key, {"uploadId": self.objects.pop(key).id})

    def _completed(self, act: str, document: Json) -> tuple[int, Json]:
        media = [self._verified(_key(act, each), each) for each in document["media"]]
        wrong = [each for each, sent in zip(media, document["media"], strict=True) if each["sha256"] != sent["sha256"]]
        if wrong:
            for each in wrong:
                del self.objects[_key(act, next(m for m in document["media"] if m["path"] == each["path"]))]
            return 422, {"code": "digest_mismatch", "media": wrong}
        return 200, {"media": media}

    def _verified(self, key: str, sent: Json) -> Json:
        known = self.objects[key]
        if not known.is_joined and known.bytes:
            self.store.join(key, known.id)
        elif not known.bytes:
            self.store.call("PUT", key, {})
        known.is_joined = True
        content = self.store.read(key)
        return {"path": sent["path"], "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def _key(act: str, document: Json) -> str:
    return f"{act.partition('/')[0]}/{document['sha256'][:8]} {document['path']}"


@contextmanager
def signing_backend(store: Store) -> Iterator[SigningBackend]:
    backend = SigningBackend(store)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                status, document = backend.answer(
                    self.command, self.path, self.headers.get("Authorization"), json.loads(body or b"{}")
                )
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_DELETE = answer  # noqa: N815 - the names are the library's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    backend.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield backend
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
