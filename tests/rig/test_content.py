"""The rig is what recordings are measured with, so it is measured first: by the recorder's own sources, and by eye."""

import itertools
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import mss
import pytest

from capture.audio.pulse import PulseSource
from capture.recording import DEFAULT_DEVICE, Side
from tests.capture.audio.listening import Listener, onsets_ns
from tests.rig.content import COLOURS, Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.flash import SQUARE_PX, SQUARE_X_PX, SQUARE_Y_PX, read_flashes
from tests.rig.sound import RigFailed

LIMIT_S = 20.0
FLASHES = 3
TOLERANCE_NS = 10_000_000
"""Half of what a recording's own error may be."""


class Eyes:
    def __init__(self, display: str) -> None:
        self._mss = mss.MSS(display=display)

    def close(self) -> None:
        self._mss.close()

    def colour(self, x_px: int, y_px: int) -> int:
        """0xRRGGBB."""
        blue, green, red, _ = self._mss.grab((x_px, y_px, x_px + 1, y_px + 1)).raw
        return int(red) << 16 | int(green) << 8 | int(blue)

    def everything(self) -> bytes:
        return bytes(self._mss.grab(self._mss.monitors[0]).raw)

    def wait_for_change(self) -> bytes:
        before, deadline_s = self.everything(), time.monotonic() + LIMIT_S
        while (now := self.everything()) == before:
            assert time.monotonic() < deadline_s, "nothing moves"
        return now

    def flashes(self) -> Iterator[tuple[int, int]]:
        """For each: when the square was last seen black, and when first white, on the monotonic clock."""
        x_px, y_px = SQUARE_X_PX + SQUARE_PX // 2, SQUARE_Y_PX + SQUARE_PX // 2
        was_white, looked_ns = False, time.monotonic_ns()
        while True:
            before_ns = time.monotonic_ns()
            white = self.colour(x_px, y_px) == 0xFFFFFF
            if white and not was_white:
                yield looked_ns, time.monotonic_ns()
            was_white, looked_ns = white, before_ns
            time.sleep(0.0005)  # another look each half millisecond is enough


@pytest.fixture
def eyes(desktop: Desktop) -> Iterator[Eyes]:
    eyes = Eyes(desktop.display.name)
    yield eyes
    eyes.close()


def test_the_bars_are_of_the_colours_that_are_promised(desktop: Desktop, eyes: Eyes) -> None:
    bar_px = desktop.display.width_px // len(COLOURS)
    with showing(Mode.COLOURS, desktop.environment):
        for y_px in (0, desktop.display.height_px - 1):
            seen = [eyes.colour(bar * bar_px + bar_px // 2, y_px) for bar in range(len(COLOURS))]
            assert seen == list(COLOURS)


def test_the_slides_move(desktop: Desktop, eyes: Eyes) -> None:
    with showing(Mode.SLIDES, desktop.environment):
        assert eyes.wait_for_change() != eyes.wait_for_change()


def test_flash_and_beep_are_simultaneous_and_logged_as_they_were(
    desktop: Desktop, eyes: Eyes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in desktop.variables.items():
        monkeypatch.setenv(name, value)
    listener, ears, log = Listener(), PulseSource(DEFAULT_DEVICE, Side.SYSTEM), tmp_path / "flashes.jsonl"
    with showing(Mode.FLASH, desktop.environment, log):
        ears.start(listener.on_block, listener.on_event)
        seen = list(itertools.islice(eyes.flashes(), FLASHES))
        listener.wait_for_seconds(0.5)
        ears.stop()
    logged, heard_ns = read_flashes(log), onsets_ns(listener.blocks)
    assert len(logged) == len(seen) == len(heard_ns) + 1  # the first sound is not preceded by another
    for flash, (black_ns, white_ns) in zip(logged, seen, strict=True):
        assert black_ns <= flash.shown_ns
        assert white_ns >= flash.asked_ns
    for flash, onset_ns in zip(logged[1:], heard_ns, strict=True):
        assert abs(flash.heard_ns - onset_ns) < TOLERANCE_NS
    assert statistics.median(abs(flash.error_ns) for flash in logged) < TOLERANCE_NS


def test_content_without_a_display_is_a_loud_failure(desktop: Desktop) -> None:
    nowhere = {**desktop.environment, "DISPLAY": ":nowhere"}
    with pytest.raises(RigFailed, match="no X server answers"), showing(Mode.COLOURS, nowhere):
        pass


def test_a_flash_without_a_sound_server_is_a_loud_failure(desktop: Desktop, tmp_path: Path) -> None:
    silent = {**desktop.environment, "PULSE_SERVER": f"unix:{tmp_path}/nothing"}
    with pytest.raises(RigFailed, match="no sound server answers"), showing(Mode.FLASH, silent, tmp_path / "log"):
        pass
