"""The bytes of stored files, wherever they are: below the data folder, or in a store that takes parts."""

import logging
from dataclasses import dataclass, replace

from uploader.backend.blobs import Blobs
from uploader.backend.part_store import PartStore, StoreUnavailable
from uploader.backend.tables import Doomed, StoredFile

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contents:
    """Thread-safe. What lies in a store raises ``StoreUnavailable``."""

    blobs: Blobs
    parts: PartStore | None = None

    def durable(self, file: StoredFile) -> StoredFile:
        """With the offset that is really on disk. A store is taken at its word."""
        if file.multipart_id is not None:
            return file
        return replace(file, offset=min(file.offset, self.blobs.size_bytes(file.id)))

    def sha256(self, file: StoredFile) -> str:
        """Of what is really there, from the first byte to the last."""
        return self.blobs.sha256(file.id) if file.multipart_id is None else self.store.sha256(key_of(file))

    def read(self, file: StoredFile) -> bytes:
        return self.blobs.read(file.id) if file.multipart_id is None else self.store.read(key_of(file))

    def remove(self, file: StoredFile) -> None:
        """Idempotent. What a store does not let go of is only waste, for nobody knows its address any more."""
        if file.multipart_id is None:
            self.blobs.remove(file.id)
            return
        try:
            self.store.remove(key_of(file), file.multipart_id)
        except StoreUnavailable as error:
            logger.warning("file=%s stays in the store: %s", file.id, error.reason)

    @property
    def store(self) -> PartStore:
        """Raises ``StoreUnavailable`` where the backend was started without one."""
        if self.parts is None:
            raise StoreUnavailable("not_configured")
        return self.parts


def key_of(file: StoredFile | Doomed) -> str:
    """In the store."""
    return f"{file.upload_id}/{file.id}"
