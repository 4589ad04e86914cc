"""One connection through the proxy, up to the moment when it is broken."""

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass, field

from tests.torture.delivery.kinds import AT_ANSWER, At, Fault, Way, filled_in
from tests.torture.delivery.requests import HEAD_END, Course, Request

READ_BYTES = 64 * 1024
RESET = struct.pack("ii", 1, 0)
"""``SO_LINGER`` without time: closing then is a reset."""

DRIP_S = 0.05
TORN_BYTES = 20


@dataclass
class Line:
    """What all connections share. ``hold_s`` is how long one that has come to nothing is kept."""

    request_bytes: int
    hold_s: float
    target: tuple[str, int] = ("127.0.0.1", 0)
    taken_bytes: int = 0
    """From the client, all in all."""
    course: Course = field(default_factory=Course)


class Passage:
    def __init__(
        self, line: Line, fault: Fault | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._line = line
        self._fault = fault
        self._reader = reader
        self._writer = writer
        self._request: Request | None = None
        self._left_bytes = 0
        """Of the request that is under way, head and body."""
        self._passed_bytes = 0
        self.has_struck = False

    async def run(self) -> None:
        if self._is(Way.CLOSED):
            self.has_struck = True
            return
        back, onward = await asyncio.open_connection(*self._line.target)
        downward = asyncio.create_task(self._down(back))
        try:
            await self._up(onward, downward)
        finally:
            downward.cancel()
            abort(onward)

    async def _up(self, onward: asyncio.StreamWriter, downward: asyncio.Task[None]) -> None:
        upward = asyncio.create_task(self._pass_on(onward))
        try:
            await asyncio.wait({upward, downward}, return_when=asyncio.FIRST_COMPLETED)
            if upward.done() and not upward.exception() and upward.result():
                downward.cancel()
                await self._strike(onward)
        finally:
            upward.cancel()

    async def _pass_on(self, onward: asyncio.StreamWriter) -> bool:
        """Whether it is time to strike; else the client has gone."""
        while data := await self._read():
            passing = self._passing(data)
            self._passed_bytes += len(passing)
            onward.write(passing)
            await onward.drain()
            if self._is_due and not self._at_answer:
                return True
        return False

    def _passing(self, data: bytes) -> bytes:
        """As much as goes on before the fault strikes."""
        if self._fault is None or self._at_answer or self._is(Way.DRIPPED):
            return data
        if self._fault.kind.at is At.ANY:
            return data[: self._fault.after_bytes - self._passed_bytes]
        return b"" if self._is_due else data

    async def _read(self, most_bytes: int = READ_BYTES) -> bytes:
        """Never more than one request at a time comes, for each waits for its answer."""
        data = await self._reader.read(most_bytes)
        if data and not self._left_bytes:
            while HEAD_END not in data and (more := await self._reader.read(READ_BYTES)):
                data += more
            self._request = Request.parse(data)
            self._left_bytes = self._request.head_bytes + self._request.body_bytes
            if self._request.offset is not None:
                self._line.course.goes_on(self._request.offset)
        self._count(len(data))
        return data

    def _count(self, count: int) -> None:
        self._line.taken_bytes += count
        before = self._left_bytes
        self._left_bytes = max(before - count, 0)
        request = self._request
        if request is not None and request.offset is not None:
            bringing = min(before, request.body_bytes) - min(self._left_bytes, request.body_bytes)
            self._line.course.passed(request.offset + request.body_bytes - min(before, request.body_bytes), bringing)

    @property
    def _is_due(self) -> bool:
        if self._fault is None or self._request is None:
            return False
        if self._fault.kind.at is At.ANY:
            return self._passed_bytes >= self._fault.after_bytes
        request = self._request
        return self._fault.kind.is_at(request.first_line, request.body_bytes, self._line.request_bytes)

    @property
    def _at_answer(self) -> bool:
        return self._fault is not None and self._fault.kind.way in AT_ANSWER

    def _is(self, way: Way) -> bool:
        return self._fault is not None and self._fault.kind.way is way

    async def _down(self, back: asyncio.StreamReader) -> None:
        while data := await back.read(READ_BYTES):
            if self._at_answer and self._is_due:
                self.has_struck = True
                if self._is(Way.ANSWER_TORN):
                    self._writer.write(data[:TORN_BYTES])
                    await self._writer.drain()
                self._reset()
                return
            self._writer.write(data)
            await self._writer.drain()

    async def _strike(self, onward: asyncio.StreamWriter) -> None:
        """With the server this side is done: it sees the connection end."""
        self.has_struck = True
        if not self._is(Way.DRIPPED):
            abort(onward) if self._is(Way.RESET) else onward.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._line.hold_s):
                await self._misbehave(onward)
        if self._is(Way.FINISHED):
            self._writer.close()
        elif not self._is(Way.ANSWERED):
            self._reset()

    async def _misbehave(self, onward: asyncio.StreamWriter) -> None:
        if self._is(Way.STALLED):
            await asyncio.sleep(self._line.hold_s)
        elif self._is(Way.SWALLOWED):
            await self._take_the_rest()
        elif self._is(Way.DRIPPED):
            while data := await self._read(1):
                onward.write(data)
                await onward.drain()
                await asyncio.sleep(DRIP_S)
        elif self._is(Way.ANSWERED) and self._fault and self._request:
            await self._say(filled_in(self._fault.kind.answer), self._fault.kind.body, self._request)

    async def _say(self, head: str, body: bytes, to: Request) -> None:
        """Then takes what is still sent, or a reset would overtake the words."""
        is_bare = head.startswith("204")
        length = "" if is_bare else f"Content-Length: {len(body)}\r\n"
        said = b"" if is_bare or not to.has_body_allowed else body
        self._writer.write(f"HTTP/1.1 {head}{length}Connection: close\r\n\r\n".encode() + said)
        await self._writer.drain()
        await self._take_the_rest()

    async def _take_the_rest(self) -> None:
        while await self._read():
            pass

    def _reset(self) -> None:
        if not self._writer.transport.is_closing():
            connection = self._writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        abort(self._writer)


def abort(writer: asyncio.StreamWriter) -> None:
    """Once is enough: a transport that is gone has no loop any more."""
    if not writer.transport.is_closing():
        writer.transport.abort()
