"""Delivery over HTTP: tus 1.0.0 for the bytes, the recordings API around it. This file owns httpx."""

import base64
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import truststore

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.base import OnSent, RemoteUpload, StoredMedia, error_for_status
from uploader.destinations.request_size import RequestSize
from uploader.documents import read_document
from uploader.errors import (
    DestinationTrouble,
    DigestMismatch,
    LocalFileChanged,
    NetworkTrouble,
    UnknownDestination,
    UploaderError,
    UploadMoved,
)
from uploader.retry import retry_after_s

PIECE_BYTES = 1024 * 1024
"""Larger pieces are copied over and over by the HTTP library, one slice for every send."""

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
COMPLETE_TIMEOUT = httpx.Timeout(60.0, read=1800.0)
"""The destination reads every byte again before it answers: two seconds for each gigabyte, on slow disks twenty."""

LAST_PORT = 65535

TUS_HEADERS = {"Tus-Resumable": "1.0.0"}


class TusDestination:
    """A context manager, or ``close`` it. ``api_key`` opens uploads; the bytes go by the upload's own token."""

    def __init__(self, url: str, api_key: str, *, now_s: Callable[[], float] = time.monotonic) -> None:
        """Raises ``UnknownDestination``. ``now_s`` is monotonic."""
        self.name = normalised(url)
        self._api_key = api_key
        self._client = httpx.Client(
            base_url=self.name + "/api/v1/",
            timeout=TIMEOUT,
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=not _is_loopback(httpx.URL(self.name).host),
            follow_redirects=False,
        )
        self._now_s = now_s
        self._request_size = RequestSize()
        self._addresses: dict[tuple[str, str], str] = {}
        """Of each media object, by upload and path. Asking for one again gives the same, so it need not be kept."""

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def create(self, claim: Claim) -> RemoteUpload:
        headers = {"Authorization": f"Token {self._api_key}"}
        response = self._request("POST", "sdk_upload/", headers, json={"recording_id": claim.recording_id})
        with _understood(response):
            document = _document(response)
            return RemoteUpload(str(document["id"]), claim.recording_id, str(document["upload_token"]))

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        try:
            response = self._at(upload, media, "HEAD", {})
        except UploadMoved:  # what was there is gone, which is an answer too: begin anew
            response = self._at(upload, media, "HEAD", {})
        return _offset(_accepted(response), 0, media.bytes)

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        started_s = self._now_s()
        length = min(self._request_size.bytes, media.bytes - offset)
        response = self._patch(upload, media, _Stretch(source, offset, length), on_sent)
        while response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and not self._request_size.is_smallest:
            self._request_size = self._request_size.halved()
            length = min(self._request_size.bytes, length)
            response = self._patch(upload, media, _Stretch(source, offset, length), on_sent)
        self._request_size = self._request_size.after(length, self._now_s() - started_s)
        return _offset(_accepted(response), offset + 1, offset + length)

    def _patch(self, upload: RemoteUpload, media: MediaObject, stretch: "_Stretch", on_sent: OnSent) -> httpx.Response:
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(stretch.length),
            "Upload-Offset": str(stretch.offset),
        }
        try:
            return self._at(upload, media, "PATCH", headers, stretch.pieces(on_sent))
        except NetworkTrouble:
            self._request_size = self._request_size.halved()
            raise

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        path = f"sdk_upload/{upload.id}/complete/"
        response = self._request("POST", path, _authorized(upload), json=claim.document, timeout=COMPLETE_TIMEOUT)
        with _understood(response):
            entries = _document(response)["media"]
            return tuple(
                StoredMedia(str(entry["path"]), str(entry["sha256"]), int(entry["bytes"])) for entry in entries
            )

    def abort(self, upload: RemoteUpload) -> None:
        for key in [key for key in self._addresses if key[0] == upload.id]:
            response = self._send("DELETE", self._addresses.pop(key), _authorized(upload))
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise _error(response)

    def _at(
        self,
        upload: RemoteUpload,
        media: MediaObject,
        method: str,
        headers: dict[str, str],
        body: Iterator[bytes] | None = None,
    ) -> httpx.Response:
        """A request to a media object's own address, which is forgotten once nothing is there any more.

        Of the address only the path is taken from the answer that told it: a backend behind a proxy may not know by
        which scheme and name it was reached, and the token must not travel in the open because of that.
        """
        address = self._address(upload, media)
        response = self._send(method, address, _authorized(upload) | headers, content=body)
        if response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            del self._addresses[upload.id, media.path]
            raise UploadMoved
        return response

    def _address(self, upload: RemoteUpload, media: MediaObject) -> str:
        key = (upload.id, media.path)
        if key not in self._addresses:
            headers = {"Upload-Length": str(media.bytes), "Upload-Metadata": _metadata(media)}
            response = self._request("POST", f"sdk_upload/{upload.id}/media/", _authorized(upload) | headers)
            with _understood(response):
                place = response.url.join(response.headers["Location"])
                self._addresses[key] = str(response.url.copy_with(raw_path=place.raw_path))
        return self._addresses[key]

    def _request(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        return _accepted(self._send(method, path, headers, **more))

    def _send(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        try:
            return self._client.request(method, path, headers=TUS_HEADERS | headers, **more)
        except httpx.RequestError as error:
            raise NetworkTrouble(type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class _Stretch:
    """``length`` bytes of a file, from ``offset`` on."""

    source: Path
    offset: int
    length: int

    def pieces(self, on_sent: OnSent) -> Iterator[bytes]:
        try:
            with self.source.open("rb") as file:
                file.seek(self.offset)
                left = self.length
                while left and (piece := file.read(min(left, PIECE_BYTES))):
                    yield piece
                    left -= len(piece)
                    on_sent(len(piece))
        except OSError as error:
            raise LocalFileChanged(str(error), path=self.source.name) from error
        if left:
            raise LocalFileChanged(path=self.source.name)


def normalised(url: str) -> str:
    """The name of the destination at ``url``: the one spelling of its address that ledger and keys are kept under.

    Raises ``UnknownDestination`` with the address as its reason, without user, password, query and fragment.
    """
    try:
        typed = httpx.URL(url).copy_with(query=None, fragment=None)
        address = httpx.URL(str(typed))  # only what is in lower case already loses the port that goes without saying
    except (httpx.InvalidURL, UnicodeError) as error:
        raise UnknownDestination(_without_secrets(url)) from error
    is_complete = address.scheme in {"http", "https"} and address.host and (address.port or 0) <= LAST_PORT
    if address.userinfo or not is_complete:
        raise UnknownDestination(_without_secrets(url))
    return str(address).rstrip("/")


def _without_secrets(url: str) -> str:
    """Of an address that cannot be taken apart: in doubt too little."""
    scheme, separator, rest = url.partition("://")
    if not scheme.isalnum():
        scheme, separator, rest = "", "", url
    place = re.split("[?#]", rest, maxsplit=1)[0]
    if "@" in rest[len(place) :]:  # in a query, or after the first half of a password
        place = "…"
    return f"{scheme}{separator}{place.rpartition('@')[2]}" or '""'


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _authorized(upload: RemoteUpload) -> dict[str, str]:
    return {"Authorization": f"Token {upload.token}"}


def _metadata(media: MediaObject) -> str:
    fields = {"kind": media.kind, "filename": media.path, "filetype": media.format, "sha256": media.sha256}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in fields.items())


def _accepted(response: httpx.Response) -> httpx.Response:
    """Raises what the status says. A redirect is no success: whoever sends one is not the recordings backend."""
    if response.is_success:
        return response
    raise _error(response)


def _error(response: httpx.Response) -> UploaderError:
    body = _body(response)
    code = body.get("code")
    if code == "digest_mismatch":
        with _understood(response):
            return DigestMismatch([str(entry["path"]) for entry in body["media"]])
    return error_for_status(
        response.status_code, str(code or ""), retry_after_s(response.headers.get("Retry-After", ""), time.time())
    )


def _body(response: httpx.Response) -> dict[str, Any]:
    """Whatever stands in the way of the backend may answer with anything."""
    try:
        return _document(response)
    except ValueError:
        return {}


def _document(response: httpx.Response) -> dict[str, Any]:
    """Raises ``ValueError``."""
    document = read_document(response.content)
    if not isinstance(document, dict):
        message = "not a JSON object"
        raise ValueError(message)  # noqa: TRY004 - it is the answer that is wrong, not a caller
    return document


def _offset(response: httpx.Response, least: int, most: int) -> int:
    with _understood(response):
        offset = int(response.headers["Upload-Offset"])
        if not least <= offset <= most:
            message = f"offset {offset} is not from {least} to {most}"
            raise ValueError(message)
        return offset


@contextmanager
def _understood(response: httpx.Response) -> Iterator[None]:
    """An answer that cannot be read is trouble at the other end: a proxy, a captive portal, a half-updated server."""
    try:
        yield
    except (KeyError, TypeError, ValueError, httpx.InvalidURL) as error:
        raise DestinationTrouble(str(error), status=str(response.status_code)) from error
