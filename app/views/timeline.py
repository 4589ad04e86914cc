"""Who speaks when, what was marked and what is missing; a slider over all of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip

from app.look import SPACE_PX, Colours
from app.playable import Lane, Missing, Moment, Playable, Stretch
from app.recording_words import clocked, isolated

MS_PER_S: Final = 1000
LANE_PX: Final = 18
BAR_PX: Final = 10
RULER_PX: Final = 16
NAMES_PX: Final = 120
MARK_PX: Final = 5
NEAR_PX: Final = 6
STEP_MS: Final = 5_000
PAGE_MS: Final = 30_000


class Timeline(QSlider):
    """Milliseconds. Time runs from left to right, whichever way one reads. Main thread only."""

    sought = Signal(float)
    """Where somebody wants to be, in seconds."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._colours = colours
        self._lanes: tuple[Lane, ...] = ()
        self._moments: tuple[Moment, ...] = ()
        self._missing: tuple[Missing, ...] = ()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSingleStep(STEP_MS)
        self.setPageStep(PAGE_MS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Position"))
        self.setFixedHeight(RULER_PX + LANE_PX)
        self.actionTriggered.connect(lambda _: self.sought.emit(self.sliderPosition() / MS_PER_S))

    def show_story(self, playable: Playable) -> None:
        self._lanes, self._moments, self._missing = playable.lanes, playable.moments, playable.missing
        self.setRange(0, int(playable.duration_s * MS_PER_S))
        self.setFixedHeight(RULER_PX + LANE_PX * max(1, len(self._lanes)))
        self.setAccessibleDescription(
            self.tr("Speakers: {names}. Marks: {marks}. Gaps: {gaps}.").format(
                names=", ".join(each.name for each in self._lanes), marks=len(self._moments), gaps=len(self._missing)
            )
        )

    @Slot(float)
    def show_position(self, at_s: float) -> None:
        if not self.isSliderDown():
            self.setValue(int(at_s * MS_PER_S))

    def words_at(self, place: QPoint) -> str:
        """What is there."""
        at_s = self._seconds(place.x())
        near_s = self._seconds(place.x() + NEAR_PX) - at_s
        for moment in self._moments:
            if abs(moment.at_s - at_s) <= near_s and place.y() < RULER_PX:
                return f"{clocked(moment.at_s)}  {isolated(moment.text)}"
        for missing in self._missing:
            if missing.where.start_s - near_s <= at_s <= missing.where.end_s + near_s:
                return self.tr("Nothing came from this side: {source}").format(source=missing.source)
        lane = (place.y() - RULER_PX) // LANE_PX
        name = isolated(self._lanes[lane].name) if 0 <= lane < len(self._lanes) else ""
        return f"{clocked(at_s)}  {name}".rstrip()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.isSliderDown():
            self._seek(event)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.setSliderDown(False)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._colours()
        with QPainter(self) as painter:
            for place, lane in enumerate(self._lanes or (Lane("", ()),)):
                self._paint_lane(painter, colours, RULER_PX + place * LANE_PX, lane)
            for missing in self._missing:
                hatched = QBrush(QColor(colours.attention), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(self._box(missing.where, RULER_PX, self.height() - RULER_PX), hatched)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.attention))
            for moment in self._moments:
                x = self._x(moment.at_s)
                corners = [QPoint(x - MARK_PX, 2), QPoint(x + MARK_PX, 2), QPoint(x, RULER_PX - 2)]
                painter.drawPolygon(QPolygon(corners))
            at_px = self._x(self.value() / MS_PER_S)
            painter.fillRect(QRect(at_px - 1, 0, 2, self.height()), QColor(colours.recording))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(colours.accent))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_lane(self, painter: QPainter, colours: Colours, top_px: int, lane: Lane) -> None:
        name = QRect(SPACE_PX // 2, top_px, NAMES_PX - SPACE_PX, LANE_PX)
        painter.setPen(QColor(colours.faint))
        shown = QFontMetrics(painter.font()).elidedText(lane.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(shown))
        bar_px = top_px + (LANE_PX - BAR_PX) // 2
        whole = QRect(NAMES_PX, bar_px, self._reach_px, BAR_PX)
        painter.fillRect(whole, QColor(colours.card))
        for stretch in lane.stretches:
            painter.fillRect(self._box(stretch, bar_px, BAR_PX), QColor(colours.accent))

    @property
    def _reach_px(self) -> int:
        return max(1, self.width() - NAMES_PX - SPACE_PX)

    def _box(self, stretch: Stretch, top_px: int, height_px: int) -> QRect:
        left_px = self._x(stretch.start_s)
        return QRect(left_px, top_px, max(1, self._x(stretch.end_s) - left_px), height_px)

    def _x(self, at_s: float) -> int:
        return NAMES_PX + round(at_s * MS_PER_S * self._reach_px / max(1, self.maximum()))

    def _seconds(self, x_px: float) -> float:
        share = (x_px - NAMES_PX) / self._reach_px
        return max(0.0, min(share, 1.0)) * self.maximum() / MS_PER_S

    def _seek(self, event: QMouseEvent) -> None:
        at_s = self._seconds(event.position().x())
        self.setValue(int(at_s * MS_PER_S))
        self.sought.emit(at_s)
