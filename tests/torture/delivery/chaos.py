"""A TCP proxy between a delivery and its backend that breaks every connection, each in another way."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

READ_BYTES = 64 * 1024
RESET = struct.pack("ii", 1, 0)
"""``SO_LINGER`` without time: closing then is a reset."""

DRIP_S = 0.05
TORN_BYTES = 20


class Kind(StrEnum):
    REFUSED = "refused"
    """Accepted and closed at once."""
    RESET = "reset"
    FINISHED = "finished"
    """Closed in order, in the middle."""
    STALLED = "stalled"
    """Nothing is taken any more."""
    SWALLOWED = "swallowed"
    """All is taken, nothing is passed on, and nothing is answered."""
    DRIPPED = "dripped"
    ANSWER_LOST = "answer_lost"
    """What was sent has arrived and is kept, but nobody says so."""
    ANSWER_TORN = "answer_torn"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    BUSY = "503"
    THROTTLED = "429"
    CONFLICT = "409"
    LOCKED = "423"
    UNAUTHORIZED = "401"
    NOT_FOUND = "404"
    FULL = "507"
    PORTAL = "portal"
    REDIRECT = "redirect"
    NO_OFFSET = "no_offset"
    GARBAGE_OFFSET = "garbage_offset"
    OFFSET_BEHIND = "offset_behind"
    OFFSET_BEYOND = "offset_beyond"


ANSWERS: dict[Kind, str] = {
    Kind.SERVER_ERROR: "500 Oh\r\n",
    Kind.BAD_GATEWAY: "502 Bad\r\nContent-Type: text/html\r\n",
    Kind.BUSY: "503 Busy\r\nRetry-After: 0\r\n",
    Kind.THROTTLED: "429 Slow\r\nRetry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    Kind.CONFLICT: "409 Conflict\r\n",
    Kind.LOCKED: "423 Locked\r\n",
    Kind.UNAUTHORIZED: "401 Who\r\n",
    Kind.NOT_FOUND: "404 Where\r\n",
    Kind.FULL: "507 Full\r\n",
    Kind.PORTAL: "200 OK\r\nContent-Type: text/html\r\n",
    Kind.REDIRECT: "302 There\r\nLocation: http://login.invalid/\r\n",
    Kind.NO_OFFSET: "204 Fine\r\n",
    Kind.GARBAGE_OFFSET: "204 Fine\r\nUpload-Offset: many\r\n",
    Kind.OFFSET_BEHIND: "204 Fine\r\nUpload-Offset: 0\r\n",
    Kind.OFFSET_BEYOND: "204 Fine\r\nUpload-Offset: 99999999999999\r\n",
}
BODY = b"<html>somebody else's words</html>"


@dataclass(frozen=True)
class Fault:
    """Strikes once so many bytes have gone to the server over one connection."""

    kind: Kind
    after_bytes: int


class Chaos:
    """Each connection meets the next of ``faults``; when they are used up, all goes through.

    ``hold_s`` is how long a connection that has come to nothing is kept.
    """

    def __init__(self, faults: Sequence[Fault], hold_s: float) -> None:
        self.struck: Counter[Kind] = Counter()
        self.taken_bytes = 0
        """From the client, all in all."""
        self._faults = list(faults)
        self._hold_s = hold_s
        self._target = ("127.0.0.1", 0)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self.url = ""

    @property
    def left(self) -> int:
        return len(self._faults)

    def lead_to(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self._target = (host, int(port))

    @contextmanager
    def running(self) -> Iterator[None]:
        stop = asyncio.Event()
        thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(stop),))
        thread.start()
        self._ready.wait()
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(stop.set)
            thread.join()
            self._loop.close()

    async def _serve(self, stop: asyncio.Event) -> None:
        connections: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(reader, writer))
            connections.add(task)
            task.add_done_callback(connections.discard)

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await stop.wait()
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._faults.pop(0) if self._faults else None
        passage = _Passage(self, fault, reader, writer)
        try:
            with contextlib.suppress(OSError):
                await passage.run(self._target, self._hold_s)
        finally:
            _abort(writer)
            if fault and passage.has_struck:
                self.struck[fault.kind] += 1
            elif fault:
                self._faults.insert(0, fault)


class _Passage:
    """One connection through the proxy."""

    def __init__(
        self, chaos: Chaos, fault: Fault | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._chaos = chaos
        self._fault = fault
        self._reader = reader
        self._writer = writer
        self._passed_bytes = 0
        self.has_struck = False

    async def run(self, target: tuple[str, int], hold_s: float) -> None:
        if self._fault and self._fault.kind is Kind.REFUSED:
            self.has_struck = True
            return
        back, onward = await asyncio.open_connection(*target)
        downward = asyncio.create_task(self._down(back))
        try:
            await self._up(onward, downward, hold_s)
        finally:
            downward.cancel()
            _abort(onward)

    async def _up(self, onward: asyncio.StreamWriter, downward: asyncio.Task[None], hold_s: float) -> None:
        upward = asyncio.create_task(self._pass_on(onward))
        try:
            await asyncio.wait({upward, downward}, return_when=asyncio.FIRST_COMPLETED)
            if upward.done() and not upward.exception() and upward.result():
                downward.cancel()
                await self._strike(onward, hold_s)
        finally:
            upward.cancel()

    async def _pass_on(self, onward: asyncio.StreamWriter) -> bool:
        """Whether it is time to strike; else the client has gone."""
        limit = self._fault.after_bytes if self._fault and not self._at_answer else None
        while data := await self._reader.read(READ_BYTES):
            self._chaos.taken_bytes += len(data)
            whole = limit is None or self._is(Kind.DRIPPED)  # what follows is passed on too: nothing may be left out
            passing = data if whole else data[: (limit or 0) - self._passed_bytes]
            self._passed_bytes += len(passing)
            onward.write(passing)
            await onward.drain()
            if limit is not None and self._passed_bytes >= limit:
                return True
        return False

    @property
    def _at_answer(self) -> bool:
        return self._is(Kind.ANSWER_LOST, Kind.ANSWER_TORN)

    def _is(self, *kinds: Kind) -> bool:
        return self._fault is not None and self._fault.kind in kinds

    async def _down(self, back: asyncio.StreamReader) -> None:
        while data := await back.read(READ_BYTES):
            if self._fault and self._at_answer and self._passed_bytes >= self._fault.after_bytes:
                self.has_struck = True
                if self._fault.kind is Kind.ANSWER_TORN:
                    self._writer.write(data[:TORN_BYTES])
                    await self._writer.drain()
                self._reset()
                return
            self._writer.write(data)
            await self._writer.drain()

    async def _strike(self, onward: asyncio.StreamWriter, hold_s: float) -> None:
        """With the server this side is done: it sees the connection end."""
        self.has_struck = True
        kind = self._fault.kind if self._fault else Kind.RESET
        if kind is not Kind.DRIPPED:
            _abort(onward) if kind is Kind.RESET else onward.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(hold_s):
                await self._misbehave(kind, onward, hold_s)
        if kind is not Kind.FINISHED and kind not in ANSWERS:
            self._reset()

    async def _misbehave(self, kind: Kind, onward: asyncio.StreamWriter, hold_s: float) -> None:
        if kind is Kind.STALLED:
            await asyncio.sleep(hold_s)
        elif kind is Kind.SWALLOWED:
            while data := await self._reader.read(READ_BYTES):
                self._chaos.taken_bytes += len(data)
        elif kind is Kind.DRIPPED:
            while data := await self._reader.read(1):
                self._chaos.taken_bytes += 1
                onward.write(data)
                await onward.drain()
                await asyncio.sleep(DRIP_S)
        elif kind in ANSWERS:
            await self._say(ANSWERS[kind])

    async def _say(self, head: str) -> None:
        """Then takes what is still sent, or a reset would overtake the words."""
        body = b"" if head.startswith("204") else BODY
        length = "" if head.startswith("204") else f"Content-Length: {len(body)}\r\n"
        self._writer.write(f"HTTP/1.1 {head}{length}Connection: close\r\n\r\n".encode() + body)
        self._writer.write_eof()
        await self._writer.drain()
        while data := await self._reader.read(READ_BYTES):
            self._chaos.taken_bytes += len(data)

    def _reset(self) -> None:
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        _abort(self._writer)


def _abort(writer: asyncio.StreamWriter) -> None:
    """Once is enough: a transport that is gone has no loop any more."""
    if not writer.transport.is_closing():
        writer.transport.abort()


@contextmanager
def chaos(faults: Sequence[Fault], hold_s: float = 2.0) -> Iterator[Chaos]:
    proxy = Chaos(faults, hold_s)
    with proxy.running():
        yield proxy
