"""The rest of a long body, taken past the HTTP parser: from the socket into one buffer, and from that into a file.

A parser has every byte copied five times (out of the socket, into its buffer, out of it, to the application, into a
piece), which costs as much as all the rest of receiving.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

from uploader.backend.pace import Pace, TooSlow

PIECE_BYTES = 1024 * 1024
"""What is handed over at a time; smaller pieces cost more in handing over than in writing."""


class LongBody(asyncio.BufferedProtocol):
    """Stands in for a connection's own protocol until ``left_bytes`` have come. Event loop only.

    ``on_end`` is called when they have, while the transport does not read; ``on_lost`` where they never will.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        left_bytes: int,
        on_end: Callable[[], None],
        on_lost: Callable[[Exception | None], None],
    ) -> None:
        self.left_bytes = left_bytes
        self._transport = transport
        self._on_end = on_end
        self._on_lost = on_lost
        self._buffer = memoryview(bytearray(min(PIECE_BYTES, left_bytes)))
        self._filled_bytes = 0
        self._changed = asyncio.Event()
        self._pace = Pace()
        self._is_wanted = True
        self._is_lost = False

    async def pieces(self, pace: Pace) -> AsyncIterator[memoryview]:
        """Each is good until the next is asked for. Raises ``TooSlow`` or ``ConnectionResetError``, after what came."""
        self._pace = pace
        trouble: Exception | None = None
        while trouble is None and (self.left_bytes or self._filled_bytes):
            try:
                await self._filled()
            except (TooSlow, ConnectionResetError) as error:
                trouble = error
            if self._filled_bytes:
                yield self._buffer[: self._filled_bytes]
                self._filled_bytes = 0
            if self.left_bytes:
                self._transport.resume_reading()
        if trouble:
            raise trouble

    async def _filled(self) -> None:
        """Until the buffer is full, or holds the end."""
        while self.left_bytes and self._filled_bytes < len(self._buffer):
            if self._is_lost:
                raise ConnectionResetError
            self._changed.clear()
            await self._pace.keep(self._changed.wait)

    def abandon(self) -> None:
        """Nobody wants the rest: it is thrown away, so that the sender comes to read why."""
        self._is_wanted = False
        self._filled_bytes = 0
        self._transport.resume_reading()

    def get_buffer(self, _: int) -> memoryview:
        end = min(len(self._buffer), self._filled_bytes + self.left_bytes)
        return self._buffer[self._filled_bytes : end]

    def buffer_updated(self, nbytes: int) -> None:
        self._pace.came(nbytes)
        self.left_bytes -= nbytes
        self._filled_bytes += nbytes if self._is_wanted else 0
        if self.left_bytes and self._filled_bytes < len(self._buffer):
            return
        self._transport.pause_reading()
        self._changed.set()
        if not self.left_bytes:
            self._on_end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_lost = True
        self._changed.set()
        self._on_lost(exc)
