"""``python -m tests.rig.content MODE``: known content on an X display, until the process ends.

``slides`` looks like a meeting, ``colours`` is eight bars of known colour, ``flash`` a flash and a beep at one instant.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from tests.rig import flash, slides
from tests.rig.canvas import Canvas
from tests.rig.screen import first_line
from tests.rig.sound import RigFailed, end

COLOURS = (0xFFFFFF, 0xFFFF00, 0x00FFFF, 0x00FF00, 0xFF00FF, 0xFF0000, 0x0000FF, 0x000000)
"""0xRRGGBB, from left to right in bars of equal width."""

READY = "ready"


class Mode(StrEnum):
    SLIDES = "slides"
    COLOURS = "colours"
    FLASH = "flash"


@contextlib.contextmanager
def showing(mode: Mode, environment: Mapping[str, str], log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The content is on the display of ``environment`` from the first line to the last.

    ``log``: where ``FLASH`` writes what ``read_flashes`` reads.
    """
    command = (sys.executable, "-m", "tests.rig.content", mode, *(("--log", str(log)) if log else ()))
    root = Path(__file__).parents[2]
    with tempfile.TemporaryFile("w+") as complaints:
        program = subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        )
        with program:
            try:
                if not program.stdout or first_line(program.stdout.fileno()) != READY:
                    complaints.seek(0)
                    message = f"the content program did not start\n{complaints.read()}"
                    raise RigFailed(message)
                yield program
            finally:
                end(program)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", type=Mode, choices=list(Mode))
    parser.add_argument("--display", default=os.environ.get("DISPLAY", ""))
    parser.add_argument("--log", type=Path, default=Path("flashes.jsonl"), help="of the mode flash")
    arguments = parser.parse_args()
    match arguments.mode:
        case Mode.SLIDES:
            os.environ["DISPLAY"] = arguments.display
            slides.show(_say_ready)
        case Mode.COLOURS:
            _show_colours(Canvas(arguments.display))
        case Mode.FLASH:
            flash.show(Canvas(arguments.display), arguments.log, _say_ready)


def _show_colours(canvas: Canvas) -> None:
    edges = [canvas.width_px * bar // len(COLOURS) for bar in range(len(COLOURS) + 1)]
    for left, right, colour in zip(edges, edges[1:], COLOURS, strict=False):
        canvas.patch(left, 0, right - left, canvas.height_px, colour)
    _say_ready()
    threading.Event().wait()


def _say_ready() -> None:
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
