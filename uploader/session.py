"""Delivers one recording to one destination, from wherever the last attempt got to."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capture.recording import MediaObject, RecordingId
from uploader.claim import read_claim
from uploader.destinations.base import Destination, RemoteUpload
from uploader.errors import DigestMismatch, LocalFileChanged, PermanentError, RetryableError

TRIES = 2
"""A copy that differs is sent once more; then something is wrong that sending does not mend."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Over all media objects. ``safe_bytes``: acknowledged; ``sent_bytes``: those and what is on its way."""

    recording_id: RecordingId
    sent_bytes: int
    safe_bytes: int
    total_bytes: int


OnProgress = Callable[[Progress], None]
"""Called on the delivering thread. It may raise ``DeliveryStopped``."""


class Session:
    """One attempt. Used by one thread."""

    def __init__(self, directory: Path, destination: Destination, on_progress: OnProgress) -> None:
        """Raises ``InvalidManifest``."""
        self._directory = directory
        self._destination = destination
        self._on_progress = on_progress
        self._safe_bytes: dict[str, int] = {}
        self.claim = read_claim(directory)

    def deliver(self) -> RemoteUpload:
        """Every media object is there, and its digest was compared, when this returns.

        Raises ``RetryableError``, ``PermanentError`` or what ``on_progress`` raises.
        """
        self._check_sizes()
        upload = self._destination.create(self.claim)
        try:
            self._send_all(upload)
        except PermanentError as error:
            self._abort(upload, error)
            raise
        return upload

    def _abort(self, upload: RemoteUpload, reason: PermanentError) -> None:
        """What made the delivery fail is told, not that the destination could not tidy up: it will by itself."""
        try:
            self._destination.abort(upload)
        except RetryableError as trouble:
            raise reason from trouble

    def _send_all(self, upload: RemoteUpload) -> None:
        for tries_left in reversed(range(TRIES)):
            for media in self.claim.deliverable:
                self._send(upload, media)
            try:
                self._complete(upload)
            except DigestMismatch:
                self._check_digests()
                if not tries_left:
                    raise
            else:
                break

    def _send(self, upload: RemoteUpload, media: MediaObject) -> None:
        source = self._directory / media.path
        offset = self._destination.offset(upload, media)
        self._note(media, offset)
        while offset < media.bytes:
            meter = _Meter(self, self._safe_total())
            offset = self._destination.append(upload, media, source, offset, meter)
            self._note(media, offset)

    def _complete(self, upload: RemoteUpload) -> None:
        stored = {media.path: (media.sha256, media.bytes) for media in self._destination.complete(upload, self.claim)}
        wrong = [
            media.path for media in self.claim.deliverable if stored.get(media.path) != (media.sha256, media.bytes)
        ]
        if wrong:
            raise DigestMismatch(wrong)

    def _check_sizes(self) -> None:
        for media in self.claim.deliverable:
            try:
                size_bytes = (self._directory / media.path).stat().st_size
            except OSError as error:
                raise LocalFileChanged(str(error), path=media.path) from error
            if size_bytes != media.bytes:
                raise LocalFileChanged(path=media.path)

    def _check_digests(self) -> None:
        """Whether it is the file on this side that differs from the manifest."""
        for media in self.claim.deliverable:
            try:
                with (self._directory / media.path).open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise LocalFileChanged(str(error), path=media.path) from error
            if digest != media.sha256:
                raise LocalFileChanged(path=media.path)

    def _note(self, media: MediaObject, offset: int) -> None:
        self._safe_bytes[media.path] = offset
        self.report(self._safe_total())

    def _safe_total(self) -> int:
        return sum(self._safe_bytes.values())

    def report(self, sent_bytes: int) -> None:
        progress = Progress(self.claim.recording_id, sent_bytes, self._safe_total(), self.claim.bytes_total)
        self._on_progress(progress)


class _Meter:
    """Adds up what one request has sent so far."""

    def __init__(self, session: Session, sent_bytes: int) -> None:
        self._session = session
        self._sent_bytes = sent_bytes

    def __call__(self, piece_bytes: int) -> None:
        self._sent_bytes += piece_bytes
        self._session.report(self._sent_bytes)
