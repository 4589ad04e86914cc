"""Picture and sound in time: a flash and a beep of one instant, found again in the recorded file."""

import itertools
import statistics
from pathlib import Path

import numpy as np

from tests.end_to_end.afterword import Running
from tests.end_to_end.media import RATE_HZ, pictures, sound
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.flash import SQUARE_PX, SQUARE_X_PX, SQUARE_Y_PX

BRIGHT = 128
LOUD = 0.05
APART_S = 0.5


def flashes_s(movie: Path) -> list[float]:
    """When the square turns white."""
    middle_y, middle_x = SQUARE_Y_PX + SQUARE_PX // 2, SQUARE_X_PX + SQUARE_PX // 2
    lit = [(at_s, picture[middle_y, middle_x].mean() > BRIGHT) for at_s, picture in pictures(movie)]
    return [at_s for (_, before), (at_s, now) in itertools.pairwise(lit) if now and not before]


def beeps_s(movie: Path) -> list[float]:
    """When the tone begins, to the millisecond."""
    heard = sound(movie)
    window = RATE_HZ // 1000
    loud = np.abs(heard[: len(heard) // window * window].reshape(-1, window)).max(axis=1) > LOUD
    begins = [float(at) / 1000 for at in np.flatnonzero(loud)]
    return [at for before, at in zip([-APART_S, *begins], begins, strict=False) if at - before > APART_S]


def test_flash_and_beep_stay_together(desktop: Desktop, tmp_path: Path) -> None:
    with showing(Mode.FLASH, desktop.environment, tmp_path / "flashes.jsonl"):
        running = Running(desktop.environment, "--basedir", tmp_path, "record", "--duration", "16", "--no-deliver")
        done = running.finish()
    assert done.exit_status == 0, done.words
    movie = Path(done.document["directory"]) / "video_mixed.mp4"
    beeps = np.array(beeps_s(movie))
    offsets_ms = [(beeps[np.abs(beeps - flash).argmin()] - flash) * 1000 for flash in flashes_s(movie)[1:]]
    assert len(offsets_ms) >= 5
    assert abs(statistics.median(offsets_ms)) <= 40, offsets_ms
    assert max(map(abs, offsets_ms)) <= 100, offsets_ms
