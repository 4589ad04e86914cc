"""A recording with all that belongs to it, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from uploader.backend.store import Transaction
from uploader.backend.tables import Media, RealtimeEndpoint, Recording, Resource, ResourceStatus, StoredFile, Upload


@dataclass(frozen=True, slots=True)
class View:
    recording: Recording
    upload: Upload | None
    media: list[Media]
    files: list[StoredFile]
    endpoints: list[RealtimeEndpoint]

    def present(self, resource: Resource) -> Media | None:
        for media in self.media:
            if media.resource is resource and media.status is not ResourceStatus.DELETED:
                return media
        return None

    def files_of(self, media: Media) -> list[StoredFile]:
        return [file for file in self.files if file.media_id == media.id]


def view_of(transaction: Transaction, recording: Recording) -> View:
    return views_of(transaction, [recording])[0]


def views_of(transaction: Transaction, recordings: Sequence[Recording]) -> list[View]:
    """Four queries, however many the recordings are."""
    ids = [recording.id for recording in recordings]
    uploads = {upload.recording_id: upload for upload in transaction.find(Upload, recording_id=ids)}
    media = transaction.find(Media, recording_id=ids)
    files = transaction.find(StoredFile, media_id=[each.id for each in media])
    endpoints = transaction.find(RealtimeEndpoint, recording_id=ids)
    owner_of = {each.id: each.recording_id for each in media}
    return [
        View(
            recording,
            uploads.get(recording.id),
            [each for each in media if each.recording_id == recording.id],
            [file for file in files if file.media_id and owner_of[file.media_id] == recording.id],
            [endpoint for endpoint in endpoints if endpoint.recording_id == recording.id],
        )
        for recording in recordings
    ]
