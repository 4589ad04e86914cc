"""How far picture and sound of a recording are apart, and whether they drift: a flash and a beep of one instant."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import av
import numpy as np

from tests.end_to_end.afterword import Running
from tests.end_to_end.media import RATE_HZ
from tests.rig.content import Mode, showing
from tests.rig.desktop import private_desktop
from tests.rig.flash import SQUARE_PX, SQUARE_X_PX, SQUARE_Y_PX, Flash, read_flashes
from tests.rig.sound import RigFailed, end

BRIGHT = 128
LOUD = 0.05
BEEP_APART_S = 0.5
SAME_S = 0.9
"""Less than half the time from one flash to the next."""

FEWEST = 4
"""The first one is left out, and a slope needs some."""

NS_PER_S = 1_000_000_000
MIDDLE_X_PX, MIDDLE_Y_PX = SQUARE_X_PX + SQUARE_PX // 2, SQUARE_Y_PX + SQUARE_PX // 2


class Load(StrEnum):
    IDLE = "idle"
    BUSY = "busy"
    """As many programs as there are processors, each of which wants one."""


@dataclass(frozen=True, slots=True)
class Offset:
    """Positive where the sound comes late. ``own_ms``: what the flashing program itself was off, already taken off."""

    at_s: float
    ms: float
    own_ms: float


@dataclass(frozen=True, slots=True)
class Sync:
    load: Load
    minutes: float
    offsets: Sequence[Offset]

    @property
    def median_ms(self) -> float:
        return float(np.median([offset.ms for offset in self.offsets]))

    @property
    def p95_ms(self) -> float:
        """Of the distance, whatever its direction."""
        return float(np.percentile([abs(offset.ms) for offset in self.offsets], 95))

    @property
    def slope_ms_per_min(self) -> float:
        minutes = [offset.at_s / 60 for offset in self.offsets]
        return float(np.polyfit(minutes, [offset.ms for offset in self.offsets], 1)[0])


def measure(load: Load, minutes: float, folder: Path) -> Sync:
    """Raises ``RigFailed`` where nothing could be measured."""
    log = folder / f"{load}.jsonl"
    with private_desktop() as desktop, showing(Mode.FLASH, desktop.environment, log), _loaded(load):
        running = Running(desktop.environment, "--basedir", folder / load, "record", "--no-deliver")
        began_ns = time.monotonic_ns()
        time.sleep(minutes * 60)
        running.signal(signal.SIGINT)
        done = running.finish()
    if done.exit_status:
        raise RigFailed(done.words)
    movie = Path(done.document["directory"]) / "video_mixed.mp4"
    return Sync(load, minutes, offsets(movie, read_flashes(log), began_ns))


def offsets(movie: Path, flashes: Sequence[Flash], began_ns: int) -> list[Offset]:
    """``began_ns``: when the recording began on the monotonic clock, to half a second."""
    beeps_s = np.array(_beeps_s(movie))
    found = []
    for flash_s in _flashes_s(movie):
        flash = min(flashes, key=lambda each: abs(each.shown_ns - began_ns - flash_s * NS_PER_S))
        beep_s = beeps_s[np.abs(beeps_s - flash_s).argmin()]
        if abs(beep_s - flash_s) < SAME_S and abs(flash.shown_ns - began_ns - flash_s * NS_PER_S) < SAME_S * NS_PER_S:
            own_ms = flash.error_ns / 1e6
            found.append(Offset(flash_s, (beep_s - flash_s) * 1000 + own_ms, own_ms))
    if len(found) < FEWEST:
        message = f"{movie.name} shows {len(found)} flashes with a beep"
        raise RigFailed(message)
    return found[1:]


def _flashes_s(movie: Path) -> Iterator[float]:
    """When the square turns white, from the file's beginning; one picture in memory at a time."""
    was_lit = True
    with av.open(str(movie)) as container:
        zero_s = (container.start_time or 0) / av.time_base
        for frame in container.decode(video=0):
            is_lit = bool(frame.to_ndarray(format="gray")[MIDDLE_Y_PX, MIDDLE_X_PX] > BRIGHT)
            if is_lit and not was_lit:
                yield float(frame.time or 0) - zero_s
            was_lit = is_lit


def _beeps_s(movie: Path) -> list[float]:
    """When each begins, from the file's beginning; where the sound begins later, there is silence before it."""
    decode = ("ffmpeg", "-v", "error", "-i", str(movie), "-vn", "-af", "aresample=async=1:first_pts=0")
    raw = ("-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le", "-")
    heard = np.frombuffer(subprocess.run((*decode, *raw), capture_output=True, check=True).stdout, np.float32)
    loud_s = np.flatnonzero(np.abs(heard) > LOUD) / RATE_HZ
    return [float(at_s) for at_s in loud_s[np.diff(loud_s, prepend=-BEEP_APART_S * 2) > BEEP_APART_S]]


@contextlib.contextmanager
def _loaded(load: Load) -> Iterator[None]:
    count = (os.cpu_count() or 1) if load is Load.BUSY else 0
    spinning = [subprocess.Popen((sys.executable, "-c", "while True: pass")) for _ in range(count)]
    try:
        yield
    finally:
        for process in spinning:
            end(process)
