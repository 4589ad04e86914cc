"""The end of an upload: every media object of the manifest is checked against the bytes that are really stored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from capture.recording import MediaKind, MediaObject, MediaStatus, RecordingStatus
from uploader.backend.contents import Contents
from uploader.backend.intake import Intake
from uploader.backend.refusal import Reason, Refusal, conflict
from uploader.backend.retention import Expiry, expiry, retention_for
from uploader.backend.search import READERS, SearchIndex, add_words
from uploader.backend.store import Store, Transaction
from uploader.backend.tables import (
    RESOURCE_OF,
    Media,
    RealtimeEndpoint,
    RealtimeStatus,
    Recording,
    Resource,
    ResourceStatus,
    StoredFile,
    Upload,
    UploadStatus,
)
from uploader.claim import Claim
from uploader.documents import read_document
from uploader.times import iso_utc, normalized

MAX_DOCUMENT_BYTES = 1024 * 1024
"""Of a sender's file that is read into memory; a sender may give a file of any length any kind."""

ACCOUNT = ("timeline", "marks", "receipt")
"""Of the manifest, kept as it came: where it was paused, what was marked, and what went wrong."""

MEDIA_STATUS: Mapping[MediaStatus, ResourceStatus] = {
    MediaStatus.PROCESSING: ResourceStatus.PROCESSING,
    MediaStatus.DONE: ResourceStatus.DONE,
    MediaStatus.FAILED: ResourceStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class Verified:
    """A media object of the manifest, and the stored file whose bytes gave its digest."""

    media: MediaObject
    file: StoredFile


class Completion:
    """Thread-safe."""

    def __init__(
        self, store: Store, contents: Contents, intake: Intake, search: SearchIndex, now_s: Callable[[], float]
    ) -> None:
        self._expiry = Expiry(store, intake.erasure, now_s)
        self._store = store
        self._contents = contents
        self._intake = intake
        self._search = search
        self._now_s = now_s

    def complete(self, upload_id: str, claim: Claim) -> tuple[Verified, ...]:
        """Idempotent; reads every byte that was not verified before. Raises ``Refusal``.

        A media object that was deleted here stays so: what came of it again is verified, and not kept.
        """
        upload = self._intake.open_upload(upload_id)
        if claim.status in {RecordingStatus.RECORDING, RecordingStatus.PAUSED}:
            raise conflict(Reason.RECORDING_UNFINISHED, "The manifest says that this recording still runs.")
        with self._store.transaction() as transaction:
            files = transaction.find(StoredFile, upload_id=[upload.id])
        verified = self._verify(_matched(claim, [self._intake.durable(file) for file in files]))
        title = self._title(verified)
        self._sweep(upload, self._publish(upload, claim, verified, title))
        self._expiry.run()
        return tuple(verified)

    def _verify(self, candidates: Sequence[Verified]) -> list[Verified]:
        hashed = [replace(candidate, file=self._hashed(candidate.file)) for candidate in candidates]
        wrong = [each for each in hashed if each.file.stored_sha256 != each.media.sha256]
        if wrong:
            self._intake.drop([each.file for each in wrong if each.file.media_id is None])
            media = [{"path": each.media.path, "sha256": each.file.stored_sha256} for each in wrong]
            detail = "The stored bytes differ from the manifest; they were dropped."
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, Reason.DIGEST_MISMATCH, detail, data={"media": media})
        return hashed

    def _hashed(self, file: StoredFile) -> StoredFile:
        if file.stored_sha256:
            return file
        digest = self._contents.sha256(file)
        with self._store.transaction() as transaction:
            return transaction.change(file, stored_sha256=digest)

    def _title(self, verified: Sequence[Verified]) -> str | None:
        """The meeting's, for it is told without a download. A sender may call anything metadata: then there is none."""
        file = next((each.file for each in verified if each.media.kind is MediaKind.MEETING_METADATA), None)
        if file is None or file.offset > MAX_DOCUMENT_BYTES:
            return None
        try:
            document = read_document(self._contents.read(file))
        except ValueError:
            return None
        title = document.get("title") if isinstance(document, dict) else None
        return title if isinstance(title, str) else None

    def _publish(self, upload: Upload, claim: Claim, verified: Sequence[Verified], title: str | None) -> list[Verified]:
        """Gives those that are kept."""
        now_s = self._now_s()
        new = [each for each in verified if each.file.media_id is None and each.media.kind in READERS]
        found = {each.file.id: self._search.read(each.file, each.media.kind) for each in new}
        with self._store.transaction() as transaction:
            recording = transaction.hold(Recording, upload.recording_id)
            if recording is None or recording.status is ResourceStatus.DELETED:
                raise Refusal(HTTPStatus.GONE, Reason.RECORDING_DELETED)
            publication = _Publication(transaction, upload, claim, iso_utc(now_s))
            recording = publication.ended(recording)
            media = publication.media(title)
            owners = {each.file.id: media[RESOURCE_OF[each.media.kind]] for each in verified}
            kept = [each for each in verified if owners[each.file.id].status is not ResourceStatus.DELETED]
            for each in kept:
                transaction.change(each.file, media_id=owners[each.file.id].id, kind=each.media.kind)
                if each.file.id in found:
                    add_words(transaction, each.file.id, recording.id, found[each.file.id])
            publication.conclude(recording, expiry(retention_for(transaction, upload), now_s))
        return kept

    def _sweep(self, upload: Upload, verified: Sequence[Verified]) -> None:
        """What the manifest does not name is of no use any more, unless it was made here."""
        spared = {each.file.id for each in verified}
        with self._store.transaction() as transaction:
            files = transaction.find(StoredFile, upload_id=[upload.id])
            media = transaction.find(Media, recording_id=[upload.recording_id])
        made_here = {each.id for each in media if each.is_made_here}
        self._intake.drop_idle(file for file in files if file.id not in spared and file.media_id not in made_here)


@dataclass(frozen=True, slots=True)
class _Publication:
    """Writes down what a complete upload makes of a recording."""

    transaction: Transaction
    upload: Upload
    claim: Claim
    now: str

    def media(self, title: str | None) -> dict[Resource, Media]:
        parts: dict[Resource, list[MediaObject]] = {}
        for media in self.claim.media:
            if media.status is not MediaStatus.DELETED:
                parts.setdefault(RESOURCE_OF[media.kind], []).append(media)
        return {resource: self._media(resource, parts[resource], title) for resource in parts}

    def _media(self, resource: Resource, parts: Sequence[MediaObject], title: str | None) -> Media:
        statuses = {MEDIA_STATUS[part.status] for part in parts}
        status = next(iter(statuses)) if len(statuses) == 1 else ResourceStatus.FAILED
        sub_code = next((part.sub_code for part in parts if part.sub_code), None)
        data = {"title": title} if resource is Resource.MEETING_METADATA else {}
        of_resource = self.transaction.find(Media, recording_id=[self.upload.recording_id], resource=[resource])
        known = next((media for media in of_resource if not media.is_made_here), None)
        if known and known.status is ResourceStatus.DELETED:
            return known
        if known:
            updated_at = known.updated_at if known.status is status else self.now
            return self.transaction.change(known, status=status, sub_code=sub_code, data=data, updated_at=updated_at)
        media = Media(
            id=str(uuid4()),
            workspace=self.upload.workspace,
            recording_id=self.upload.recording_id,
            resource=resource,
            format=parts[0].format,
            created_at=self.now,
            status=status,
            sub_code=sub_code,
            updated_at=self.now,
            metadata=self._metadata(resource, parts[0].format),
            data=data,
        )
        self.transaction.add(media)
        return media

    def _metadata(self, resource: Resource, file_format: str) -> dict[str, str]:
        """The configuration names some media objects with their format, and some without."""
        for key in (f"{resource}_{file_format}", resource):
            section = self.upload.recording_config.get(key)
            metadata = section.get("metadata") if isinstance(section, dict) else None
            if isinstance(metadata, dict):
                return {str(name): str(value) for name, value in metadata.items()}
        return {}

    def ended(self, recording: Recording) -> Recording:
        return self.transaction.change(
            recording,
            started_at=self.claim.started_at and normalized(self.claim.started_at),
            completed_at=self.claim.completed_at and normalized(self.claim.completed_at),
            duration_ns=self.claim.duration_ns,
            account={name: self.claim.document.get(name) for name in ACCOUNT},
        )

    def conclude(self, recording: Recording, expires_at: str | None) -> None:
        """Kept for as long as was asked for from the moment that it is done, not from another answer to the same."""
        failed = self.claim.status is RecordingStatus.FAILED
        status = ResourceStatus.FAILED if failed else ResourceStatus.DONE
        interrupted = RecordingStatus.INTERRUPTED if self.claim.status is RecordingStatus.INTERRUPTED else None
        self.transaction.change(
            recording,
            sub_code=self.claim.sub_code or interrupted,
            expires_at=expires_at if recording.status is not status else recording.expires_at,
            **self._reached(recording.status, status),
        )
        self.transaction.change(
            self.upload, **self._reached(self.upload.status, UploadStatus.FAILED if failed else UploadStatus.COMPLETE)
        )

        for endpoint in self.transaction.find(
            RealtimeEndpoint, recording_id=[recording.id], status=[RealtimeStatus.RUNNING.value]
        ):
            self.transaction.change(endpoint, status=RealtimeStatus.DONE, updated_at=self.now)

    def _reached(self, before: str, status: str) -> dict[str, Any]:
        return {} if status == before else {"status": status, "updated_at": self.now}


def _matched(claim: Claim, files: Sequence[StoredFile]) -> list[Verified]:
    """Each media object with the file that should be it. Raises ``Refusal`` that lists all that have none."""
    found: list[Verified] = []
    missing: list[dict[str, object]] = []
    for media in claim.deliverable:
        named = [file for file in files if file.path == media.path]
        finished = [file for file in named if file.finished]
        if finished:
            found.append(Verified(media, max(finished, key=lambda file: _likeness(file, media))))
        else:
            missing.append({"path": media.path, "offset": max((file.offset for file in named), default=0)})
    if missing:
        raise conflict(Reason.MEDIA_MISSING, "Not every media object of the manifest is here.", media=missing)
    return found


def _likeness(file: StoredFile, media: MediaObject) -> tuple[bool, bool]:
    return file.stored_sha256 == media.sha256, file.sha256 == media.sha256
