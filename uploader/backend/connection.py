"""One connection of a client: uvicorn's, with bounds on what it may cost, and a shorter way for long bodies."""

import asyncio
import socket
import struct
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from uploader.backend.long_body import LongBody
from uploader.backend.pace import SILENCE_S, Pace
from uploader.backend.security_log import note_connection

LEAST_LONG_BYTES = 256 * 1024
"""A body with more than this to come is worth a buffer of its own."""

MOST_CONNECTIONS = 1000
AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""``SO_LINGER`` without time: the system keeps nothing for somebody who does not read."""

FILES_EACH = 2
"""A connection may have a file open beside it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """``head_s``: for a request's line and headers, once it may begin, and for the rest of a body that was refused.

    ``silence_s`` is that of ``Pace``. ``unread_s``: for a mebibyte of an answer; so long may a film be paused.
    """

    head_s: float = 15.0
    silence_s: float = SILENCE_S
    unread_s: float = 300.0


def most_connections() -> int:
    """No more than there are descriptors for; those that do nothing give way to others."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource  # noqa: PLC0415 - Windows has none

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // FILES_EACH)


class Connection(H11Protocol):
    """Applications find it in the ``state`` of their scope, under ``connection``. Event loop only."""

    bounds: ClassVar[Bounds] = Bounds()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "connection": self}, _loop)
        self._body: LongBody | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self.idle_since_s = self.loop.time()

    @property
    def is_idle(self) -> bool:
        """Between two requests, or before the end of the next one's headers."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        self._make_room()
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        super().connection_lost(exc)  # resumes writing

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.bounds.unread_s, self.give_up, "does not read its answer")

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.is_idle:
            self._cancel_deadline()

    def on_response_complete(self) -> None:
        self._expect_head()
        if self._body is not None and self._body.left_bytes:
            self._body.abandon()
        elif self._body is not None:
            self._begin_anew()
        super().on_response_complete()
        if not self.is_idle:
            self._cancel_deadline()

    def long_body(self, left_bytes: int, pace: Pace) -> AsyncIterator[memoryview] | None:
        """What is still to come of the body that is being read, or ``None`` where the usual way is as good.

        The pieces raise ``TooSlow`` or ``ConnectionResetError``.
        """
        unread, _ = self.conn.trailing_data
        if left_bytes < LEAST_LONG_BYTES or unread or self.cycle.body or sys.platform == "win32":
            return None
        self._body = LongBody(self.transport, left_bytes, self._on_body_end, self.connection_lost)
        self.flow.resume_reading()
        self.transport.set_protocol(self._body)
        return self._body.pieces(pace)

    def _on_body_end(self) -> None:
        """What follows is read when this request has been answered."""
        self.transport.set_protocol(self)
        self.flow.pause_reading()
        if self.is_idle:
            self._begin_anew()
            self.flow.resume_reading()

    def _begin_anew(self) -> None:
        """The parser has not seen the body go by, so that another one must take its place."""
        self._body = None
        self.conn = h11.Connection(h11.SERVER)

    def _make_room(self) -> None:
        """Who has done nothing for longest gives way."""
        others = [cast("Connection", other) for other in self.connections]
        if len(others) < most_connections():
            return
        idle = [other for other in others if other.is_idle and not other.transport.is_closing()]
        if idle:
            min(idle, key=lambda other: other.idle_since_s).give_up("gives way to others")

    def _expect_head(self) -> None:
        self._cancel_deadline()
        self.idle_since_s = self.loop.time()
        self._deadline = self.loop.call_later(self.bounds.head_s, self.give_up, "begins no request")

    def give_up(self, why: str) -> None:
        """``why`` is for the log."""
        note_connection(self.client, why)
        peer = self.transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.transport.abort()

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
