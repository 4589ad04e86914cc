"""A destination that fails as it is told."""

from pathlib import Path

from capture.recording import MediaObject
from uploader.claim import Claim
from uploader.destinations.base import OnSent, RemoteUpload, StoredMedia
from uploader.errors import UploaderError


class FakeDestination:
    """Keeps all that is sent in memory; ``troubles`` are raised one by one, each by the next call of that name."""

    name = "fake"
    stretch_bytes = 100_000

    def __init__(self) -> None:
        self.stored: dict[str, bytearray] = {}
        self.troubles: list[tuple[str, UploaderError]] = []
        self.calls: list[str] = []
        self.aborted = 0

    def _called(self, call: str) -> None:
        self.calls.append(call)
        if self.troubles and self.troubles[0][0] == call:
            raise self.troubles.pop(0)[1]

    def create(self, claim: Claim) -> RemoteUpload:
        self._called("create")
        return RemoteUpload("upload", claim.recording_id, "token")

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        self._called("offset")
        return len(self.stored.setdefault(upload.id + media.path, bytearray()))

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        self._called("append")
        stretch = source.read_bytes()[offset : offset + self.stretch_bytes]
        on_sent(len(stretch))
        self.stored[upload.id + media.path] += stretch
        return offset + len(stretch)

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        self._called("complete")
        assert upload.recording_id == claim.recording_id
        return tuple(StoredMedia(media.path, media.sha256, media.bytes) for media in claim.deliverable)

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        return self.complete(self.create(claim), claim)

    def abort(self, upload: RemoteUpload) -> None:
        self._called("abort")
        self.aborted += 1
        self.stored = {key: data for key, data in self.stored.items() if not key.startswith(upload.id)}
