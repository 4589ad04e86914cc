"""Both ways to make colours ready for the encoder."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from capture.encoding.converter import Converter, Kernel, LibYuv, Picture, SwScale
from capture.screen.base import Frame, Pixels

WIDTH_PX, HEIGHT_PX = 64, 48
COLOURS = (
    *((255, 255, 255), (0, 0, 0), (128, 128, 128), (255, 0, 0), (0, 255, 0), (0, 0, 255)),
    *((255, 255, 0), (0, 255, 255), (255, 0, 255), (29, 78, 137), (250, 248, 240), (20, 24, 40)),
)
"""Red, green, blue."""

KERNELS: tuple[type[Kernel], ...] = (LibYuv, SwScale)


@pytest.fixture(params=KERNELS)
def kernel(request: pytest.FixtureRequest) -> Kernel:
    kernel: type[Kernel] = request.param
    return kernel()


def memory(picture: Picture) -> NDArray[np.uint8]:
    """Luma and chroma as they lie; the picture is too small for padding."""
    return picture.planes.to_ndarray().astype(np.uint8, copy=False)


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT_PX, WIDTH_PX, 4), dtype=np.uint8)


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_come_back(kernel: Kernel, colour: tuple[int, int, int]) -> None:
    """By BT.601 in limited range, the other way round."""
    pixels = np.empty((HEIGHT_PX, WIDTH_PX, 4), np.uint8)
    pixels[:] = (*reversed(colour), 255)
    planes = memory(Converter(kernel).convert(Frame(pixels, 0, (0, HEIGHT_PX))))
    chroma = planes[HEIGHT_PX:].reshape(2, -1)
    y, (cb, cr) = (planes[0, 0] - 16.0) / 219, (chroma[:, 0] - 128.0) / 224
    decoded = np.array([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb]) * 255
    assert np.abs(decoded.clip(0, 255) - colour).max() <= 3


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, HEIGHT_PX - 1), st.integers(1, 20), st.integers(0, 99)), max_size=6))
def test_bands_make_the_same_picture_as_the_whole(bands: list[tuple[int, int, int]]) -> None:
    """Odd rows too: two rows share their chroma."""
    for kernel in (LibYuv(), SwScale()):
        by_bands, pixels = Converter(kernel), noise(100)
        picture = by_bands.convert(Frame(pixels, 0, (0, HEIGHT_PX)))
        for first, height, seed in bands:
            last = min(HEIGHT_PX, first + height)
            pixels = pixels.copy()
            pixels[first:last] = noise(seed)[first:last]
            picture = by_bands.convert(Frame(pixels, 0, (first, last)))
        whole = Converter(kernel).convert(Frame(pixels, 0, (0, HEIGHT_PX)))
        assert (memory(picture) == memory(whole)).all()


def test_a_picture_is_never_written_to_again(kernel: Kernel) -> None:
    """It may wait for the encoder while others are made."""
    converter = Converter(kernel)
    picture = converter.convert(Frame(noise(1), 0, (0, HEIGHT_PX)))
    before = memory(picture).copy()
    converter.convert(Frame(noise(2), 1, (10, 20)))
    converter.convert(Frame(noise(3), 2, (0, HEIGHT_PX)))
    assert (memory(picture) == before).all()


def test_both_make_the_same_luma() -> None:
    """So that a file does not show which of them there was."""
    by_yuv, by_sws = (
        memory(Converter(kernel()).convert(Frame(noise(4), 0, (0, HEIGHT_PX)))).astype(int) for kernel in KERNELS
    )
    assert np.abs(by_yuv - by_sws)[:HEIGHT_PX].max() <= 2
