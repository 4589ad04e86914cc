"""A window over a whole X display, painted from memory that the X server shares: one copy for a picture, made by it."""

import ctypes
import mmap
import os
from ctypes import (
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_int16,
    c_int32,
    c_uint8,
    c_uint16,
    c_uint32,
    c_void_p,
)
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.capture.stamp import Pixels
from tests.rig.sound import RigFailed

OVERRIDE_REDIRECT = 1 << 9
INPUT_OUTPUT = 1
Z_PIXMAP = 2


class Screen(Structure):
    """``xcb_screen_t``, the beginning."""

    _fields_ = (
        *((name, c_uint32) for name in ("root", "colormap", "white", "black", "input_masks")),
        *((name, c_uint16) for name in ("width_px", "height_px", "width_mm", "height_mm", "least_maps", "most_maps")),
        ("visual", c_uint32),
        *((name, c_uint8) for name in ("backing_stores", "save_unders", "depth")),
    )


class Screens(Structure):
    """``xcb_screen_iterator_t``."""

    _fields_ = (("first", POINTER(Screen)), ("left", c_int), ("index", c_int))


@dataclass(frozen=True, slots=True)
class Segment:
    id: int
    pixels: Pixels

    def offset(self, rows: Pixels) -> int | None:
        """Of ``rows`` in this segment, if they are its own."""
        offset = rows.ctypes.data - self.pixels.ctypes.data
        return offset if 0 <= offset < self.pixels.nbytes else None


class SharedWindow:
    """On ``DISPLAY``. Covers everything; the pointer is put out of the way, into the lower right corner."""

    def __init__(self) -> None:
        self._xcb, self._shm, self._libc = _load_xcb(), _load_shm(), _load_libc()
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            message = "no X server answers"
            raise RigFailed(message)
        screen = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).first.contents
        self.width_px, self.height_px, self._depth = screen.width_px, screen.height_px, screen.depth
        self._segments: list[Segment] = []
        self._window, self._context = self._new_id(), self._new_id()
        self._xcb.xcb_create_window(
            *(self._connection, 0, self._window, screen.root, 0, 0, self.width_px, self.height_px, 0),
            *(INPUT_OUTPUT, 0, OVERRIDE_REDIRECT, byref(c_uint32(1))),
        )
        self._xcb.xcb_create_gc(self._connection, self._context, self._window, 0, None)
        self._xcb.xcb_map_window(self._connection, self._window)
        self._xcb.xcb_warp_pointer(self._connection, 0, screen.root, 0, 0, 0, 0, self.width_px, self.height_px)

    def share(self, pixels: Pixels) -> Pixels:
        """The same picture in memory that ``put`` takes; for as long as the process runs."""
        descriptor = os.memfd_create("pictures")
        os.ftruncate(descriptor, pixels.nbytes)
        place = np.frombuffer(mmap.mmap(descriptor, pixels.nbytes), np.uint8).reshape(pixels.shape)
        place[:] = pixels
        segment = Segment(self._new_id(), place)
        self._shm.xcb_shm_attach_fd(self._connection, segment.id, descriptor, 0)  # which closes it
        self._segments.append(segment)
        return place

    def put(self, pixels: Pixels, x_px: int, y_px: int) -> None:
        """Rows of what was shared. On the screen when this returns."""
        segment, offset = next((one, at) for one in self._segments if (at := one.offset(pixels)) is not None)
        height_px, width_px = pixels.shape[:2]
        self._shm.xcb_shm_put_image(
            *(self._connection, self._window, self._context, width_px, height_px, 0, 0, width_px, height_px),
            *(x_px, y_px, self._depth, Z_PIXMAP, 0, segment.id, offset),
        )
        self._wait()

    def _wait(self) -> None:
        """Until the server has done what it was asked for."""
        cookie = self._xcb.xcb_get_input_focus(self._connection)
        reply = self._xcb.xcb_get_input_focus_reply(self._connection, cookie, None)
        self._libc.free(reply)
        if not reply or self._xcb.xcb_connection_has_error(self._connection):
            message = "the X server is gone"
            raise RigFailed(message)

    def _new_id(self) -> int:
        number: int = self._xcb.xcb_generate_id(self._connection)
        return number


def _load_xcb() -> ctypes.CDLL:
    xcb = ctypes.CDLL("libxcb.so.1")
    place, size = (c_int16, c_int16), (c_uint16, c_uint16)
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (c_char_p, c_void_p), c_void_p
    xcb.xcb_connection_has_error.argtypes = (c_void_p,)
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = (c_void_p,), c_void_p
    xcb.xcb_setup_roots_iterator.argtypes, xcb.xcb_setup_roots_iterator.restype = (c_void_p,), Screens
    xcb.xcb_generate_id.argtypes, xcb.xcb_generate_id.restype = (c_void_p,), c_uint32
    xcb.xcb_create_window.argtypes = (
        *(c_void_p, c_uint8, c_uint32, c_uint32, *place, *size, c_uint16),
        *(c_uint16, c_uint32, c_uint32, POINTER(c_uint32)),
    )
    xcb.xcb_create_gc.argtypes = (c_void_p, c_uint32, c_uint32, c_uint32, c_void_p)
    xcb.xcb_map_window.argtypes = (c_void_p, c_uint32)
    xcb.xcb_warp_pointer.argtypes = (c_void_p, c_uint32, c_uint32, *place, *size, *place)
    xcb.xcb_get_input_focus.argtypes, xcb.xcb_get_input_focus.restype = (c_void_p,), c_uint32
    xcb.xcb_get_input_focus_reply.argtypes = (c_void_p, c_uint32, c_void_p)
    xcb.xcb_get_input_focus_reply.restype = c_void_p
    return xcb


def _load_shm() -> ctypes.CDLL:
    shm = ctypes.CDLL("libxcb-shm.so.0")
    size, place = (c_uint16, c_uint16), (c_int16, c_int16)
    shm.xcb_shm_attach_fd.argtypes = (c_void_p, c_uint32, c_int32, c_uint8)
    shm.xcb_shm_put_image.argtypes = (
        *(c_void_p, c_uint32, c_uint32, *size, c_uint16, c_uint16, *size, *place),
        *(c_uint8, c_uint8, c_uint8, c_uint32, c_uint32),
    )
    return shm


def _load_libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None)
    libc.free.argtypes, libc.free.restype = (c_void_p,), None
    return libc
