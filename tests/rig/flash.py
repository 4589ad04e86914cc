"""A flash and a beep at the same instant, again and again: the measure of how well picture and sound are in time.

Each pair is logged as one line of JSON, with what the program knows of its own error.
"""

import dataclasses
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.rig.beeper import LEAD_NS, NS_PER_S, Beeper
from tests.rig.canvas import BLACK, WHITE, Canvas, Patch

SQUARE_X_PX = SQUARE_Y_PX = 40
SQUARE_PX = 200
FLASH_NS = 100_000_000

PERIOD_NS = 2_020_600_000
"""Two seconds and 0.618 of a frame at 30 a second: each flash meets another part of the frame period."""

SPIN_NS = 2_000_000
"""A sleep may end this late; the rest is waited for awake."""


@dataclass(frozen=True, slots=True)
class Flash:
    """Instants on the monotonic clock. White between ``asked_ns`` and ``shown_ns``; heard from ``heard_ns`` on."""

    asked_ns: int
    shown_ns: int
    heard_ns: int

    @property
    def error_ns(self) -> int:
        """How much later than the beep it was. Below 3 ms, but for a machine that is busy on all its processors.

        Measured there: 64 ms, once in ten. What is measured with a flash is to be put right by this.
        """
        return self.shown_ns - self.heard_ns


def read_flashes(log: Path) -> list[Flash]:
    """Those that are over."""
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    return [Flash(**json.loads(line)) for line in lines]


def show(canvas: Canvas, log: Path, on_ready: Callable[[], None]) -> None:
    """Never returns. The first flash comes one period after ``on_ready``."""
    square = canvas.patch(SQUARE_X_PX, SQUARE_Y_PX, SQUARE_PX, SQUARE_PX, BLACK)
    beeper = Beeper()
    on_ready()
    next_ns = time.monotonic_ns()
    with log.open("a", encoding="utf-8") as lines:
        while True:
            next_ns += PERIOD_NS
            flash = _flash(canvas, square, beeper, next_ns)
            lines.write(json.dumps(dataclasses.asdict(flash)) + "\n")
            lines.flush()


def _flash(canvas: Canvas, square: Patch, beeper: Beeper, at_ns: int) -> Flash:
    _wait_until(at_ns - LEAD_NS)
    sample = beeper.beep(at_ns)
    _wait_until(beeper.heard_ns(sample) - LEAD_NS // 10)
    _wait_until(beeper.heard_ns(sample))
    asked_ns = time.monotonic_ns()
    shown_ns = canvas.paint(square, WHITE)
    _wait_until(shown_ns + FLASH_NS)
    canvas.paint(square, BLACK)
    return Flash(asked_ns, shown_ns, beeper.heard_ns(sample))


def _wait_until(at_ns: int) -> None:
    time.sleep(max(0, at_ns - SPIN_NS - time.monotonic_ns()) / NS_PER_S)
    while time.monotonic_ns() < at_ns:
        pass
