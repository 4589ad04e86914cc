"""The end of media: nothing tells of them from one moment on, and their bytes go, whatever comes in between."""

import logging
from collections.abc import Callable, Sequence
from itertools import islice

from uploader.backend.contents import Contents, key_of
from uploader.backend.part_store import StoreUnavailable
from uploader.backend.store import Store, Transaction
from uploader.backend.tables import (
    Doomed,
    Media,
    RealtimeEndpoint,
    RealtimeStatus,
    Recording,
    ResourceStatus,
    StoredFile,
    Upload,
)
from uploader.times import iso_utc

logger = logging.getLogger(__name__)

AT_ONCE = 100
LEASE_S = 600.0
"""Far longer than a store takes for so many."""

STRAY_S = 24 * 3600.0
"""Nothing that is being made is left untouched for so long before something leads to it."""


class Erasure:
    """Thread-safe. Everything is idempotent."""

    def __init__(self, store: Store, contents: Contents, now_s: Callable[[], float]) -> None:
        self._store = store
        self._contents = contents
        self._now_s = now_s

    def recording(self, recording: Recording) -> None:
        """Its media leave the disk; what was written about it stays."""
        with self._store.transaction() as transaction:
            known = transaction.hold(Recording, recording.id)
            if known is not None:
                self.end(transaction, known)
        self.finish()

    def end(self, transaction: Transaction, recording: Recording) -> None:
        """``recording`` is held. The bytes are left to ``finish``."""
        now = iso_utc(self._now_s())
        uploads = transaction.find(Upload, recording_id=[recording.id])
        self._doom(transaction, transaction.find(StoredFile, upload_id=[upload.id for upload in uploads]))
        for media in transaction.find(Media, recording_id=[recording.id]):
            _delete(transaction, media, now)
        for endpoint in transaction.find(RealtimeEndpoint, recording_id=[recording.id]):
            if endpoint.status is not RealtimeStatus.DELETED:
                transaction.change(endpoint, status=RealtimeStatus.DELETED, updated_at=now)
        _delete(transaction, recording, now)
        transaction.change(recording, account=None)

    def media(self, media: Media) -> None:
        with self._store.transaction() as transaction:
            known = transaction.hold(Media, media.id)
            self._doom(transaction, transaction.find(StoredFile, media_id=[media.id]))
            if known is not None:
                _delete(transaction, known, iso_utc(self._now_s()))
        self.finish()

    def files(self, files: Sequence[StoredFile]) -> None:
        with self._store.transaction() as transaction:
            self._doom(transaction, files)
        self.finish()

    def finish(self) -> None:
        """Takes away the bytes of all that was deleted, also before a crash; what a store keeps is tried again."""
        kept: list[Doomed] = []
        while batch := self._leased():
            gone = [each for each in batch if self._remove(each)]
            kept += [each for each in batch if each not in gone]
            with self._store.transaction() as transaction:
                for each in gone:
                    transaction.remove(each)
        if kept:
            with self._store.transaction() as transaction:
                for each in kept:
                    transaction.change(each, leased_until=None)

    def sweep(self) -> None:
        """Takes away bytes that nothing leads to: a crash came between them and their row."""
        stray = self._contents.blobs.untouched_since(self._now_s() - STRAY_S)
        while batch := list(islice(stray, AT_ONCE)):
            with self._store.transaction() as transaction:
                known = {each.id for kind in (StoredFile, Doomed) for each in transaction.find(kind, id=batch)}
            for blob_id in set(batch) - known:
                self._contents.blobs.remove(blob_id)

    def _leased(self) -> list[Doomed]:
        """Nobody else takes these away meanwhile; they are not lost where this process dies."""
        now_s = self._now_s()
        with self._store.transaction() as transaction:
            batch = transaction.doomed(iso_utc(now_s), AT_ONCE)
            return [transaction.change(each, leased_until=iso_utc(now_s + LEASE_S)) for each in batch]

    def _doom(self, transaction: Transaction, files: Sequence[StoredFile]) -> None:
        now = iso_utc(self._now_s())
        for file in files:
            transaction.remove(file)
            transaction.add(Doomed(file.id, file.upload_id, file.multipart_id, now))

    def _remove(self, doomed: Doomed) -> bool:
        if doomed.multipart_id is None:
            self._contents.blobs.remove(doomed.id)
            return True
        try:
            self._contents.store.remove(key_of(doomed), doomed.multipart_id)
        except StoreUnavailable as error:
            logger.warning("file=%s stays in the store for now: %s", doomed.id, error.reason)
            return False
        return True


def _delete(transaction: Transaction, row: Recording | Media, now: str) -> None:
    if row.status is not ResourceStatus.DELETED:
        transaction.change(row, status=ResourceStatus.DELETED, updated_at=now)
