"""Takes the body of one request into one file: in durable steps, or, with a checksum, all or nothing."""

import hashlib
from collections.abc import AsyncIterator
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request

from uploader.backend import Backend
from uploader.backend.blobs import Appender
from uploader.backend.connection import Connection
from uploader.backend.intake import MAX_FILE_BYTES
from uploader.backend.long_body import PIECE_BYTES
from uploader.backend.pace import Pace, TooSlow
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import StoredFile
from uploader.backend.tus_headers import Checksum, number

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
        self._appender: Appender | None = None
        self._left_bytes = (MAX_FILE_BYTES if file.length is None else file.length) - file.offset
        self.file = file

    def require_room_for(self, announced_bytes: int | None) -> None:
        """Raises ``Refusal`` for a body that is longer than the file, or than the disk."""
        if (announced_bytes or 0) > self._left_bytes:
            raise _too_long()
        self._backend.blobs.require_room(announced_bytes or 0)

    def write(self, piece: bytes | bytearray | memoryview) -> None:
        """Raises ``Refusal``."""
        if len(piece) > self._left_bytes:
            raise _too_long()
        appender = self._open()
        appender.write(piece)
        self._left_bytes -= len(piece)
        if self._hash:
            self._hash.update(piece)
        elif appender.unsynced_bytes >= STEP_BYTES:
            self._backend.blobs.require_room(STEP_BYTES)
            self._keep(appender)

    def _open(self) -> Appender:
        """Only for bytes to come: a finished file may be shared with its sender, and is never opened for writing."""
        if self._appender is None:
            self._appender = self._backend.blobs.append(self.file.id, self.file.offset)
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

    def _keep(self, appender: Appender) -> None:
        self.file = self._backend.intake.advance(self.file, appender.sync())


async def body_pieces(request: Request, pace: Pace) -> AsyncIterator[bytes | bytearray | memoryview]:
    """The body in pieces of at least ``PIECE_BYTES``, but for the last; each is good until the next is asked for.

    Raises ``ClientDisconnect``, or ``Refusal`` for a sender that is too slow, once all that came was handed on.
    """
    try:
        async for piece in _pieces(request, pace):
            yield piece
    except TooSlow as error:
        raise Refusal(HTTPStatus.REQUEST_TIMEOUT, Reason.SILENT_SENDER) from error
    except ConnectionResetError as error:
        raise ClientDisconnect from error


async def _pieces(request: Request, pace: Pace) -> AsyncIterator[bytes | bytearray | memoryview]:
    """Through the parser until it is clear that the body is a long one, and then past it."""
    gathered, came_bytes, more = bytearray(), 0, True
    rest: AsyncIterator[memoryview] | None = None
    trouble: Exception | None = None
    while more and rest is None and trouble is None:
        try:
            received, more = await _received(request, pace)
        except (TooSlow, ClientDisconnect) as error:
            received, trouble = b"", error
        came_bytes += len(received)
        rest = _rest(request, came_bytes, pace) if more and not trouble else None
        gathered += received
        if len(gathered) >= PIECE_BYTES:
            yield gathered
            gathered.clear()
    if gathered:
        yield gathered
    if trouble:
        raise trouble
    if rest:
        async for piece in rest:
            yield piece


async def _received(request: Request, pace: Pace) -> tuple[bytes, bool]:
    message = await pace.keep(request.receive)
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    body: bytes = message.get("body", b"")
    pace.came(len(body))
    return body, message.get("more_body", False)


def _rest(request: Request, came_bytes: int, pace: Pace) -> AsyncIterator[memoryview] | None:
    """Of a body whose length was told, where it comes over a connection of ours."""
    connection = request.scope.get("state", {}).get("connection")
    length = number(request.headers, "content-length")
    if length is None or not isinstance(connection, Connection):
        return None
    return connection.long_body(length - came_bytes, pace)


def _too_long() -> Refusal:
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.TOO_LONG, "More bytes than Upload-Length leaves room for."
    )
