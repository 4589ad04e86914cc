"""How a recording is drawn in the list: its picture, four lines of words, and how far it is on its way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.look import SPACE_PX, Colours, heading_font
from app.recording_rows import SHOWN_KINDS, Row, Shipment
from app.recording_words import amount, attention, destination, facts, isolated, kind_name, shipped, titled
from app.recordings_model import Role
from app.transcript_formats import clock
from app.transcript_search import Found
from capture.recording import MediaKind, MediaStatus
from uploader.ledger import DeliveryStatus

LINES: Final = 4
LINE_GAP_PX: Final = 3
BAR_PX: Final = 6
SOUND_ONLY: Final = "♪"
SHIPMENT_SHARE: Final = 0.26
LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
ONE_LINE: Final = Qt.TextFlag.TextSingleLine

SIGNS: Mapping[MediaStatus | None, str] = {
    None: "○",
    MediaStatus.PROCESSING: "…",
    MediaStatus.DONE: "✓",
    MediaStatus.FAILED: "✗",
    MediaStatus.DELETED: "↗",
}
"""Beside their colours, for who sees none."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws for one row; ``option`` is its own."""

    painter: QPainter
    option: QStyleOptionViewItem
    colours: Colours

    @property
    def is_selected(self) -> bool:
        return bool(self.option.state & QStyle.StateFlag.State_Selected)

    def words(self, place: QRect, text: str, colour: str, font: QFont | None = None) -> None:
        """Shortened at its end where it is too long."""
        font = font or self.option.font
        self.painter.setFont(font)
        self.painter.setPen(QColor(self.colours.on_accent if self.is_selected else colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        place = QStyle.visualRect(self.option.direction, self.option.rect, place)
        leading = QStyle.visualAlignment(self.option.direction, LEADING)
        self.painter.drawText(place, leading | Qt.AlignmentFlag.AlignAbsolute | ONE_LINE, shown)

    def box(self, place: QRect, colour: str) -> None:
        self.painter.fillRect(QStyle.visualRect(self.option.direction, self.option.rect, place), QColor(colour))

    def picture(self, place: QRect, pixmap: QPixmap) -> None:
        """As large as fits, in the middle."""
        place = QStyle.visualRect(self.option.direction, self.option.rect, place)
        size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        inner = QRect(place.topLeft(), size)
        inner.moveCenter(place.center())
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.painter.drawPixmap(inner, pixmap)


class RowDelegate(QStyledItemDelegate):
    """Main thread only."""

    def __init__(
        self, colours: Callable[[], Colours], picture: Callable[[Row], QPixmap | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._colours = colours
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, LINES * (option.fontMetrics.height() + LINE_GAP_PX) + 2 * SPACE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Role.ROW)
        painter.save()
        pen = _Pen(painter, option, self._colours())
        if pen.is_selected:
            painter.fillRect(option.rect, QColor(pen.colours.accent))
        else:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Base))
            pen.box(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), pen.colours.outline)
        inner = option.rect.adjusted(SPACE_PX, SPACE_PX, -SPACE_PX, -SPACE_PX)
        frame = QRect(inner.left(), inner.top(), inner.height() * 16 // 9, inner.height())
        self._draw_picture(pen, frame, row)
        side_px = int(inner.width() * SHIPMENT_SHARE)
        text = QRect(frame.right() + 2 * SPACE_PX, inner.top(), 0, inner.height())
        text.setRight(inner.right() - side_px - 2 * SPACE_PX)
        _draw_text(pen, text, row, index.data(Role.FOUND))
        _draw_shipment(pen, QRect(inner.right() - side_px, inner.top(), side_px, inner.height()), row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(pen.colours.text))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, _: QStyleOptionViewItem, __: Index) -> QWidget:  # noqa: N802 - Qt's name
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Title"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """What somebody types or has selected stays, whatever becomes of the row meanwhile."""
        title = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != title:
            editor.setText(title)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _: Index) -> None:  # noqa: N802 - Qt's name
        inner = option.rect.adjusted(SPACE_PX, SPACE_PX // 2, -SPACE_PX, 0)
        left = inner.left() + inner.height() * 16 // 9 + SPACE_PX
        place = QRect(left, inner.top(), 0, editor.sizeHint().height())
        place.setRight(inner.right() - int(inner.width() * SHIPMENT_SHARE))
        editor.setGeometry(QStyle.visualRect(option.direction, option.rect, place))

    def _draw_picture(self, pen: _Pen, frame: QRect, row: Row) -> None:
        pixmap = self._picture(row)
        pen.box(frame, pen.colours.window)
        if pixmap is not None:
            pen.picture(frame, pixmap)
        elif MediaKind.AUDIO_MIXED in row.paths and MediaKind.VIDEO_MIXED not in row.paths:
            pen.painter.setPen(QColor(pen.colours.faint))
            pen.painter.setFont(heading_font())
            frame = QStyle.visualRect(pen.option.direction, pen.option.rect, frame)
            pen.painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, SOUND_ONLY)


def _draw_text(pen: _Pen, place: QRect, row: Row, found: Found | None) -> None:
    height_px = place.height() // LINES
    lines = [QRect(place.left(), place.top() + at * height_px, place.width(), height_px) for at in range(LINES)]
    bold = QFont(pen.option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    pen.words(lines[0], titled(row), pen.colours.text, bold)
    pen.words(lines[1], facts(row), pen.colours.faint)
    _draw_media(pen, lines[2], row)
    needed = attention(row)
    if needed:
        pen.words(lines[3], needed, pen.colours.attention)
    elif found is not None:
        said = f"{clock(found.start_s)}  {isolated(found.speaker)}: {found.text}"
        pen.words(lines[3], said, pen.colours.text)
    else:
        pen.words(lines[3], ", ".join(map(isolated, row.people)), pen.colours.faint)


def _draw_media(pen: _Pen, place: QRect, row: Row) -> None:
    if row.trouble is not None:
        return
    metrics = pen.option.fontMetrics
    colours: Mapping[MediaStatus | None, str] = {
        MediaStatus.FAILED: pen.colours.attention,
        MediaStatus.DONE: pen.colours.good,
    }
    left = place.left()
    for kind in SHOWN_KINDS:
        status = row.media.get(kind)
        text = f"{SIGNS[status]} {kind_name(kind)}"
        width_px = metrics.horizontalAdvance(text) + 2
        if left + width_px > place.right():
            break
        pen.words(
            QRect(left, place.top(), width_px, place.height()),
            text,
            colours.get(status, pen.colours.faint),
        )
        left += width_px + 2 * SPACE_PX


def _draw_shipment(pen: _Pen, place: QRect, row: Row) -> None:
    if row.status is None and row.shipment is None:
        return
    shipment = row.shipment
    is_bad = shipment is not None and shipment.trouble is not None
    height_px = place.height() // LINES
    line = QRect(place.left(), place.top(), place.width(), height_px)
    is_done = shipment is not None and shipment.status is DeliveryStatus.COMPLETE
    usual = pen.colours.good if is_done else pen.colours.text
    pen.words(line, shipped(shipment), pen.colours.attention if is_bad else usual)
    if shipment is None:
        return
    below = line.translated(0, height_px)
    if is_done or not shipment.total_bytes:
        pen.words(below, destination(shipment), pen.colours.faint)
        return
    _draw_bar(pen, QRect(place.left(), below.top() + LINE_GAP_PX, place.width(), BAR_PX), shipment)
    last = below.translated(0, height_px)
    is_waiting = shipment.status is DeliveryStatus.WAITING
    pen.words(last, amount(shipment) if is_waiting else destination(shipment), pen.colours.faint)


def _draw_bar(pen: _Pen, bar: QRect, shipment: Shipment) -> None:
    share = min(1.0, shipment.sent_bytes / shipment.total_bytes)
    pen.box(bar, pen.colours.outline)
    done = QRect(bar.left(), bar.top(), int(bar.width() * share), bar.height())
    pen.box(done, pen.colours.on_accent if pen.is_selected else pen.colours.accent)
