"""Delivers one recording to one destination, from wherever the last attempt got to."""

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from capture.recording import MediaObject, RecordingId, RecordingStatus
from uploader.claim import Claim, read_claim
from uploader.destinations.base import Destination, RemoteUpload, StoredMedia
from uploader.errors import (
    AuthenticationFailed,
    DigestMismatch,
    LocalFileChanged,
    PermanentError,
    RecordingUnfinished,
    Released,
    RetryableError,
)
from uploader.speed import Speed

LOGGER = logging.getLogger(__name__)

SMALL_BYTES = 2**20
"""More than the metadata and the transcript of a day; less than a minute of picture."""

TRIES = 2
"""A copy that differs is sent once more; then something is wrong that sending does not mend."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Over all media objects. ``safe_bytes``: acknowledged; ``sent_bytes``: those and what is on its way."""

    recording_id: RecordingId
    destination: str
    upload_id: str
    sent_bytes: int
    safe_bytes: int
    total_bytes: int
    rate_bytes_per_s: float | None = None
    waiting_for: str | None = None
    """The code of the rule that lets nothing go now."""

    @property
    def remaining_s(self) -> float | None:
        """At the rate of the moment."""
        return remaining_s(self.total_bytes - self.sent_bytes, self.rate_bytes_per_s)


def remaining_s(left_bytes: int, rate_bytes_per_s: float | None) -> float | None:
    return left_bytes / rate_bytes_per_s if rate_bytes_per_s else None


OnProgress = Callable[[Progress], None]
"""Called on the delivering thread. It may raise ``DeliveryStopped``."""


class Assurance(StrEnum):
    """What is known of a copy at a destination."""

    VERIFIED = "verified"
    """The destination has told its own digest of every media object, and it is the manifest's."""
    ACKNOWLEDGED = "acknowledged"
    """It has told their lengths alone."""


@dataclass(frozen=True, slots=True)
class Delivered:
    claim: Claim
    assurance: Assurance


class Session:
    """One attempt. Used by one thread."""

    def __init__(
        self,
        directory: Path,
        destination: Destination,
        on_progress: OnProgress,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """``now_s`` is monotonic. Raises ``InvalidManifest``."""
        self._directory = directory
        self._destination = destination
        self._on_progress = on_progress
        self._claim = read_claim(directory)
        self._now_s = now_s
        self._speed = Speed()
        self._safe_bytes = 0
        self._assurance = Assurance.VERIFIED

    def deliver(self) -> Delivered:
        """Every media object is there when this returns.

        Raises ``RetryableError``, ``PermanentError`` or what ``on_progress`` raises.
        """
        self._run(self._send_all)
        return Delivered(self._claim, self._assurance)

    def send_small(self) -> None:
        """What is read before anybody watches a video is there when this returns. Raises as ``deliver``."""
        self._run(self._send_small)

    def _run(self, act: Callable[[RemoteUpload], None]) -> None:
        if self._claim.status in {RecordingStatus.RECORDING, RecordingStatus.PAUSED}:
            raise RecordingUnfinished
        if self._claim.is_released:
            raise Released
        _check_sizes(self._directory, self._claim)
        upload = self._destination.create(self._claim)
        try:
            self._refreshing(act, upload)
        except AuthenticationFailed:  # what was sent is good, and the next key may well open it again
            raise
        except PermanentError as error:
            self._abort(upload, error)
            raise

    def _refreshing(self, act: Callable[[RemoteUpload], None], upload: RemoteUpload) -> None:
        """An upload's own token may expire: another one is asked for, as long as each brings something forward."""
        safe_bytes = -1
        while True:
            try:
                return act(upload)
            except AuthenticationFailed:
                if self._safe_bytes <= safe_bytes:
                    raise
                safe_bytes = self._safe_bytes
                upload = self._destination.create(self._claim)

    def _watch(self, progress: Progress) -> None:
        self._safe_bytes = max(self._safe_bytes, progress.safe_bytes)
        rate_bytes_per_s = self._speed.moved(self._now_s(), progress.sent_bytes)
        self._on_progress(replace(progress, destination=self._destination.name, rate_bytes_per_s=rate_bytes_per_s))

    def _abort(self, upload: RemoteUpload, reason: PermanentError) -> None:
        """What made the delivery fail is told, not that the destination could not tidy up: it will by itself."""
        try:
            self._destination.abort(upload)
        except (RetryableError, PermanentError) as trouble:
            raise reason from trouble

    def _send_small(self, upload: RemoteUpload) -> None:
        tally = _Tally(self._claim, upload, self._watch)
        for media in self._claim.deliverable:
            if media.bytes <= SMALL_BYTES:
                self._send(upload, media, tally)

    def _send_all(self, upload: RemoteUpload) -> None:
        for tries_left in reversed(range(TRIES)):
            tally = _Tally(self._claim, upload, self._watch)
            try:
                for media in self._claim.deliverable:
                    self._send(upload, media, tally)
                self._complete(upload)
            except DigestMismatch:
                LOGGER.warning("recording=%s: other bytes at %s", self._claim.recording_id, self._destination.name)
                _check_digests(self._directory, self._claim)
                if not tries_left:
                    raise
            else:
                break

    def _send(self, upload: RemoteUpload, media: MediaObject, tally: "_Tally") -> None:
        source = self._directory / media.path
        offset = self._destination.offset(upload, media)
        tally.safe(media, offset)
        while offset < media.bytes:
            offset = self._destination.append(upload, media, source, offset, tally.sent)
            tally.safe(media, offset)

    def _complete(self, upload: RemoteUpload) -> None:
        stored = {media.path: media for media in self._destination.complete(upload, self._claim)}
        wrong = [media.path for media in self._claim.deliverable if not _is_held(stored.get(media.path), media)]
        if wrong:
            raise DigestMismatch(wrong)
        compared = all(stored[media.path].sha256 is not None for media in self._claim.deliverable)
        self._assurance = Assurance.VERIFIED if compared else Assurance.ACKNOWLEDGED


def _is_held(stored: StoredMedia | None, media: MediaObject) -> bool:
    return stored is not None and stored.bytes == media.bytes and stored.sha256 in {media.sha256, None}


class _Tally:
    """Adds up what is sent, and tells it."""

    def __init__(self, claim: Claim, upload: RemoteUpload, on_progress: OnProgress) -> None:
        self._claim = claim
        self._upload = upload
        self._on_progress = on_progress
        self._safe_bytes: dict[str, int] = {}
        self._under_way_bytes = 0

    def sent(self, piece_bytes: int) -> None:
        self._under_way_bytes += piece_bytes
        self._tell()

    def safe(self, media: MediaObject, offset: int) -> None:
        self._safe_bytes[media.path] = offset
        self._under_way_bytes = 0
        self._tell()

    def _tell(self) -> None:
        """A stretch that has to be sent twice is no reason to report more than there is."""
        safe_bytes, total_bytes = sum(self._safe_bytes.values()), self._claim.bytes_total
        sent_bytes = min(safe_bytes + self._under_way_bytes, total_bytes)
        self._on_progress(Progress(self._claim.recording_id, "", self._upload.id, sent_bytes, safe_bytes, total_bytes))


def _check_sizes(directory: Path, claim: Claim) -> None:
    """Cheap, and finds nearly all that went wrong on this side before a byte is sent."""
    for media in claim.deliverable:
        try:
            size_bytes = (directory / media.path).stat().st_size
        except OSError as error:
            raise LocalFileChanged(str(error), path=media.path) from error
        if size_bytes != media.bytes:
            raise LocalFileChanged(path=media.path)


def _check_digests(directory: Path, claim: Claim) -> None:
    """Whether it is the file on this side that differs from the manifest."""
    for media in claim.deliverable:
        try:
            with (directory / media.path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise LocalFileChanged(str(error), path=media.path) from error
        if digest != media.sha256:
            raise LocalFileChanged(path=media.path)
