"""Where the last whole page of an Ogg file ends, and the last whole frame of an MP3.

Both are looked for from the end, so that damage before costs nothing.
"""

import os
from collections.abc import Callable, Iterator
from struct import unpack_from
from typing import BinaryIO

WINDOW_BYTES = 2**17
"""Twice the largest page, and hundreds of frames."""

OGG = b"OggS"
OGG_HEADER_BYTES = 27
CONTINUES = 255
"""A last piece as long as this says that the packet goes on in the next page."""

MP3_HEADER_BYTES = 4
KBIT_S = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
RATES_HZ = (44_100, 48_000, 32_000)
MP3_SURE_FRAMES = 4
"""So many in a row are no accident."""


def last_page_end(file: BinaryIO) -> int | None:
    """``None`` where there is no page. Raises ``OSError``."""
    return _last(file, _pages_end)


def last_frame_end(file: BinaryIO) -> int | None:
    """Of MPEG-1 layer III. ``None`` where there is no frame. Raises ``OSError``."""
    return _last(file, _frames_end)


def _last(file: BinaryIO, end_in: Callable[[bytes], int | None]) -> int | None:
    """In the last window that holds one; they overlap by half."""
    begin = file.seek(0, os.SEEK_END)
    while begin > 0:
        begin = max(0, begin - WINDOW_BYTES // 2)
        file.seek(begin)
        end = end_in(file.read(WINDOW_BYTES))
        if end is not None:
            return begin + end
    return None


def _pages_end(data: bytes) -> int | None:
    """Behind the last page that is whole and ends a packet."""
    at = len(data)
    while (at := data.rfind(OGG, 0, at)) >= 0:
        end = _page_end(data, at)
        if end is not None and data[at + OGG_HEADER_BYTES + data[at + 26] - 1] != CONTINUES:
            return end
    return None


def _page_end(data: bytes, at: int) -> int | None:
    if len(data) < at + OGG_HEADER_BYTES or len(data) < at + OGG_HEADER_BYTES + data[at + 26]:
        return None
    body_at = at + OGG_HEADER_BYTES + data[at + 26]
    end = body_at + sum(data[at + OGG_HEADER_BYTES : body_at])
    if len(data) < end:
        return None
    (said,) = unpack_from("<I", data, at + 22)
    return end if said == _checksum(data[at : at + 22] + bytes(4) + data[at + 26 : end]) else None


def _checksum(page: bytes) -> int:
    """CRC-32 as Ogg has it: not reflected, from zero."""
    value = 0
    for byte in page:
        value = (value << 8) & 0xFFFFFFFF ^ CRC_TABLE[value >> 24 ^ byte]
    return value


def _crc_entry(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = value << 1 ^ (0x104C11DB7 if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


CRC_TABLE = [_crc_entry(byte) for byte in range(256)]


def _frames_end(data: bytes) -> int | None:
    """Behind the last frame that is whole, of the first ones that follow each other."""
    at = -1
    while (at := data.find(b"\xff", at + 1)) >= 0:
        ends = list(_frame_ends(data, at))
        if len(ends) >= MP3_SURE_FRAMES:
            return ends[-1]
    return None


def _frame_ends(data: bytes, at: int) -> Iterator[int]:
    while (size := _frame_bytes(data, at)) is not None and at + size <= len(data):
        at += size
        yield at


def _frame_bytes(data: bytes, at: int) -> int | None:
    """By its header; ``None`` where there is no header of MPEG-1 layer III."""
    if len(data) < at + MP3_HEADER_BYTES or data[at] != 0xFF or data[at + 1] & 0xFE != 0xFA:  # noqa: PLR2004 - the sync word
        return None
    rate, bits = data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if not 0 < rate < len(KBIT_S) or bits >= len(RATES_HZ):
        return None
    return 144_000 * KBIT_S[rate] // RATES_HZ[bits] + (data[at + 2] >> 1 & 1)
