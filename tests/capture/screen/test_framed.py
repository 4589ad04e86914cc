"""A picture of another size than the frame lies in the middle of it; one of the same size goes through as it is."""

import numpy as np

from capture.recording import TestPattern
from capture.screen.base import Frame, VideoFormat
from capture.screen.framed import Framed
from capture.screen.synthetic import DARK, SyntheticScreen
from tests.fakes.clock import FakeClock

SMALL = TestPattern(64, 36)


def look(frame: VideoFormat) -> Frame:
    source = Framed(SyntheticScreen(SMALL, FakeClock(0)), frame)
    assert source.open() == frame
    seen = source.read()
    source.close()
    assert isinstance(seen, Frame)
    return seen


def test_a_small_picture_is_put_in_the_middle() -> None:
    seen = look(VideoFormat(128, 96))
    assert seen.pixels.shape == (96, 128, 4)
    assert seen.changed_rows == (0, 96)
    inside = seen.pixels[30:66, 32:96]
    assert tuple(inside[0, 0]) == DARK
    outside = seen.pixels.copy()
    outside[30:66, 32:96] = 0
    assert not np.any(outside[..., :3])


def test_a_large_picture_is_shrunk() -> None:
    seen = look(VideoFormat(32, 32))
    assert seen.pixels.shape == (32, 32, 4)
    assert not np.any(seen.pixels[:6, :, :3]), "black above"
    assert tuple(seen.pixels[8, 0]) == DARK


def test_a_picture_that_fits_is_left_alone() -> None:
    seen = look(VideoFormat(SMALL.width_px, SMALL.height_px))
    assert seen.pixels.shape == (36, 64, 4)
