"""The samples of an MP4's tracks: read from its tables and fragments, written as tables.

ISO/IEC 14496-12, 8.6 to 8.8.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from struct import iter_unpack, pack, unpack_from

from capture.encoding.boxes import children, make, only

LARGEST_OFFSET = 2**32 - 1

BASE_OFFSET, DESCRIPTION, DURATION, SIZE, FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20
"""What a track fragment's header holds, in this order."""

RUN_OFFSET, FIRST_FLAGS = 0x1, 0x4
OF_EACH_SAMPLE = (0x100, 0x200, 0x400, 0x800)
"""Duration, size, flags and composition offset."""

IS_NO_KEY = 0x10000


@dataclass(slots=True)
class Samples:
    """One track's samples in the order of decoding; times in its own unit."""

    times: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    keys: list[bool] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    """From decoding to showing."""
    end: int = 0
    """When the last one is over."""

    def add(self, offset: int, size: int, duration: int, delay: int, *, is_key: bool) -> None:
        self.times.append(self.end)
        self.offsets.append(offset)
        self.sizes.append(size)
        self.keys.append(is_key)
        self.delays.append(delay)
        self.end += duration


@dataclass(frozen=True, slots=True)
class Defaults:
    """Of a track's fragments."""

    duration: int
    size: int
    flags: int


def listed(table: bytes) -> Samples:
    """What a sample table (``stbl``) lists. Raises ``ValueError``, ``struct.error``."""
    samples = Samples()
    boxes = dict(children(table))
    sizes = _sizes(boxes[b"stsz"])
    durations = [value for count, value in _pairs(boxes[b"stts"]) for _ in range(count)]
    delays = [value for count, value in _pairs(boxes.get(b"ctts", b"")) for _ in range(count)] or [0] * len(sizes)
    keys = {number for (number,) in iter_unpack(">I", boxes[b"stss"][8:])} if b"stss" in boxes else None
    for number, offset in enumerate(_offsets(boxes, sizes)):
        is_key = keys is None or number + 1 in keys
        samples.add(offset, sizes[number], durations[number], delays[number], is_key=is_key)
    return samples


def defaults(extension: bytes) -> dict[int, Defaults]:
    """By track id, from ``mvex``."""
    found = {}
    for kind, content in children(extension):
        if kind == b"trex":
            track, _, duration, size, flags = unpack_from(">5I", content, 4)
            found[track] = Defaults(duration, size, flags)
    return found


def add_fragment(tracks: dict[int, Samples], known: dict[int, Defaults], fragment: bytes, at: int) -> None:
    """Adds what a fragment (``moof``) that lies ``at`` lists. Raises ``ValueError``, ``KeyError``, ``struct.error``."""
    for kind, content in children(fragment):
        if kind != b"traf":
            continue
        boxes = dict(children(content))
        track, base, own = _header(boxes[b"tfhd"], known, at)
        version = boxes[b"tfdt"][0]
        (begin,) = unpack_from(">Q" if version else ">I", boxes[b"tfdt"], 4)
        samples = tracks[track]
        if begin < samples.end and samples.times and begin <= samples.times[-1]:
            message = "time runs backwards"
            raise ValueError(message)
        samples.end = begin
        for inner, run in children(content):
            if inner == b"trun":
                _add_run(samples, run, base, own)


def table(samples: Samples, description: bytes) -> bytes:
    """The content of an ``stbl``; ``description`` is that of its ``stsd``."""
    durations = [after - before for before, after in pairwise([*samples.times, samples.end])]
    chunks = list(_chunks(samples))
    firsts = [samples.offsets[first] for first, _ in chunks]
    is_large = max(firsts, default=0) > LARGEST_OFFSET
    keys = [number for number, is_key in enumerate(samples.keys, 1) if is_key]
    parts = [make(b"stsd", description), make(b"stts", _runs(durations, ">II"))]
    if any(samples.delays):
        parts.append(make(b"ctts", b"\1" + _runs(samples.delays, ">Ii")[1:]))
    if len(keys) < len(samples.keys):
        parts.append(make(b"stss", _numbers(keys)))
    parts.append(make(b"stsc", _chunk_runs([count for _, count in chunks])))
    parts.append(make(b"stsz", bytes(8) + _numbers(samples.sizes)[4:]))
    parts.append(make(b"co64" if is_large else b"stco", _numbers(firsts, "Q" if is_large else "I")))
    return b"".join(parts)


def _header(content: bytes, known: dict[int, Defaults], at: int) -> tuple[int, int, Defaults]:
    """The track, where its data is counted from, and what its samples have in common."""
    flags, track = unpack_from(">II", content)
    own, place = known[track], 8
    base = at
    if flags & BASE_OFFSET:
        (base,) = unpack_from(">Q", content, place)
        place += 8
    place += 4 if flags & DESCRIPTION else 0
    values = [own.duration, own.size, own.flags]
    for number, flag in enumerate((DURATION, SIZE, FLAGS)):
        if flags & flag:
            (values[number],) = unpack_from(">I", content, place)
            place += 4
    return track, base, Defaults(*values)


def _add_run(samples: Samples, content: bytes, base: int, own: Defaults) -> None:
    flags, count = unpack_from(">II", content)
    place, offset, first_flags = 8, base, None
    if flags & RUN_OFFSET:
        offset += unpack_from(">i", content, place)[0]
        place += 4
    if flags & FIRST_FLAGS:
        (first_flags,) = unpack_from(">I", content, place)
        place += 4
    present = [bool(flags & flag) for flag in OF_EACH_SAMPLE]
    for _ in range(count):
        values = [own.duration, own.size, own.flags, 0]
        for number, is_present in enumerate(present):
            if is_present:
                (values[number],) = unpack_from(">i" if number == len(values) - 1 else ">I", content, place)
                place += 4
        duration, size, sample_flags, delay = values
        if first_flags is not None:
            sample_flags, first_flags = first_flags, None
        samples.add(offset, size, duration, delay, is_key=not sample_flags & IS_NO_KEY)
        offset += size


def _offsets(boxes: dict[bytes, bytes], sizes: Sequence[int]) -> Iterator[int]:
    """Of each sample, from where the chunks lie and how many samples each holds."""
    large = boxes.get(b"co64")
    chunks = [offset for (offset,) in iter_unpack(">Q" if large else ">I", (large or boxes[b"stco"])[8:])]
    runs = [*iter_unpack(">III", boxes[b"stsc"][8:]), (len(chunks) + 1, 0, 0)]
    number = 0
    for (first, count, _), (beyond, _, _) in pairwise(runs):
        for offset in chunks[first - 1 : beyond - 1]:
            for size in sizes[number : number + count]:
                yield offset
                offset += size  # noqa: PLW2901 - it runs through the chunk
            number += count


def _sizes(content: bytes) -> list[int]:
    same, count = unpack_from(">II", content, 4)
    return [same] * count if same else [size for (size,) in iter_unpack(">I", content[12:])]


def _pairs(content: bytes) -> Iterator[tuple[int, int]]:
    yield from iter_unpack(">Ii", content[8:])


def _chunks(samples: Samples) -> Iterator[tuple[int, int]]:
    """Samples that lie one behind the other: the first one's number, and how many they are."""
    first, end = 0, None
    for number, (offset, size) in enumerate(zip(samples.offsets, samples.sizes, strict=True)):
        if end is not None and offset != end:
            yield first, number - first
            first = number
        end = offset + size
    if end is not None:
        yield first, len(samples.offsets) - first


def _chunk_runs(counts: Sequence[int]) -> bytes:
    """Chunks with as many samples each: from which chunk on, how many, and of which description."""
    runs: list[tuple[int, int, int]] = []
    for chunk, count in enumerate(counts, 1):
        if not runs or runs[-1][1] != count:
            runs.append((chunk, count, 1))
    return pack(">II", 0, len(runs)) + b"".join(pack(">III", *run) for run in runs)


def _runs(values: Sequence[int], shape: str) -> bytes:
    """Each value with how often it stands there in a row."""
    packed = [pack(shape, len(list(run)), value) for value, run in groupby(values)]
    return pack(">II", 0, len(packed)) + b"".join(packed)


def _numbers(values: Sequence[int], shape: str = "I") -> bytes:
    return pack(f">II{len(values)}{shape}", 0, len(values), *values)


def description(trak: bytes) -> bytes:
    """How the samples of a track are encoded: the content of its ``stsd``. Raises ``ValueError``."""
    return only(trak, b"mdia", b"minf", b"stbl", b"stsd")
