"""Delivery to a recordings backend: tus 1.0.0 for the bytes, the recordings API around it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.addresses import normalised
from uploader.destinations.answers import accepted, document_of, stored_media, understood
from uploader.destinations.base import OnSent, RemoteUpload, StoredMedia
from uploader.destinations.pieces import Stretch
from uploader.destinations.transport import DIRECT, Route, Transport
from uploader.destinations.tus_client import TusClient, TusOptions, TusUpload
from uploader.errors import UploadMoved

COMPLETE_S = 1800.0
"""The destination reads every byte again before it answers: two seconds for each gigabyte, on slow disks twenty."""


class TusDestination:
    """A context manager, or ``close`` it. ``api_key`` opens uploads; the bytes go by the upload's own token."""

    def __init__(
        self,
        url: str,
        api_key: str,
        route: Route = DIRECT,
        options: TusOptions | None = None,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises ``UnknownDestination``. ``now_s`` is monotonic."""
        self.name = normalised(url)
        self._api_key = api_key
        self._transport = Transport(self.name + "/api/v1/", route, now_s=now_s)
        self._tus = TusClient(self._transport, options, now_s=now_s)
        self._addresses: dict[tuple[str, str], str] = {}
        """Of each media object, by upload and path. Asking for one again gives the same, so it need not be kept."""

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def create(self, claim: Claim) -> RemoteUpload:
        headers = {"Authorization": f"Token {self._api_key}"}
        asked = {"recording_id": claim.recording_id}
        response = accepted(self._transport.request("POST", "sdk_upload/", headers, asked))
        with understood(response):
            document = document_of(response)
            return RemoteUpload(str(document["id"]), claim.recording_id, str(document["upload_token"]))

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        try:
            return self._offset(upload, media)
        except UploadMoved:  # what was there is gone, which is an answer too: begin anew
            return self._offset(upload, media)

    def _offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        with self._placed(upload, media) as placed:
            return self._tus.offset(placed, media.bytes)

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        with self._placed(upload, media) as placed:
            return self._tus.append(placed, Stretch(source, offset, media.bytes - offset), on_sent)

    @contextmanager
    def _placed(self, upload: RemoteUpload, media: MediaObject) -> Iterator[TusUpload]:
        """Its address is forgotten where it turns out to lead to nothing any more."""
        try:
            yield TusUpload(self._address(upload, media), _authorized(upload))
        except UploadMoved:
            self._addresses.pop((upload.id, media.path), None)
            raise

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        path = f"sdk_upload/{upload.id}/complete/"
        headers = _authorized(upload)
        response = self._transport.request("POST", path, headers, claim.document, COMPLETE_S)
        return stored_media(accepted(response))

    def abort(self, upload: RemoteUpload) -> None:
        for key in [key for key in self._addresses if key[0] == upload.id]:
            self._tus.terminate(TusUpload(self._addresses.pop(key), _authorized(upload)))

    def _address(self, upload: RemoteUpload, media: MediaObject) -> str:
        """Of the address only the path is taken from the answer that told it.

        A backend behind a proxy may not know by which scheme and name it was reached, and the token must not travel
        in the open because of that.
        """
        key = (upload.id, media.path)
        if key not in self._addresses:
            place = f"{self.name}/api/v1/sdk_upload/{upload.id}/media/"
            told = httpx.URL(self._tus.place(place, media.bytes, metadata_of(media), _authorized(upload)))
            self._addresses[key] = str(httpx.URL(place).copy_with(raw_path=told.raw_path))
        return self._addresses[key]


def _authorized(upload: RemoteUpload) -> dict[str, str]:
    return {"Authorization": f"Token {upload.token}"}


def metadata_of(media: MediaObject) -> dict[str, str]:
    return {"kind": media.kind, "filename": media.path, "filetype": media.format, "sha256": media.sha256}
