"""Picture and sound in time: a flash and a beep of one instant, found again in the recorded file."""

import itertools
import statistics
import time
from datetime import datetime
from pathlib import Path

import numpy as np

from capture.recording import NS_PER_S
from tests.end_to_end.afterword import Running
from tests.end_to_end.media import RATE_HZ, pictures, sound
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.flash import SQUARE_PX, SQUARE_X_PX, SQUARE_Y_PX, read_flashes

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
    """The content program knows by how much it missed its own instant; that is not the recorder's doing."""
    log = tmp_path / "flashes.jsonl"
    with showing(Mode.FLASH, desktop.environment, log):
        record = ("record", "--duration", "16", "--no-deliver")
        with Running(desktop.environment, "--basedir", tmp_path, *record) as running:
            done = running.finish()
    assert done.exit_status == 0, done.words
    movie = Path(done.document["directory"]) / "video_mixed.mp4"
    beeps, flashes = np.array(beeps_s(movie)), flashes_s(movie)[1:]
    started_s = monotonic_s(done.document["started_at"])
    logged = read_flashes(log)
    offsets_ms = []
    for flash_s in flashes:
        known = min(logged, key=lambda each: abs(each.shown_ns / NS_PER_S - started_s - flash_s))
        beep_s = beeps[np.abs(beeps - flash_s).argmin()]
        offsets_ms.append((beep_s - flash_s) * 1000 + known.error_ns / 1e6)
    assert len(offsets_ms) >= 5
    assert abs(statistics.median(offsets_ms)) <= 40, offsets_ms


def monotonic_s(moment: str) -> float:
    """A date of a few seconds ago on the clock that the content program logs by."""
    return datetime.fromisoformat(moment).timestamp() - time.time() + time.monotonic()
