"""``python -m tests.benchmarks.capture.player KIND RATE LOG``: shows a film until the process ends.

On ``WAYLAND_DISPLAY``, if there is one, each update is a new state of the window. Else, on ``DISPLAY``, it is one
request to the X server, which copies from memory that it shares with us. Either way a recorder sees the picture with
its number or the one before, never a mixture. Which numbers were really shown, and when, goes to ``LOG``.
"""

import argparse
import contextlib
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol

from tests.benchmarks.capture import stamp
from tests.benchmarks.capture.film import Area, Film, Kind, make
from tests.benchmarks.capture.shared_window import SharedWindow
from tests.benchmarks.capture.stamp import Pixels
from tests.benchmarks.capture.wayland_window import WaylandWindow
from tests.rig.sound import RigFailed, end

ROOT = Path(__file__).parents[3]
READY = "ready"

START_LIMIT_S = 120.0
"""A film of 4K is painted in 20 s."""

NS_PER_S = 1_000_000_000
WAYLAND = "WAYLAND_DISPLAY"


class Window(Protocol):
    """Covers the screen. ``put`` takes rows of what was shared, and returns when they are shown."""

    width_px: int
    height_px: int

    def share(self, pixels: Pixels) -> Pixels: ...
    def put(self, pixels: Pixels, x_px: int, y_px: int) -> None: ...


@contextlib.contextmanager
def playing(kind: Kind, updates_per_s: int, environment: Mapping[str, str]) -> Iterator[Path]:
    """From the first picture on; gives the log."""
    with tempfile.TemporaryDirectory(prefix="player-") as folder, tempfile.TemporaryFile("w+") as complaints:
        log = Path(folder) / "shown"
        command = (sys.executable, "-m", "tests.benchmarks.capture.player", kind, str(updates_per_s), str(log))
        qt = "wayland" if WAYLAND in environment else "offscreen"
        environment = {**environment, "QT_QPA_PLATFORM": qt, "OPENBLAS_NUM_THREADS": "1"}
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        ) as player:
            try:
                if not player.stdout or not _is_ready(player.stdout):
                    complaints.seek(0)
                    message = f"the player did not start\n{complaints.read()}"
                    raise RigFailed(message)
                yield log
            finally:
                end(player)


def _is_ready(stream: IO[bytes]) -> bool:
    readable, _, _ = select.select([stream], [], [], START_LIMIT_S)
    return bool(readable) and stream.readline() == f"{READY}\n".encode()


def numbers_shown(log: Path, begin_ns: int, end_ns: int) -> list[int]:
    """Between two instants of the monotonic clock."""
    lines = log.read_text(encoding="ascii").split("\n")[:-1]
    shown = [(int(number), int(at_ns)) for number, at_ns in map(str.split, lines)]
    return [number for number, at_ns in shown if begin_ns <= at_ns <= end_ns]


def play(film: Film, updates_per_s: int, window: Window, log: Path) -> None:
    """Never returns, but where nothing changes. An update whose time is over is left out."""
    if film.area is None:
        return
    period_ns = NS_PER_S // updates_per_s
    start_ns = time.monotonic_ns()
    number = 0
    with log.open("w", encoding="ascii", buffering=1) as lines:
        while True:
            late_ns = time.monotonic_ns() - start_ns - number * period_ns
            if late_ns > period_ns:
                number += late_ns // period_ns
            time.sleep(max(0, -late_ns) / NS_PER_S)
            _show(film, number, film.area, window)
            lines.write(f"{number} {time.monotonic_ns()}\n")
            number += 1


def _show(film: Film, number: int, area: Area, window: Window) -> None:
    """Films overlap themselves where they scroll: what is under the stamp is put back."""
    first = film.first_row(number)
    rows = film.strip[first : first + area.height_px]
    under = rows[: stamp.HEIGHT_PX, : stamp.WIDTH_PX].copy()
    stamp.paint(rows, number)
    window.put(rows, area.x_px, area.y_px)
    rows[: stamp.HEIGHT_PX, : stamp.WIDTH_PX] = under


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", type=Kind)
    parser.add_argument("rate", type=int)
    parser.add_argument("log", type=Path)
    arguments = parser.parse_args()
    arguments.log.touch()
    window: Window = WaylandWindow() if WAYLAND in os.environ else SharedWindow()
    film = make(arguments.kind, window.width_px, window.height_px)
    window.put(window.share(film.background), 0, 0)
    if film.area is not None:
        film.strip = window.share(film.strip)
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    play(film, arguments.rate, window, arguments.log)
    threading.Event().wait()


if __name__ == "__main__":
    main()
