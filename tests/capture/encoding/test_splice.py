"""Pieces spliced: every packet is there as it was, and every sound and picture where it belongs."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.encoding.movie import Movie
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import load_profile
from capture.encoding.sound_file import SoundFile
from capture.encoding.splice import GRID_NS, RUN_UP_NS, Piece, next_start_ns, splice
from capture.errors import EncoderError
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat
from tests.capture.decoding import onsets_s, sound
from tests.capture.encoding.pictures import picture, watch

LENGTHS_S = (2.0, 3.3, 1.7)
BEEPS_S = (0.1, 0.5, 1.0)
"""After the beginning of each piece."""
SIZE = VideoFormat(320, 192)
SHORTEST_BEEP_S = 0.05


def beeps(length_s: float) -> Samples:
    samples = np.zeros((round(length_s * RATE_HZ), 2), np.float32)
    for at_s in BEEPS_S:
        at = np.arange(round(SHORTEST_BEEP_S * RATE_HZ))
        wave = 0.5 * np.sin(2 * np.pi * 1000 * at / RATE_HZ)
        samples[round(at_s * RATE_HZ) :][: len(at)] = wave[:, np.newaxis]
    return samples


def record_sound(path: Path, length_s: float) -> None:
    file = SoundFile(Muxer(path), 2, 96_000)
    file.write(beeps(length_s))
    file.close()


def record_movie(path: Path, length_s: float, size: VideoFormat = SIZE) -> None:
    """A grey picture that brightens with every tenth of a second."""
    movie = Movie(path, size, 30, load_profile("balanced"), with_sound=True)
    for tenth in range(round(length_s * 10)):
        grey = np.full((size.height_px, size.width_px, 4), 50 + tenth * 5, np.uint8)
        movie.show(picture(grey), tenth * NS_PER_S // 10)
    movie.sound(beeps(length_s))
    movie.finish(round(length_s * NS_PER_S))
    movie.close()


def record(path: Path, length_s: float) -> None:
    (record_movie if path.suffix == ".mp4" else record_sound)(path, length_s)


def pieces_of(folder: Path, suffix: str) -> Sequence[Piece]:
    pieces, start_ns = [], 0
    for number, length_s in enumerate(LENGTHS_S):
        piece = Piece(folder / f"{number}{suffix}", start_ns)
        record(piece.path, length_s)
        pieces.append(piece)
        start_ns = next_start_ns(start_ns + round(length_s * NS_PER_S))
    return pieces


def packets(path: Path) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.size:
                found.setdefault(packet.stream.index, []).append(bytes(packet))
    return found


@pytest.mark.parametrize("suffix", [".mp4", ".mp3", ".ogg"])
def test_nothing_is_lost_or_moved(suffix: str, tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path, suffix)
    joined = tmp_path / f"joined{suffix}"
    splice(pieces, joined)
    whole = packets(joined)
    for piece in pieces:
        for track, own in packets(piece.path).items():
            inside = iter(whole[track])
            assert all(packet in inside for packet in own), "each packet as it was, in its order"
    expected = [piece.start_ns / NS_PER_S + at_s for piece in pieces for at_s in onsets_s(sound(piece.path))]
    assert len(expected) == len(pieces) * len(BEEPS_S)
    assert onsets_s(sound(joined)) == pytest.approx(expected, abs=0.001)
    subprocess.run(("ffmpeg", "-v", "error", "-xerror", "-i", joined, "-f", "null", "-"), check=True, timeout=60)


def test_pictures_stand_until_the_next_piece(tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path, ".mp4")
    joined = tmp_path / "joined.mp4"
    splice(pieces, joined)
    film = watch(joined)
    expected = [
        (piece.start_ns / NS_PER_S + picture.at_s, picture.rgb.mean())
        for piece in pieces
        for picture in watch(piece.path).pictures
    ]
    assert [picture.at_s for picture in film.pictures] == pytest.approx([at_s for at_s, _ in expected], abs=0.001)
    assert [picture.rgb.mean() for picture in film.pictures] == pytest.approx([grey for _, grey in expected], abs=0.01)
    assert film.duration_s == pytest.approx(pieces[-1].start_ns / NS_PER_S + LENGTHS_S[-1], abs=0.05)


@pytest.mark.parametrize("suffix", [".mp4", ".mp3", ".ogg"])
def test_silence_comes_before_a_piece_that_begins_late(suffix: str, tmp_path: Path) -> None:
    record(tmp_path / f"late{suffix}", 2.0)
    splice([Piece(tmp_path / f"late{suffix}", 2 * GRID_NS)], tmp_path / f"joined{suffix}")
    expected = [2 * GRID_NS / NS_PER_S + at_s for at_s in onsets_s(sound(tmp_path / f"late{suffix}"))]
    assert onsets_s(sound(tmp_path / f"joined{suffix}")) == pytest.approx(expected, abs=0.001)


def test_pieces_of_different_sizes_are_refused(tmp_path: Path) -> None:
    record_movie(tmp_path / "0.mp4", 1.5)
    record_movie(tmp_path / "1.mp4", 1.5, VideoFormat(160, 96))
    pieces = [Piece(tmp_path / "0.mp4", 0), Piece(tmp_path / "1.mp4", 2 * GRID_NS)]
    with pytest.raises(EncoderError, match="coded differently"):
        splice(pieces, tmp_path / "joined.mp4")
    assert not (tmp_path / "joined.mp4").exists()


@given(st.integers(0, 10**15))
def test_a_piece_begins_on_the_grid_and_clear_of_the_one_before(end_ns: int) -> None:
    start_ns = next_start_ns(end_ns)
    assert start_ns % GRID_NS == 0
    assert RUN_UP_NS <= start_ns - end_ns < RUN_UP_NS + GRID_NS
