"""What the tests of delivery share: a served backend, callers with keys of their own, a clock that is moved by hand."""

import base64
import hashlib
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

from capture.manifest import MANIFEST_NAME
from uploader.backend import Backend, open_backend
from uploader.backend.contents import key_of
from uploader.backend.keys import key_digest, new_secret
from uploader.backend.part_appender import tail_of
from uploader.backend.server import BackendThread
from uploader.backend.tables import StoredFile
from uploader.backend.transcription import Transcriber

BODY_TYPE = "application/offset+octet-stream"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""One for all: making the default one takes longer than most tests."""

START_S = 1_790_000_000.0


class FakeWallClock:
    def __init__(self, now_s: float = START_S) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s


@dataclass(frozen=True)
class Service:
    """A backend that is being served."""

    backend: Backend
    url: str

    def new_key(self) -> str:
        """Of a workspace of its own, so that tests which share a backend do not meet."""
        key = new_secret()
        with self.backend.store.transaction() as transaction:
            transaction.add_key(key_digest(key), f"workspace {uuid4()}", "2026-11-01T09:00:00.000000Z")
        return key

    def client(self, key: str | None) -> httpx.Client:
        headers = {"Authorization": f"Token {key}"} if key else {}
        return httpx.Client(base_url=f"{self.url}/api/v1/", headers=headers, trust_env=False, timeout=20, verify=NO_TLS)


@contextmanager
def served(
    data: Path,
    transcriber: Transcriber | None = None,
    **options: Any,  # noqa: ANN401 - those of open_backend
) -> Iterator[Service]:
    backend = replace(open_backend(data, **options), transcriber=transcriber)
    try:
        with BackendThread(backend) as thread:
            yield Service(backend, thread.url)
    finally:
        backend.close()


class Tus:
    """A plain tus client for one upload: sends what it is told to, and hands back the answers as they come."""

    def __init__(self, service: Service, upload: dict[str, Any]) -> None:
        self.client = service.client(upload["upload_token"])
        self.client.headers["Tus-Resumable"] = "1.0.0"
        self.base = f"{service.url}/api/v1/sdk_upload/{upload['id']}/media/"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def renew(self, client: httpx.Client, upload: dict[str, Any]) -> None:
        """With another token: the one before has expired."""
        token = client.get(f"sdk_upload/{upload['id']}/").json()["upload_token"]
        self.client.headers["Authorization"] = f"Token {token}"

    def create(self, length: int | None, content: bytes | None = None, /, **metadata: str) -> httpx.Response:
        headers = {"Upload-Length": str(length)} if length is not None else {"Upload-Defer-Length": "1"}
        if metadata:
            headers["Upload-Metadata"] = encode_metadata(metadata)
        if content is not None:
            headers["Content-Type"] = BODY_TYPE
        return self.client.post(self.base, headers=headers, content=content)

    def place(self, length: int | None, **metadata: str) -> str:
        response = self.create(length, None, **metadata)
        assert response.status_code == 201, response.text
        return str(response.headers["Location"])

    def patch(self, address: str, offset: int, content: bytes, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        fixed = {"Upload-Offset": str(offset), "Content-Type": BODY_TYPE}
        return self.client.patch(address, headers=fixed | named, content=content)

    def offset(self, address: str) -> int:
        response = self.client.head(address)
        assert response.status_code == 200
        return int(response.headers["Upload-Offset"])

    def send(self, directory: Path) -> None:
        """Every file of a recording."""
        for media in manifest(directory)["media"]:
            data = (directory / media["path"]).read_bytes()
            assert self.create(len(data), data, **announced(media)).status_code == 201


def announced(media: dict[str, Any]) -> dict[str, str]:
    return {"filename": media["path"], "kind": media["kind"], "sha256": media["sha256"]}


def encode_metadata(metadata: dict[str, str]) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


def manifest(directory: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((directory / MANIFEST_NAME).read_bytes())
    return document


def open_upload(client: httpx.Client, **fields: object) -> dict[str, Any]:
    response = client.post("sdk_upload/", json=fields)
    assert response.status_code in {200, 201}, response.text
    upload: dict[str, Any] = response.json()
    return upload


def upload_recording(service: Service, client: httpx.Client, directory: Path) -> dict[str, Any]:
    """Through plain HTTP, to the end; gives the recording."""
    upload = open_upload(client, recording_id=directory.name)
    with Tus(service, upload) as tus:
        tus.send(directory)
    response = client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
    assert response.status_code == 200, response.text
    recording: dict[str, Any] = response.json()["recording"]
    return recording


def stored(service: Service, address: str) -> bytes | None:
    """What is kept of the file with that address of tus; ``None`` where there is none."""
    with service.backend.store.transaction() as transaction:
        file = transaction.get(StoredFile, address.rstrip("/").rpartition("/")[2])
    if file is None:
        return None
    contents = service.backend.contents
    if file.part_bytes is None or (file.finished and file.offset):
        return contents.read(file)
    return tail_of(contents.store, key_of(file), file.offset, file.part_bytes)


def download(url: str, **headers: str) -> httpx.Response:
    """As anybody who was given the address."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(url, headers=named, trust_env=False, verify=NO_TLS)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
