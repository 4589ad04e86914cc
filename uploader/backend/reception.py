"""Takes the body of one request into one file: in durable steps, or, with a checksum, all or nothing."""

import hashlib
from http import HTTPStatus

from uploader.backend import Backend
from uploader.backend.bodies import Piece
from uploader.backend.contents import Appending
from uploader.backend.intake import MAX_FILE_BYTES
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import StoredFile
from uploader.backend.tus_headers import Checksum

STEP_BYTES = 8 * 1024 * 1024
"""Made durable at a time: 5 ms of fsync, and no more than this is sent again after a crash of the backend."""

CHECKSUM_MISMATCH = 460
"""A status of tus."""


class Reception:
    """The caller holds the file's lock. One thread at a time; ``file`` is what is durable, and recorded so."""

    def __init__(self, backend: Backend, file: StoredFile, checksum: Checksum | None) -> None:
        self._backend = backend
        self._checksum = checksum
        self._hash = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        self._appender: Appending | None = None
        self._left_bytes = (MAX_FILE_BYTES if file.length is None else file.length) - file.offset
        self.file = file

    def require_room_for(self, announced_bytes: int | None) -> None:
        """Raises ``Refusal`` for a body that is longer than the file, or than the disk."""
        if (announced_bytes or 0) > self._left_bytes:
            raise _too_long()
        self._backend.contents.require_room(announced_bytes or 0)

    def write(self, piece: Piece) -> None:
        """Raises ``Refusal``."""
        if len(piece) > self._left_bytes:
            raise _too_long()
        appender = self._open()
        appender.write(piece)
        self._left_bytes -= len(piece)
        if self._hash:
            self._hash.update(piece)
        elif appender.unsynced_bytes >= STEP_BYTES:
            self._backend.contents.require_room(STEP_BYTES)
            self._keep(appender)

    def _open(self) -> Appending:
        """Only for bytes to come: a finished file may be shared with its sender, and is never opened for writing."""
        if self._appender is None:
            self._appender = self._backend.contents.append(self.file)
        return self._appender

    def verify(self) -> None:
        """The body came to its end. Raises ``Refusal``, and then nothing of it is kept."""
        if self._hash and self._checksum and self._hash.digest() != self._checksum.digest:
            raise Refusal(CHECKSUM_MISMATCH, Reason.CHECKSUM_MISMATCH, "The body is not what Upload-Checksum says.")
        self._hash = None

    def close(self) -> None:
        """Keeps what came, but for bytes whose checksum was announced and not met."""
        if self._appender is None:
            if self.file.media_id is None:
                self.file = self._backend.intake.advance(self.file, self.file.offset)
            return
        with self._appender as appender:
            if self._hash:
                appender.discard()
            self._keep(appender)
        self._backend.contents.settle(self.file)

    def _keep(self, appender: Appending) -> None:
        self.file = self._backend.intake.advance(self.file, appender.sync())


def _too_long() -> Refusal:
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.TOO_LONG, "More bytes than Upload-Length leaves room for."
    )
