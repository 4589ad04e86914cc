"""Between a delivery and its backend: a name server, and a proxy that ends TLS and breaks every connection.

Each look-up, handshake and connection meets the next fault, if it is one of its own; when they are used up, all goes
through.
"""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.torture.delivery.kinds import AT_HANDSHAKE, AT_NAME, CERTIFICATES, Fault, Way
from tests.torture.delivery.passage import READ_BYTES, Line, Passage, abort
from tests.uploader.tls import NOW, Authority

HOST = "backend.test"
FOUND = "0"


@dataclass(frozen=True)
class Certificates:
    """``wrong``: by what is wrong with them. ``ca_file`` is of the authority that made the right one."""

    ca_file: Path
    right: ssl.SSLContext
    wrong: Mapping[str, ssl.SSLContext]

    @classmethod
    def made(cls, folder: Path) -> "Certificates":
        own, other = folder / "own", folder / "other"
        own.mkdir(parents=True)
        other.mkdir()
        authority = Authority(own)
        unknown, expired, foreign = CERTIFICATES
        wrong = {
            unknown: Authority(other).server_context(HOST),
            expired: authority.server_context(HOST, NOW - timedelta(days=1)),
            foreign: authority.server_context("elsewhere.test"),
        }
        return cls(authority.ca_file, authority.server_context(HOST), wrong)


class Chaos:
    def __init__(self, faults: Sequence[Fault], line: Line, certificates: Certificates) -> None:
        self.struck: Counter[str] = Counter()
        """By the name of the kind."""
        self.line = line
        self.stranger_bytes = 0
        """Sent to one with a certificate that was not right."""
        self.url = ""
        self.name_port = 0
        self._faults = list(faults)
        self._certificates = certificates
        certificates.right.sni_callback = self._shake_hands
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()

    @property
    def left(self) -> int:
        return len(self._faults)

    def lead_to(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self.line.target = (host, int(port))

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

        names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names.bind(("127.0.0.1", 0))
        self.name_port = names.getsockname()[1]
        self._loop.add_reader(names, self._look_up, names)
        server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=self._certificates.right)
        self.url = f"https://{HOST}:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await stop.wait()
        server.close()
        self._loop.remove_reader(names)
        names.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    def _look_up(self, names: socket.socket) -> None:
        """Says the number of the resolver's error."""
        _, asking = names.recvfrom(READ_BYTES)
        fault = self._next(AT_NAME)
        if fault is not None:
            self.struck[fault.kind.name] += 1
        names.sendto((fault.kind.answer if fault else FOUND).encode(), asking)

    def _shake_hands(self, connection: ssl.SSLObject, _name: str, _context: ssl.SSLContext) -> int | None:
        fault = self._next(AT_HANDSHAKE)
        if fault is None:
            return None
        self.struck[fault.kind.name] += 1
        if fault.kind.way is Way.HANDSHAKE_REFUSED:
            return int(ssl.ALERT_DESCRIPTION_INTERNAL_ERROR)
        connection.context = self._certificates.wrong[fault.kind.answer]
        return None

    def _next(self, ways: Collection[Way]) -> Fault | None:
        return self._faults.pop(0) if self._faults and self._faults[0].kind.way in ways else None

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.get_extra_info("ssl_object").context is not self._certificates.right:
            self.stranger_bytes += len(await reader.read())
            return abort(writer)
        fault = self._next(frozenset(Way) - AT_NAME - AT_HANDSHAKE)
        passage = Passage(self.line, fault, reader, writer)
        try:
            with contextlib.suppress(OSError):
                await passage.run()
        finally:
            abort(writer)
            if fault and passage.has_struck:
                self.struck[fault.kind.name] += 1
            elif fault:
                self._faults.insert(0, fault)


@contextmanager
def chaos(faults: Sequence[Fault], line: Line, certificates: Certificates) -> Iterator[Chaos]:
    proxy = Chaos(faults, line, certificates)
    with proxy.running():
        yield proxy
