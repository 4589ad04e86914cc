"""Pieces of one recording made into one file: packets are copied as they are, and what is missing between is silence.

Each piece was encoded by itself, with the same settings. Its packets are moved to where it begins; on the grid they fit
there to the sample, the encoder's run-up included. A picture stands until the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec.context import CodecContext
from av.error import FFmpegError

from capture.audio.base import RATE_HZ
from capture.encoding.muxer import Muxer, foreign
from capture.errors import EncoderError
from capture.recording import NS_PER_S

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

GRID_NS: Final = 960_000_000
"""Holds whole frames of AAC (1024 samples), of MP3 (1152) and of Opus (960), all at 48 kHz."""

RUN_UP_NS: Final = 50_000_000
"""More than any of these encoders begins before its first sample, or goes on after its last."""

RUN_UP_PACKETS: Final = 3
"""What an encoder holds back or puts before the first sample."""

SILENT_BIT_RATE: Final = 48_000
"""Where the file does not say. Opus needs next to nothing for silence."""

ENCODERS: Final = {"aac": "aac", "mp3": "libmp3lame", "opus": "libopus"}


@dataclass(frozen=True, slots=True)
class Piece:
    """``start_ns`` is a multiple of ``GRID_NS``, and ``RUN_UP_NS`` after the end of the piece before."""

    path: Path
    start_ns: int


def next_start_ns(end_ns: int) -> int:
    """The first place where a piece may begin after one that ends at ``end_ns``."""
    return -(-(end_ns + RUN_UP_NS) // GRID_NS) * GRID_NS


def splice(pieces: Sequence[Piece], path: Path) -> None:
    """Writes ``path`` and makes it durable; the pieces stay. Raises ``StorageError``, ``EncoderError``.

    A file that could not be finished is left to the caller.
    """
    with ExitStack() as stack:
        opened = [stack.enter_context(_open(piece.path)) for piece in pieces]
        if len({_headers(container) for container in opened}) > 1:
            message = f"{path.name}: its pieces were coded differently"
            raise EncoderError(message)
        muxer = stack.enter_context(closing(Muxer(path)))
        tracks = [_Track(muxer, stream) for stream in opened[0].streams]
        for piece, container in zip(pieces, opened, strict=True):
            _copy(piece, container, tracks)


def _open(path: Path) -> "InputContainer":
    try:
        return av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise foreign(error, path) from error


def _headers(container: "InputContainer") -> tuple[tuple[str, bytes | None], ...]:
    """What a decoder is told before the first packet."""
    return tuple((stream.codec_context.name, stream.codec_context.extradata) for stream in container.streams)


class _Track:
    """One stream of the result, and how far it has come."""

    def __init__(self, muxer: Muxer, model: "Stream") -> None:
        self._muxer = muxer
        self._model = model
        self._stream = _stream_like(model, muxer)
        self._latest_ticks: int | None = None

    def begin(self, first: "Packet[Stream]", shift: int) -> None:
        """Fills what is missing before the first packet of a piece."""
        if self._model.type != "audio" or first.pts is None or not first.duration:
            return
        from_ticks = first.pts if self._latest_ticks is None else self._latest_ticks + first.duration
        count = round((first.pts + shift - from_ticks) / first.duration)
        for number, packet in enumerate(_silence(cast("AudioCodecContext", self._model.codec_context), count)):
            packet.time_base = first.time_base
            packet.pts = packet.dts = first.pts + shift + (number - count) * first.duration
            packet.duration = first.duration
            self._write(packet)

    def add(self, packet: "Packet[Stream]", shift: int) -> None:
        if packet.pts is None or packet.dts is None:
            return
        packet.pts += shift
        packet.dts += shift
        self._latest_ticks = packet.pts
        self._write(packet)

    def _write(self, packet: "Packet[Stream]") -> None:
        packet.stream = self._stream
        self._muxer.write([packet])


def _stream_like(model: "Stream", muxer: Muxer) -> "Stream":
    """Sound gets an encoder that is never used: it knows the length of the run-up, which the file's header tells."""
    codec = model.codec_context
    if not isinstance(codec, AudioCodecContext):
        return muxer.add_like(model)
    name = ENCODERS[codec.codec.canonical_name]
    return muxer.add_audio(name, RATE_HZ, codec.layout.name, codec.bit_rate or SILENT_BIT_RATE, {})


def _copy(piece: Piece, container: "InputContainer", tracks: Sequence[_Track]) -> None:
    begun: set[int] = set()
    for packet in _packets(container, piece.path):
        index = packet.stream.index
        shift = round(piece.start_ns / NS_PER_S / packet.time_base)
        if index not in begun:
            begun.add(index)
            tracks[index].begin(packet, shift)
        tracks[index].add(packet, shift)


def _packets(container: "InputContainer", path: Path) -> Iterator["Packet[Stream]"]:
    try:
        yield from (packet for packet in container.demux() if packet.size)
    except (FFmpegError, OSError, ValueError) as error:
        raise foreign(error, path) from error


def _silence(like: AudioCodecContext, count: int) -> Sequence["Packet[Stream]"]:
    """``count`` packets of it, coded like their neighbours; without times."""
    if count <= 0:
        return []
    name = ENCODERS[like.codec.canonical_name]
    codec = cast("AudioCodecContext", CodecContext.create(name, "w"))
    codec.format = "flt" if name == "libopus" else "fltp"
    codec.sample_rate, codec.layout = RATE_HZ, like.layout
    codec.bit_rate = like.bit_rate or SILENT_BIT_RATE
    codec.time_base = Fraction(1, RATE_HZ)
    codec.open()
    frames = (count + RUN_UP_PACKETS) * codec.frame_size
    frame = AudioFrame(codec.format, codec.layout, frames)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.time_base, frame.pts = RATE_HZ, codec.time_base, 0
    packets = cast("list[Packet[Stream]]", [*codec.encode(frame), *codec.encode(None)])
    return packets[:count]
