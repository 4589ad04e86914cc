"""A recording with all that is shown with it, read in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capture.recording import MediaKind
from uploader.backend.rows import row_of
from uploader.backend.store import Transaction
from uploader.backend.tables import Media, Recording, Resource, ResourceStatus
from uploader.backend.view_query import ENDPOINTS_OF, FILES_OF, MEDIA_OF, UPLOADS_OF

EMPTY_LIST_BYTES = len("[]\n")


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What is told of a stored file; its bytes are found by the whole row."""

    id: str
    media_id: str
    kind: MediaKind | None
    path: str
    length: int | None


@dataclass(frozen=True, slots=True)
class ShownUpload:
    id: str
    recording_id: str
    metadata: Mapping[str, str]
    recording_config: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownEndpoint:
    created_at: str
    id: str
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """Media and files are in no order."""

    recording: Recording
    upload: ShownUpload | None
    media: list[Media]
    files: list[ShownFile]
    endpoints: list[ShownEndpoint]

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

    def _told(self, media: Media) -> list[ShownFile]:
        return [file for file in self.files_of(media) if file.kind is not None]

    def files_of(self, media: Media) -> list[ShownFile]:
        return [file for file in self.files if file.media_id == media.id]


def view_of(transaction: Transaction, recording: Recording) -> View:
    return views_of(transaction, [recording])[0]


def views_of(
    transaction: Transaction, recordings: Sequence[Recording], only: Sequence[Media] | None = None
) -> list[View]:
    """A few queries, however many the recordings are. ``only``: the media that matter, and no endpoints do."""
    ids = [recording.id for recording in recordings]
    uploads = {row[1]: ShownUpload(*row) for row in transaction.ask(UPLOADS_OF, ids)}
    views = {each.id: View(each, uploads.get(each.id), [], [], []) for each in recordings}
    shown = [row_of(Media, row) for row in transaction.ask(MEDIA_OF, ids)] if only is None else only
    owners = {media.id: views[media.recording_id] for media in shown}
    for media in shown:
        owners[media.id].media.append(media)
    for file_id, media_id, kind, *rest in transaction.ask(FILES_OF, list(owners)):
        owners[media_id].files.append(ShownFile(file_id, media_id, KINDS[kind], *rest))
    for recording_id, *endpoint in sorted(transaction.ask(ENDPOINTS_OF, ids), key=_place) if only is None else ():
        views[recording_id].endpoints.append(ShownEndpoint(*endpoint))
    return list(views.values())


KINDS: Mapping[str | None, MediaKind | None] = {None: None} | {kind.value: kind for kind in MediaKind}


def _place(endpoint: Sequence[Any]) -> Any:  # noqa: ANN401 - age and id
    return endpoint[1:3]
