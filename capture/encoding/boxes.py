"""The boxes that MP4 files are made of. ISO/IEC 14496-12, 4.2."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

HEADER_BYTES = 8
LARGE_HEADER_BYTES = 16
SIZE_FOLLOWS = 1
TO_THE_END = 0


@dataclass(frozen=True, slots=True)
class Box:
    """From ``at`` to ``end``, which may lie beyond the end of a file that was torn; ``body_at``: behind its header."""

    kind: bytes
    at: int
    body_at: int
    end: int


def boxes(file: BinaryIO, at: int, end: int) -> Iterator[Box]:
    """One behind the other from ``at``, up to one that is torn, or to what is no box. Raises ``OSError``."""
    while (box := _box(file, at, end)) is not None:
        yield box
        at = box.end


def body(file: BinaryIO, box: Box) -> bytes:
    """Raises ``OSError``; ``ValueError`` where it is torn."""
    file.seek(box.body_at)
    data = file.read(box.end - box.body_at)
    if len(data) < box.end - box.body_at:
        message = f"{box.kind!r} is torn"
        raise ValueError(message)
    return data


def children(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box in the content of another one. Raises ``ValueError`` for one that is torn."""
    file = BytesIO(content)
    for box in boxes(file, 0, len(content)):
        yield box.kind, body(file, box)


def only(content: bytes, *path: bytes) -> bytes:
    """The content of the first box along ``path``. Raises ``ValueError``."""
    for kind in path:
        found = next((inner for each, inner in children(content) if each == kind), None)
        if found is None:
            message = f"there is no {kind!r}"
            raise ValueError(message)
        content = found
    return content


def make(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return (HEADER_BYTES + len(content)).to_bytes(4) + kind + content


def rebuilt(content: bytes, changes: Mapping[bytes, Callable[[bytes], bytes]]) -> bytes:
    """The boxes in ``content`` again, those named with what a function makes of their content."""
    parts = []
    for kind, inner in children(content):
        parts.append(make(kind, changes[kind](inner) if kind in changes else inner))
    return b"".join(parts)


def _box(file: BinaryIO, at: int, end: int) -> Box | None:
    if end - at < HEADER_BYTES:
        return None
    file.seek(at)
    header = file.read(LARGE_HEADER_BYTES)
    size, kind, body_at = int.from_bytes(header[:4]), header[4:8], at + HEADER_BYTES
    if size == SIZE_FOLLOWS:
        size, body_at = int.from_bytes(header[8:]), at + LARGE_HEADER_BYTES
    elif size == TO_THE_END:
        size = end - at
    if at + size < body_at or not kind.isascii() or not kind.decode("ascii").isprintable():
        return None
    return Box(kind, at, body_at, at + size)
