"""One file, several encoders in turn: the headers must be the same, and every picture must be there."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from capture.encoding.catalogue import read_catalogue
from capture.encoding.codec import open_codec
from capture.encoding.content import BUSY_SHARE, HEAVY_BITS_PER_PIXEL, Content
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import Tuning, load_profile
from capture.encoding.video import VideoEncoder
from capture.recording import NS_PER_S
from capture.screen.base import Pixels, VideoFormat
from tests.capture.encoding.pictures import picture

SIZE = VideoFormat(320, 192)
FPS = 30
TUNED = [name for name, entry in read_catalogue().items() if "tunings" in entry]
RANDOM = np.random.default_rng(1)

Scene = Callable[[int], Pixels]


def video(number: int) -> Pixels:
    """A camera's picture: other noise each time."""
    return np.random.default_rng(number).integers(0, 255, (SIZE.height_px, SIZE.width_px, 4), np.uint8)


PAGE = np.repeat(RANDOM.integers(0, 2, (4000, SIZE.width_px, 1), np.uint8) * 255, 4, axis=2)


def scrolling(number: int) -> Pixels:
    """A page that moves up by 19 rows, ten times a second."""
    top = number // 3 * 19
    return PAGE[top : top + SIZE.height_px]


LEVELS = 20 + np.arange(150) * 37 % 211
"""No two neighbours alike: a coarse quantiser swallows a change by a shade or two."""


def grey(number: int) -> Pixels:
    """Tells its number by how bright it is."""
    return np.full((SIZE.height_px, SIZE.width_px, 4), LEVELS[number], np.uint8)


def play(encoder: VideoEncoder, scene: Scene, from_s: int, to_s: int) -> None:
    before: Pixels | None = None
    for number in range(from_s * FPS, to_s * FPS):
        pixels = scene(number)
        if before is None or not np.array_equal(before, pixels):
            encoder.encode(picture(pixels), number * NS_PER_S // FPS)
        before = pixels


def brightness(path: Path) -> NDArray[np.float64]:
    with av.open(str(path)) as container:
        return np.array([frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)])


@pytest.mark.parametrize("name", TUNED)
def test_headers_do_not_tell_one_tuning_from_another(name: str) -> None:
    profile = load_profile(name)
    headers = {bytes(open_codec(profile, tuning, SIZE, FPS).extradata or b"") for tuning in Tuning}
    assert len(headers) == 1
    assert headers != {b""}


@pytest.mark.parametrize("name", TUNED)
def test_every_picture_survives_a_change(name: str, tmp_path: Path) -> None:
    """Coarse in the midst of a group and fine again at the next key frame; 150 pictures, each of its own grey."""
    muxer = Muxer(tmp_path / "video.mp4")
    encoder = VideoEncoder(muxer, SIZE, FPS, load_profile(name))
    tunings = []
    for number in range(150):
        encoder.coarsen(coarse=20 <= number < 40)
        encoder.encode(picture(grey(number)), number * NS_PER_S * 2 // FPS)
        tunings.append(encoder.tuning)
    encoder.finish(10 * NS_PER_S)
    muxer.close()
    assert tunings[19:21] == [Tuning.TEXT, Tuning.COARSE]
    assert tunings[-1] is Tuning.TEXT
    seen = brightness(tmp_path / "video.mp4")
    assert np.abs(seen[:150] - LEVELS).max() < 8


def test_coarse_is_smaller(tmp_path: Path) -> None:
    sizes = []
    for coarse in (False, True):
        path = tmp_path / f"{coarse}.mp4"
        muxer = Muxer(path)
        encoder = VideoEncoder(muxer, SIZE, FPS, load_profile("balanced"))
        encoder.coarsen(coarse=coarse)
        encoder.encode(picture(video(0)), 0)
        play(encoder, video, 1, 2)
        encoder.finish(2 * NS_PER_S)
        muxer.close()
        sizes.append(path.stat().st_size)
    assert sizes[1] < sizes[0] / 1.5


def test_the_search_follows_the_content(tmp_path: Path) -> None:
    """A video from 4 s to 9 s, a page that scrolls before and after: found within a second, left at a key frame."""
    muxer = Muxer(tmp_path / "video.mp4")
    encoder = VideoEncoder(muxer, SIZE, FPS, load_profile("balanced"))
    tunings = []
    for second in range(18):
        play(encoder, video if 4 <= second < 9 else scrolling, second, second + 1)
        tunings.append(encoder.tuning)
    encoder.finish(18 * NS_PER_S)
    muxer.close()
    assert set(tunings[:5]) == {Tuning.TEXT}
    assert set(tunings[5:9]) == {Tuning.MOTION}
    assert tunings[-1] is Tuning.TEXT


@given(changes=st.integers(0, 60), size_bytes=st.integers(0, 10**6))
def test_video_is_what_changes_always_and_costs_much(changes: int, size_bytes: int) -> None:
    """In the last second; what was before does not count."""
    content = Content(SIZE, FPS)
    for number in range(changes):
        content.add_change(NS_PER_S + number * NS_PER_S // 60)
    content.add_bytes(size_bytes)
    pixels = changes * SIZE.width_px * SIZE.height_px
    is_video = changes >= BUSY_SHARE * FPS and size_bytes * 8 >= HEAVY_BITS_PER_PIXEL * pixels
    assert content.judge(2 * NS_PER_S) is (Tuning.MOTION if is_video else Tuning.TEXT)
    assert content.judge(4 * NS_PER_S) is Tuning.TEXT


@pytest.mark.parametrize(
    ("video", "rate_fps", "sure_s"), [((1280, 720), 30, 1), ((1920, 1080), 60, 0.5), ((3840, 2160), 30, 0.25)]
)
def test_large_pictures_are_judged_sooner(video: tuple[int, int], rate_fps: int, sure_s: float) -> None:
    assert Content(VideoFormat(*video), rate_fps).sure_ns == sure_s * NS_PER_S
