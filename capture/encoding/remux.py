"""Packets copied from one file into another as they are: nothing is decoded, nothing gets worse."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
from av.error import FFmpegError

from capture.encoding.muxer import foreign
from capture.errors import NotRepairable, StorageError
from capture.recording import NS_PER_S

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream

logger = logging.getLogger(__name__)

KINDS = {"audio", "video", "subtitle"}


@dataclass(slots=True)
class Copied:
    """``said_ns`` is the length that the source claims, if it claims one; ``played_ns`` what was copied."""

    said_ns: int | None = None
    played_ns: int = 0
    packets: int = 0
    lost_bytes: int = 0
    """Of packets that were there, but torn or out of order."""
    broke_off: bool = False
    """The source could not be read to its end."""


def remux(source: BinaryIO, target: Path, container: str, kinds: set[str] = KINDS) -> Copied:
    """Everything that can be read of ``source`` goes to ``target``, a container of that kind.

    Raises ``NotRepairable`` where nothing can be read, ``StorageError``.
    """
    try:
        opened = av.open(source, "r", metadata_errors="replace")
    except (FFmpegError, OSError, ValueError) as error:
        raise NotRepairable(str(error)) from error
    with opened as reader:
        try:
            with av.open(str(target), "w", format=container) as writer:
                return _copy(reader, writer, kinds)
        except (FFmpegError, OSError, ValueError) as error:
            refusal = foreign(error, target)
            raise refusal if isinstance(refusal, StorageError) else NotRepairable(str(error)) from error


def played_ns(path: Path) -> int:
    """How long the file plays, by its packets; 0 where it does not."""
    try:
        with av.open(str(path)) as container:
            times = (packet.pts * packet.time_base for packet in container.demux() if packet.pts is not None)
            return round(max(times, default=0) * NS_PER_S)
    except (FFmpegError, OSError) as error:
        logger.warning("%s cannot be played: %s", path.name, error)
        return 0


def _copy(reader: "InputContainer", writer: "OutputContainer", kinds: set[str]) -> Copied:
    copied = Copied(None if reader.duration is None else reader.duration * NS_PER_S // av.time_base)
    tracks = {
        stream.index: Track(writer.add_stream_from_template(stream))
        for stream in reader.streams
        if stream.type in kinds
    }
    writer.metadata.update(reader.metadata)
    packets = reader.demux(*(reader.streams[index] for index in tracks))
    while True:
        try:
            packet = next(packets, None)
        except (FFmpegError, OSError):
            copied.broke_off = True
            break
        if packet is None:
            break
        if packet.size:  # an empty one marks a track's end
            for dated in tracks[packet.stream_index].dated(packet):
                _take(dated, tracks[packet.stream_index].stream, writer, copied)
    for track in tracks.values():
        for undated in track.waiting:
            _take(undated, track.stream, writer, copied)
    return copied


@dataclass(slots=True)
class Track:
    """Matroska does not say when the first pictures are to be decoded: so much before the first one that it tells."""

    stream: "Stream"
    waiting: "list[Packet[Stream]]" = field(default_factory=list)
    is_dated: bool = False

    def dated(self, packet: "Packet[Stream]") -> "list[Packet[Stream]]":
        self.waiting.append(packet)
        if packet.dts is None and not self.is_dated:
            return []
        if not self.is_dated and packet.dts is not None:
            step = packet.duration or 1
            for before, early in enumerate(reversed(self.waiting)):
                early.dts = packet.dts - before * step
        self.is_dated = True
        ready, self.waiting = self.waiting, []
        return ready


def _take(packet: "Packet[Stream]", stream: "Stream", writer: "OutputContainer", copied: Copied) -> None:
    size, time_base = packet.size, packet.time_base
    end = (packet.pts if packet.pts is not None else packet.dts or 0) + (packet.duration or 0)
    if packet.is_corrupt:
        copied.lost_bytes += size
        return
    packet.stream = stream
    try:
        writer.mux(packet)
    except FFmpegError as error:
        if isinstance(foreign(error, Path(writer.name)), StorageError):
            raise
        copied.lost_bytes += size  # out of order, or nothing that this container takes
        return
    copied.packets += 1
    if time_base is not None:
        copied.played_ns = max(copied.played_ns, round(end * time_base * NS_PER_S))
