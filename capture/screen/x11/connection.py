"""One connection to an X server: requests out, replies and events in, errors as exceptions.

Formats of requests and replies are those of the X protocol, version 11, and of its extensions' documents.
"""

import ctypes
import logging
import select
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import addressof, byref, c_int, c_void_p, create_string_buffer, memmove
from dataclasses import dataclass
from struct import pack, unpack_from
from types import TracebackType
from typing import Self

from capture.errors import SourceGone, SourceUnavailable
from capture.screen.x11 import libxcb

logger = logging.getLogger(__name__)

HEADER_BYTES = 32
"""Of a reply; what is longer says so in units of four bytes."""

LONGEST_REQUEST_BYTES = 1024
"""Nothing here is longer than a name and what goes with it."""

CHANGE_ATTRIBUTES, INTERN_ATOM, GET_ATOM_NAME, QUERY_EXTENSION = 2, 16, 17, 98
GRAB_SERVER, UNGRAB_SERVER = 36, 37
EVENT_MASK, STRUCTURE_NOTIFY, SUBSTRUCTURE_NOTIFY = 1 << 11, 1 << 17, 1 << 19
LEAST_SIGNIFICANT_FIRST = 0


class Refused(Exception):
    """The X server would not do it: ``code`` is its error's number, the window was perhaps gone."""

    def __init__(self, code: int, request: int) -> None:
        super().__init__(f"X error {code} for request {request}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Extension:
    """``opcode`` begins its requests; its events are counted from ``first_event``."""

    name: str
    opcode: int
    first_event: int


@dataclass(frozen=True, slots=True)
class Root:
    """``number`` counts the server's screens."""

    number: int
    window: int
    depth: int
    is_little_endian: bool


class Connection:
    """One thread at a time. Whatever it is asked raises ``SourceGone`` once the server is."""

    def __init__(self, display: str | None = None) -> None:
        """``display``: as in the environment's ``DISPLAY``, which is the default."""
        self._xcb = libxcb.load()
        self._libc = libxcb.load_free()
        number = c_int()
        self._pointer = self._xcb.xcb_connect(display.encode() if display else None, byref(number))
        self._is_open = True
        self._outgoing = create_string_buffer(LONGEST_REQUEST_BYTES)
        self._pieces = libxcb.Pieces()
        self._piece = self._pieces[libxcb.FREE_PIECES]
        if self._xcb.xcb_connection_has_error(self._pointer):
            self.close()
            message = "no X server answers"
            raise SourceUnavailable(message, source="screen")
        self.descriptor: int = self._xcb.xcb_get_file_descriptor(self._pointer)
        self.root = self._root(number.value)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Idempotent. The server frees what was made over this connection."""
        if self._is_open:
            self._is_open = False
            self._xcb.xcb_disconnect(self._pointer)

    def new_id(self) -> int:
        identity: int = self._xcb.xcb_generate_id(self._pointer)
        return identity

    def ask(self, request: bytes) -> bytes:
        """The reply. Raises ``Refused``."""
        return self._reply(self._send(libxcb.CHECKED, request, is_void=False), request)

    def ask_all(self, *requests: bytes) -> list[bytes]:
        """All sent before the first reply is awaited, for the price of one way there and back. Raises ``Refused``."""
        replies = self.ask_each(*requests)
        for reply in replies:
            if isinstance(reply, Refused):
                raise reply
        return [reply for reply in replies if isinstance(reply, bytes)]

    def ask_each(self, *requests: bytes) -> list[bytes | Refused]:
        """As ``ask_all``, but what is refused does not hide the other replies."""
        sequences = [self._send(libxcb.CHECKED, request, is_void=False) for request in requests]
        return [self._answer(sequence, request) for sequence, request in zip(sequences, requests, strict=True)]

    def tell(self, request: bytes) -> None:
        """No reply and no wait; that it was refused is only logged, and of a lost server the next question tells."""
        self._send(0, request, is_void=True)

    def order(self, request: bytes) -> None:
        """No reply, but done when it returns. Raises ``Refused``."""
        sequence = self._send(libxcb.CHECKED, request, is_void=True)
        error = self._xcb.xcb_request_check(self._pointer, libxcb.Cookie(sequence))
        if error:
            raise self._refusal(error, request)
        self._check()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing but what is asked here happens on the server meanwhile: for a few milliseconds at most."""
        self.order(pack("=BxH", GRAB_SERVER, 0))
        try:
            yield
        finally:
            self.tell(pack("=BxH", UNGRAB_SERVER, 0))
            self.flush()

    def flush(self) -> None:
        self._xcb.xcb_flush(self._pointer)

    def events(self) -> Iterator[bytes]:
        """Those that have come, 32 bytes each; does not wait."""
        while event := self._xcb.xcb_poll_for_event(self._pointer):
            data = self._taken(event, HEADER_BYTES)
            if data[0]:
                yield data
            else:
                logger.info("the X server refused request %d: error %d", data[10], data[1])
        self._check()

    def wait(self, limit_s: float) -> None:
        """Until the server says something, at most ``limit_s``. Look through ``events`` first."""
        self.flush()
        select.select([self.descriptor], [], [], limit_s)

    def extension(self, name: str) -> Extension:
        """Raises ``SourceUnavailable`` where the server has none of that name."""
        encoded = name.encode()
        reply = self.ask(_padded(pack("=BxHHxx", QUERY_EXTENSION, 0, len(encoded)) + encoded))
        present, opcode, first_event = unpack_from("=BBB", reply, 8)
        if not present:
            message = f"the X server lacks {name}"
            raise SourceUnavailable(message, source="screen")
        return Extension(name, opcode, first_event)

    def atom(self, name: str) -> int:
        encoded = name.encode()
        reply = self.ask(_padded(pack("=BxHHxx", INTERN_ATOM, 0, len(encoded)) + encoded))
        atom: int = unpack_from("=I", reply, 8)[0]
        return atom

    def atom_name(self, atom: int) -> str:
        """Raises ``Refused``."""
        reply = self.ask(pack("=BxHI", GET_ATOM_NAME, 0, atom))
        length = unpack_from("=H", reply, 8)[0]
        return reply[HEADER_BYTES : HEADER_BYTES + length].decode("latin-1")

    def _send(self, flags: int, request: bytes, *, is_void: bool) -> int:
        """The library fills in the length, moves the piece on, and has copied the request when it returns."""
        if len(request) > LONGEST_REQUEST_BYTES:
            raise ValueError(request)
        memmove(self._outgoing, request, len(request))
        self._piece.base, self._piece.length = addressof(self._outgoing), len(request)
        kind = libxcb.Request(1, None, request[0], is_void)
        sequence: int = self._xcb.xcb_send_request(self._pointer, flags, byref(self._piece), byref(kind))
        if not sequence and not is_void:
            self._check()
        return sequence

    def _reply(self, sequence: int, request: bytes) -> bytes:
        error = c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._pointer, sequence, byref(error))
        if reply:
            length = unpack_from("=I", ctypes.string_at(reply, 8), 4)[0]
            return self._taken(reply, HEADER_BYTES + 4 * length)
        if error.value:
            raise self._refusal(error.value, request)
        self._check()
        raise _gone()

    def _answer(self, sequence: int, request: bytes) -> bytes | Refused:
        try:
            return self._reply(sequence, request)
        except Refused as error:
            return error

    def _refusal(self, error: int, request: bytes) -> Refused:
        return Refused(self._taken(error, HEADER_BYTES)[1], request[0])

    def _taken(self, pointer: int, length: int) -> bytes:
        data = ctypes.string_at(pointer, length)
        self._libc.free(pointer)
        return data

    def _check(self) -> None:
        if self._xcb.xcb_connection_has_error(self._pointer):
            raise _gone()

    def _root(self, number: int) -> Root:
        setup = self._xcb.xcb_get_setup(self._pointer)
        screens = self._xcb.xcb_setup_roots_iterator(setup)
        for _ in range(number):
            self._xcb.xcb_screen_next(byref(screens))
        screen = ctypes.string_at(screens.data, 40)
        byte_order = ctypes.string_at(setup, 40)[30]
        return Root(number, unpack_from("=I", screen)[0], screen[38], byte_order == LEAST_SIGNIFICANT_FIRST)


def select_events(connection: Connection, window: int, mask: int = STRUCTURE_NOTIFY) -> None:
    """From now on the server tells of these, by default when the window is moved, resized, shown, hidden or closed.

    It tells no more of what was selected for this window before. Raises ``Refused``.
    """
    connection.order(pack("=BxHIII", CHANGE_ATTRIBUTES, 0, window, EVENT_MASK, mask))


def _padded(request: bytes) -> bytes:
    return request + bytes(-len(request) % 4)


def _gone() -> SourceGone:
    message = "the X server is gone"
    return SourceGone(message, source="screen")
