"""Where the picture is; of recordings without one, how loud they are over time."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look import SPACE_PX, Colours

LEAST_WIDTH_PX, LEAST_HEIGHT_PX = 320, 180
BAR_PX: Final = 3
BAR_STEP_PX: Final = 5


class PlayerScreen(QWidget):
    """Main thread only."""

    pressed = Signal()
    """Somewhere in the picture."""

    sought = Signal(float)
    """A share of the whole, from 0 to 1: where in the sound."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        super().__init__()
        self._colours = colours
        self._image = QImage()
        self._loudness = b""
        self._words = ""
        self._played = 0.0
        self.setMinimumSize(LEAST_WIDTH_PX, LEAST_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def image(self) -> QImage:
        """Null until there is one."""
        return self._image

    @property
    def loudness(self) -> bytes:
        return self._loudness

    @property
    def words(self) -> str:
        return self._words

    @Slot(QImage)
    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def show_loudness(self, loudness: bytes) -> None:
        """One value a stretch. The loudest is as high as there is room: quiet people can be seen, too."""
        self._loudness = loudness
        self.setAccessibleName(self.tr("Loudness"))
        self.update()

    def show_words(self, words: str) -> None:
        """In place of the picture."""
        self._words = words
        self.setAccessibleDescription(words)
        self.update()

    def show_played(self, share: float) -> None:
        """From 0 to 1."""
        self._played = share
        if self._loudness:
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._loudness:
            self.sought.emit(event.position().x() / max(1, self.width()))
        else:
            self.pressed.emit()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._colours()
        with QPainter(self) as painter:
            has_picture = not (self._words or self._loudness or self._image.isNull())
            painter.fillRect(self.rect(), Qt.GlobalColor.black if has_picture else QColor(colours.card))
            if self._words:
                self._paint_words(painter, colours)
            elif self._loudness:
                self._paint_loudness(painter, colours)
            elif has_picture:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._place(), self._image)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _place(self) -> QRectF:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), size.toSizeF())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def _paint_words(self, painter: QPainter, colours: Colours) -> None:
        painter.setPen(QColor(colours.text))
        place = self.rect().adjusted(2 * SPACE_PX, SPACE_PX, -2 * SPACE_PX, -SPACE_PX)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _paint_loudness(self, painter: QPainter, colours: Colours) -> None:
        played, rest = QColor(colours.accent), QColor(colours.faint)
        loudest = max(1, *self._loudness)
        middle_px, reach_px = self.height() / 2, self.height() * 0.4
        for left_px in range(0, self.width(), BAR_STEP_PX):
            first = left_px * len(self._loudness) // self.width()
            last = max(first + 1, (left_px + BAR_STEP_PX) * len(self._loudness) // self.width())
            height_px = max(1.0, max(self._loudness[first:last]) / loudest * reach_px)
            place = QRect(left_px, round(middle_px - height_px), BAR_PX, round(2 * height_px))
            painter.fillRect(place, played if left_px < self._played * self.width() else rest)
