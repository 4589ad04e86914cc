"""Takes recordings in: uploads, the files they are made of, and the end of both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from capture.recording import MediaKind
from uploader.backend.contents import Contents, key_of
from uploader.backend.erasure import Erasure
from uploader.backend.file_locks import FileLocks
from uploader.backend.recording_config import endpoints_of
from uploader.backend.refusal import Reason, Refusal, conflict, not_found
from uploader.backend.store import Store, Transaction
from uploader.backend.tables import Recording, ResourceStatus, StoredFile, Upload, UploadStatus
from uploader.times import iso_utc

UNFINISHED_VALID_S = 7 * 24 * 3600
"""How long a file that nothing vouches for is kept after its last byte; a laptop may be away for a week."""

SWEEP_S = 3600.0

MAX_FILE_BYTES = 128 * 1024**3
"""A day of recording at the highest profile."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a sender says of a file to come. ``length`` is in bytes; ``tus_metadata`` is kept as it came."""

    path: str = ""
    kind: MediaKind | None = None
    sha256: str | None = None
    length: int | None = None
    tus_metadata: str = ""


class Intake:
    """Thread-safe."""

    def __init__(self, store: Store, contents: Contents, locks: FileLocks, now_s: Callable[[], float]) -> None:
        self._store = store
        self._contents = contents
        self._now_s = now_s
        self._swept_s = now_s()
        self.erasure = Erasure(store, contents, now_s)
        self._locks = locks

    def create_upload(
        self, workspace: str, recording_id: str | None, recording_config: Mapping[str, Any], metadata: Mapping[str, str]
    ) -> tuple[Upload, bool]:
        """The upload for that recording, and whether it is new. Raises ``Refusal``."""
        self._sweep()
        with self._store.transaction() as transaction:
            if recording_id:
                transaction.alone("recording", recording_id)
            known = transaction.get(Recording, recording_id) if recording_id else None
            if known:
                return self._upload_again(transaction, known, workspace), False
            upload = self._new_upload(workspace, recording_id or str(uuid4()), recording_config, metadata)
            transaction.add(_new_recording(upload))
            transaction.add(upload)
            for endpoint in endpoints_of(upload):
                transaction.add(endpoint)
            return upload, True

    def _sweep(self) -> None:
        """What expired makes room for what comes, at most once in an hour."""
        if self._now_s() - self._swept_s >= SWEEP_S:
            self._swept_s = self._now_s()
            self.drop_expired()

    def _upload_again(self, transaction: Transaction, recording: Recording, workspace: str) -> Upload:
        if recording.workspace != workspace:
            raise conflict(Reason.RECORDING_ID_TAKEN, "Another owner's recording has this id.")
        upload = transaction.first(Upload, recording_id=recording.id)
        if upload is None or recording.status is ResourceStatus.DELETED:
            raise _deleted(HTTPStatus.CONFLICT)
        return upload

    def _new_upload(
        self, workspace: str, recording_id: str, recording_config: Mapping[str, Any], metadata: Mapping[str, str]
    ) -> Upload:
        now = iso_utc(self._now_s())
        return Upload(
            id=str(uuid4()),
            workspace=workspace,
            recording_id=recording_id,
            created_at=now,
            status=UploadStatus.PENDING,
            sub_code=None,
            updated_at=now,
            metadata=metadata,
            recording_config=recording_config,
        )

    def open_upload(self, upload_id: str) -> Upload:
        """Raises ``Refusal`` where there is none, or its recording was deleted."""
        with self._store.transaction() as transaction:
            upload = transaction.get(Upload, upload_id)
            recording = transaction.get(Recording, upload.recording_id) if upload else None
        if upload is None or recording is None:
            raise not_found()
        if recording.status is ResourceStatus.DELETED:
            raise _deleted(HTTPStatus.GONE)
        return upload

    def place(self, upload: Upload, announcement: Announcement) -> StoredFile:
        """A file to append to, or to adopt into; it takes no room yet. Raises ``Refusal``."""
        known = self.placed(upload, announcement)
        if known:
            return known
        return self._add(upload, self._contents.create(self._new_file(upload, announcement)))

    def place_multipart(self, upload: Upload, announcement: Announcement, begin: Callable[[str], str]) -> StoredFile:
        """A file whose bytes go to a store; ``begin`` gets its key, and gives the id of its multipart upload there."""
        file = self._new_file(upload, announcement)
        return self._add(upload, replace(file, multipart_id=begin(key_of(file))))

    def _add(self, upload: Upload, file: StoredFile) -> StoredFile:
        with self._store.transaction() as transaction:
            transaction.add(file)
            if upload.status is UploadStatus.PENDING:
                transaction.change(upload, status=UploadStatus.UPLOADING, updated_at=file.created_at)
        return file

    def concatenate(self, upload: Upload, announcement: Announcement, part_ids: Sequence[str]) -> StoredFile:
        """A finished file of those, in that order; they are gone then. Raises ``Refusal``."""
        with ExitStack() as held:
            for part_id in dict.fromkeys(part_ids):
                held.enter_context(self.lock(part_id))
            parts = [self.file(upload.id, part_id) for part_id in part_ids]
            length = sum(part.offset for part in parts)
            if not all(part.finished and part.media_id is None for part in parts):
                raise conflict(Reason.OFFSET_MISMATCH, "Not every part is here whole.")
            if length > MAX_FILE_BYTES:
                raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.TOO_LARGE, data={"max_bytes": MAX_FILE_BYTES})
            file = replace(self._new_file(upload, announcement), length=length, offset=length)
            file = self._contents.concatenate(file, parts)
            with self._store.transaction() as transaction:
                transaction.add(file)
            self.drop(list({part.id: part for part in parts}.values()))
        return file

    def placed(self, upload: Upload, announcement: Announcement) -> StoredFile | None:
        """The file that was placed for the same path, digest and length before."""
        if announcement.sha256 is None:
            return None
        with self._store.transaction() as transaction:
            files = transaction.find(StoredFile, upload_id=[upload.id], path=[announcement.path])
        wanted = (announcement.sha256, announcement.length)
        same = [file for file in files if (file.sha256, file.length) == wanted and _is_here(file)]
        return next(map(self.durable, same), None)

    def _new_file(self, upload: Upload, announcement: Announcement) -> StoredFile:
        now_s = self._now_s()
        return StoredFile(
            id=str(uuid4()),
            upload_id=upload.id,
            media_id=None,
            path=announcement.path,
            kind=announcement.kind,
            sha256=announcement.sha256,
            stored_sha256=None,
            length=announcement.length,
            offset=0,
            tus_metadata=announcement.tus_metadata,
            created_at=iso_utc(now_s),
            expires_at=iso_utc(now_s + UNFINISHED_VALID_S),
        )

    def file(self, upload_id: str, file_id: str) -> StoredFile:
        """With the offset that is really on disk. Raises ``Refusal``."""
        with self._store.transaction() as transaction:
            file = transaction.get(StoredFile, file_id)
        if file is None or file.upload_id != upload_id or not _is_here(file):
            raise not_found()
        if file.media_id is None and file.expires_at <= iso_utc(self._now_s()):
            self.drop([file])
            raise Refusal(HTTPStatus.GONE, Reason.EXPIRED)
        return self.durable(file)

    def durable(self, file: StoredFile) -> StoredFile:
        """With the offset that is really on disk."""
        return self._contents.durable(file)

    def advance(self, file: StoredFile, offset: int) -> StoredFile:
        """``offset`` bytes are durable now; what they give when hashed is not known any more."""
        changes = {"offset": offset, "length": file.length, "stored_sha256": None}
        expires_at = iso_utc(self._now_s() + UNFINISHED_VALID_S)
        with self._store.transaction() as transaction:
            return transaction.change(file, expires_at=expires_at, **changes)

    def adopt(self, file: StoredFile, source: Path) -> StoredFile:
        """Fills the whole file from one on this machine. Raises ``Refusal``."""
        with self.lock(file.id):
            return self.advance(file, self._contents.adopt(file, source))

    def withdraw(self, file: StoredFile) -> None:
        """Raises ``Refusal`` for a file that a complete recording is made of."""
        if file.media_id is not None:
            raise conflict(Reason.ALREADY_COMPLETE, "This file belongs to a complete recording.")
        with self.lock(file.id):
            self.drop([file])

    def withdraw_all(self, upload_id: str) -> None:
        """All that no manifest vouched for, and that nobody is writing to."""
        with self._store.transaction() as transaction:
            files = transaction.find(StoredFile, upload_id=[upload_id])
        self.drop_idle(file for file in files if file.media_id is None)

    def drop(self, files: list[StoredFile]) -> None:
        """Their rows first: a row without bytes would be a lie."""
        self.erasure.files(files)

    def drop_expired(self) -> None:
        with self._store.transaction() as transaction:
            files = transaction.expired_files(iso_utc(self._now_s()))
        self.drop_idle(files)

    def drop_idle(self, files: Iterable[StoredFile]) -> None:
        """But for those that somebody writes to."""
        with self._locks.hold_free(files) as idle:
            self.drop(list(idle))

    def lock(self, file_id: str) -> AbstractContextManager[None]:
        """Raises ``Refusal`` at once where somebody else writes to this file."""
        return self._locks.hold(file_id)

    @property
    def busy(self) -> frozenset[str]:
        """The ids of the files that this process writes to."""
        return self._locks.held

    def delete_recording(self, recording: Recording) -> None:
        """Its media leave the disk; what was written about it stays. Idempotent."""
        self.erasure.recording(recording)


def _is_here(file: StoredFile) -> bool:
    """Whether it can be appended to, or has no need of it."""
    return file.multipart_id is None or file.part_bytes is not None or file.finished


def _new_recording(upload: Upload) -> Recording:
    metadata = upload.recording_config.get("metadata") or {}
    return Recording(
        id=upload.recording_id,
        workspace=upload.workspace,
        created_at=upload.created_at,
        started_at=None,
        completed_at=None,
        duration_ns=0,
        status=ResourceStatus.PROCESSING,
        sub_code=None,
        updated_at=upload.created_at,
        metadata=metadata,
    )


def _deleted(status: HTTPStatus) -> Refusal:
    return Refusal(status, Reason.RECORDING_DELETED, "This recording was deleted.")
