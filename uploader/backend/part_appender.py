"""Files that grow in a store, which takes whole parts only: what is less than one waits there as an object of its own.

How far a file has come is the database's word alone. Of ``offset`` bytes all whole parts are in the multipart upload,
and the rest is a tail that is named for them; so what was put there and not acknowledged is written over, or left out.
"""

from http import HTTPStatus
from types import TracebackType
from typing import Self

from uploader.backend.part_store import MultipartGone, PartStore
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import StoredFile


class PartAppender:
    """Writes at the end of one file. One user at a time; holds up to two parts in memory.

    Everything raises ``StoreUnavailable``.
    """

    def __init__(self, store: PartStore, key: str, file: StoredFile) -> None:
        self._store = store
        self._key = key
        self._multipart_id = file.multipart_id or ""
        self._part_bytes = file.part_bytes or store.part_bytes
        self._tail = tail_of(store, key, file.offset, self._part_bytes)
        self.offset = file.offset
        self.discard()

    @property
    def unsynced_bytes(self) -> int:
        """Of the parts that are there, and that nobody knows of yet."""
        return max(self._parts * self._part_bytes - self.offset, 0)

    def write(self, piece: bytes | bytearray | memoryview) -> None:
        self._buffer += piece
        while len(self._buffer) >= self._part_bytes:
            part = bytes(self._buffer[: self._part_bytes])
            self._store.put_part(self._key, self._multipart_id, self._parts + 1, part)
            self._parts += 1
            del self._buffer[: self._part_bytes]

    def sync(self) -> int:
        self._tail = bytes(self._buffer)
        if self._tail:
            self._store.put(tail_key(self._key, self._parts), self._tail)
        self.offset = self._parts * self._part_bytes + len(self._tail)
        return self.offset

    def discard(self) -> None:
        """Forgets what was written since the last ``sync``."""
        self._parts = self.offset // self._part_bytes
        self._buffer = bytearray(self._tail)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._buffer.clear()


def settle(store: PartStore, key: str, file: StoredFile) -> None:
    """Makes one object of a file that is finished. Idempotent; raises ``Refusal``."""
    if file.multipart_id is None or file.part_bytes is None or store.size_bytes(key) == file.offset:
        return
    whole, rest = divmod(file.offset, file.part_bytes)
    try:
        if rest:
            tail = tail_of(store, key, file.offset, file.part_bytes)
            store.put_part(key, file.multipart_id, whole + 1, tail)
        store.join(key, file.multipart_id, whole + (1 if rest else 0))
    except MultipartGone as error:
        if store.size_bytes(key) != file.offset:
            raise damaged() from error
    store.remove_below(tail_prefix(key))


def tail_of(store: PartStore, key: str, offset: int, part_bytes: int) -> bytes:
    whole, rest = divmod(offset, part_bytes)
    tail = store.read(tail_key(key, whole))[:rest] if rest else b""
    if len(tail) != rest:
        raise damaged()
    return tail


def tail_prefix(key: str) -> str:
    return f"{key}.tail-"


def tail_key(key: str, whole_parts: int) -> str:
    return f"{tail_prefix(key)}{whole_parts}"


def damaged() -> Refusal:
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, Reason.FILE_DAMAGED)
