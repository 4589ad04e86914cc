"""Delivery to a recordings backend that takes the bytes itself, by tus 1.0.0."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpx

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.addresses import normalised
from uploader.destinations.base import RemoteUpload, StoredMedia
from uploader.destinations.growing import Site
from uploader.destinations.recordings_api import RecordingsApi, authorized
from uploader.destinations.transport import DIRECT, Route, Transport
from uploader.destinations.tus_client import Abilities, TusClient, TusOptions, TusUpload
from uploader.destinations.tus_files import TusFiles
from uploader.errors import UploadMoved


class TusDestination(TusFiles):
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
        options = options or TusOptions()
        transport = Transport(self.name + "/api/v1/", route, now_s=now_s)
        site = Site(self.name, self._able, self._create, _entry, self._adopt)
        super().__init__(transport, TusClient(transport, options, now_s=now_s), options.addresses, site)
        self._api = RecordingsApi(transport, api_key)
        self._abilities: Abilities | None = None
        self._addresses: dict[tuple[str, str], str] = {}
        """Of each media object, by upload and path. Asking for one again gives the same, so it need not be kept."""

    def create(self, claim: Claim) -> RemoteUpload:
        return self._api.create(claim)

    @contextmanager
    def _placed(self, upload: RemoteUpload, media: MediaObject) -> Iterator[TusUpload]:
        """Its address is forgotten where it turns out to lead to nothing any more."""
        try:
            yield TusUpload(self._address(upload, media), authorized(upload))
        except UploadMoved:
            self._addresses.pop((upload.id, media.path), None)
            raise

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        return self._api.complete(upload, claim)

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        return self._api.held(claim)

    def abort(self, upload: RemoteUpload) -> None:
        for key in [key for key in self._addresses if key[0] == upload.id]:
            self._tus.terminate(TusUpload(self._addresses.pop(key), authorized(upload)))

    def _address(self, upload: RemoteUpload, media: MediaObject) -> str:
        """Of the address only the path is taken from the answer that told it.

        A backend behind a proxy may not know by which scheme and name it was reached, and the token must not travel
        in the open because of that.
        """
        key = (upload.id, media.path)
        if key not in self._addresses:
            self._adopt(upload, media, self._create(upload, media, {"Upload-Length": str(media.bytes)}))
        return self._addresses[key]

    def _create(self, upload: RemoteUpload, media: MediaObject, headers: Mapping[str, str]) -> str:
        place = self._place(upload)
        told = httpx.URL(self._tus.create(place, _metadata(media), {**authorized(upload), **headers}))
        return str(httpx.URL(place).copy_with(raw_path=told.raw_path))

    def _adopt(self, upload: RemoteUpload, media: MediaObject, address: str) -> None:
        self._addresses[upload.id, media.path] = address

    def _able(self, upload: RemoteUpload) -> Abilities:
        if self._abilities is None:
            self._abilities = self._tus.abilities(self._place(upload), authorized(upload))
        return self._abilities

    def _place(self, upload: RemoteUpload) -> str:
        return f"{self.name}/api/v1/sdk_upload/{upload.id}/media/"


def _entry(upload: RemoteUpload, address: str) -> TusUpload:
    return TusUpload(address, authorized(upload))


def _metadata(media: MediaObject) -> dict[str, str]:
    digest = {"sha256": media.sha256} if media.sha256 else {}
    return {"kind": media.kind, "filename": media.path, "filetype": media.format, **digest}
