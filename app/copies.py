"""What destinations say that they hold of a recording, compared with what was recorded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.delivery import open_destination
from app.messages import Message, describe
from app.paths import Paths
from capture.manifest import Manifest
from uploader.claim import Claim, read_claim
from uploader.destinations.base import StoredMedia
from uploader.errors import DigestMismatch, UploaderError, UploadMoved
from uploader.ledger import DeliveryStatus, Ledger


class CopyState(StrEnum):
    VERIFIED = "verified"
    ACKNOWLEDGED = "acknowledged"
    """Of the same length; this destination tells no digests."""
    DIFFERENT = "different"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """The destination could not be asked."""


@dataclass(frozen=True, slots=True)
class Copy:
    destination: str
    state: CopyState
    media: tuple[StoredMedia, ...] = ()
    error: Message | None = None

    def document(self) -> dict[str, Any]:
        media = [{"path": each.path, "bytes": each.bytes, "sha256": each.sha256} for each in self.media]
        return {"destination": self.destination, "state": self.state, "media": media}

    def trouble(self) -> Message | None:
        """What is wrong with it, or why nobody knows."""
        if self.state in {CopyState.VERIFIED, CopyState.ACKNOWLEDGED}:
            return None
        return self.error or describe(f"copy_{self.state}", data={"destination": self.destination})

    @property
    def is_damaged(self) -> bool:
        return self.state in {CopyState.DIFFERENT, CopyState.MISSING}


def copies(manifest: Manifest, paths: Paths, ledger: Ledger) -> list[Copy]:
    """Of each delivery that was completed. Raises ``InvalidManifest``."""
    delivered = [
        each.destination for each in ledger.deliveries(manifest.spec.id) if each.status is DeliveryStatus.COMPLETE
    ]
    claim = read_claim(manifest.spec.directory).as_delivered() if delivered else None
    return [_copy(claim, destination, paths, ledger) for destination in delivered if claim is not None]


def _copy(claim: Claim, destination: str, paths: Paths, ledger: Ledger) -> Copy:
    try:
        with open_destination(destination, paths, ledger) as opened:
            held = opened.held(claim)
    except DigestMismatch:
        return Copy(destination, CopyState.DIFFERENT)
    except UploadMoved:
        return Copy(destination, CopyState.MISSING)
    except UploaderError as error:
        if error.code == "recording_deleted":
            return Copy(destination, CopyState.MISSING)
        return Copy(destination, CopyState.UNKNOWN, error=describe(error.code, error.reason, error.data))
    return Copy(destination, _state(claim, held), held)


def _state(claim: Claim, held: tuple[StoredMedia, ...]) -> CopyState:
    there = {media.path: media for media in held}
    if any(media.path not in there for media in claim.deliverable):
        return CopyState.MISSING
    pairs = [(media, there[media.path]) for media in claim.deliverable]
    if any(copy.bytes != media.bytes or copy.sha256 not in {media.sha256, None} for media, copy in pairs):
        return CopyState.DIFFERENT
    return CopyState.ACKNOWLEDGED if any(copy.sha256 is None for _, copy in pairs) else CopyState.VERIFIED
