"""Frees this machine's disk of sound and picture that another machine has just proved to hold, byte for byte."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.console import Console
from app.copies import CopyState, copies
from app.library import manifests
from app.messages import describe
from app.paths import Paths
from app.settings import LOCAL, NEVER, Settings
from capture.errors import CaptureError, RecordingRunning
from capture.lock import Lock
from capture.manifest import Manifest, storage_error, write_manifest
from capture.recording import MediaFormat, MediaObject, MediaStatus
from uploader.claim import read_claim
from uploader.debts import read_debts
from uploader.errors import UploaderError
from uploader.lease import leased
from uploader.ledger import Ledger
from uploader.session import Assurance

logger = logging.getLogger(__name__)


def release_due(
    paths: Paths, settings: Settings, ledger: Ledger, console: Console, now: datetime | None = None
) -> None:
    """By the setting. What cannot be proved now stays, and is looked at again the next time. ``now`` has a zone."""
    if settings.release_after_days == NEVER:
        return
    before = (now or datetime.now(UTC)) - timedelta(days=int(settings.release_after_days))
    for manifest in list(_old(paths, before)):
        try:
            released = _release(manifest, paths, ledger)
        except (CaptureError, UploaderError) as error:
            console.complain_aside(describe(error.code, error.reason, error.data))
            continue
        if released:
            freed = sum(media.bytes for media in released)
            console.say(f"Freed {freed:,} bytes: {manifest.spec.id} was delivered, and is held elsewhere.")


def _old(paths: Paths, before: datetime) -> Iterator[Manifest]:
    for manifest in manifests(paths):
        if not isinstance(manifest, Manifest) or manifest.completed_at is None:
            continue
        if datetime.fromisoformat(manifest.completed_at) <= before and _to_go(manifest):
            yield manifest


def _release(manifest: Manifest, paths: Paths, ledger: Ledger) -> list[MediaObject]:
    """What was. The manifest says so first: what a crash leaves of the files goes the next time."""
    directory = manifest.spec.directory
    try:
        with Lock(directory), leased(directory) as is_ours:
            if not is_ours or not _is_proved(manifest, paths, ledger):
                return []
            released = _to_go(manifest)
            deleted = {media.path: replace(media, status=MediaStatus.DELETED) for media in released}
            kept = tuple(deleted.get(media.path, media) for media in manifest.media)
            write_manifest(replace(manifest, media=kept), directory)
            for media in released:
                (directory / media.path).unlink(missing_ok=True)
    except RecordingRunning:
        return []
    except OSError as error:
        raise storage_error(error, directory) from error
    return released


def _is_proved(manifest: Manifest, paths: Paths, ledger: Ledger) -> bool:
    """Nothing is owed to anybody, and a destination that is not this machine tells all digests now."""
    claim = read_claim(manifest.spec.directory)
    debts = read_debts(manifest.spec.directory)
    verified = [debt for debt in debts if debt.destination != LOCAL and debt.assurance is Assurance.VERIFIED]
    if not verified or not all(debt.is_paid(claim) for debt in debts):
        return False
    asked = copies(manifest, paths, ledger)
    return any(copy.destination != LOCAL and copy.state is CopyState.VERIFIED for copy in asked)


def _to_go(manifest: Manifest) -> list[MediaObject]:
    """Sound and picture that were delivered. What is read and searched stays: it is small."""
    sent = (media for media in manifest.media if media.status in {MediaStatus.DONE, MediaStatus.DELETED})
    return [
        media
        for media in sent
        if media.format is not MediaFormat.JSON and (manifest.spec.directory / media.path).exists()
    ]
