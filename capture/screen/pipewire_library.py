"""``libpipewire-0.3.so.0`` declared for ctypes: the calls that are used here and nothing else.

Figures and layouts are those of the public headers ``pipewire/stream.h``, ``spa/buffer/buffer.h`` and ``meta.h``; they
have been the same since PipeWire 0.3.
"""

import ctypes
import functools
from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    Structure,
    c_bool,
    c_char_p,
    c_int,
    c_int32,
    c_int64,
    c_size_t,
    c_uint32,
    c_uint64,
    c_void_p,
)
from enum import IntEnum, IntFlag
from typing import Any, TypeAlias

from capture.screen.trouble import Trouble, unavailable

LIBRARY = "libpipewire-0.3.so.0"

Address: TypeAlias = int | None
"""A pointer that belongs to the library; ``None`` is NULL."""

INPUT = 0
STREAM_EVENTS_VERSION = 2
CHUNK_CORRUPTED = 1
HOOK_BYTES = 64
"""More than ``struct spa_hook`` has; its fields are the library's own."""


class StreamState(IntEnum):
    ERROR = -1
    UNCONNECTED = 0
    CONNECTING = 1
    PAUSED = 2
    STREAMING = 3


class StreamFlags(IntFlag):
    AUTOCONNECT = 1 << 0
    MAP_BUFFERS = 1 << 2


class PwBuffer(Structure):
    """The beginning of ``pw_buffer``."""

    _fields_ = (("buffer", c_void_p), ("user_data", c_void_p), ("size", c_uint64))


class SpaBuffer(Structure):
    _fields_ = (("n_metas", c_uint32), ("n_datas", c_uint32), ("metas", c_void_p), ("datas", c_void_p))


class SpaMeta(Structure):
    _fields_ = (("type", c_uint32), ("size", c_uint32), ("data", c_void_p))


class SpaData(Structure):
    _fields_ = (
        ("type", c_uint32),
        ("flags", c_uint32),
        ("fd", c_int64),
        ("mapoffset", c_uint32),
        ("maxsize", c_uint32),
        ("data", c_void_p),
        ("chunk", c_void_p),
    )


class SpaChunk(Structure):
    _fields_ = (("offset", c_uint32), ("size", c_uint32), ("stride", c_int32), ("flags", c_int32))


class MetaHeader(Structure):
    """``pts`` in nanoseconds of ``CLOCK_MONOTONIC``, -1 where the sender does not know."""

    _fields_ = (
        ("flags", c_uint32),
        ("offset", c_uint32),
        ("pts", c_int64),
        ("dts_offset", c_int64),
        ("seq", c_uint64),
    )


class Region(Structure):
    _fields_ = (("x", c_int32), ("y", c_int32), ("width", c_uint32), ("height", c_uint32))


# Keep what is passed to the library alive for as long as the stream is.
StateCallback = CFUNCTYPE(None, c_void_p, c_int, c_int, c_char_p)
ParameterCallback = CFUNCTYPE(None, c_void_p, c_uint32, c_void_p)
ProcessCallback = CFUNCTYPE(None, c_void_p)


class StreamEvents(Structure):
    """All of them come on the loop's thread."""

    _fields_ = (
        ("version", c_uint32),
        ("destroy", c_void_p),
        ("state_changed", StateCallback),
        ("control_info", c_void_p),
        ("io_changed", c_void_p),
        ("param_changed", ParameterCallback),
        ("add_buffer", c_void_p),
        ("remove_buffer", c_void_p),
        ("process", ProcessCallback),
        ("drained", c_void_p),
        ("command", c_void_p),
        ("trigger_done", c_void_p),
    )


class LibPipeWire:
    """Raises ``OSError`` where the library is not installed. Each call keeps the library's own rules on threads."""

    def __init__(self) -> None:
        library = ctypes.CDLL(LIBRARY)

        def call(name: str, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes' types have no common name
            return CFUNCTYPE(result, *arguments)((name, library))

        pointer, text, number, word = c_void_p, c_char_p, c_int, c_uint32
        initialize: Callable[[None, None], None] = call("pw_init", None, pointer, pointer)
        initialize(None, None)

        self.loop_new: Callable[[bytes, None], Address] = call("pw_thread_loop_new", pointer, text, pointer)
        self.loop_get_loop: Callable[[Address], Address] = call("pw_thread_loop_get_loop", pointer, pointer)
        self.loop_start: Callable[[Address], int] = call("pw_thread_loop_start", number, pointer)
        self.loop_stop: Callable[[Address], None] = call("pw_thread_loop_stop", None, pointer)
        self.loop_lock: Callable[[Address], None] = call("pw_thread_loop_lock", None, pointer)
        self.loop_unlock: Callable[[Address], None] = call("pw_thread_loop_unlock", None, pointer)
        self.loop_destroy: Callable[[Address], None] = call("pw_thread_loop_destroy", None, pointer)

        self.context_new: Callable[[Address, None, int], Address] = call(
            "pw_context_new", pointer, pointer, pointer, c_size_t
        )
        self.context_destroy: Callable[[Address], None] = call("pw_context_destroy", None, pointer)
        self.context_connect_fd: Callable[[Address, int, None, int], Address] = call(
            "pw_context_connect_fd", pointer, pointer, number, pointer, c_size_t
        )
        self.core_disconnect: Callable[[Address], int] = call("pw_core_disconnect", number, pointer)
        self.properties_new: Callable[[bytes], Address] = call("pw_properties_new_string", pointer, text)

        self.stream_new: Callable[[Address, bytes, Address], Address] = call(
            "pw_stream_new", pointer, pointer, text, pointer
        )
        self.stream_destroy: Callable[[Address], None] = call("pw_stream_destroy", None, pointer)
        self.stream_add_listener: Callable[[Address, object, object, None], None] = call(
            "pw_stream_add_listener", None, pointer, pointer, pointer, pointer
        )
        self.stream_connect: Callable[[Address, int, int, int, object, int], int] = call(
            "pw_stream_connect", number, pointer, number, word, number, pointer, word
        )
        self.stream_update_params: Callable[[Address, object, int], int] = call(
            "pw_stream_update_params", number, pointer, pointer, word
        )
        self.stream_set_active: Callable[[Address, bool], int] = call("pw_stream_set_active", number, pointer, c_bool)
        self.stream_dequeue_buffer: Callable[[Address], Address] = call("pw_stream_dequeue_buffer", pointer, pointer)
        self.stream_queue_buffer: Callable[[Address, Address], int] = call(
            "pw_stream_queue_buffer", number, pointer, pointer
        )


@functools.cache
def library() -> LibPipeWire:
    """Raises ``SourceUnavailable`` where libpipewire is not installed, or too old."""
    try:
        return LibPipeWire()
    except (OSError, AttributeError) as error:
        raise unavailable(Trouble.NO_LIBRARY) from error
