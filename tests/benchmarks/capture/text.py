"""Text and rectangles on a picture in memory."""

from types import TracebackType
from typing import Self

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QImage, QLinearGradient, QPainter

from tests.benchmarks.capture.stamp import Pixels

LINE_PX = 16
FONT_PX = 13


class Page:
    """``pixels`` is the picture, ``(height, width, 4)``, BGRA, once the context is left. Main thread only."""

    def __init__(self, width_px: int, height_px: int, colour: str, lower_colour: str | None = None) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication(["page"])
        self.pixels: Pixels = np.empty((height_px, width_px, 4), np.uint8)
        self._image = QImage(self.pixels.data, width_px, height_px, 4 * width_px, QImage.Format.Format_RGB32)
        shade = QLinearGradient(QPointF(0, 0), QPointF(width_px, height_px))
        shade.setColorAt(0, QColor(colour))
        shade.setColorAt(1, QColor(lower_colour or colour))
        font = QFont("DejaVu Sans Mono")
        font.setPixelSize(FONT_PX)
        self._metrics = QFontMetrics(font)
        self._painter = QPainter(self._image)
        self._painter.fillRect(self._image.rect(), shade)
        self._painter.setFont(font)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._painter.end()

    def fill(self, x_px: int, y_px: int, width_px: int, height_px: int, colour: str) -> None:
        self._painter.fillRect(QRect(x_px, y_px, width_px, height_px), QColor(colour))

    def write(self, x_px: int, y_px: int, line: str, colour: str, width_px: int | None = None) -> None:
        """``y_px``: the upper edge of the line. Cut off after ``width_px``."""
        if width_px is not None:
            line = line[: width_px // self._metrics.averageCharWidth()]
        self._painter.setPen(QColor(colour))
        self._painter.drawText(QPointF(x_px, y_px + self._metrics.ascent()), line)
