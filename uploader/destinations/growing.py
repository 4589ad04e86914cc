"""Files that are sent by tus while they grow. Their head, which closing them changes, goes last, as a part by itself.

What was sent counts only once its sender has compared it with the closed file, and has said so by ``settle``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from capture.recording import MediaFormat, MediaKind, MediaObject, MediaStatus
from uploader.destinations.base import Addresses, Destination, OnSent, RemoteUpload
from uploader.destinations.pieces import Stretch
from uploader.destinations.tus_client import Abilities, TusClient, TusUpload
from uploader.errors import UploadMoved

HEAD_BYTES: Mapping[MediaFormat, int] = {MediaFormat.MP4: 4096, MediaFormat.MP3: 4096, MediaFormat.OGG: 0}
"""Closing an MP4 changes its bytes 46 to 51, which hide the fragments; closing an MP3 fills in the frame that tells its
length, at 81 to 236; Ogg is only added to. Compared byte by byte; the rest is room for a longer list of brands."""

LARGEST_BYTES = 2**63 - 1
DEFERRED, JOINED, PARTIAL = "creation-defer-length", "concatenation", "partial"


@dataclass(frozen=True, slots=True)
class Growing:
    """A file of a recording that is being made. ``path`` as in ``MediaObject``."""

    path: str
    kind: MediaKind

    @property
    def head_bytes(self) -> int:
        return head_bytes_of(self.path)

    @property
    def unmeasured(self) -> MediaObject:
        """As a media object whose length and digest nobody knows yet."""
        return MediaObject(self.kind, format_of(self.path), self.path, 0, "", MediaStatus.PROCESSING)


def format_of(path: str) -> MediaFormat:
    return MediaFormat(path.rpartition(".")[2])


def head_bytes_of(path: str) -> int:
    return HEAD_BYTES.get(format_of(path), 0)


GROWING = (
    Growing("audio_separate/microphone.ogg", MediaKind.AUDIO_SEPARATE),
    Growing("audio_separate/system.ogg", MediaKind.AUDIO_SEPARATE),
    Growing("audio_mixed.mp3", MediaKind.AUDIO_MIXED),
    Growing("video_mixed.mp4", MediaKind.VIDEO_MIXED),
)
"""In the order in which they are sent: what is small before what is large."""


class GrowingDestination(Destination, Protocol):
    """One that takes files before their length is known. All offsets are the file's own."""

    def takes(self, upload: RemoteUpload, growing: Growing) -> bool: ...

    def grown(self, upload: RemoteUpload, growing: Growing) -> int:
        """Up to where it is safe there; where to begin if nothing is."""
        ...

    def grow(self, upload: RemoteUpload, growing: Growing, rest: Stretch, on_sent: OnSent) -> int:
        """Sends a beginning of ``rest``, which begins where the file is ``grown`` to; gives the next offset."""
        ...

    def settle(self, upload: RemoteUpload, growing: Growing) -> None:
        """The closed file holds what was sent: the delivery goes on from there."""
        ...

    def drop(self, upload: RemoteUpload, growing: Growing) -> None:
        """Idempotent."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """A destination, as far as growing files are concerned.

    ``create`` makes an upload, by metadata and headers, and gives its address; ``adopt`` is told the one that a media
    object has come to lie at.
    """

    name: str
    able: Callable[[RemoteUpload], Abilities]
    create: Callable[[RemoteUpload, MediaObject, Mapping[str, str]], str]
    entry: Callable[[RemoteUpload, str], TusUpload]
    adopt: Callable[[RemoteUpload, MediaObject, str], None]


class GrowingUploads:
    """Used by one thread. Raises what ``TusClient`` raises."""

    def __init__(self, tus: TusClient, addresses: Addresses, site: Site) -> None:
        self._tus = tus
        self._addresses = addresses
        self._site = site

    def takes(self, upload: RemoteUpload, growing: Growing) -> bool:
        needed = {DEFERRED, JOINED} if growing.head_bytes else {DEFERRED}
        return needed <= self._site.able(upload).extensions

    def grown(self, upload: RemoteUpload, growing: Growing) -> int:
        """As of a ``GrowingDestination``, like the three below."""
        address = self._address(upload, _unsettled(growing.path))
        if address is None:
            part = {"Upload-Concat": PARTIAL} if growing.head_bytes else {}
            address = self._site.create(upload, growing.unmeasured, {"Upload-Defer-Length": "1", **part})
            self._keep(upload, _unsettled(growing.path), address)
        try:
            return self._tus.offset(self._body(upload, address, growing.head_bytes), LARGEST_BYTES)
        except UploadMoved:
            self._keep(upload, _unsettled(growing.path), None)
            raise

    def grow(self, upload: RemoteUpload, growing: Growing, rest: Stretch, on_sent: OnSent) -> int:
        address = self._address(upload, _unsettled(growing.path))
        if address is None:
            raise UploadMoved
        return self._tus.append(self._body(upload, address, growing.head_bytes), rest, on_sent)

    def settle(self, upload: RemoteUpload, growing: Growing) -> None:
        self._keep(upload, _settled(growing.path), self._address(upload, _unsettled(growing.path)))
        self._keep(upload, _unsettled(growing.path), None)

    def drop(self, upload: RemoteUpload, path: str) -> None:
        for name in (_unsettled(path), _settled(path)):
            address = self._address(upload, name)
            if address is not None:
                self._keep(upload, name, None)
                self._tus.terminate(self._site.entry(upload, address))

    def is_settled(self, upload: RemoteUpload, media: MediaObject) -> bool:
        """Whether the delivery of ``media`` has begun here. What a sender left who died meanwhile is dropped."""
        if self._address(upload, _unsettled(media.path)) is not None:
            self.drop(upload, media.path)
        return self._address(upload, _settled(media.path)) is not None

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        """How many bytes of it are safe, the head not among them. Raises ``UploadMoved`` where they are gone."""
        body = self._settled_body(upload, media)
        try:
            at = self._tus.offset(body, LARGEST_BYTES)
        except UploadMoved:
            self._keep(upload, _settled(media.path), None)
            raise
        if at > media.bytes:  # the file was cut when it was mended
            self.drop(upload, media.path)
            raise UploadMoved
        head_bytes = head_bytes_of(media.path)
        if at == media.bytes and not head_bytes:
            self._conclude(upload, media, body.address)
        return at - head_bytes

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        """The rest of the body, then the head. ``offset`` is how many bytes are safe; how many are then."""
        body, head_bytes = self._settled_body(upload, media), head_bytes_of(media.path)
        at = offset + head_bytes
        if at < media.bytes:
            rest = Stretch(source, at, media.bytes - at)
            at = self._tus.append(body, rest, on_sent, media.bytes)
            if at == media.bytes and not head_bytes:
                self._conclude(upload, media, body.address)
            return at - head_bytes
        parts = f"final;{self._sent_head(upload, media, source, on_sent)} {body.address}"
        try:
            address = self._site.create(upload, media, {"Upload-Concat": parts})
        except UploadMoved:  # whatever is wrong with the parts, the file can be sent whole
            self.drop(upload, media.path)
            raise
        self._conclude(upload, media, address)
        return media.bytes

    def _sent_head(self, upload: RemoteUpload, media: MediaObject, source: Path, on_sent: OnSent) -> str:
        length, at = head_bytes_of(media.path), 0
        size = {"Upload-Length": str(length), "Upload-Concat": PARTIAL}
        address = self._site.create(upload, media, size)
        while at < length:
            at = self._tus.append(self._site.entry(upload, address), Stretch(source, at, length - at), on_sent)
        return address

    def _conclude(self, upload: RemoteUpload, media: MediaObject, address: str) -> None:
        self._site.adopt(upload, media, address)
        self._keep(upload, _settled(media.path), None)

    def _settled_body(self, upload: RemoteUpload, media: MediaObject) -> TusUpload:
        address = self._address(upload, _settled(media.path))
        if address is None:
            raise UploadMoved
        return self._body(upload, address, head_bytes_of(media.path))

    def _body(self, upload: RemoteUpload, address: str, head_bytes: int) -> TusUpload:
        return replace(self._site.entry(upload, address), begins_at=head_bytes)

    def _address(self, upload: RemoteUpload, name: str) -> str | None:
        return self._addresses.address(self._site.name, upload.recording_id, name)

    def _keep(self, upload: RemoteUpload, name: str, address: str | None) -> None:
        self._addresses.keep_address(self._site.name, upload.recording_id, name, address)


def _unsettled(path: str) -> str:
    return f"growing/{path}"


def _settled(path: str) -> str:
    return f"grown/{path}"
