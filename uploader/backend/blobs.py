"""The bytes of media objects: files below one folder, named by ids that the backend made."""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from io import BufferedReader, BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.manifest import sync_folder
from uploader.backend.refusal import Reason, Refusal, conflict

RESERVE_BYTES = 256 * 1024 * 1024
"""Kept free, so that the database and the rest of the system live on when uploads have filled the disk."""

COPY_PIECE_BYTES = 1024 * 1024

FORGOTTEN_BYTES = 4 * 1024 * 1024
"""So much at once leaves the system's cache as soon as it is on the disk: the next bytes are written into the same
memory then, which halves what writing costs. Less than that is soon read again, when the upload completes."""

NO_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}
"""The ways of saying: no hard link from there to here."""

NO_CLONE = {errno.EXDEV, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}
"""The ways of saying: these two files cannot share their bytes, or the kernel cannot copy them."""


class DiskFull(Refusal):
    def __init__(self) -> None:
        super().__init__(HTTPStatus.INSUFFICIENT_STORAGE, Reason.INSUFFICIENT_STORAGE)


class Blobs:
    def __init__(self, folder: Path, free_bytes: Callable[[Path], int], reserve_bytes: int = RESERVE_BYTES) -> None:
        self._folder = folder
        self._free_bytes = free_bytes
        self._reserve_bytes = reserve_bytes

    def require_room(self, needed_bytes: int) -> None:
        """Raises ``DiskFull`` while there is still some room left."""
        if self._free_bytes(self._folder) - needed_bytes < self._reserve_bytes:
            raise DiskFull

    def create(self, blob_id: str) -> None:
        path = self._path(blob_id)
        path.parent.mkdir(exist_ok=True)
        path.touch(exist_ok=False)
        sync_folder(path.parent)
        sync_folder(self._folder)

    def size_bytes(self, blob_id: str) -> int:
        try:
            return self._path(blob_id).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, blob_id: str, offset: int) -> "Appender":
        """What lies beyond ``offset`` was never acknowledged, and is dropped."""
        return Appender(self._path(blob_id), offset)

    def adopt(self, blob_id: str, source: Path) -> None:
        """Takes over a finished file: a second name for the same bytes where the filesystem allows, else a copy."""
        target = self._path(blob_id)
        temporary = self._adopting(blob_id)
        temporary.unlink(missing_ok=True)
        try:
            temporary.hardlink_to(source)
        except OSError as error:
            if error.errno not in NO_LINK:
                raise
            self._copy(source, temporary)
        temporary.replace(target)
        temporary.unlink(missing_ok=True)  # two names of one file are left as they are by a rename
        sync_folder(target.parent)

    def lay(self, blob_id: str, target: Path) -> None:
        """A second name for its bytes where the filesystem allows, else a copy."""
        try:
            target.hardlink_to(self._path(blob_id))
        except OSError as error:
            if error.errno not in NO_LINK:
                raise
            self._copy(self._path(blob_id), target)

    def concatenate(self, blob_id: str, part_ids: Sequence[str]) -> None:
        """A new one of all of them, in that order. Raises ``DiskFull``."""
        self.require_room(sum(map(self.size_bytes, part_ids)))
        self.create(blob_id)
        try:
            with self._path(blob_id).open("wb") as writer, _disk_full_told():
                for part_id in part_ids:
                    with self.open(part_id) as reader:
                        _append_all(reader, writer)
                os.fsync(writer.fileno())
        except DiskFull:
            self.remove(blob_id)
            raise

    def _copy(self, source: Path, target: Path) -> None:
        self.require_room(source.stat().st_size)
        with source.open("rb") as reader, target.open("wb") as writer, _disk_full_told():
            _append_all(reader, writer)
            os.fsync(writer.fileno())

    def open(self, blob_id: str) -> BufferedReader:
        return self._path(blob_id).open("rb")

    def read(self, blob_id: str) -> bytes:
        return self._path(blob_id).read_bytes()

    def sha256(self, blob_id: str) -> str:
        """Of what is really there, from the first byte to the last."""
        with self.open(blob_id) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def untouched_since(self, moment_s: float) -> Iterator[str]:
        """The ids of blobs that were last written to before, by wall time."""
        for path in self._folder.glob("*/*"):
            if path.stat().st_mtime < moment_s:
                yield path.stem

    def remove(self, blob_id: str) -> None:
        """Idempotent."""
        for path in (self._path(blob_id), self._adopting(blob_id)):
            path.unlink(missing_ok=True)

    def _path(self, blob_id: str) -> Path:
        return self._folder / blob_id[:2] / blob_id

    def _adopting(self, blob_id: str) -> Path:
        """What a crash half-way through an adoption leaves."""
        return self._path(blob_id).with_suffix(".adopting")


def _append_all(reader: BufferedReader, writer: BufferedWriter) -> None:
    if not _cloned(reader, writer):
        shutil.copyfileobj(reader, writer, COPY_PIECE_BYTES)
    writer.flush()


def _cloned(reader: BufferedReader, writer: BufferedWriter) -> bool:
    """Lets the filesystem share the bytes of both files, where it can."""
    if sys.platform != "linux":
        return False
    size_bytes = os.fstat(reader.fileno()).st_size
    try:
        while left := size_bytes - os.lseek(reader.fileno(), 0, os.SEEK_CUR):
            if not os.copy_file_range(reader.fileno(), writer.fileno(), left):
                break
    except OSError as error:
        if error.errno in NO_CLONE and not os.lseek(reader.fileno(), 0, os.SEEK_CUR):
            return False
        raise
    return True


@contextmanager
def _disk_full_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull from error
        raise


class Appender:
    """Writes at the end of one blob. One user at a time; ``offset`` is what is durable."""

    def __init__(self, path: Path, offset: int) -> None:
        """Raises ``Refusal`` for a blob that is a sender's own file under a second name: it is never written to."""
        path.touch()
        self._file = path.open("r+b", buffering=0)
        if os.fstat(self._file.fileno()).st_nlink > 1:
            self._file.close()
            raise conflict(Reason.ALREADY_COMPLETE, "This file was adopted whole.")
        self._file.truncate(offset)
        self._file.seek(offset)
        self._written = offset
        self.offset = offset

    @property
    def unsynced_bytes(self) -> int:
        return self._written - self.offset

    def write(self, piece: bytes | bytearray | memoryview) -> None:
        """Raises ``DiskFull``; what was made durable before stays."""
        view = memoryview(piece)
        with _disk_full_told():
            while view:
                written = self._file.write(view)
                self._written += written
                view = view[written:]

    def sync(self) -> int:
        os.fsync(self._file.fileno())
        if sys.platform == "linux" and self.unsynced_bytes >= FORGOTTEN_BYTES:
            os.posix_fadvise(self._file.fileno(), self.offset, self.unsynced_bytes, os.POSIX_FADV_DONTNEED)
        self.offset = self._written
        return self.offset

    def discard(self) -> None:
        """Forgets what was written since the last ``sync``."""
        self._file.truncate(self.offset)
        self._file.seek(self.offset)
        self._written = self.offset

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
