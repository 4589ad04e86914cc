"""Bodies of requests as they arrive: a document whole, a file in pieces, neither of them for ever."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request

from uploader.backend.connection import Connection
from uploader.backend.long_body import PIECE_BYTES
from uploader.backend.pace import Pace, TooSlow
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tus_headers import number

Piece = bytes | bytearray | memoryview

DOCUMENT_BYTES = 1024 * 1024
DOCUMENT_S = 120.0
"""For all of it: 9 kB/s."""


async def whole_body(request: Request) -> bytes:
    """Raises ``Refusal`` for more than ``DOCUMENT_BYTES``, told or not, and ``ClientDisconnect``."""
    gathered, more, pace = bytearray(), True, pace_of(request)
    _require_size(number(request.headers, "content-length") or 0)
    try:
        async with asyncio.timeout(DOCUMENT_S):
            while more:
                received, more = await _received(request, pace)
                gathered += received
                _require_size(len(gathered))
    except (TimeoutError, TooSlow) as error:
        raise _silent() from error
    return bytes(gathered)


def _require_size(size_bytes: int) -> None:
    if size_bytes > DOCUMENT_BYTES:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.TOO_LARGE, data={"max_bytes": DOCUMENT_BYTES})


async def body_pieces(request: Request, pace: Pace) -> AsyncIterator[Piece]:
    """Of ``PIECE_BYTES`` about, but for the last; each is good until the next is asked for.

    Raises ``ClientDisconnect``, or ``Refusal`` for a sender that is too slow, once all that came was handed on.
    """
    try:
        async for piece in _pieces(request, pace):
            yield piece
    except TooSlow as error:
        raise _silent() from error
    except ConnectionResetError as error:
        raise ClientDisconnect from error


async def _pieces(request: Request, pace: Pace) -> AsyncIterator[Piece]:
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
    connection, length = _connection(request), number(request.headers, "content-length")
    return connection.long_body(length - came_bytes, pace) if connection and length is not None else None


def pace_of(request: Request) -> Pace:
    connection = _connection(request)
    return Pace(connection.bounds.silence_s) if connection else Pace()


def _connection(request: Request) -> Connection | None:
    """None where something else than a served socket asks."""
    connection = request.scope.get("state", {}).get("connection")
    return connection if isinstance(connection, Connection) else None


def _silent() -> Refusal:
    return Refusal(HTTPStatus.REQUEST_TIMEOUT, Reason.SILENT_SENDER)
