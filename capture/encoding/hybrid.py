"""The MP4 that our muxer writes: fragments while it grows, an ordinary file once it is closed.

Behind the file's type stand sixteen bytes that say nothing. Closing turns them into the header of one large box that
hides the fragments as mere data, and puts an index behind it. That can be done for a file whose writer died, too:
nothing is copied, so it takes no room but the index's.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from struct import error as StructError  # noqa: N812 - a class, whatever it is called there
from struct import pack, unpack_from
from typing import BinaryIO

from capture.encoding.boxes import Box, body, boxes, children, make, only, rebuilt
from capture.encoding.samples import Samples, add_fragment, defaults, description, listed, table

EMPTY = b"\0\0\0\x08free"
LARGEST_SMALL = 2**32 - 1
PIECE_BYTES = 2**20

BLANK_BYTES = 16
"""No picture and no sound ends in so many zeros."""


class NotOurs(Exception):
    """No file of this kind, or damaged in its midst: better left alone."""


@dataclass(frozen=True, slots=True)
class Hybrid:
    """``header_at``: the sixteen bytes. ``data``: of the samples that ``moov`` lists, then of each fragment in turn."""

    header_at: int
    header: bytes
    hidden_type: Box
    moov: Box
    fragments: tuple[Box, ...]
    data: tuple[Box, ...]

    @property
    def end(self) -> int:
        """Of the last whole fragment."""
        return self.data[-1].end

    @property
    def open_header(self) -> bytes:
        """As it is while the file grows."""
        return EMPTY + pack(">I", self.hidden_type.end - self.header_at - len(EMPTY)) + b"free"

    @property
    def closed_header(self) -> bytes:
        size = self.end - self.header_at
        if size - len(EMPTY) <= LARGEST_SMALL:
            return EMPTY + pack(">I", size - len(EMPTY)) + b"mdat"
        return pack(">I", 1) + b"mdat" + pack(">Q", size)


def is_hybrid(file: BinaryIO) -> bool:
    """Whether it begins as ours do, and holds a fragment. Raises ``OSError``."""
    try:
        _read(file, file.seek(0, os.SEEK_END))
    except NotOurs:
        return False
    return True


def mend_movie(file: BinaryIO) -> int:
    """Cuts off a torn fragment and writes the index, in place; how many bytes were cut off.

    Whatever interrupts it, a file is left that plays as much as before. Where the index finds no room the file stays in
    fragments. One that is whole is not touched. Raises ``NotOurs``, ``OSError``.
    """
    size = file.seek(0, os.SEEK_END)
    hybrid = _read(file, size)
    if _is_closed(file, hybrid, size):
        return 0
    if not _is_torn(file, hybrid.end, size):
        message = "what follows the last whole fragment is no torn one"
        raise NotOurs(message)
    hybrid = _without_blank(file, hybrid)
    try:
        moov = _index(file, hybrid)
    except (ValueError, KeyError, IndexError, StructError) as error:
        message = f"a fragment is damaged: {error}"
        raise NotOurs(message) from error
    if hybrid.header != hybrid.open_header:  # it points at an index that is gone
        _write(file, hybrid.header_at, hybrid.open_header)
    file.truncate(hybrid.end)
    try:
        _write(file, hybrid.end, moov)
    except OSError:
        file.truncate(hybrid.end)
        return size - hybrid.end
    _write(file, hybrid.header_at, hybrid.closed_header)
    return size - hybrid.end


def _read(file: BinaryIO, size: int) -> Hybrid:
    """Raises ``NotOurs``."""
    outer = next(boxes(file, 0, size), None)
    if outer is None or outer.kind != b"ftyp" or outer.end > size - len(EMPTY) * 2:
        message = "it does not begin as ours do"
        raise NotOurs(message)
    file.seek(outer.end)
    header = file.read(len(EMPTY) * 2)
    inner = boxes(file, outer.end + len(header), size)
    hidden, moov = next(inner, None), next(inner, None)
    if hidden is None or hidden.kind != b"ftyp" or moov is None or moov.kind != b"moov" or moov.end > size:
        message = "it does not begin as ours do"
        raise NotOurs(message)
    fragments: list[Box] = []
    data: list[Box] = []
    for box in inner:
        if box.end > size or box.kind not in {b"moof", b"mdat"}:
            break
        (fragments if box.kind == b"moof" else data).append(box)
    if not data:
        message = "there is no whole fragment"
        raise NotOurs(message)
    return Hybrid(outer.end, header, hidden, moov, tuple(fragments[: len(data) - 1]), tuple(data))


def _is_closed(file: BinaryIO, hybrid: Hybrid, size: int) -> bool:
    last = next(boxes(file, hybrid.end, size), None)
    is_indexed = last is not None and last.kind == b"moov" and last.end == size
    return is_indexed and hybrid.header == hybrid.closed_header


def _is_torn(file: BinaryIO, at: int, size: int) -> bool:
    """Whether from ``at`` there is only what a writer leaves that was stopped: half a fragment, or an index."""
    for box in boxes(file, at, size):
        if box.kind not in {b"moof", b"mdat", b"moov"}:
            return False
        if box.end > size or (box.kind == b"moov" and box.end == size):
            return True
        at = box.end
    return size - at < len(EMPTY) or _is_blank(file, at, size)


def _is_blank(file: BinaryIO, at: int, size: int) -> bool:
    """Whether nothing but zeros follows: room that the system gave, and a power cut left empty."""
    file.seek(at)
    while piece := file.read(PIECE_BYTES):
        if piece.strip(b"\0"):
            return False
    return size > at


def _without_blank(file: BinaryIO, hybrid: Hybrid) -> Hybrid:
    """Less the fragments in which the zeros begin."""
    kept = len(hybrid.data)
    while kept > 1:
        file.seek(hybrid.data[kept - 1].end - BLANK_BYTES)
        if file.read(BLANK_BYTES).strip(b"\0"):
            break
        kept -= 1
    return replace(hybrid, data=hybrid.data[:kept], fragments=hybrid.fragments[: kept - 1])


def _index(file: BinaryIO, hybrid: Hybrid) -> bytes:
    """A ``moov`` for all whole fragments."""
    moov = body(file, hybrid.moov)
    traks = [content for kind, content in children(moov) if kind == b"trak"]
    tracks = {_track_id(trak): listed(only(trak, b"mdia", b"minf", b"stbl")) for trak in traks}
    known = defaults(only(moov, b"mvex"))
    for fragment in hybrid.fragments:
        add_fragment(tracks, known, body(file, fragment), fragment.at)
    for samples in tracks.values():
        if any(at + size > hybrid.end for at, size in zip(samples.offsets, samples.sizes, strict=True)):
            message = "a sample lies behind the end"
            raise ValueError(message)
    return _with_index(moov, tracks)


def _with_index(moov: bytes, tracks: dict[int, Samples]) -> bytes:
    (scale,) = unpack_from(">I", only(moov, b"mvhd"), 20 if only(moov, b"mvhd")[0] else 12)
    lengths = {}

    def trak(content: bytes) -> bytes:
        samples = tracks[_track_id(content)]
        header = only(content, b"mdia", b"mdhd")
        (own_scale,) = unpack_from(">I", header, 20 if header[0] else 12)
        length = lengths[_track_id(content)] = -(-samples.end * scale // own_scale)
        stbl = table(samples, description(content))
        minf = {b"stbl": lambda _: stbl}
        mdia = {b"minf": lambda inner: rebuilt(inner, minf), b"mdhd": lambda inner: _lasting(inner, samples.end, 4)}
        changes: dict[bytes, Callable[[bytes], bytes]] = {
            b"mdia": lambda inner: rebuilt(inner, mdia),
            b"tkhd": lambda inner: _lasting(inner, length, 8),
        }
        return rebuilt(content, changes)

    kept = b"".join(make(kind, content) for kind, content in children(moov) if kind != b"mvex")
    with_tracks = rebuilt(kept, {b"trak": trak})
    whole = max(lengths.values(), default=0)
    return make(b"moov", rebuilt(with_tracks, {b"mvhd": lambda inner: _lasting(inner, whole, 4)}))


def _track_id(trak: bytes) -> int:
    header = only(trak, b"tkhd")
    track: int = unpack_from(">I", header, 20 if header[0] else 12)[0]
    return track


def _lasting(header: bytes, duration: int, between_bytes: int) -> bytes:
    """A header with another duration, which stands ``between_bytes`` behind its two dates; wider if it must be."""
    width = 8 if header[0] else 4
    dates, rest = header[4 : 4 + 2 * width], header[4 + 2 * width :]
    between, rest = rest[:between_bytes], rest[between_bytes + width :]
    if not header[0] and duration > LARGEST_SMALL:
        dates = b"".join(bytes(4) + dates[at : at + 4] for at in (0, 4))
        return b"\1" + header[1:4] + dates + between + pack(">Q", duration) + rest
    return header[:4] + dates + between + duration.to_bytes(width) + rest


def _write(file: BinaryIO, at: int, data: bytes) -> None:
    """On the disk when it returns: each step stands on the one before."""
    file.seek(at)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    file.flush()
    os.fsync(file.fileno())
