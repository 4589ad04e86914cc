"""The tus fuzzer from its beginning to its end: what must be there is compared with what can be downloaded."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.uploader.api.generated import UNLIMITED
from tests.uploader.api.tus_fuzz import TusFuzz
from tests.uploader.api.tus_model import ModelFile, ModelUpload
from tests.uploader.rig import NO_TLS, Service, download, open_upload, served, sha256
from uploader.backend.locations import EMBEDDED, Places

LOGGERS = ("uvicorn.error", "uploader")


@dataclass(frozen=True)
class Result:
    """``bytes_compared``: downloaded, and the same as in the model."""

    faults: tuple[str, ...]
    answers: Counter[int | None]
    requests: int
    files: int
    bytes_compared: int


class Troubles(logging.Handler):
    """What the server logs as an error, also where nobody was left to be answered."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))


@contextmanager
def troubles() -> Iterator[Troubles]:
    handler = Troubles()
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
    try:
        yield handler
    finally:
        for name in LOGGERS:
            logging.getLogger(name).removeHandler(handler)


def run(folder: Path, *, seed: int, requests: int, places: Places = EMBEDDED) -> Result:
    with troubles() as logged, served(folder, rates=UNLIMITED, places=places) as service:
        clients = [service.client(service.backend.api_key), service.client(service.new_key())]
        uploads = [_model(client) for client in (*clients, clients[0])]
        fuzz = TusFuzz(service, uploads, seed)
        fuzz.run(requests)
        fuzz.finish()
        fuzz.wire.close()
        faults = [*fuzz.faults, *logged.told]
        compared = 0
        for upload, client in zip(uploads, (*clients, clients[0]), strict=True):
            found = list(_compared(service, client, upload))
            faults += [fault for fault, _ in found if fault]
            compared += sum(size for _, size in found)
        for client in clients:
            client.close()
        if service.backend.intake.busy:
            faults.append("files stay locked")
    files = sum(len(upload.files) for upload in uploads)
    return Result(tuple(faults), fuzz.wire.answers, fuzz.wire.requests, files, compared)


def _model(client: httpx.Client) -> ModelUpload:
    upload = open_upload(client, recording_id=str(uuid4()))
    return ModelUpload(upload["id"], upload["recording_id"], upload["upload_token"])


def _compared(service: Service, client: httpx.Client, upload: ModelUpload) -> Iterator[tuple[str, int]]:
    """A fault or none for each file, and how many bytes of it were compared."""
    files = [file for file in upload.present if file.path]
    response = client.post(f"sdk_upload/{upload.id}/complete/", json=_manifest(upload, files))
    if response.status_code != 200:
        yield f"completion: {response.status_code} {response.text[:500]}", 0
        return
    urls = _urls(client, upload) if files else {}
    for file in files:
        yield from _downloaded(urls.get(file.id), file)
    yield from _unreadable(service, list(urls.values()))


def _urls(client: httpx.Client, upload: ModelUpload) -> dict[str, str]:
    (media,) = client.get("audio_separate/", params={"recording_id": upload.recording_id}).json()["results"]
    return {part["id"]: part["download_url"] for part in download(media["data"]["download_url"]).json()}


def _downloaded(url: str | None, file: ModelFile) -> Iterator[tuple[str, int]]:
    content = _from_wherever_it_is(url) if url else None
    if content == bytes(file.content):
        yield "", len(file.content)
    else:
        size = None if content is None else len(content)
        yield f"{file.address}: {size} bytes can be downloaded, which are not the {len(file.content)} sent", 0


def _from_wherever_it_is(url: str) -> bytes:
    """A store answers for itself."""
    return httpx.get(url, trust_env=False, verify=NO_TLS, follow_redirects=True).content


def _unreadable(service: Service, urls: Sequence[str]) -> Iterator[tuple[str, int]]:
    """With another's signature, another time, or none."""
    if len(urls) < 2:
        return
    mine, other = urls[0], urls[1]
    altered = mine.partition("?")[0] + "?" + other.partition("?")[2]
    for url in (altered, mine.replace("expires=", "expires=9"), mine.partition("?")[0]):
        answer = download(url)
        if answer.status_code != 403:
            yield f"{answer.status_code} for an address that was not signed", 0
    with service.client(service.backend.api_key) as client:
        if client.get(mine.partition("?")[0]).status_code != 403:
            yield "an API key opens a download", 0


def _manifest(upload: ModelUpload, files: Sequence[ModelFile]) -> dict[str, Any]:
    media = [
        {
            "kind": "audio_separate",
            "format": "ogg",
            "path": file.path,
            "bytes": len(file.content),
            "sha256": sha256(bytes(file.content)),
            "status": "done",
        }
        for file in files
    ]
    return {"spec": {"id": upload.recording_id}, "status": {"code": "complete"}, "media": media}


def card(result: Result, seed: int) -> str:
    answers = ", ".join(f"{status or 'none'} {count}" for status, count in sorted(result.answers.items(), key=str))
    return (
        f"seed {seed}: {result.requests} requests to tus ({answers}), {result.files} files, "
        f"{result.bytes_compared} bytes compared, {len(result.faults)} faults\n"
    )
