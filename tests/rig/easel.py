"""``python -m tests.rig.easel``: a window over the whole Wayland output, painted by order, a rectangle at a time.

An order is a line on standard input: left, top, width and height in pixels of the window, and a colour, 0xRRGGBB.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSocketNotifier, Qt
from PySide6.QtGui import QColor, QExposeEvent, QGuiApplication, QPainter, QPaintEvent, QRasterWindow

from tests.rig.screen import first_line
from tests.rig.sound import RigFailed, end

READY = "ready"
GROUND = 0x304050


class Easel(QRasterWindow):
    """Main thread only."""

    def __init__(self) -> None:
        super().__init__()
        self._painted: list[tuple[QRect, QColor]] = []
        self._is_shown = False
        self._begun = b""
        self._orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self._obey)

    def exposeEvent(self, event: QExposeEvent) -> None:  # noqa: N802 - Qt's name
        super().exposeEvent(event)
        if not self._is_shown:
            self._is_shown = True
            sys.stdout.write(f"{READY}\n")
            sys.stdout.flush()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(event.rect(), QColor(GROUND))
        for rectangle, colour in self._painted:
            if rectangle.intersects(event.rect()):
                painter.fillRect(rectangle, colour)
        painter.end()

    def _obey(self) -> None:
        """What has come: perhaps several orders, perhaps a part of one."""
        read = os.read(sys.stdin.fileno(), 65_536)
        if not read:
            QGuiApplication.quit()
        *orders, self._begun = (self._begun + read).split(b"\n")
        for order in orders:
            left, top, width, height, colour = (int(word, 0) for word in order.decode().split())
            rectangle = QRect(left, top, width, height)
            self._painted.append((rectangle, QColor(colour)))
            self.update(rectangle)


@dataclass(frozen=True, slots=True)
class Brush:
    """Paints on the easel of another process."""

    program: subprocess.Popen[bytes]

    def paint(self, left_px: int, top_px: int, width_px: int, height_px: int, colour: int) -> None:
        """Returns at once; the compositor shows it some milliseconds later."""
        if self.program.stdin is None:
            message = "the easel takes no orders"
            raise RigFailed(message)
        self.program.stdin.write(f"{left_px} {top_px} {width_px} {height_px} {colour:#x}\n".encode())
        self.program.stdin.flush()


@contextlib.contextmanager
def easel(environment: Mapping[str, str]) -> Iterator[Brush]:
    root = Path(__file__).parents[2]
    command = (sys.executable, "-m", "tests.rig.easel")
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, env=environment, stdin=pipe, stdout=pipe) as program:
        try:
            if program.stdout is None or first_line(program.stdout.fileno()) != READY:
                message = "the easel did not start"
                raise RigFailed(message)
            yield Brush(program)
        finally:
            end(program)


def main() -> None:
    # PySide6 6.12 on Python 3.11 loses a reference to None with each call that returns nothing; at 0 Python dies.
    _spare = [None] * 1_000_000
    application = QGuiApplication(["easel"])
    window = Easel()
    window.setFlags(Qt.WindowType.FramelessWindowHint)
    window.showFullScreen()
    application.exec()


if __name__ == "__main__":
    main()
