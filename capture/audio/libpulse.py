"""``libpulse.so.0`` declared for ctypes: the calls that are used here and nothing else.

Figures and layouts are those of the public headers ``pulse/def.h``, ``introspect.h``, ``sample.h`` and ``stream.h``.
"""

import ctypes
import functools
import sys
from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    POINTER,
    PYFUNCTYPE,
    Structure,
    c_char_p,
    c_int,
    c_int64,
    c_long,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from enum import IntEnum, IntFlag
from typing import Any, Literal, TypeAlias

Address: TypeAlias = int | None
"""A pointer that belongs to the library; ``None`` is NULL."""

INVALID_INDEX = 0xFFFFFFFF
SAMPLE_FLOAT32 = 5 if sys.byteorder == "little" else 6
CHANNELS_MAX = 32


class ContextState(IntEnum):
    UNCONNECTED = 0
    CONNECTING = 1
    AUTHORIZING = 2
    SETTING_NAME = 3
    READY = 4
    FAILED = 5
    TERMINATED = 6


class StreamState(IntEnum):
    UNCONNECTED = 0
    CREATING = 1
    READY = 2
    FAILED = 3
    TERMINATED = 4


class OperationState(IntEnum):
    RUNNING = 0
    DONE = 1
    CANCELLED = 2


class StreamFlags(IntFlag):
    DONT_MOVE = 0x0200
    ADJUST_LATENCY = 0x2000


class SubscriptionMask(IntFlag):
    SOURCE = 0x0002
    SINK_INPUT = 0x0004
    SOURCE_OUTPUT = 0x0008
    SERVER = 0x0080


class Facility(IntEnum):
    """Of an event: what it tells about."""

    SOURCE = 1
    SINK_INPUT = 2
    SOURCE_OUTPUT = 3
    SERVER = 7


FACILITY_MASK = 0x000F
EVENT_TYPE_MASK = 0x0030
EVENT_REMOVE = 0x0020


class SampleSpec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class ChannelMap(Structure):
    _fields_ = (("channels", c_uint8), ("map", c_int * CHANNELS_MAX))


class Volume(Structure):
    _fields_ = (("channels", c_uint8), ("values", c_uint32 * CHANNELS_MAX))


class BufferAttributes(Structure):
    """In bytes; ``INVALID_INDEX`` leaves a field to the server."""

    _fields_ = (
        ("maxlength", c_uint32),
        ("tlength", c_uint32),
        ("prebuf", c_uint32),
        ("minreq", c_uint32),
        ("fragsize", c_uint32),
    )


class TimingInfo(Structure):
    """The beginning of ``pa_timing_info``. The timestamp is wall time, of the moment at which the rest was true."""

    _fields_ = (
        ("timestamp_s", c_long),
        ("timestamp_us", c_long),
        ("synchronized_clocks", c_int),
        ("sink_us", c_uint64),
        ("source_us", c_uint64),
        ("transport_us", c_uint64),
        ("playing", c_int),
        ("write_index_corrupt", c_int),
        ("write_index_bytes", c_int64),
        ("read_index_corrupt", c_int),
        ("read_index_bytes", c_int64),
    )


class ServerInfo(Structure):
    """The beginning of ``pa_server_info``."""

    _fields_ = (
        ("user_name", c_char_p),
        ("host_name", c_char_p),
        ("server_version", c_char_p),
        ("server_name", c_char_p),
        ("sample_spec", SampleSpec),
        ("default_sink_name", c_char_p),
        ("default_source_name", c_char_p),
    )


class DeviceInfo(Structure):
    """The beginning that ``pa_sink_info`` and ``pa_source_info`` share.

    ``monitor_name`` is a sink's monitor; of a source it is the sink that it monitors, NULL for a microphone.
    """

    _fields_ = (
        ("name", c_char_p),
        ("index", c_uint32),
        ("description", c_char_p),
        ("sample_spec", SampleSpec),
        ("channel_map", ChannelMap),
        ("owner_module", c_uint32),
        ("volume", Volume),
        ("mute", c_int),
        ("monitor_index", c_uint32),
        ("monitor_name", c_char_p),
    )


class PlayerInfo(Structure):
    """``pa_sink_input_info`` up to ``corked``: one stream that plays, or would if it were not corked."""

    _fields_ = (
        ("index", c_uint32),
        ("name", c_char_p),
        ("owner_module", c_uint32),
        ("client", c_uint32),
        ("sink", c_uint32),
        ("sample_spec", SampleSpec),
        ("channel_map", ChannelMap),
        ("volume", Volume),
        ("buffer_us", c_uint64),
        ("sink_us", c_uint64),
        ("resample_method", c_char_p),
        ("driver", c_char_p),
        ("mute", c_int),
        ("properties", c_void_p),
        ("corked", c_int),
    )


class RecorderInfo(Structure):
    """The beginning of ``pa_source_output_info``: one stream that records, or would if it were not corked."""

    _fields_ = (
        ("index", c_uint32),
        ("name", c_char_p),
        ("owner_module", c_uint32),
        ("client", c_uint32),
        ("source", c_uint32),
        ("sample_spec", SampleSpec),
        ("channel_map", ChannelMap),
        ("buffer_us", c_uint64),
        ("source_us", c_uint64),
        ("resample_method", c_char_p),
        ("driver", c_char_p),
        ("properties", c_void_p),
        ("corked", c_int),
        ("volume", Volume),
        ("mute", c_int),
    )


class ClientInfo(Structure):
    """``pa_client_info``."""

    _fields_ = (
        ("index", c_uint32),
        ("name", c_char_p),
        ("owner_module", c_uint32),
        ("driver", c_char_p),
        ("properties", c_void_p),
    )


# What is pointed to arrives as an address: ``from_address`` of the structure that it belongs to reads it.
ServerInfoCallback = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)
ListCallback = CFUNCTYPE(None, c_void_p, c_void_p, c_int, c_void_p)
SubscribeCallback = CFUNCTYPE(None, c_void_p, c_int, c_uint32, c_void_p)


Call: TypeAlias = Callable[..., Any]
"""Makes a function of the library of its name and its types, the result's first."""

Pointer, Text, Number = c_void_p, c_char_p, c_int


class Mainloop:
    """``pulse/mainloop.h``."""

    def __init__(self, call: Call, waiting_call: Call) -> None:
        self.new: Callable[[], Address] = call("pa_mainloop_new", Pointer)
        self.free: Callable[[Address], None] = call("pa_mainloop_free", None, Pointer)
        self.get_api: Callable[[Address], Address] = call("pa_mainloop_get_api", Pointer, Pointer)
        self.iterate_at_once: Callable[[Address, Literal[0], None], int] = call(
            "pa_mainloop_iterate", Number, Pointer, Number, Pointer
        )
        self.prepare: Callable[[Address, int], int] = call("pa_mainloop_prepare", Number, Pointer, Number)
        self.poll: Callable[[Address], int] = waiting_call("pa_mainloop_poll", Number, Pointer)
        self.dispatch: Callable[[Address], int] = call("pa_mainloop_dispatch", Number, Pointer)
        self.wakeup: Callable[[Address], None] = call("pa_mainloop_wakeup", None, Pointer)


class Context:
    """``pulse/context.h`` and ``subscribe.h``: the connection to a server."""

    def __init__(self, call: Call, waiting_call: Call) -> None:
        self.new: Callable[[Address, bytes], Address] = call("pa_context_new", Pointer, Pointer, Text)
        self.connect: Callable[[Address, bytes | None, int, None], int] = waiting_call(
            "pa_context_connect", Number, Pointer, Text, Number, Pointer
        )  # it may start a server
        self.disconnect: Callable[[Address], None] = call("pa_context_disconnect", None, Pointer)
        self.unref: Callable[[Address], None] = call("pa_context_unref", None, Pointer)
        self.get_state: Callable[[Address], int] = call("pa_context_get_state", Number, Pointer)
        self.errno: Callable[[Address], int] = call("pa_context_errno", Number, Pointer)
        self.set_subscribe_callback: Callable[[Address, object, None], None] = call(
            "pa_context_set_subscribe_callback", None, Pointer, SubscribeCallback, Pointer
        )
        self.subscribe: Callable[[Address, int, None, None], Address] = call(
            "pa_context_subscribe", Pointer, Pointer, Number, Pointer, Pointer
        )


class Introspection:
    """``pulse/introspect.h``: what a server has. Each answers by calling back, and returns the operation."""

    def __init__(self, call: Call) -> None:
        self.get_server_info: Callable[[Address, object, None], Address] = call(
            "pa_context_get_server_info", Pointer, Pointer, ServerInfoCallback, Pointer
        )
        self.get_source_info_list: Callable[[Address, object, None], Address] = call(
            "pa_context_get_source_info_list", Pointer, Pointer, ListCallback, Pointer
        )
        self.get_sink_info_list: Callable[[Address, object, None], Address] = call(
            "pa_context_get_sink_info_list", Pointer, Pointer, ListCallback, Pointer
        )
        self.get_sink_input_info_list: Callable[[Address, object, None], Address] = call(
            "pa_context_get_sink_input_info_list", Pointer, Pointer, ListCallback, Pointer
        )
        self.get_sink_input_info: Callable[[Address, int, object, None], Address] = call(
            "pa_context_get_sink_input_info", Pointer, Pointer, c_uint32, ListCallback, Pointer
        )
        self.get_source_output_info_list: Callable[[Address, object, None], Address] = call(
            "pa_context_get_source_output_info_list", Pointer, Pointer, ListCallback, Pointer
        )
        self.get_source_output_info: Callable[[Address, int, object, None], Address] = call(
            "pa_context_get_source_output_info", Pointer, Pointer, c_uint32, ListCallback, Pointer
        )
        self.get_source_info_by_index: Callable[[Address, int, object, None], Address] = call(
            "pa_context_get_source_info_by_index", Pointer, Pointer, c_uint32, ListCallback, Pointer
        )
        self.get_source_info_by_name: Callable[[Address, bytes, object, None], Address] = call(
            "pa_context_get_source_info_by_name", Pointer, Pointer, Text, ListCallback, Pointer
        )
        self.get_client_info: Callable[[Address, int, object, None], Address] = call(
            "pa_context_get_client_info", Pointer, Pointer, c_uint32, ListCallback, Pointer
        )


class Operation:
    """``pulse/operation.h``: what was asked and is under way."""

    def __init__(self, call: Call) -> None:
        self.get_state: Callable[[Address], int] = call("pa_operation_get_state", Number, Pointer)
        self.cancel: Callable[[Address], None] = call("pa_operation_cancel", None, Pointer)
        self.unref: Callable[[Address], None] = call("pa_operation_unref", None, Pointer)


class Stream:
    """``pulse/stream.h``."""

    def __init__(self, call: Call) -> None:
        self.new: Callable[[Address, bytes, object, None], Address] = call(
            "pa_stream_new", Pointer, Pointer, Text, POINTER(SampleSpec), Pointer
        )
        self.connect_record: Callable[[Address, bytes, object, int], int] = call(
            "pa_stream_connect_record", Number, Pointer, Text, POINTER(BufferAttributes), Number
        )
        self.connect_playback: Callable[[Address, None, None, int, None, None], int] = call(
            "pa_stream_connect_playback", Number, Pointer, Text, Pointer, Number, Pointer, Pointer
        )
        self.write: Callable[[Address, bytes, int, None, int, int], int] = call(
            "pa_stream_write", Number, Pointer, Text, c_size_t, Pointer, c_int64, Number
        )
        self.drain: Callable[[Address, None, None], Address] = call(
            "pa_stream_drain", Pointer, Pointer, Pointer, Pointer
        )
        self.disconnect: Callable[[Address], int] = call("pa_stream_disconnect", Number, Pointer)
        self.unref: Callable[[Address], None] = call("pa_stream_unref", None, Pointer)
        self.get_state: Callable[[Address], int] = call("pa_stream_get_state", Number, Pointer)
        self.get_device_name: Callable[[Address], bytes | None] = call("pa_stream_get_device_name", Text, Pointer)
        self.is_suspended: Callable[[Address], int] = call("pa_stream_is_suspended", Number, Pointer)
        self.readable_size: Callable[[Address], int] = call("pa_stream_readable_size", c_size_t, Pointer)
        self.get_timing_info: Callable[[Address], Address] = call("pa_stream_get_timing_info", Pointer, Pointer)
        self.update_timing_info: Callable[[Address, None, None], Address] = call(
            "pa_stream_update_timing_info", Pointer, Pointer, Pointer, Pointer
        )
        self.peek: Callable[[Address, object, object], int] = call(
            "pa_stream_peek", Number, Pointer, POINTER(c_void_p), POINTER(c_size_t)
        )
        self.drop: Callable[[Address], int] = call("pa_stream_drop", Number, Pointer)


class LibPulse:
    """Raises ``OSError`` where the library is not installed. Each call keeps the library's own rules on threads."""

    def __init__(self) -> None:
        library = ctypes.CDLL("libpulse.so.0")
        # Most of these do not wait, and to give the interpreter up and back costs more than they do.
        call, waiting_call = (functools.partial(_bound, library, kind) for kind in (PYFUNCTYPE, CFUNCTYPE))
        self.strerror: Callable[[int], bytes] = call("pa_strerror", Text, Number)
        self.proplist_gets: Callable[[Address, bytes], bytes | None] = call("pa_proplist_gets", Text, Pointer, Text)
        self.mainloop = Mainloop(call, waiting_call)
        self.context = Context(call, waiting_call)
        self.introspect = Introspection(call)
        self.operation = Operation(call)
        self.stream = Stream(call)


def _bound(library: ctypes.CDLL, kind: Callable[..., Any], name: str, *types: Any) -> Any:  # noqa: ANN401 - ctypes' types have no common name
    return kind(*types)((name, library))
