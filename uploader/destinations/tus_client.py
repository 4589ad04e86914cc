"""tus 1.0.0 from the sender's side, as any server speaks it: place, ask, append, terminate."""

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

import httpx

from uploader.destinations.answers import accepted, is_gone, offset_of, refusal, refusal_code, understood
from uploader.destinations.base import Addresses, OnSent, ShortMemory
from uploader.destinations.pieces import Stretch
from uploader.destinations.request_size import RequestSize
from uploader.destinations.transport import Transport
from uploader.errors import DestinationTrouble, NetworkTrouble, Refused, UploadMoved

VERSION = {"Tus-Resumable": "1.0.0"}
BODY_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
"""A status of tus."""

GONE = "gone"
"""The reason of an ``UploadMoved`` for an address that leads to nothing any more."""

CREATION_S = 600.0
"""For a server that copies gigabytes to make one file of several parts."""

CHECKSUM_TRIES = 3
ALGORITHMS = ("sha256", "sha1")
"""In the order of preference."""


@dataclass(frozen=True, slots=True)
class TusOptions:
    """``chunk_bytes``: the one size that a server takes, where it insists; else ``size`` is begun with.

    ``headers`` go with every request.
    ``addresses`` remembers what was sent of a recording while it was made.
    """

    chunk_bytes: int | None = None
    size: RequestSize = field(default_factory=RequestSize)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    addresses: Addresses = field(default_factory=ShortMemory, repr=False)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server says it can do. ``max_bytes`` is its limit for one upload."""

    extensions: frozenset[str] = frozenset()
    algorithm: str | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class TusUpload:
    """One upload at a server: where it is, what lets us in, and how its bytes are checked on the way, if at all.

    Whoever has the address may be let in by it alone. ``begins_at``: how much of the file lies before what this upload
    holds. All offsets are the file's.
    """

    address: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    algorithm: str | None = None
    begins_at: int = 0


class TusClient:
    """Used by one thread. Every address is absolute. Raises ``RetryableError`` and ``PermanentError``."""

    def __init__(
        self,
        transport: Transport,
        options: TusOptions | None = None,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._options = options or TusOptions()
        self._now_s = now_s
        self._size = self._options.size

    def abilities(self, url: str, headers: Mapping[str, str]) -> Abilities:
        """A server that does not tell has none."""
        response = self._request("OPTIONS", url, headers)
        if not response.is_success:
            return Abilities()
        extensions = frozenset(_listed(response, "Tus-Extension"))
        offered = _listed(response, "Tus-Checksum-Algorithm") if "checksum" in extensions else []
        limit = response.headers.get("Tus-Max-Size", "")
        return Abilities(
            extensions,
            next((name for name in ALGORITHMS if name in offered), None),
            int(limit) if limit.isascii() and limit.isdigit() else None,
        )

    def place(self, url: str, length: int | None, metadata: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """The address of a new upload. Its length may be told later, with its last bytes."""
        size = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
        return self.create(url, metadata, {**headers, **size})

    def create(self, url: str, metadata: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """As ``place``; ``headers`` tell what is known of the length, or which parts it is made of."""
        named = {"Upload-Metadata": _encoded(metadata)} if metadata else {}
        response = self._request("POST", url, {**headers, **named}, CREATION_S)
        if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise Refused("too_large", status=str(response.status_code))
        with understood(accepted(response)):
            return str(response.url.join(response.headers["Location"]))

    def offset(self, upload: TusUpload, most: int) -> int:
        """How much is there, at most ``most``. Raises ``UploadMoved`` where there is nothing any more."""
        response = self._request("HEAD", upload.address, upload.headers)
        if is_gone(response):
            raise UploadMoved(GONE)
        return offset_of(accepted(response), 0, most - upload.begins_at) + upload.begins_at

    def append(self, upload: TusUpload, rest: Stretch, on_sent: OnSent, length: int | None = None) -> int:
        """Sends as much of ``rest`` as one request should have; gives the offset after that.

        ``length`` is told with it: that of the whole, where it was left open. Raises ``UploadMoved`` where the other
        end holds something else than we believe.
        """
        started_s = self._now_s()
        stretch = self._cut(rest)
        response = self._patch(upload, stretch, on_sent, length)
        while response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and self._may_shrink:
            self._size = self._size.refused()
            stretch = self._cut(stretch)
            response = self._patch(upload, stretch, on_sent, length)
        self._size = self._size.after(stretch.length, self._now_s() - started_s)
        at = stretch.offset - upload.begins_at
        least = at + (1 if stretch.length else 0)
        return offset_of(_appended(response), least, at + stretch.length) + upload.begins_at

    @property
    def _may_shrink(self) -> bool:
        return self._options.chunk_bytes is None and not self._size.is_smallest

    def _cut(self, rest: Stretch) -> Stretch:
        return replace(rest, length=min(self._options.chunk_bytes or self._size.bytes, rest.length))

    def _patch(self, upload: TusUpload, stretch: Stretch, on_sent: OnSent, length: int | None) -> httpx.Response:
        own = {"Content-Type": BODY_TYPE, "Upload-Offset": str(stretch.offset - upload.begins_at)}
        own |= {"Upload-Length": str(length - upload.begins_at)} if length is not None else {}
        for _ in range(CHECKSUM_TRIES):
            checked = _checksum(stretch, upload.algorithm)
            headers = {**VERSION, **self._options.headers, **upload.headers, **own, **checked}
            try:
                response = self._transport.send("PATCH", upload.address, headers, stretch, on_sent)
            except NetworkTrouble:
                self._size = self._size.halved()
                raise
            if response.status_code != CHECKSUM_MISMATCH:
                return response
        raise NetworkTrouble("corrupted")

    def terminate(self, upload: TusUpload) -> None:
        """Idempotent. Raises ``DestinationTrouble`` where that failed at the other end."""
        response = self._request("DELETE", upload.address, upload.headers)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise refusal(response)

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], silence_s: float | None = None
    ) -> httpx.Response:
        named = {**VERSION, **self._options.headers, **headers}
        return self._transport.request(method, url, named, silence_s=silence_s)


def _appended(response: httpx.Response) -> httpx.Response:
    if is_gone(response):  # says somebody, whom asking for the offset will prove right or wrong
        raise UploadMoved("refused")
    elsewhere = response.status_code == HTTPStatus.CONFLICT and refusal_code(response) in {"", "offset_mismatch"}
    if elsewhere or response.status_code == HTTPStatus.LOCKED:
        raise UploadMoved("locked" if response.status_code == HTTPStatus.LOCKED else "offset_mismatch")
    if response.is_redirect:
        raise DestinationTrouble("redirected", status=str(response.status_code))
    return accepted(response)


def _checksum(stretch: Stretch, algorithm: str | None) -> dict[str, str]:
    if algorithm is None:
        return {}
    return {"Upload-Checksum": f"{algorithm} {base64.b64encode(stretch.digest(algorithm)).decode()}"}


def _listed(response: httpx.Response, name: str) -> list[str]:
    return [entry.strip().lower() for entry in response.headers.get(name, "").split(",") if entry.strip()]


def _encoded(metadata: Mapping[str, str]) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())
