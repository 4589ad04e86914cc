"""How loud one side is: a bar that fills from the left, green, and words for who does not see it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look import Colours

FLOOR_DBFS = -60.0
HEIGHT_PX, WIDTH_PX = 6, 72


class Meter(QWidget):
    def __init__(self, name: str, colours: Colours) -> None:
        """``name``: whose sound it is, for people."""
        super().__init__()
        self._name = name
        self._colours = colours
        self._share = 0.0
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """From 0 to 1, over 60 dB."""
        return self._share

    def set_level(self, level_dbfs: float) -> None:
        share = min(1.0, max(0.0, 1 - level_dbfs / FLOOR_DBFS))
        if round(share * self.width()) != round(self._share * self.width()):
            self._share = share
            self.update()

    def set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(WIDTH_PX, HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        radius = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.outline))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            painter.setBrush(QColor(self._colours.good))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, self.height()), radius, radius)
