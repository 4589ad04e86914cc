"""What a shared screen looks like in a meeting: large text that changes now and then, and something that moves."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QExposeEvent, QFont, QGuiApplication, QPainter, QPaintEvent, QRasterWindow

MOVES_PER_S = 20
SLIDE_S = 3
STEP_PX = 8
BLOCK_PX = 120
MARGIN_PX = 60

PAPER = QColor(250, 248, 240)
INK = QColor(20, 24, 40)
BLOCK_COLOURS = (QColor(210, 40, 40), QColor(30, 140, 70), QColor(40, 80, 200))


@dataclass(frozen=True, slots=True)
class Slide:
    title: str
    lines: tuple[str, ...]


SLIDES = (
    Slide("Quarterly plan", ("Three goals until the summer", "Who does what", "What we leave out")),
    Slide("Where we stand", ("Release 1.4 is out", "Two customers asked for exports", "Tests take 12 minutes")),
    Slide("Next steps", ("Write the migration guide", "Talk to the support team", "Meet again on Thursday")),
)


class SlideShow(QRasterWindow):
    """Repaints only the band of the moving block, but for a new slide. Main thread only."""

    def __init__(self, on_ready: Callable[[], None]) -> None:
        super().__init__()
        self._on_ready: Callable[[], None] | None = on_ready
        self._moves = 0
        self._timer = QTimer(self, interval=1000 // MOVES_PER_S, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)

    def exposeEvent(self, event: QExposeEvent) -> None:  # noqa: N802 - Qt's name
        super().exposeEvent(event)
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), PAPER)
        if event.rect() != self._band():
            self._paint_text(painter)
        colour = BLOCK_COLOURS[self._slide_number() % len(BLOCK_COLOURS)]
        painter.fillRect(self._block(), colour)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        slide = SLIDES[self._slide_number() % len(SLIDES)]
        painter.setPen(INK)
        x_px, y_px = MARGIN_PX, self.height() // 5
        for text, size_px in (
            (slide.title, self.height() // 8),
            *((line, self.height() // 16) for line in slide.lines),
        ):
            font = QFont("DejaVu Sans")
            font.setPixelSize(size_px)
            painter.setFont(font)
            painter.drawText(QPoint(x_px, y_px), text)
            y_px += round(size_px * 1.5)

    def _move(self) -> None:
        self._moves += 1
        whole = self._moves % (MOVES_PER_S * SLIDE_S) == 0
        self.update(QRect(QPoint(), self.size()) if whole else self._band())
        if self._on_ready:
            self._on_ready()
            self._on_ready = None

    def _slide_number(self) -> int:
        return self._moves // (MOVES_PER_S * SLIDE_S)

    def _band(self) -> QRect:
        return QRect(0, self.height() - BLOCK_PX - MARGIN_PX, self.width(), BLOCK_PX)

    def _block(self) -> QRect:
        x_px = self._moves * STEP_PX % max(1, self.width() - BLOCK_PX)
        return QRect(x_px, self._band().top(), BLOCK_PX, BLOCK_PX)


def show(on_ready: Callable[[], None]) -> None:
    """Covers the primary screen until the process ends."""
    application = QGuiApplication(["slides"])
    window = SlideShow(on_ready)
    window.setFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
    window.setTitle("Slides")
    window.setGeometry(application.primaryScreen().geometry())
    window.show()
    application.exec()
