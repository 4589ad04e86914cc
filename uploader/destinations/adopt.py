"""Delivery to the backend of this machine: its store is opened in this process, and files are hard-linked into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capture.recording import MediaObject
from uploader.backend import Backend
from uploader.backend.intake import Announcement
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import Recording, StoredFile
from uploader.claim import Claim
from uploader.destinations.base import OnSent, RemoteUpload, StoredMedia, error_for_status
from uploader.errors import DestinationTrouble, DigestMismatch

LOCAL = "local"


class AdoptDestination:
    """``backend`` stays its opener's."""

    name = LOCAL

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def create(self, claim: Claim) -> RemoteUpload:
        with _translated():
            workspace = self._backend.access.workspace(self._backend.api_key)
            upload, _ = self._backend.intake.create_upload(workspace, claim.recording_id, {}, {})
        return RemoteUpload(upload.id, claim.recording_id, self._backend.access.upload_token(upload.id))

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        with _translated():
            return self._file(upload, media).offset

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        with _translated():
            adopted = self._backend.intake.adopt(self._file(upload, media), source)
        on_sent(adopted.offset - offset)
        return adopted.offset

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        with _translated():
            verified = self._backend.completion.complete(upload.id, claim)
        return tuple(StoredMedia(each.media.path, each.file.stored_sha256 or "", each.file.offset) for each in verified)

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        with self._backend.store.transaction() as transaction:
            known = transaction.get(Recording, claim.recording_id)
        return () if known is None else self.complete(self.create(claim), claim)

    def abort(self, upload: RemoteUpload) -> None:
        with _translated():
            self._backend.intake.withdraw_all(upload.id)

    def _file(self, upload: RemoteUpload, media: MediaObject) -> StoredFile:
        announcement = Announcement(media.path, media.kind, media.sha256, media.bytes)
        return self._backend.intake.place(self._backend.intake.open_upload(upload.id), announcement)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        if refusal.code == Reason.DIGEST_MISMATCH:
            raise DigestMismatch([entry["path"] for entry in refusal.body["media"]]) from refusal
        raise error_for_status(refusal.status, refusal.code) from refusal
    except OSError as error:
        raise DestinationTrouble(str(error)) from error
