"""Memory that we share with the X server: it writes pixels where we read them (extension MIT-SHM)."""

import ctypes
import functools
import os
import weakref
from ctypes import Array, c_int, c_size_t, c_uint8, c_void_p
from struct import pack

import numpy as np

from capture.errors import SourceUnavailable
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import Connection, Refused

ATTACH, DETACH, GET_IMAGE = 1, 2, 4
ALL_PLANES = 0xFFFFFFFF
Z_PIXMAP = 2

IPC_PRIVATE, IPC_RMID, IPC_CREAT = 0, 0, 0o1000
OWNER_ONLY = 0o600
FAILED = c_void_p(-1).value
PIXEL_BYTES = 4


class SharedPicture:
    """Room for one picture. The memory lasts as long as anyone holds ``pixels`` or a part of them."""

    def __init__(self, connection: Connection, width_px: int, height_px: int) -> None:
        """Raises ``SourceUnavailable``: a server on another machine or in another container shares no memory."""
        self._connection = connection
        self._opcode = connection.extension("MIT-SHM").opcode
        self._row_bytes = width_px * PIXEL_BYTES
        self._width_px = width_px
        self._segment = connection.new_id()
        memory = self._share(self._row_bytes * height_px)
        self.pixels: Pixels = np.frombuffer(memoryview(memory), np.uint8).reshape(height_px, width_px, PIXEL_BYTES)

    def grab(self, drawable: int, x_px: int, y_px: int, rows: tuple[int, int]) -> None:
        """Fetches the half-open band ``rows`` of the picture whose upper left corner is at ``x_px, y_px``.

        Raises ``Refused`` where the drawable is gone or does not have all of it.
        """
        first, last = rows
        position = (x_px, y_px + first, self._width_px, last - first)
        request = pack(
            *("=BBHIhhHHIB3xII", self._opcode, GET_IMAGE, 0, drawable, *position, ALL_PLANES, Z_PIXMAP),
            *(self._segment, first * self._row_bytes),
        )
        self._connection.ask(request)

    def fetch(self, drawable: int, part: Rectangle) -> Pixels:
        """That part, at the beginning of the memory, whatever picture was there. Raises as ``grab`` does."""
        place = (part.x_px, part.y_px, part.width_px, part.height_px)
        self._connection.ask(
            pack(
                *("=BBHIhhHHIB3xII", self._opcode, GET_IMAGE, 0, drawable, *place, ALL_PLANES, Z_PIXMAP),
                *(self._segment, 0),
            )
        )
        size_bytes = part.width_px * part.height_px * PIXEL_BYTES
        return self.pixels.reshape(-1)[:size_bytes].reshape(part.height_px, part.width_px, PIXEL_BYTES)

    def close(self) -> None:
        """The server lets go of it. Once."""
        self._connection.tell(pack("=BBHI", self._opcode, DETACH, 0, self._segment))
        self._connection.flush()

    def _share(self, size_bytes: int) -> Array[c_uint8]:
        libc = _load_libc()
        identity = libc.shmget(IPC_PRIVATE, size_bytes, IPC_CREAT | OWNER_ONLY)
        if identity < 0:
            raise _unavailable(os.strerror(ctypes.get_errno()))
        try:
            address = libc.shmat(identity, None, 0)
            if address == FAILED:
                raise _unavailable(os.strerror(ctypes.get_errno()))
            memory = (c_uint8 * size_bytes).from_address(address)
            weakref.finalize(memory, libc.shmdt, address)
            self._connection.order(pack("=BBHIIB3x", self._opcode, ATTACH, 0, self._segment, identity, 0))
        except Refused as error:
            reason = "the X server cannot reach it"
            raise _unavailable(reason) from error
        finally:
            libc.shmctl(identity, IPC_RMID, None)  # it is gone with the last who let go of it, however they end
        return memory


def _unavailable(reason: str) -> SourceUnavailable:
    return SourceUnavailable(f"no shared memory: {reason}", source="screen")


@functools.cache
def _load_libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmget.argtypes = (c_int, c_size_t, c_int)
    libc.shmat.argtypes, libc.shmat.restype = (c_int, c_void_p, c_int), c_void_p
    libc.shmdt.argtypes = (c_void_p,)
    libc.shmctl.argtypes = (c_int, c_int, c_void_p)
    return libc
