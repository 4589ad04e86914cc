"""The values in which PipeWire negotiates: SPA pods, built as bytes and read back. No library is needed.

Numbers are those of the public headers ``spa/utils/type.h``, ``spa/param/*.h`` and ``spa/pod/pod.h``.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, IntFlag

HEADER_BYTES = 8
"""Size and type stand before every pod's body; bodies are padded to as much."""


class PodType(IntEnum):
    ID = 3
    INT = 4
    RECTANGLE = 10
    FRACTION = 11
    OBJECT = 15
    CHOICE = 19


class ObjectType(IntEnum):
    FORMAT = 0x40003
    BUFFERS = 0x40004
    META = 0x40005


class Parameter(IntEnum):
    ENUM_FORMAT = 3
    FORMAT = 4
    BUFFERS = 5
    META = 6


class Choice(IntEnum):
    RANGE = 1
    ENUM = 3
    FLAGS = 4


class FormatKey(IntEnum):
    MEDIA_TYPE = 1
    MEDIA_SUBTYPE = 2
    VIDEO_FORMAT = 0x20001
    SIZE = 0x20003
    FRAME_RATE = 0x20004
    MAX_FRAME_RATE = 0x20005


class PixelOrder(IntEnum):
    """Bytes of a pixel in memory, one to four; X or A means nothing to a recorder."""

    RGBX = 7
    BGRX = 8
    RGBA = 11
    BGRA = 12


class MetaType(IntEnum):
    HEADER = 1
    VIDEO_CROP = 2
    VIDEO_DAMAGE = 3


class DataType(IntFlag):
    """As ``Buffers`` asks for them: 1 shifted by the number in ``spa_data``. All that can be mapped."""

    MEM_PTR = 1 << 1
    MEM_FD = 1 << 2


META_HEADER_BYTES = 32
REGION_BYTES = 16
DAMAGED_REGIONS = 16
"""Most compositors merge what is more; mutter offers 32, wlroots' portal 4."""

LARGEST_PX = 16_384
VIDEO, RAW = 2, 1
BUFFERS_KEY_COUNT, BUFFERS_KEY_DATA_TYPE = 1, 6
META_KEY_TYPE, META_KEY_SIZE = 1, 2


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """What was agreed upon for the pictures to come."""

    width_px: int
    height_px: int
    order: PixelOrder


def offered_format(rate_fps: int) -> bytes:
    """Any size, without a modifier (so nobody sends what cannot be mapped), no more than ``rate_fps`` pictures.

    A rate of 0 has to be allowed: it stands for "when something changes".
    """
    rate = _words(rate_fps, 1)
    orders = (PixelOrder.BGRX, *(PixelOrder.BGRX, PixelOrder.BGRA, PixelOrder.RGBX, PixelOrder.RGBA))
    sizes = (_words(1920, 1080), _words(1, 1), _words(LARGEST_PX, LARGEST_PX))
    return _object(
        ObjectType.FORMAT,
        Parameter.ENUM_FORMAT,
        {
            FormatKey.MEDIA_TYPE: _pod(PodType.ID, _words(VIDEO)),
            FormatKey.MEDIA_SUBTYPE: _pod(PodType.ID, _words(RAW)),
            FormatKey.VIDEO_FORMAT: _choice(Choice.ENUM, PodType.ID, *(_words(order) for order in orders)),
            FormatKey.SIZE: _choice(Choice.RANGE, PodType.RECTANGLE, *sizes),
            FormatKey.FRAME_RATE: _choice(Choice.RANGE, PodType.FRACTION, rate, _words(0, 1), _words(1000, 1)),
            FormatKey.MAX_FRAME_RATE: _choice(Choice.RANGE, PodType.FRACTION, rate, _words(1, 1), rate),
        },
    )


def wanted_buffers() -> tuple[bytes, ...]:
    """Mapped memory, and what shall be told of each picture: its time, its crop and what was damaged."""
    memory = _words(DataType.MEM_PTR | DataType.MEM_FD)
    buffers = {
        BUFFERS_KEY_COUNT: _choice(Choice.RANGE, PodType.INT, _words(4), _words(2), _words(16)),
        BUFFERS_KEY_DATA_TYPE: _choice(Choice.FLAGS, PodType.INT, memory),
    }
    most, least = _words(DAMAGED_REGIONS * REGION_BYTES), _words(REGION_BYTES)
    return (
        _object(ObjectType.BUFFERS, Parameter.BUFFERS, buffers),
        _meta(MetaType.HEADER, _pod(PodType.INT, _words(META_HEADER_BYTES))),
        _meta(MetaType.VIDEO_CROP, _pod(PodType.INT, _words(REGION_BYTES))),
        _meta(MetaType.VIDEO_DAMAGE, _choice(Choice.RANGE, PodType.INT, most, least, most)),
    )


def pod_bytes(header: bytes) -> int:
    """How long a pod is, its header included, from the header alone."""
    (body_bytes,) = struct.unpack_from("=I", header)
    return HEADER_BYTES + int(body_bytes)


def read_format(pod: bytes) -> PictureFormat:
    """Of a ``Format`` parameter. Raises ``ValueError`` for one that was not offered."""
    values = _properties(pod)
    try:
        width_px, height_px = struct.unpack("=II", values[FormatKey.SIZE])
        (order,) = struct.unpack("=I", values[FormatKey.VIDEO_FORMAT])
    except (KeyError, struct.error) as error:
        message = "a format without size or pixel order"
        raise ValueError(message) from error
    return PictureFormat(width_px, height_px, PixelOrder(order))


def _meta(kind: MetaType, size: bytes) -> bytes:
    values = {META_KEY_TYPE: _pod(PodType.ID, _words(kind)), META_KEY_SIZE: size}
    return _object(ObjectType.META, Parameter.META, values)


def _words(*values: int) -> bytes:
    return struct.pack(f"={len(values)}I", *values)


def _pod(kind: PodType, body: bytes) -> bytes:
    return _words(len(body), kind) + body + bytes(-len(body) % HEADER_BYTES)


def _choice(choice: Choice, kind: PodType, *values: bytes) -> bytes:
    """The first value is the default."""
    return _pod(PodType.CHOICE, _words(choice, 0, len(values[0]), kind) + b"".join(values))


def _object(kind: ObjectType, parameter: Parameter, values: Mapping[int, bytes]) -> bytes:
    body = b"".join(_words(key, 0) + value for key, value in values.items())
    return _pod(PodType.OBJECT, _words(kind, parameter) + body)


def _properties(pod: bytes) -> Mapping[int, bytes]:
    """Bodies by key. Of a choice, which is not fixated yet, the default."""
    values: dict[int, bytes] = {}
    at = 2 * HEADER_BYTES
    while at + 2 * HEADER_BYTES <= len(pod):
        key, _, length, kind = struct.unpack_from("=IIII", pod, at)
        at += 2 * HEADER_BYTES
        body = pod[at : at + length]
        values[key] = _default(body) if kind == PodType.CHOICE else body
        at += length + -length % HEADER_BYTES
    return values


def _default(choice: bytes) -> bytes:
    (length,) = struct.unpack_from("=I", choice, HEADER_BYTES)
    return choice[16 : 16 + length]
