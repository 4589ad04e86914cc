"""Delivery to an S3 store behind a recordings backend, by addresses that the backend has signed.

The bytes go straight to the store, whose keys never leave the backend.
Beside the recordings API, the backend answers for each media object, authorised by the upload's token:

``POST sdk_upload/{id}/parts/``
    with ``path, kind, filetype, bytes, sha256`` begins its multipart upload, or finds it again;
    tells ``part_bytes`` (of each part but the last), and ``parts``: ``number`` and ``bytes`` of those that are there.
``POST sdk_upload/{id}/parts/sign/``
    with ``path, sha256, numbers`` gives ``urls``: ``number`` and ``url`` to ``PUT`` that part to.
``DELETE sdk_upload/{id}/parts/``
    drops what is not complete.

``complete/`` joins the parts, and compares the digests.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.addresses import normalised
from uploader.destinations.answers import accepted, document_of, refusal, understood
from uploader.destinations.base import OnSent, RemoteUpload, StoredMedia
from uploader.destinations.dialects import S3
from uploader.destinations.pieces import Stretch
from uploader.destinations.recordings_api import RecordingsApi, authorized
from uploader.destinations.transport import DIRECT, Route, Transport
from uploader.errors import DestinationTrouble, Refused, UploaderError, UploadMoved

SIGNED_AT_ONCE = 8
"""Addresses expire; these are used up within a few minutes."""

MAX_PARTS = 10_000
LARGEST_PART_BYTES = 5 * 1024**3
"""Both S3's own."""

S3_CODE = re.compile(rb"<Code>\s*(\w+)\s*</Code>")
REFUSED_SIGNATURES = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(slots=True)
class Parts:
    """What is known of one media object's multipart upload. Each address lets whoever has it write that part."""

    part_bytes: int
    urls: dict[int, str] = field(default_factory=dict, repr=False)


class S3MultipartDestination:
    """A context manager, or ``close`` it."""

    def __init__(
        self, url: str, api_key: str, route: Route = DIRECT, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        """``url`` is the backend's, with or without ``s3+``. Raises ``UnknownDestination``."""
        base = normalised(url.removeprefix(S3))
        self.name = S3 + base
        self._transport = Transport(base + "/api/v1/", route, now_s=now_s)
        self._api = RecordingsApi(self._transport, api_key)
        self._parts: dict[tuple[str, str], Parts] = {}
        """By upload and path."""

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def create(self, claim: Claim) -> RemoteUpload:
        return self._api.create(claim)

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        """Up to the first part that is missing, or is not of its full length."""
        document = _described(media) | {"kind": media.kind, "filetype": media.format, "bytes": media.bytes}
        response = self._asked(upload, "POST", "", document)
        with understood(response):
            told = document_of(response)
            part_bytes = int(told["part_bytes"])
            there = {int(part["number"]): int(part["bytes"]) for part in told["parts"]}
            if not 0 < part_bytes <= LARGEST_PART_BYTES or part_bytes * MAX_PARTS < media.bytes:
                message = f"{part_bytes} bytes are no size for the parts of {media.bytes}"
                raise ValueError(message)
        self._parts[upload.id, media.path] = Parts(part_bytes)
        return _safe_bytes(there, part_bytes, media.bytes)

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        """Sends one part. Raises ``UploadMoved`` where the store does not know the upload any more."""
        parts = self._parts.get((upload.id, media.path))
        if parts is None or offset % parts.part_bytes:
            raise UploadMoved("unasked")
        stretch = Stretch(source, offset, min(parts.part_bytes, media.bytes - offset))
        number = offset // parts.part_bytes + 1
        response = self._put(upload, media, number, stretch, on_sent)
        if response.status_code in REFUSED_SIGNATURES:  # expired, most of the time
            parts.urls.clear()
            response = self._put(upload, media, number, stretch, on_sent)
        if response.is_success and "ETag" in response.headers:  # whoever gives none is no store
            parts.urls.pop(number, None)
            return offset + stretch.length
        parts.urls.clear()
        raise _store_refusal(response)

    def _put(
        self, upload: RemoteUpload, media: MediaObject, number: int, stretch: Stretch, on_sent: OnSent
    ) -> httpx.Response:
        """Not with the upload's token: the store is somebody else."""
        return self._transport.send("PUT", self._url(upload, media, number), {}, stretch, on_sent)

    def _url(self, upload: RemoteUpload, media: MediaObject, number: int) -> str:
        parts = self._parts[upload.id, media.path]
        if number not in parts.urls:
            last = -(-media.bytes // parts.part_bytes)
            numbers = list(range(number, min(number + SIGNED_AT_ONCE - 1, last) + 1))
            response = self._asked(upload, "POST", "sign/", _described(media) | {"numbers": numbers})
            with understood(response):
                urls = {int(each["number"]): str(each["url"]) for each in document_of(response)["urls"]}
                parts.urls = {known: str(httpx.URL(url)) for known, url in urls.items()}
                return parts.urls[number]
        return parts.urls[number]

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        return self._api.complete(upload, claim)

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        return self._api.held(claim)

    def abort(self, upload: RemoteUpload) -> None:
        self._asked(upload, "DELETE", "", None)
        self._parts = {key: parts for key, parts in self._parts.items() if key[0] != upload.id}

    def _asked(self, upload: RemoteUpload, method: str, act: str, document: dict[str, object] | None) -> httpx.Response:
        path = f"sdk_upload/{upload.id}/parts/{act}"
        return accepted(self._transport.request(method, path, authorized(upload), document))


def _described(media: MediaObject) -> dict[str, object]:
    return {"path": media.path, "sha256": media.sha256}


def _safe_bytes(there: dict[int, int], part_bytes: int, total_bytes: int) -> int:
    safe_bytes = 0
    for number in range(1, MAX_PARTS + 1):
        expected = min(part_bytes, total_bytes - safe_bytes)
        if not expected or there.get(number) != expected:
            break
        safe_bytes += expected
    return safe_bytes


def _store_refusal(response: httpx.Response) -> UploaderError:
    """The store speaks XML. That it does not like what our backend has signed may pass, and is no fault of our key."""
    found = S3_CODE.search(response.content)
    code = found.group(1).decode() if found else ""
    if response.status_code == HTTPStatus.NOT_FOUND:
        return UploadMoved(code)
    if code in {"EntityTooLarge", "InvalidPart"}:
        return Refused("too_large", status=str(response.status_code))
    if response.status_code in REFUSED_SIGNATURES:
        return DestinationTrouble(code or "signature_refused", status=str(response.status_code))
    return refusal(response)
