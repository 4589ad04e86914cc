"""A recording with all that belongs to it, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uploader.backend.store import Transaction
from uploader.backend.tables import Media, RealtimeEndpoint, Recording, Resource, ResourceStatus, StoredFile, Upload

EMPTY_LIST_BYTES = len("[]\n")


@dataclass(frozen=True, slots=True)
class View:
    recording: Recording
    upload: Upload | None
    media: list[Media]
    files: list[StoredFile]
    endpoints: list[RealtimeEndpoint]

    def present(self, resource: Resource) -> Media | None:
        """Of several transcripts the newest that has words, else the newest that is done, else the newest."""
        deleted = ResourceStatus.DELETED
        there = [media for media in self.media if media.resource is resource and media.status is not deleted]
        if len(there) > 1:
            return max(there, key=self._rank)
        return there[0] if there else None

    def _rank(self, media: Media) -> tuple[bool, bool, str, str]:
        is_done = media.status is ResourceStatus.DONE
        has_content = is_done and any((file.length or 0) > EMPTY_LIST_BYTES for file in self._told(media))
        return has_content, is_done, media.created_at, media.id

    def _told(self, media: Media) -> list[StoredFile]:
        return [file for file in self.files_of(media) if file.kind is not None]

    def files_of(self, media: Media) -> list[StoredFile]:
        return [file for file in self.files if file.media_id == media.id]


def view_of(transaction: Transaction, recording: Recording) -> View:
    return views_of(transaction, [recording])[0]


def views_of(
    transaction: Transaction, recordings: Sequence[Recording], only: Sequence[Media] | None = None
) -> list[View]:
    """Four queries, however many the recordings are. ``only``: the media that matter, and no endpoints do."""
    ids = [recording.id for recording in recordings]
    views = {recording.id: View(recording, None, [], [], []) for recording in recordings}
    for upload in transaction.find(Upload, recording_id=ids):
        views[upload.recording_id] = replace(views[upload.recording_id], upload=upload)
    owners: dict[str | None, View] = {}
    for media in transaction.find(Media, recording_id=ids) if only is None else only:
        owners[media.id] = views[media.recording_id]
        owners[media.id].media.append(media)
    for file in transaction.find(StoredFile, media_id=[media_id for media_id in owners if media_id]):
        owners[file.media_id].files.append(file)
    for endpoint in transaction.find(RealtimeEndpoint, recording_id=ids) if only is None else ():
        views[endpoint.recording_id].endpoints.append(endpoint)
    return [views[recording.id] for recording in recordings]
