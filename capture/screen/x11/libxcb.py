"""libxcb, as far as it is needed: the way to an X server, and nothing above it.

Requests, replies and events are bytes as the protocol's documents lay them out, so that no library but this one is
needed for any extension. Unlike libX11 it reports errors to who asked, and never ends the process.
"""

import ctypes
import functools
from ctypes import POINTER, Structure, c_char_p, c_int, c_size_t, c_uint, c_uint8, c_uint32, c_void_p

from capture.errors import SourceUnavailable

CHECKED = 1
"""The error of a request goes to who sent it, not among the events."""


class Piece(Structure):
    """``struct iovec``."""

    _fields_ = (("base", c_void_p), ("length", c_size_t))


FREE_PIECES = 2
"""That ``xcb_send_request`` wants to find before the first, for itself."""

Pieces = Piece * (FREE_PIECES + 1)


class Request(Structure):
    """``xcb_protocol_request_t``. Without ``extension`` the first byte is ``opcode`` and the second is left alone."""

    _fields_ = (("count", c_size_t), ("extension", c_void_p), ("opcode", c_uint8), ("is_void", c_uint8))


class Cookie(Structure):
    _fields_ = (("sequence", c_uint),)


class Screens(Structure):
    """``xcb_screen_iterator_t``."""

    _fields_ = (("data", c_void_p), ("left", c_int), ("index", c_int))


@functools.cache
def load() -> ctypes.CDLL:
    """Raises ``SourceUnavailable``. Replies, errors and events that it returns are the caller's to free."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise SourceUnavailable(str(error), source="screen") from error
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (c_char_p, POINTER(c_int)), c_void_p
    xcb.xcb_disconnect.argtypes, xcb.xcb_disconnect.restype = (c_void_p,), None
    xcb.xcb_connection_has_error.argtypes = (c_void_p,)
    xcb.xcb_get_file_descriptor.argtypes = (c_void_p,)
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = (c_void_p,), c_void_p
    xcb.xcb_setup_roots_iterator.argtypes, xcb.xcb_setup_roots_iterator.restype = (c_void_p,), Screens
    xcb.xcb_screen_next.argtypes, xcb.xcb_screen_next.restype = (POINTER(Screens),), None
    xcb.xcb_generate_id.argtypes, xcb.xcb_generate_id.restype = (c_void_p,), c_uint32
    xcb.xcb_flush.argtypes = (c_void_p,)
    xcb.xcb_send_request.argtypes = (c_void_p, c_int, POINTER(Piece), POINTER(Request))
    xcb.xcb_send_request.restype = c_uint
    xcb.xcb_wait_for_reply.argtypes = (c_void_p, c_uint, POINTER(c_void_p))
    xcb.xcb_wait_for_reply.restype = c_void_p
    xcb.xcb_request_check.argtypes, xcb.xcb_request_check.restype = (c_void_p, Cookie), c_void_p
    xcb.xcb_poll_for_event.argtypes, xcb.xcb_poll_for_event.restype = (c_void_p,), c_void_p
    return xcb


@functools.cache
def load_free() -> ctypes.CDLL:
    """The C library's ``free``, for what libxcb allocated."""
    libc = ctypes.CDLL(None)
    libc.free.argtypes, libc.free.restype = (c_void_p,), None
    return libc
