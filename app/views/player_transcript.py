"""What was said, beside the picture: it follows what is heard, and leads to where it was said."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QWheelEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.look import SPACE_PX, Colours
from app.recording_words import clocked, isolated
from app.transcript_formats import Caption

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
CAPTION: Final = Qt.ItemDataRole.UserRole
TALLEST_PX: Final = 1000
WRAPPED: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
NOW_PX: Final = 3
KEYS: Final = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return}


class CaptionsModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._captions: Sequence[Caption] = ()
        self._starts_s: list[float] = []

    def show_captions(self, captions: Sequence[Caption]) -> None:
        self.beginResetModel()
        self._captions = captions
        self._starts_s = [each.start_s for each in captions]
        self.endResetModel()

    def at(self, at_s: float) -> int:
        """The last one that has begun; -1 before the first."""
        return bisect_right(self._starts_s, at_s) - 1

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._captions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        caption = self._captions[index.row()]
        if role == CAPTION:
            return caption
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{caption.speaker}, {clocked(caption.start_s)}: {caption.text}"
        return None


class TranscriptList(QListView):
    """Main thread only."""

    sought = Signal(float)
    """Seconds."""

    left = Signal()
    """Somebody looks elsewhere than where it plays."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        super().__init__()
        self.captions = CaptionsModel()
        self.now = -1
        self.setModel(self.captions)
        self.setItemDelegate(_Delegate(self, colours))
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setAccessibleName(self.tr("Transcript"))
        self.clicked.connect(self._seek)
        self.activated.connect(self._seek)
        self.verticalScrollBar().sliderPressed.connect(self.left)

    def show_position(self, at_s: float, *, follows: bool) -> None:
        now = self.captions.at(at_s)
        if now == self.now:
            return
        before, self.now = self.now, now
        for place in (before, now):
            if place >= 0:
                self.update(self.captions.index(place))
        if follows and now >= 0:
            self.scrollTo(self.captions.index(now), QListView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """All other keys are the player's."""
        if event.key() in KEYS:
            self.left.emit()
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self.left.emit()
        super().wheelEvent(event)

    @Slot(QModelIndex)
    def _seek(self, index: QModelIndex) -> None:
        caption: Caption = index.data(CAPTION)
        self.sought.emit(caption.start_s)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: TranscriptList, colours: Callable[[], Colours]) -> None:
        super().__init__(view)
        self._view = view
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        caption: Caption = index.data(CAPTION)
        width_px = self._view.viewport().width()
        room = QRect(0, 0, max(1, width_px - 2 * SPACE_PX - NOW_PX), TALLEST_PX)
        needed = option.fontMetrics.boundingRect(room, int(WRAPPED), caption.text)
        return QSize(width_px, needed.height() + option.fontMetrics.height() + 2 * SPACE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        caption: Caption = index.data(CAPTION)
        colours = self._colours()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.accent if is_selected else option.palette.color(QPalette.ColorRole.Base).name()
        painter.save()
        painter.fillRect(option.rect, QColor(ground))
        if index.row() == self._view.now:
            edge = QRect(option.rect.left(), option.rect.top(), NOW_PX, option.rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, edge), QColor(colours.recording))
        inner = option.rect.adjusted(SPACE_PX + NOW_PX, SPACE_PX, -SPACE_PX, -SPACE_PX)
        line_px = option.fontMetrics.height()
        painter.setFont(_bold(option.font))
        painter.setPen(QColor(colours.on_accent if is_selected else colours.faint))
        clock = clocked(caption.start_s)
        metrics = QFontMetrics(painter.font())
        room_px = inner.width() - metrics.horizontalAdvance(clock) - SPACE_PX
        speaker = metrics.elidedText(caption.speaker, Qt.TextElideMode.ElideRight, room_px)
        head = QRect(inner.left(), inner.top(), inner.width(), line_px)
        painter.drawText(head, int(WRAPPED), f"{clock}  {isolated(speaker)}")
        painter.setFont(option.font)
        painter.setPen(QColor(colours.on_accent if is_selected else colours.text))
        painter.drawText(inner.adjusted(0, line_px, 0, 0), int(WRAPPED), caption.text)
        painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
