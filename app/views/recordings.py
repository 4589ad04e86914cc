"""All recordings of this machine: what they are, how far they are on their way, and what can be done with each."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.bridge import Bridge
from app.errands import Errands
from app.export import Export, file_name
from app.flow_events import Answer, Answered
from app.intents import Tell
from app.language import in_full
from app.look import SPACE_PX, heading_font
from app.messages import Failure
from app.recording_rows import Change, Row
from app.recording_words import attention, titled
from app.recordings_model import RecordingsModel, Role
from app.recordings_watch import RecordingsWatch
from app.situation import Situation
from app.transcript_search import Found, search
from app.views.context import ViewContext
from app.views.recordings_acts import (
    ExportMenu,
    RowAct,
    button_of,
    exportable,
    make_action,
    possible,
)
from app.views.recordings_notes import Notes
from app.views.recordings_pictures import Pictures
from app.views.recordings_row import RowDelegate
from app.views.recordings_tasks import RowTasks
from capture.recording import RecordingId

WIDTH_PX, HEIGHT_PX = 940, 640
SEARCH_PX: Final = 32
SEARCH_AFTER_MS: Final = 250
LAID_OUT_AT_ONCE: Final = 200
"""After the last key: all transcripts are looked through."""


class RecordingsWindow(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, subject: RecordingId | None = None) -> None:
        """``subject`` is chosen once it is there."""
        super().__init__()
        self._context = context
        self._errands = Errands(context.background, self)
        self._pictures = Pictures(self)
        self._chosen = subject
        self._before: tuple[int, bool] = (0, False)
        self.model = RecordingsModel()
        self.list = self._list()
        self.search = self._search()
        self.tasks = RowTasks(context, self)
        self.notes = Notes(self.tasks.undo, self.tasks.put_all_back, self._ask_to_empty)
        self.acts = {act: make_action(act, self.do, self.list) for act in RowAct}
        self.exports = ExportMenu(self._ask_where, self)
        self.empty = QLabel()
        self.record = QPushButton(self.tr("Record now"))
        self._changes = Bridge()
        self._changes.arrived.connect(self._apply)
        self._watch = RecordingsWatch(context.paths, self._changes.post)
        self._lay_out()
        self._connect()

    @property
    def row(self) -> Row | None:
        """The one that is chosen."""
        index = self.list.currentIndex()
        return index.data(Role.ROW) if index.isValid() else None

    def choose(self, recording_id: RecordingId) -> None:
        self.list.setCurrentIndex(self.model.index_of(recording_id))

    def do(self, act: RowAct) -> None:
        """With the chosen one."""
        row = self.row
        if row is None or act not in possible(row):
            return
        if act is RowAct.RENAME:
            self.list.edit(self.list.currentIndex())
        else:
            self.tasks.do(act, row, self.list.currentIndex().data(Role.FOUND))

    def export_to(self, what: Export, target: Path) -> None:
        """The chosen one."""
        row = self.row
        if row is not None:
            self.tasks.export_to(row, what, target)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._watch.close()
        self._pictures.close()
        super().closeEvent(event)

    def _list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(RowDelegate(self._context.colours, self._pictures.of, view))
        view.setUniformItemSizes(True)
        view.setLayoutMode(QListView.LayoutMode.Batched)  # to lay out thousands at once takes a tenth of a second
        view.setBatchSize(LAID_OUT_AT_ONCE)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.setAccessibleName(self.tr("Recordings"))
        return view

    def _search(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search titles, people and what was said"))
        field.setAccessibleName(self.tr("Search"))
        field.setClearButtonEnabled(True)
        field.setMinimumHeight(SEARCH_PX)
        field.setTextMargins(SPACE_PX // 2, 0, SPACE_PX // 2, 0)
        return field

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Recordings"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout.setSpacing(SPACE_PX)
        layout.addWidget(self.search)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty_page())
        layout.addLayout(self._pages, 1)
        layout.addWidget(self.notes)
        layout.addLayout(self._button_row())

    def _empty_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        self.empty.setFont(heading_font())
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.record.setProperty("class", "primary")
        layout.addStretch()
        layout.addWidget(self.empty)
        layout.addWidget(self.record, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        return page

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_PX)
        self.buttons = {act: button_of(action) for act, action in self.acts.items()}
        self.buttons[RowAct.PLAY].setProperty("class", "primary")
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setMenu(self.exports)
        for act, button in self.buttons.items():
            if act is RowAct.RENAME:
                row.addWidget(self.export_button)
                row.addStretch()
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        for action in self.acts.values():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(action)
        self.list.activated.connect(lambda _: self.do(RowAct.PLAY))
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._choose_again)
        self.model.dataChanged.connect(self._show_acts)
        self.model.renamed.connect(self.tasks.rename)
        self.tasks.said.connect(self.notes.say)
        self.tasks.deleted.connect(lambda words: self.notes.say(words, can_undo=True))
        self.tasks.changed.connect(self._watch.look)
        self.tasks.trash.connect(self.notes.show_trash)
        self._pictures.came.connect(lambda each: self.model.touch(RecordingId(each)))
        self.search.textChanged.connect(self._search_titles)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._search_transcripts)
        self.record.clicked.connect(lambda: self._context.intend(Tell(Answered(Answer.RECORD))))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._context.situations.arrived.connect(self._hear)
        self._show_acts()

    @Slot(object)
    def _apply(self, change: Change) -> None:
        self.model.apply(change)
        self._show_page()
        self._show_acts()

    @Slot(object)
    def _hear(self, situation: Situation) -> None:
        now = (situation.sending, situation.take is not None)
        if now != self._before:
            self._before = now
            self._watch.look()

    @Slot(QModelIndex, QModelIndex)
    def _show_chosen(self, chosen: QModelIndex) -> None:
        row: Row | None = chosen.data(Role.ROW) if chosen.isValid() else None
        if row is not None and row.recording_id != self._chosen:
            self._chosen = row.recording_id
            if not self.notes.can_undo:
                self.notes.say("")
        self._show_acts()

    @Slot()
    def _choose_again(self) -> None:
        if self._chosen is not None:
            self.choose(self._chosen)
        self._show_page()
        self._show_acts()

    @Slot()
    def _show_acts(self) -> None:
        row = self.row
        acts = possible(row)
        for act, action in self.acts.items():
            action.setEnabled(act in acts)
        exports = exportable(row)
        self.exports.show_possible(exports)
        self.export_button.setEnabled(bool(exports))
        self.notes.about.say(attention(row) if row is not None else "")

    def _show_page(self) -> None:
        is_empty = self.model.rowCount() == 0
        is_searched = bool(self.search.text().strip())
        nothing = self.tr(
            "Nothing has been recorded yet.\nRecord now, or let Afterword offer the meetings that begin here."
        )
        self.empty.setText(self.tr("Nothing was found.") if is_searched else nothing)
        self.record.setVisible(not is_searched)
        self._pages.setCurrentIndex(int(is_empty))

    @Slot(str)
    def _search_titles(self, text: str) -> None:
        self.model.search(text)
        self._show_page()
        self._timer.start()

    @Slot()
    def _search_transcripts(self) -> None:
        text = self.search.text()
        paths = self._context.paths

        def look() -> list[Found] | Failure:
            try:
                return search(text.split(), paths)
            except Failure as failure:
                return failure

        if text.strip():
            self._errands.apart("search", look, partial(self._show_found, text))

    def _show_found(self, text: str, found: list[Found] | Failure) -> None:
        if isinstance(found, Failure):
            self.notes.say(in_full(found.message))
        elif text == self.search.text():
            self.model.add_found({RecordingId(each.recording): each for each in reversed(found)})

    def _ask_to_empty(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), self.tr("Delete them for good?"), parent=self)
        box.setInformativeText(self.tr("What other servers hold of them stays there."))
        box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.accepted.connect(self.tasks.destroy_deleted)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _ask_where(self, what: Export) -> None:
        row = self.row
        if row is None:
            return
        dialog = QFileDialog(self, self.tr("Export"), file_name(titled(row), what))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file_name(titled(row), what))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.export_to(what, Path(path)))
        dialog.open()


def open_view(context: ViewContext, subject: RecordingId | None) -> RecordingsWindow:
    return RecordingsWindow(context, subject)
