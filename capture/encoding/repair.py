"""Anybody's broken media file, mended into a new one beside it. The broken one is only read."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from capture.encoding.boxes import boxes
from capture.encoding.hybrid import NotOurs, is_hybrid, mend_movie
from capture.encoding.remux import played_ns, remux
from capture.encoding.tails import last_frame_end, last_page_end
from capture.encoding.wave import KINDS, read_wave, write_wave
from capture.errors import IndexLost, NotRepairable, OutputExists
from capture.manifest import storage_error, sync_folder
from capture.media import Repaired
from capture.recording import NS_PER_S

BOXES = {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"pnot"}
EBML, SEGMENT = b"\x1aE\xdf\xa3", b"\x18S\x80g"
NEAR_NS = NS_PER_S // 10
"""Lengths that differ by less are the same: containers round, and some count the last picture's length."""


@dataclass(frozen=True, slots=True)
class Case:
    """``draft`` is where the mended file is made; ``size`` in bytes."""

    path: Path
    file: BinaryIO
    size: int
    draft: Path

    def whole(self, played_ns: int) -> Repaired:
        return Repaired(self.path, None, played_ns)

    def mended(self, played_ns: int, lost_bytes: int = 0, lost_ns: int = 0) -> Repaired:
        return Repaired(self.path, self.draft, played_ns, lost_bytes, lost_ns)


def repair(path: Path, output: Path | None = None) -> Repaired:
    """``output`` may not exist yet; without it the new file lies beside ``path``. Of a whole file nothing is made.

    Raises ``NotRepairable``, ``IndexLost``, ``OutputExists``, ``StorageError``.
    """
    target = output or path.with_name(f"{path.stem}.repaired{path.suffix}")
    if target.exists():
        raise OutputExists(path=str(target))
    try:
        with path.open("rb") as file, _draft(target) as draft:
            size = file.seek(0, SEEK_END)
            repaired = _mended(Case(path, file, size, draft))
            if repaired.output is None:
                return repaired
            shutil.copymode(path, draft)
            _publish(draft, target)
            return replace(repaired, output=target)
    except OSError as error:
        raise storage_error(error, target) from error


def _mended(case: Case) -> Repaired:
    """By what the file is, not by what it is called."""
    case.file.seek(0)
    head = case.file.read(12)
    if head[:4] in KINDS and head[8:] == b"WAVE":
        return _wave(case)
    if head[4:8] in BOXES:
        return _movie(case)
    if head[:4] == EBML:
        return _matroska(case)
    if head[:4] == b"OggS":
        return _copied(case, "ogg", last_page_end(case.file))
    if (end := _sound_end(case)) is not None:
        return _copied(case, "mp3", end)
    message = "it is no MP4, MOV, M4A, WAV, MP3, Ogg, MKV or WebM"
    raise NotRepairable(message, path=str(case.path))


def _wave(case: Case) -> Repaired:
    wave = read_wave(case.file)
    if wave.is_right:
        return case.whole(wave.played_ns)
    write_wave(case.file, wave, case.draft)
    return case.mended(wave.played_ns, wave.missing_bytes, wave.missing_ns)


def _movie(case: Case) -> Repaired:
    """Ours is mended as it is; of another's fragments an ordinary file is made."""
    if is_hybrid(case.file):
        with contextlib.suppress(NotOurs):
            return _hybrid(case)
    whole = [box for box in boxes(case.file, 0, case.size) if box.end <= case.size]
    kinds = {box.kind for box in whole}
    if b"moov" not in kinds:
        raise IndexLost(path=str(case.path))
    container = "mov" if case.path.suffix.lower() == ".mov" else "mp4"
    if b"moof" not in kinds:
        return _copied(case, container, case.size)
    while whole[-1].kind == b"moof":  # its samples are torn
        whole.pop()
    repaired = _copied(case, container, whole[-1].end)
    return replace(repaired, output=case.draft)  # whole or not: few programs edit fragments


def _matroska(case: Case) -> Repaired:
    """Whole samples do not make it whole: its list of key pictures stands at the end."""
    copied = _copied(case, "webm" if case.path.suffix == ".webm" else "matroska", case.size)
    return copied if _segment_is_whole(case) else replace(copied, output=case.draft)


def _segment_is_whole(case: Case) -> bool:
    """By the lengths of its two outermost elements; a segment written into a pipe has none. RFC 8794, 4."""
    case.file.seek(0)
    head = case.file.read(4096)
    header_bytes, at = _length(head, len(EBML))
    at += header_bytes
    if head[at : at + len(SEGMENT)] != SEGMENT:
        return False
    segment_bytes, begin = _length(head, at + len(SEGMENT))
    return begin + segment_bytes <= case.size


def _length(head: bytes, at: int) -> tuple[int, int]:
    """A length, whose first bit that is set tells of how many bytes it is; and where it ends. All ones: unknown."""
    first = head[at] if at < len(head) else 0
    width = 9 - first.bit_length()
    unknown = (1 << 7 * width) - 1
    value = int.from_bytes(head[at : at + width]) & unknown
    return sys.maxsize if value == unknown else value, at + width


def _hybrid(case: Case) -> Repaired:
    """Raises ``NotOurs``."""
    with case.draft.open("r+b", buffering=0) as copy:
        case.file.seek(0)
        shutil.copyfileobj(case.file, copy)
        torn = mend_movie(copy)
        is_same = copy.seek(0, SEEK_END) == case.size and not torn
    length_ns = played_ns(case.draft)
    return case.whole(length_ns) if is_same else case.mended(length_ns, torn)


def _copied(case: Case, container: str, end: int | None) -> Repaired:
    """``end`` is where what is whole ends."""
    end = case.size if end is None else end
    kinds = {"audio"} if container == "mp3" else {"audio", "video", "subtitle"}
    copied = remux(cast("BinaryIO", Beginning(case.file, end)), case.draft, container, kinds)
    if not copied.packets:
        message = "nothing in it can be played"
        raise NotRepairable(message, path=str(case.path))
    missing_ns = max(0, (copied.said_ns or 0) - copied.played_ns)
    lost_ns = missing_ns if missing_ns > NEAR_NS else 0
    lost_bytes = copied.lost_bytes + case.size - end
    if lost_bytes or lost_ns or copied.broke_off or copied.said_ns is None:
        return case.mended(copied.played_ns, lost_bytes, lost_ns)
    return case.whole(copied.played_ns)


def _sound_end(case: Case) -> int | None:
    """Of an MP3, with the tag that may follow its last frame."""
    end = last_frame_end(case.file)
    if end is None or end == case.size:
        return end
    case.file.seek(end)
    return case.size if case.file.read(8).startswith((b"TAG", b"APETAGEX")) else end


@contextlib.contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """An empty file beside ``target``, gone afterwards unless it was moved away. Raises ``OSError``."""
    descriptor, name = tempfile.mkstemp(prefix=".repairing-", suffix=target.suffix, dir=target.parent)
    os.close(descriptor)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, target: Path) -> None:
    """Under its name only when it is whole and safe from a power cut. Raises ``OSError``."""
    with draft.open("r+b") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)


class Beginning(RawIOBase):
    """The first bytes of a file, as if there were no more."""

    def __init__(self, file: BinaryIO, length_bytes: int) -> None:
        super().__init__()
        self._file = file
        self._length = length_bytes
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._length - self._at)
        self._file.seek(self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._at = max(0, offset + {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._length}[whence])
        return self._at

    def tell(self) -> int:
        return self._at
