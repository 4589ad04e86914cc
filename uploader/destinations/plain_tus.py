"""Delivery to any tus 1.0.0 server. It knows nothing of recordings: each media object is an upload of its own.

Such a server tells no digests, so what it holds is compared by length alone, and piece by piece where it offers
checksums. A delivery says so: it is acknowledged, not verified.
"""

import mimetypes
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.addresses import normalised
from uploader.destinations.base import Addresses, RemoteUpload, StoredMedia
from uploader.destinations.dialects import PLAIN_TUS
from uploader.destinations.growing import Growing, Site
from uploader.destinations.transport import DIRECT, Route, Transport, authorization
from uploader.destinations.tus_client import GONE, Abilities, TusClient, TusOptions, TusUpload
from uploader.destinations.tus_files import TusFiles
from uploader.errors import Refused, UploadMoved


@dataclass(frozen=True, slots=True)
class PlainOptions:
    """``given``: addresses of uploads that somebody else has made already, by path; whoever has one may write there."""

    key: str | None = field(default=None, repr=False)
    tus: TusOptions = field(default_factory=TusOptions)
    given: Mapping[str, str] = field(default_factory=dict, repr=False)


class PlainTusDestination(TusFiles):
    """A context manager, or ``close`` it."""

    def __init__(
        self,
        url: str,
        addresses: Addresses,
        options: PlainOptions | None = None,
        route: Route = DIRECT,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """``url`` is where uploads are made, with or without ``tus+``. Raises ``UnknownDestination``."""
        endpoint = normalised(url.removeprefix(PLAIN_TUS))
        self.name = PLAIN_TUS + endpoint
        self._endpoint = endpoint + "/"
        self._addresses = addresses
        self._options = options or PlainOptions()
        transport = Transport(self._endpoint, route, now_s=now_s)
        site = Site(self.name, lambda _: self._able, self._create, lambda _, address: self._entry(address), self._adopt)
        super().__init__(transport, TusClient(transport, self._options.tus, now_s=now_s), addresses, site)
        self._abilities: Abilities | None = None
        self._known: dict[str, dict[str, str]] = {}
        """Addresses by upload and media object, for tidying up."""

    def create(self, claim: Claim) -> RemoteUpload:
        limit = self._able.max_bytes
        if limit and any(media.bytes > limit for media in claim.deliverable):
            raise Refused("too_large")
        return RemoteUpload(claim.recording_id, claim.recording_id, "")

    def takes(self, upload: RemoteUpload, growing: Growing) -> bool:
        return growing.path not in self._options.given and super().takes(upload, growing)

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        return tuple(StoredMedia(media.path, None, self.offset(upload, media)) for media in claim.deliverable)

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        """Only what is still kept there; many such servers drop an upload once it has been taken further."""
        upload = RemoteUpload(claim.recording_id, claim.recording_id, "")
        kept = [media for media in claim.deliverable if self._kept(upload, media)]
        return tuple(StoredMedia(media.path, None, self._offset(upload, media)) for media in kept)

    def abort(self, upload: RemoteUpload) -> None:
        """What a server cannot remove expires there by itself."""
        for media, address in self._known.pop(upload.id, {}).items():
            self._addresses.keep_address(self.name, upload.recording_id, media, None)
            if "termination" in self._able.extensions:
                self._tus.terminate(self._entry(address))

    @property
    def _able(self) -> Abilities:
        if self._abilities is None:
            self._abilities = self._tus.abilities(self._endpoint, self._authorization)
        return self._abilities

    @property
    def _authorization(self) -> dict[str, str]:
        return authorization("Bearer", self._options.key) if self._options.key else {}

    @contextmanager
    def _placed(self, upload: RemoteUpload, media: MediaObject) -> Iterator[TusUpload]:
        """Its address is forgotten where it turns out to lead to nothing any more."""
        address = self._address(upload, media)
        try:
            yield self._entry(address)
        except UploadMoved as error:
            if error.reason == GONE:
                self._forget(upload, media)
            raise

    def _entry(self, address: str) -> TusUpload:
        return TusUpload(address, self._authorization, self._able.algorithm)

    def _address(self, upload: RemoteUpload, media: MediaObject) -> str:
        """Durable before the first byte goes there: after a crash it is the only way back."""
        known = self._known.setdefault(upload.id, {})
        kept = self._kept(upload, media)
        if kept is None:
            kept = self._create(upload, media, {"Upload-Length": str(media.bytes)})
            self._adopt(upload, media, kept)
        known[_object(media)] = kept
        return kept

    def _create(self, upload: RemoteUpload, media: MediaObject, headers: Mapping[str, str]) -> str:
        return self._tus.create(self._endpoint, _metadata(upload, media), {**self._authorization, **headers})

    def _adopt(self, upload: RemoteUpload, media: MediaObject, address: str) -> None:
        self._addresses.keep_address(self.name, upload.recording_id, _object(media), address)

    def _kept(self, upload: RemoteUpload, media: MediaObject) -> str | None:
        given = self._options.given.get(media.path)
        return given or self._addresses.address(self.name, upload.recording_id, _object(media))

    def _forget(self, upload: RemoteUpload, media: MediaObject) -> None:
        if media.path in self._options.given:
            raise Refused("upload_gone")
        self._known.get(upload.id, {}).pop(_object(media), None)
        self._addresses.keep_address(self.name, upload.recording_id, _object(media), None)


def _object(media: MediaObject) -> str:
    """A file that has changed is another upload."""
    return f"{media.sha256}/{media.path}"


def _metadata(upload: RemoteUpload, media: MediaObject) -> dict[str, str]:
    """``filetype`` is the MIME type, which some servers insist on."""
    filetype = mimetypes.guess_type(media.path)[0] or "application/octet-stream"
    return {
        "filename": media.path,
        "filetype": filetype,
        "kind": media.kind,
        "recording_id": upload.recording_id,
        **({"sha256": media.sha256} if media.sha256 else {}),
    }
