"""A WAV file whose header does not say how long it is, or says it wrongly."""

import os
from dataclasses import dataclass
from pathlib import Path
from struct import pack, unpack, unpack_from
from typing import BinaryIO

from capture.errors import NotRepairable
from capture.recording import NS_PER_S

KINDS = (b"RIFF", b"RF64", b"BW64")
UNKNOWN = 2**32 - 1
LARGEST = 2**32 - 1
PLACEHOLDER = 0x7FFF0000
"""Programs that cannot go back to the header write numbers from here on for a length that they do not know."""

HEADER_BYTES = 8
FIRST_CHUNK_AT = 12
FORMAT_BYTES = 16
PIECE_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Wave:
    """``before`` and ``after``: the other chunks, whole. ``missing_bytes``: of what the header claims.

    ``is_right``: the header says all this.
    """

    before: bytes
    data_at: int
    data_bytes: int
    after: bytes
    bytes_per_s: int
    missing_bytes: int
    is_right: bool

    @property
    def played_ns(self) -> int:
        return self.data_bytes * NS_PER_S // self.bytes_per_s

    @property
    def missing_ns(self) -> int:
        return self.missing_bytes * NS_PER_S // self.bytes_per_s

    def header(self) -> bytes:
        """Up to the samples: RIFF, or RF64 where the sizes are too large for that."""
        padded = self.data_bytes + self.data_bytes % 2
        size = 4 + len(self.before) + HEADER_BYTES + padded + len(self.after)
        if size <= LARGEST:
            return pack("<4sI4s", b"RIFF", size, b"WAVE") + self.before + pack("<4sI", b"data", self.data_bytes)
        size += HEADER_BYTES + 28
        large = pack("<4sIQQQI", b"ds64", 28, size, self.data_bytes, 0, 0)
        head = pack("<4sI4s", b"RF64", UNKNOWN, b"WAVE")
        return head + large + self.before + pack("<4sI", b"data", UNKNOWN)


def read_wave(file: BinaryIO) -> Wave:
    """Raises ``NotRepairable``, ``OSError``."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    kind, said_size, _ = unpack("<4sI4s", file.read(FIRST_CHUNK_AT).ljust(FIRST_CHUNK_AT, b"\0"))
    before, sound, large = b"", b"", (0, 0)
    at = FIRST_CHUNK_AT
    while (chunk := _chunk(file, at)) is not None and chunk[0] != b"data":
        name, length = chunk
        file.seek(at)
        whole = file.read(HEADER_BYTES + length + length % 2)
        if name == b"ds64":
            large = unpack_from("<QQ", whole.ljust(24, b"\0"), HEADER_BYTES)
        elif name != b"JUNK":
            before += whole
        sound = whole[HEADER_BYTES:] if name == b"fmt " else sound
        at += len(whole)
    if chunk is None or len(sound) < FORMAT_BYTES:
        message = "it breaks off before the first sample"
        raise NotRepairable(message)
    bytes_per_s, block = unpack_from("<IH", sound, 8)
    said = large[1] if kind != b"RIFF" and chunk[1] == UNKNOWN else chunk[1]
    data_at, after, is_said = at + HEADER_BYTES, b"", False
    if 0 < said <= size - data_at:
        after, is_said = _after(file, data_at + said + said % 2, size)
    data = said if is_said else size - data_at
    whole = data - data % max(block, 1)
    if not whole or not bytes_per_s:
        message = "it holds no samples"
        raise NotRepairable(message)
    said_whole = large[0] if kind != b"RIFF" and said_size == UNKNOWN else said_size
    is_right = is_said and data == whole and said_whole + HEADER_BYTES == size
    missing = max(0, said - whole) if said < PLACEHOLDER else 0
    return Wave(before, data_at, whole, after, bytes_per_s, missing, is_right)


def write_wave(file: BinaryIO, wave: Wave, target: Path) -> None:
    """Raises ``OSError``."""
    with target.open("wb") as output:
        output.write(wave.header())
        file.seek(wave.data_at)
        left = wave.data_bytes
        while piece := file.read(min(left, PIECE_BYTES)):
            output.write(piece)
            left -= len(piece)
        output.write(bytes(wave.data_bytes % 2) + wave.after)


def _chunk(file: BinaryIO, at: int) -> tuple[bytes, int] | None:
    file.seek(at)
    header = file.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    name, length = unpack("<4sI", header)
    return (name, length) if name.isascii() and name.decode("ascii").isprintable() else None


def _after(file: BinaryIO, at: int, size: int) -> tuple[bytes, bool]:
    """The chunks behind the samples, and whether they are some: else the samples do not end where it is said."""
    begin = at
    while at < size:
        chunk = _chunk(file, at)
        if chunk is None or at + HEADER_BYTES + chunk[1] > size:
            return b"", False
        at += HEADER_BYTES + chunk[1] + chunk[1] % 2
    file.seek(begin)
    return file.read(size - begin), True
