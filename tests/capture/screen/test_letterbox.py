"""Pictures that are too large for the frame, by each of the means that shrink them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture import libyuv
from capture.screen.base import Pixels, VideoFormat
from capture.screen.geometry import Rectangle
from capture.screen.letterbox import Letterbox, ScaledByLibYuv, Shrink, load_shrink, place, scaled_by_numpy

VIDEO = VideoFormat(64, 36)
SHRINKS: list[Shrink] = [ScaledByLibYuv(), scaled_by_numpy]
SIZES = [(70, 40), (80, 45), (96, 54), (128, 72), (129, 73), (200, 101), (256, 144), (64, 100)]


def noise(width_px: int, height_px: int, seed: int = 3) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height_px, width_px, 4), dtype=np.uint8)


def gradient(width_px: int, height_px: int) -> Pixels:
    """From 0 to 200 across and down."""
    across, down = np.linspace(0, 200, width_px), np.linspace(0, 200, height_px)
    picture = np.zeros((height_px, width_px, 4), np.uint8)
    picture[..., 0], picture[..., 1], picture[..., 2] = across[None], down[:, None], 90
    return picture


@pytest.mark.parametrize("shrink", SHRINKS)
@pytest.mark.parametrize(
    ("picture_px", "shown"),
    [
        ((64, 36), Rectangle(0, 0, 64, 36)),
        ((65, 37), Rectangle(0, 0, 64, 36)),
        ((6, 4), Rectangle(29, 16, 6, 4)),
        ((128, 72), Rectangle(0, 0, 64, 36)),
        ((256, 80), Rectangle(0, 8, 64, 20)),
        ((70, 600), Rectangle(30, 0, 4, 36)),
    ],
)
def test_it_lies_in_the_middle(shrink: Shrink, picture_px: tuple[int, int], shown: Rectangle) -> None:
    letterbox = Letterbox(VIDEO, shrink)
    white = np.full((picture_px[1], picture_px[0], 4), 255, np.uint8)
    assert letterbox.draw(white, (0, picture_px[1])) == (0, 36)
    expected = np.zeros(letterbox.pixels.shape, int)
    expected[shown.slices()] = 255
    assert np.abs(letterbox.pixels - expected).max() <= 4, "means are rounded"


@pytest.mark.parametrize("shrink", SHRINKS)
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_keeps_its_look(shrink: Shrink, size: tuple[int, int]) -> None:
    """Two pixels of the gradient to either side: an odd last row or column is lost."""
    letterbox, video = Letterbox(VIDEO, shrink), place((size[0] & ~1, size[1] & ~1), VIDEO)
    letterbox.draw(gradient(*size), (0, size[1]))
    inside = letterbox.pixels[video.slices()].astype(int)
    step = 2 * 200 / min(video.width_px, video.height_px)
    assert np.abs(inside - gradient(video.width_px, video.height_px)).max() <= step


@pytest.mark.parametrize("shrink", SHRINKS)
@given(st.sampled_from(SIZES), st.integers(0, 100), st.integers(1, 30))
def test_rows_that_changed_are_all_that_must_be_drawn(
    shrink: Shrink, size: tuple[int, int], first: int, count: int
) -> None:
    width_px, height_px = size
    first = min(first, height_px - 1)
    last = min(first + count, height_px)
    picture = noise(*size)
    letterbox, whole = Letterbox(VIDEO, shrink), Letterbox(VIDEO, shrink)
    letterbox.draw(picture, (0, height_px))
    before = letterbox.pixels.copy()
    picture[first:last] = noise(width_px, last - first, seed=4)
    top, bottom = letterbox.draw(picture, (first, last))
    whole.draw(picture, (0, height_px))
    assert np.array_equal(letterbox.pixels, whole.pixels)
    changed = np.flatnonzero((before != whole.pixels).any(axis=(1, 2)))
    assert not len(changed) or top <= changed[0] <= changed[-1] < bottom


def test_without_the_library_it_works_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> object:
        message = "no such library"
        raise OSError(message)

    assert isinstance(load_shrink(), ScaledByLibYuv)
    monkeypatch.setattr(libyuv, "load", missing)
    assert load_shrink() is scaled_by_numpy
