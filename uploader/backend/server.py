"""Serves a backend over HTTP: until a signal comes, or in a thread of the app."""

import errno
import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from types import FrameType, TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from uploader.backend import Backend
from uploader.backend.application import create_application
from uploader.backend.connection import Connection
from uploader.backend.security_log import bound_logs
from uploader.backend.transcript_queue import TranscriptQueue
from uploader.backend.upkeep import Upkeep
from uploader.errors import AddressUnusable, PortInUse

logger = logging.getLogger(__name__)

IPV4 = 4
LAST_PORT = 65535
ACCEPTED_AT_ONCE = 32
"""Before room is made for them: all that wait, taken at once, may be more than there are descriptors for."""

GARBAGE_OBJECTS = 50_000
"""Made between two looks for cycles. A page of a list makes some ten thousand, none in a cycle; looked at every 700, as
Python does it, they take a quarter longer, and the whole heap is gone through every few pages, which takes 80 ms."""

GRACE_S = 5
"""For requests under way when the server is told to stop; what they brought by then is kept."""


def serve(
    backend: Backend, host: str, port: int, on_ready: Callable[[str], None], *, hosts: Iterable[str] = ()
) -> None:
    """Blocks until SIGINT or SIGTERM; main thread only. Port 0 takes a free one; ``on_ready`` gets the base URL.

    Raises ``PortInUse`` or ``AddressUnusable`` before anything has begun.
    """
    serve_on(listen(host, port), backend, on_ready, hosts=[host, *hosts])


def serve_on(
    listener: socket.socket, backend: Backend, on_ready: Callable[[str], None], *, hosts: Iterable[str] = ()
) -> None:
    """As ``serve``, on a socket from ``listen``."""
    server = _Server(create_application(backend, hosts), lambda: on_ready(_url(listener)))
    settle()
    with Upkeep(backend), TranscriptQueue(backend), _stopped_by_signals(server):
        server.run(sockets=[listener])


def settle() -> None:
    """For a process that does nothing but serve: what is there by now stays, and need not be searched for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_OBJECTS)


class BackendThread:
    """A context manager that serves a backend on the loopback address, on a free port, in a thread of its own."""

    def __init__(self, backend: Backend, port: int = 0, connections: type[Connection] = Connection) -> None:
        self._backend = backend
        self._port = port
        self._connections = connections
        self.url = ""

    def __enter__(self) -> Self:
        """Raises ``PortInUse`` or ``AddressUnusable``. ``url`` is known and answers when this returns."""
        listener = listen("127.0.0.1", self._port)
        self.url = _url(listener)
        self._server = _Server(create_application(self._backend), lambda: None, self._connections)
        self._thread = threading.Thread(target=self._run, args=(listener,), name="recordings-backend", daemon=True)
        self._thread.start()
        self._upkeep = Upkeep(self._backend).__enter__()
        self._transcripts = TranscriptQueue(self._backend).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._transcripts.__exit__(kind, error, trace)
        self._upkeep.__exit__(kind, error, trace)
        self._thread.join()

    def _run(self, listener: socket.socket) -> None:
        try:
            self._server.run(sockets=[listener])
        except Exception:  # the top of a thread
            logger.exception("the backend answers no more")


def listen(host: str, port: int) -> socket.socket:
    """Connections made from now on wait for the server. Raises ``PortInUse`` or ``AddressUnusable``.

    The protocol is named outright, because asyncio turns off Nagle's delay (40 ms an answer) only where it is.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        _require_address(host, port)
        listener = socket.create_server((host, port), family=family)
    except (OSError, ValueError) as error:
        in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        refused = PortInUse if in_use else AddressUnusable
        raise refused(str(error), host=host, port=str(port)) from error
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())


def _require_address(host: str, port: int) -> None:
    """Raises ``ValueError`` for what sockets do not count as their errors, and then leave themselves open."""
    host.encode("idna")
    if not 0 <= port <= LAST_PORT:
        message = f"a port is a number from 0 to {LAST_PORT}"
        raise ValueError(message)


def _url(listener: socket.socket) -> str:
    """An address for every interface is told as the loopback's."""
    host, port = listener.getsockname()[:2]
    address = ip_address(host)
    if address.is_unspecified:
        host = "127.0.0.1" if address.version == IPV4 else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Logs no requests: their addresses carry signatures."""

    def __init__(
        self, application: ASGIApp, on_ready: Callable[[], None], connections: type[Connection] = Connection
    ) -> None:
        bound_logs()
        super().__init__(
            uvicorn.Config(
                application,
                http=connections,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                backlog=ACCEPTED_AT_ONCE,
                timeout_graceful_shutdown=GRACE_S,
            )
        )
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(socket.SOMAXCONN)  # of those that wait there may be more
        self._on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Left to ``serve``: a stop that was asked for is no death by signal."""
        yield


@contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        server.handle_exit(number, frame)

    numbers = [signal.SIGINT, signal.SIGTERM]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
