"""Media objects that go to a store in parts: begun, gone on with, and joined."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from uploader.backend.contents import Contents, key_of
from uploader.backend.intake import Announcement, Intake
from uploader.backend.part_store import MultipartGone, part_bytes_of
from uploader.backend.refusal import Reason, Refusal, not_found
from uploader.backend.store import Store
from uploader.backend.tables import StoredFile, Upload


@dataclass(frozen=True, slots=True)
class Begun:
    """``parts``: the length of each that is there, by its number. ``part_bytes``: of each but the last."""

    part_bytes: int
    parts: Mapping[int, int]


class Multiparts:
    """Thread-safe; everything raises ``Refusal``."""

    def __init__(self, store: Store, contents: Contents, intake: Intake) -> None:
        self._store = store
        self._contents = contents
        self._intake = intake

    def begin(self, upload: Upload, announcement: Announcement) -> Begun:
        """Or goes on: the same path, digest and length lead to the same parts."""
        length = announcement.length or 0
        part_bytes = part_bytes_of(length, self._contents.store.part_bytes)
        whole = {
            number: min(part_bytes, length - (number - 1) * part_bytes)
            for number in range(1, -(-length // part_bytes) + 1)
        }
        wanted = (announcement.path, announcement.sha256, length)
        known = [each for each in self._files(upload) if (each.path, each.sha256, each.length) == wanted]
        if length and any(self._contents.durable(each).finished for each in known):
            return Begun(part_bytes, whole)
        file = next((each for each in known if _is_direct(each)), None)
        if file is not None and file.multipart_id is not None:
            self._intake.advance(file, file.offset)
            try:
                return Begun(part_bytes, self._contents.store.parts(key_of(file), file.multipart_id))
            except MultipartGone:
                if self._contents.store.size_bytes(key_of(file)) == length:  # joined, and then we died
                    return Begun(part_bytes, whole)
            self._intake.drop([file])
        self._intake.place_multipart(upload, announcement, self._contents.store.begin)
        return Begun(part_bytes, {})

    def sign(self, upload: Upload, path: str, sha256: str, numbers: Collection[int]) -> Mapping[int, str]:
        """Raises ``MultipartGone`` where nothing waits for parts."""
        file = next((each for each in self._direct(upload) if (each.path, each.sha256) == (path, sha256)), None)
        if file is None:
            raise not_found()
        if file.multipart_id is None or (file.finished and file.length):
            raise MultipartGone
        self._intake.advance(file, file.offset)
        return self._contents.store.sign(key_of(file), file.multipart_id, numbers)

    def join(self, upload: Upload) -> None:
        """Whatever has all of its parts. Idempotent."""
        for file in self._files(upload):
            if file.stored_sha256 is not None or file.multipart_id is None:
                continue
            if _is_direct(file):
                self._join(file, file.multipart_id)
            else:
                self._contents.settle(file)

    def _join(self, file: StoredFile, multipart_id: str) -> None:
        store, key = self._contents.store, key_of(file)
        try:
            parts = store.parts(key, multipart_id)
            if sum(parts.values()) != file.length:
                return
            store.join(key, multipart_id)
        except MultipartGone:
            pass  # an earlier attempt has joined them: the object tells
        if store.size_bytes(key) == file.length:
            self._intake.advance(file, file.length or 0)

    def _direct(self, upload: Upload) -> list[StoredFile]:
        return [file for file in self._files(upload) if _is_direct(file)]

    def _files(self, upload: Upload) -> list[StoredFile]:
        with self._store.transaction() as transaction:
            return transaction.find(StoredFile, upload_id=[upload.id])


def _is_direct(file: StoredFile) -> bool:
    """Whether its parts come straight from its sender."""
    return file.multipart_id is not None and file.part_bytes is None


def no_store() -> Refusal:
    detail = "This backend keeps recordings itself; its address goes without s3+."
    return Refusal(HTTPStatus.NOT_FOUND, Reason.NO_STORE, detail)
