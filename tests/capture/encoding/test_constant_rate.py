"""The editing profile: a grid without a hole, in a file that is ordinary once it is closed."""

from fractions import Fraction
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.encoding.movie import Movie
from capture.encoding.profiles import load_profile
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat
from tests.capture.decoding import onsets_s, sound
from tests.capture.encoding.pictures import picture
from tests.fakes.sources import bars, silence

MS = 1_000_000
SIZE = VideoFormat(64, 64)
PICTURES = [picture(bars([(level, level, level)], 64, 64)) for level in range(0, 250, 10)]


def boxes(path: Path) -> list[str]:
    """The names of an MP4's outermost parts."""
    data, at, names = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        names.append(data[at + 4 : at + 8].decode())
        size = int.from_bytes(data[at : at + 4], "big")
        at += int.from_bytes(data[at + 8 : at + 16], "big") if size == 1 else size or len(data)
    return names


def watched(path: Path) -> list[tuple[Fraction, int]]:
    """When each picture comes, and which it is."""
    with av.open(str(path)) as container:
        return [
            (
                (frame.pts or 0) * (frame.time_base or Fraction(1)),
                round(float(frame.to_ndarray(format="gray").mean()) / 10),
            )
            for frame in container.decode(video=0)
        ]


def expected(changes_ms: list[int], end_ms: int, fps: int) -> list[int]:
    """The last change before the end of each cell; what comes first also stands for what was before."""
    cells = max(1, round(Fraction(end_ms * fps, 1000)))
    numbers = []
    for cell in range(cells):
        before = [number for number, at_ms in enumerate(changes_ms) if at_ms * fps < (cell + 1) * 1000]
        numbers.append(before[-1] if before else 0)
    return numbers


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fps=st.sampled_from([1, 7, 24, 30, 60]),
    gaps_ms=st.lists(st.integers(1, 400), min_size=1, max_size=20),
    rest_ms=st.integers(1, 1500),
)
def test_every_interval_is_the_same(tmp_path: Path, fps: int, gaps_ms: list[int], rest_ms: int) -> None:
    path = tmp_path / "video.mp4"
    film = Movie(path, SIZE, fps, load_profile("editing"), with_sound=False)
    changes_ms, at_ms = [], 0
    for number, gap_ms in enumerate(gaps_ms):
        film.show(PICTURES[number], at_ms * MS)
        film.beat((at_ms + gap_ms // 2) * MS)
        changes_ms.append(at_ms)
        at_ms += gap_ms
    end_ms = at_ms + rest_ms
    film.finish(end_ms * MS)
    film.close()
    shown = watched(path)
    assert [at_s for at_s, _ in shown] == [Fraction(cell, fps) for cell in range(len(shown))]
    assert [number for _, number in shown][: len(expected(changes_ms, end_ms, fps)) - 1] == (
        expected(changes_ms, end_ms, fps)[:-1]
    )
    assert len(shown) == len(expected(changes_ms, end_ms, fps))


def test_it_is_safe_while_it_grows_and_ordinary_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    film = Movie(path, SIZE, 30, load_profile("editing"), with_sound=False)
    film.show(PICTURES[0], 0)
    film.beat(3 * NS_PER_S)
    growing = boxes(path)
    film.finish(3 * NS_PER_S)
    film.close()
    assert "moof" in growing
    assert boxes(path)[0] == "ftyp"
    assert "moov" in boxes(path)
    assert "moof" not in boxes(path)
    assert film.repeated == 89


@pytest.mark.parametrize("fps", [7, 30, 60])
def test_sound_does_not_disturb_the_grid(fps: int, tmp_path: Path) -> None:
    """And keeps its time: a click at each third of a second."""
    path = tmp_path / "video.mp4"
    film = Movie(path, SIZE, fps, load_profile("editing"), with_sound=True)
    film.show(PICTURES[1], 0)
    for third in range(9):
        piece = silence(1 / 3, channels=2)
        piece[8000:8048] = 0.8
        film.sound(piece)
        film.beat((third + 1) * NS_PER_S // 3)
    film.finish(3 * NS_PER_S)
    film.close()
    assert [at_s for at_s, _ in watched(path)] == [Fraction(cell, fps) for cell in range(3 * fps)]
    assert onsets_s(sound(path)) == pytest.approx([third / 3 + 1 / 6 for third in range(9)], abs=0.002)


@pytest.mark.parametrize("fps", [7, 30])
def test_two_pictures_in_one_cell_are_the_later_one(fps: int, tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    film = Movie(path, SIZE, fps, load_profile("editing"), with_sound=False)
    film.show(PICTURES[1], 0)
    film.show(PICTURES[2], MS)
    film.finish(NS_PER_S)
    film.close()
    assert watched(path)[0] == (Fraction(0), 2)
