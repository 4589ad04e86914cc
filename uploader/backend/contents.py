"""The bytes of stored files, wherever they are: below the data folder, or in a store that takes parts."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from uploader.backend.blobs import Blobs
from uploader.backend.part_appender import PartAppender, settle
from uploader.backend.part_store import PartStore, StoreUnavailable
from uploader.backend.tables import Doomed, StoredFile

logger = logging.getLogger(__name__)

PIECE_BYTES = 1024 * 1024


class Appending(Protocol):
    """Writes at the end of one file. One user at a time; everything raises ``Refusal``."""

    offset: int
    """What is durable."""

    @property
    def unsynced_bytes(self) -> int: ...

    def write(self, piece: bytes | bytearray | memoryview) -> None: ...

    def sync(self) -> int:
        """Gives the new ``offset``."""
        ...

    def discard(self) -> None:
        """Forgets what was written since the last ``sync``."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Contents:
    """Thread-safe. With ``parts`` all new files go there. What lies in a store raises ``StoreUnavailable``."""

    blobs: Blobs
    parts: PartStore | None = None

    def require_room(self, needed_bytes: int) -> None:
        """Raises ``DiskFull``. A store has room."""
        if self.parts is None:
            self.blobs.require_room(needed_bytes)

    def create(self, file: StoredFile) -> StoredFile:
        """With what leads to its bytes."""
        if self.parts is None:
            self.blobs.create(file.id)
            return file
        return replace(file, multipart_id=self.parts.begin(key_of(file)), part_bytes=self.parts.part_bytes)

    def append(self, file: StoredFile) -> Appending:
        if file.multipart_id is None:
            return self.blobs.append(file.id, file.offset)
        return PartAppender(self.store, key_of(file), file)

    def settle(self, file: StoredFile) -> None:
        """A finished file can be read from now on. Idempotent; raises ``Refusal``."""
        if file.multipart_id is not None and file.finished:
            settle(self.store, key_of(file), file)

    def adopt(self, file: StoredFile, source: Path) -> int:
        """Takes over a finished file of this machine; gives its length."""
        if file.multipart_id is None:
            self.blobs.adopt(file.id, source)
            return self.blobs.size_bytes(file.id)
        with source.open("rb") as reader:
            return self._fill(file, iter(lambda: reader.read(PIECE_BYTES), b""))

    def concatenate(self, file: StoredFile, parts: Sequence[StoredFile]) -> StoredFile:
        """Of finished ones, in that order."""
        if self.parts is None:
            self.blobs.concatenate(file.id, [part.id for part in parts])
            return file
        created = self.create(file)
        try:
            self._fill(created, (piece for part in parts for piece in self._pieces(part)))
        except BaseException:
            self.remove(created)
            raise
        return created

    def _fill(self, file: StoredFile, pieces: Iterator[bytes]) -> int:
        with self.append(replace(file, offset=0)) as appender:
            for piece in pieces:
                appender.write(piece)
            length = appender.sync()
        self.settle(replace(file, offset=length, length=length))
        return length

    def _pieces(self, file: StoredFile) -> Iterator[bytes]:
        if file.multipart_id is None:
            yield self.blobs.read(file.id)
            return
        self.settle(file)
        yield from self.store.pieces(key_of(file))

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

    def lay(self, file: StoredFile, target: Path) -> None:
        """The whole file, to be read there under that name. Raises ``OSError``."""
        if file.multipart_id is None:
            self.blobs.lay(file.id, target)
            return
        with target.open("wb") as writer:
            writer.writelines(self.store.pieces(key_of(file)))

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
