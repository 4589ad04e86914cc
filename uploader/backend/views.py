"""A recording with all that is shown with it, read in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from uploader.backend.refusal import not_found
from uploader.backend.store import Transaction
from uploader.backend.tables import ResourceStatus
from uploader.backend.view_query import ShownEndpoint, ShownFile, ShownMedia, ShownRecording

EMPTY_LIST_BYTES = len("[]\n")

FilesOf = Mapping[str, Sequence[ShownFile]]
"""By the id of their media object."""


@dataclass(frozen=True, slots=True)
class View:
    """Media and files are in no order."""

    recording: ShownRecording
    _files: FilesOf
    media: list[ShownMedia] = field(default_factory=list)
    endpoints: list[ShownEndpoint] = field(default_factory=list)

    def one(self, media_id: str) -> ShownMedia:
        return next(media for media in self.media if media.id == media_id)

    @property
    def files(self) -> Iterator[ShownFile]:
        return (file for media in self.media for file in self.files_of(media))

    def present(self) -> Mapping[str, ShownMedia]:
        """By resource. Of several transcripts the newest with words, else the newest that is done, else the newest."""
        found: dict[str, ShownMedia] = {}
        for media in self.media:
            if media.status != ResourceStatus.DELETED:
                other = found.get(media.resource)
                found[media.resource] = media if other is None else max(media, other, key=self._rank)
        return found

    def _rank(self, media: ShownMedia) -> tuple[bool, bool, str, str]:
        is_done = media.status == ResourceStatus.DONE
        told = [file for file in self.files_of(media) if file.kind is not None]
        has_content = is_done and any((file.length or 0) > EMPTY_LIST_BYTES for file in told)
        return has_content, is_done, media.created_at, media.id

    def files_of(self, media: ShownMedia) -> Sequence[ShownFile]:
        return self._files.get(media.id, ())


def view_of(transaction: Transaction, recording_id: str) -> View:
    """Raises ``Refusal`` where there is none."""
    recordings = transaction.shown(ShownRecording, [recording_id])
    if not recordings:
        raise not_found()
    return views_of(transaction, recordings)[0]


def views_of(transaction: Transaction, recordings: Sequence[ShownRecording]) -> list[View]:
    """A few queries, however many the recordings are."""
    ids = [recording.id for recording in recordings]
    shown = transaction.shown(ShownMedia, ids)
    files = _files_of(transaction, shown)
    views = {recording.id: View(recording, files) for recording in recordings}
    for media in shown:
        views[media.recording_id].media.append(media)
    for endpoint in sorted(transaction.shown(ShownEndpoint, ids)):
        views[endpoint.recording_id].endpoints.append(endpoint)
    return list(views.values())


def views_of_media(transaction: Transaction, shown: Sequence[ShownMedia]) -> list[View]:
    """One for each, in which nothing else is to be seen."""
    found = transaction.shown(ShownRecording, [media.recording_id for media in shown])
    recordings = {recording.id: recording for recording in found}
    files = _files_of(transaction, shown)
    return [View(recordings[media.recording_id], files, [media]) for media in shown]


def _files_of(transaction: Transaction, shown: Sequence[ShownMedia]) -> FilesOf:
    found: dict[str, list[ShownFile]] = {media.id: [] for media in shown}
    for file in transaction.shown(ShownFile, list(found)):
        found[file.media_id].append(file)
    return found
