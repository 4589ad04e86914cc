"""The settings: pages on the left, and what is on one of them. Every change counts at once."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.language import said
from app.look import SPACE_PX
from app.views import settings_pages as pages
from app.views.context import ViewContext
from app.views.settings_apps import AppRules
from app.views.settings_book import SettingsBook
from app.views.settings_destination import DestinationPanel
from app.views.settings_fields import Field
from app.views.settings_machine import LoginSwitch, hotkeys
from app.views.settings_pages import Page
from app.views.settings_storage import StoragePanel
from app.views.settings_transcripts import TranscriptPanel
from app.views.source_check import SourceCheck
from capture.recording import RecordingId

SIZE_PX, LIST_PX = QSize(880, 680), 190


class SettingsWindow(QWidget):
    """A page is made when it is first looked at. Main thread only."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.book = SettingsBook(context, self)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(SIZE_PX)
        self._makers: dict[str, Callable[[str], Page]] = {
            self.tr("Recording"): self._recording,
            self.tr("Meetings"): self._meetings,
            self.tr("Transcripts"): self._transcripts,
            self.tr("Delivery"): self._delivery,
            self.tr("Storage"): self._storage,
            self.tr("This program"): self._program,
        }
        self.sources: SourceCheck | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setFixedWidth(LIST_PX)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListWidget::item { padding: 8px 12px; }")
        self.list.addItems(list(self._makers))
        self.stack = QStackedWidget()
        for _ in self._makers:
            self.stack.addWidget(_scrolled())
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setProperty("class", "attention")
        self._lay_out()
        self.list.currentRowChanged.connect(self.turn_to)
        self.book.changed.connect(self._warn)
        self._warn()
        self.list.setCurrentRow(0)

    @property
    def fields(self) -> dict[str, Field]:
        """Those that were made, by the key of their setting."""
        return {field.key: field for field in self.findChildren(Field)}

    @property
    def page(self) -> int:
        return self.stack.currentIndex()

    @Slot(int)
    def turn_to(self, row: int) -> None:
        self.list.setCurrentRow(row)
        place = self.stack.widget(row)
        if isinstance(place, QScrollArea) and place.widget() is None:
            title = list(self._makers)[row]
            place.setWidget(self._makers[title](title))
        self.stack.setCurrentIndex(row)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what was typed last counts
        self.book.close()
        for panel in self.findChildren(TranscriptPanel):
            panel.rest()
        super().closeEvent(event)

    @Slot()
    def _warn(self) -> None:
        """Of the file as a whole; what is wrong with one setting stands there."""
        words = [said(each.message) for each in self.book.found.warnings if each.code != "bad_setting"]
        self.warning.setText("\n".join(words))
        self.warning.setVisible(bool(words))

    def _recording(self, title: str) -> Page:
        self.sources = SourceCheck(self._context, self.book)
        page = Page(title, self.sources)
        page.add(self.tr("Quality"), *pages.quality(self.book))
        return page

    def _meetings(self, title: str) -> Page:
        page = Page(title, *pages.meetings(self.book))
        page.add(self.tr("Other rules for single programs"), AppRules(self._context, self.book))
        return page

    def _transcripts(self, title: str) -> Page:
        return Page(title, TranscriptPanel(self._context, self.book))

    def _delivery(self, title: str) -> Page:
        page = Page(title, DestinationPanel(self._context, self.book))
        page.add(self.tr("When"), *pages.deliveries(self.book))
        page.add(self.tr("Live events"), *pages.live_events(self.book))
        return page

    def _storage(self, title: str) -> Page:
        return Page(title, StoragePanel(self._context), pages.retention(self.book))

    def _program(self, title: str) -> Page:
        keys = hotkeys(self.book, self.tr("Keys that work in every program"), self.tr("Record, pause, mark and mute:"))
        return Page(title, *pages.appearance(self.book), LoginSwitch(self._context), keys)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.warning)
        right.addWidget(self.stack, 1)
        self.warning.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addLayout(right, 1)


def open_view(context: ViewContext, _: RecordingId | None) -> SettingsWindow:
    return SettingsWindow(context)


def _scrolled() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
