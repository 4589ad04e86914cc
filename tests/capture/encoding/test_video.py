from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from capture.encoding.cadence import HEARTBEAT_NS
from capture.encoding.movie import Movie
from capture.encoding.profiles import load_profile
from capture.errors import EncoderError
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat
from tests.capture.encoding.pictures import Film, Shown, picture, watch
from tests.fakes.sources import RGB, bars

MS = 1_000_000
SIZE = VideoFormat(640, 360)
BARS: tuple[RGB, ...] = (
    *((255, 255, 255), (0, 0, 0), (128, 128, 128), (255, 0, 0), (0, 255, 0)),
    *((0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255), (29, 78, 137)),
)
GREY: tuple[RGB, ...] = ((90, 90, 90),)
KEYFRAMES_S = 4.0
END_S = 12.0


def movie(path: Path, profile: str = "balanced") -> Movie:
    chosen = replace(load_profile(profile), keyframe_interval_s=KEYFRAMES_S)
    return Movie(path, SIZE, 30, chosen, with_sound=False)


@pytest.fixture(scope="module", params=["balanced", "small"])
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Bars that stand until 6 s, grey at 6 s, bars again at 6.1 s and 11 s, and then nothing until 12 s."""
    path = tmp_path_factory.mktemp("film") / "video.mp4"
    recorded = movie(path, request.param)
    changes = {0: BARS, 6000: GREY, 6100: BARS, 11_000: GREY}
    for at_ms in range(0, 11_040, 20):
        if at_ms in changes:
            recorded.show(picture(bars(changes[at_ms])), at_ms * MS)
        recorded.beat(at_ms * MS)
    recorded.finish(round(END_S * NS_PER_S))
    recorded.close()
    return watch(path)


def farthest(shown: Shown) -> float:
    """How far the worst bar is from what was drawn, in levels of 0 to 255."""
    width = SIZE.width_px // len(BARS)
    middles = [slice(number * width + 16, (number + 1) * width - 16) for number in range(len(BARS))]
    seen = np.array([shown.rgb[20:340, middle].mean(axis=(0, 1)) for middle in middles])
    return float(np.abs(seen - np.array(BARS)).max())


def test_colours_are_those_that_were_drawn(film: Film) -> None:
    assert farthest(film.pictures[0]) <= 3
    assert farthest(film.pictures[-4]) <= 5  # by its difference from another picture, coarsely quantised


def test_the_file_says_which_colours_it_means(film: Film) -> None:
    bt601, limited = 6, 1
    assert (film.colorspace, film.color_range) == (bt601, limited)


def test_a_key_frame_comes_only_with_a_change(film: Film) -> None:
    """Not at 4 s, where nothing moves, nor at 6.1 s, where there was one just before."""
    assert [round(shown.at_s, 2) for shown in film.pictures if shown.is_key] == [0, 6, 11]


def test_a_picture_that_stands_is_repeated(film: Film) -> None:
    times = [shown.at_s for shown in film.pictures]
    assert max(later - earlier for earlier, later in pairwise(times[:-1])) <= HEARTBEAT_NS / NS_PER_S + 0.021
    assert {0, 0.5, 1, 5.5, 6, 6.1, 6.6, 11} <= {round(time_s, 2) for time_s in times}


def test_the_last_picture_stands_to_the_end(film: Film) -> None:
    assert film.duration_s == pytest.approx(END_S, abs=0.001)
    assert film.pictures[-1].rgb.mean() == pytest.approx(GREY[0][0], abs=3)


def test_no_picture_is_lost_for_its_time(tmp_path: Path) -> None:
    """Two at one instant, as at the seam of a pause: the later one stands."""
    recorded = movie(tmp_path / "video.mp4")
    recorded.show(picture(bars(BARS)), 0)
    recorded.show(picture(bars(GREY)), 0)
    recorded.finish(NS_PER_S)
    recorded.close()
    film = watch(tmp_path / "video.mp4")
    assert film.pictures[-1].rgb.mean() == pytest.approx(GREY[0][0], abs=3)
    assert film.duration_s == pytest.approx(1, abs=0.001)


def test_a_recording_shorter_than_a_picture(tmp_path: Path) -> None:
    recorded = movie(tmp_path / "video.mp4")
    recorded.show(picture(bars(GREY)), 0)
    recorded.finish(MS)
    recorded.close()
    assert len(watch(tmp_path / "video.mp4").pictures) == 1


def test_an_encoder_that_is_not_there(tmp_path: Path) -> None:
    profile = replace(load_profile("balanced"), video_codec="cinepak9")
    with pytest.raises(EncoderError):
        Movie(tmp_path / "video.mp4", SIZE, 30, profile, with_sound=False)
