"""What a destination is: somewhere that takes recordings, a media object at a time, and can be asked how far it got."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from capture.recording import MediaObject, RecordingId
from uploader.claim import Claim
from uploader.errors import (
    AuthenticationFailed,
    DestinationFull,
    DestinationTrouble,
    Refused,
    UploaderError,
    UploadMoved,
)

OnSent = Callable[[int], None]
"""Called with the number of bytes sent since the last call. It may raise, to stop."""


@dataclass(frozen=True, slots=True)
class RemoteUpload:
    """One recording's delivery, as the destination knows it."""

    id: str
    recording_id: RecordingId
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """A media object as the destination holds it, by its own reckoning; ``None`` for a digest that it does not tell."""

    path: str
    sha256: str | None
    bytes: int


class Addresses(Protocol):
    """Where uploads are, kept from one start to the next; a ``Ledger`` is one."""

    def address(self, destination: str, recording_id: RecordingId, media: str) -> str | None: ...
    def keep_address(self, destination: str, recording_id: RecordingId, media: str, address: str | None) -> None: ...


class ShortMemory:
    """Addresses for as long as whoever made it lives."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, RecordingId, str], str | None] = {}

    def address(self, destination: str, recording_id: RecordingId, media: str) -> str | None:
        return self._known.get((destination, recording_id, media))

    def keep_address(self, destination: str, recording_id: RecordingId, media: str, address: str | None) -> None:
        self._known[destination, recording_id, media] = address


class Destination(Protocol):
    """Used by one thread at a time. Everything raises ``RetryableError`` or ``PermanentError``."""

    @property
    def name(self) -> str:
        """For the ledger and for people: an address without secrets."""
        ...

    def create(self, claim: Claim) -> RemoteUpload:
        """The same recording again leads to the same upload."""
        ...

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        """How much of ``media`` is safe there, in bytes: the one truth on where to go on."""
        ...

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        """Sends one stretch of ``source``, from the offset that was told last; gives the next."""
        ...

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        """Idempotent. Raises ``DigestMismatch``, and has then dropped what differed."""
        ...

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        """What is there of a delivered recording; empty where nothing is known of it. Sends nothing.

        Raises ``DigestMismatch`` where it is not what was delivered, ``UploadMoved`` where part of it is gone.
        """
        ...

    def abort(self, upload: RemoteUpload) -> None:
        """Drops what was sent and is not complete. Idempotent."""
        ...


MOVED_CODES = frozenset({"offset_mismatch", "media_missing", "locked", "expired", "not_found"})
"""What the recordings API answers when it holds something else than the sender believes."""

STATUS_ERRORS: Mapping[int, type[DestinationFull | DestinationTrouble]] = {
    HTTPStatus.REQUEST_TIMEOUT: DestinationTrouble,
    HTTPStatus.TOO_MANY_REQUESTS: DestinationTrouble,
    HTTPStatus.INSUFFICIENT_STORAGE: DestinationFull,
}


def error_for_status(status: int, code: str, retry_after_s: float | None = None) -> UploaderError:
    """What an HTTP status means to a sender; ``code`` is the answer's own, where it has one."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return AuthenticationFailed(status=str(status))
    if code in MOVED_CODES:
        return UploadMoved(code, retry_after_s=retry_after_s)
    if status in STATUS_ERRORS:
        return STATUS_ERRORS[status](code, retry_after_s=retry_after_s, status=str(status))
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refused(code or "refused", status=str(status))
    return DestinationTrouble(code, retry_after_s=retry_after_s, status=str(status))
