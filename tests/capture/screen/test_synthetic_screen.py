import numpy as np
import pytest

from capture.recording import TestPattern as Pattern
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.screen.synthetic import SyntheticScreen
from capture.synthetic import FLASH_LENGTH_NS, FLASH_PERIOD_NS
from tests.fakes.clock import FakeClock

LOOK_NS = 20_000_000


@pytest.mark.parametrize(("asked", "given"), [((640, 360), (640, 360)), ((641, 361), (640, 360))])
def test_both_sides_are_even(asked: tuple[int, int], given: tuple[int, int]) -> None:
    assert SyntheticScreen(Pattern(*asked), FakeClock()).open() == VideoFormat(*given)


def test_it_flashes_on_the_schedule() -> None:
    clock = FakeClock(7 * FLASH_PERIOD_NS - 2 * LOOK_NS)
    screen = SyntheticScreen(Pattern(64, 36), clock)
    screen.open()
    frames = []
    for _ in range(FLASH_PERIOD_NS // LOOK_NS):
        look = screen.read()
        assert look.captured_ns == clock.now_ns()
        if isinstance(look, Frame):
            frames.append((look.captured_ns - 7 * FLASH_PERIOD_NS, look.pixels[18, 32, 0] == 255))
        clock.advance(LOOK_NS)
    assert frames == [(-2 * LOOK_NS, False), (0, True), (FLASH_LENGTH_NS, False)]


def test_the_changed_rows_are_all_that_changed() -> None:
    clock = FakeClock(FLASH_PERIOD_NS - 1)
    screen = SyntheticScreen(Pattern(64, 36), clock)
    screen.open()
    dark = screen.read()
    assert isinstance(dark, Frame)
    assert dark.changed_rows == (0, 36)
    before = dark.pixels.copy()
    clock.advance(1)
    light = screen.read()
    assert isinstance(light, Frame)
    changed = np.flatnonzero((before != light.pixels).any(axis=(1, 2)))
    assert light.changed_rows == (changed[0], changed[-1] + 1)


def test_it_begins_anew_when_it_is_opened_again() -> None:
    screen = SyntheticScreen(Pattern(64, 36), FakeClock())
    screen.open()
    assert isinstance(screen.read(), Frame)
    assert isinstance(screen.read(), Unchanged)
    screen.close()
    screen.close()
    screen.open()
    assert isinstance(screen.read(), Frame)
