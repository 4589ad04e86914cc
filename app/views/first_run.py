"""The first minutes: is everything seen and heard, a try, what shall happen when a meeting begins, and off it goes."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.intents import OpenWindow, WindowName
from app.look import SPACE_PX, heading_font
from app.recording_rules import AutoRecord
from app.views.context import ViewContext
from app.views.first_run_record import RecordBar
from app.views.first_run_rehearsal import RehearsalPanel
from app.views.settings_book import SettingsBook
from app.views.settings_fields import Field, Lines
from app.views.source_check import SourceCheck
from capture.recording import RecordingId

SIZE_PX = QSize(700, 720)


class FirstRun(QWidget):
    """Main thread only. What is chosen in it is kept at once, so that it can be closed at any step."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.book = SettingsBook(context, self)
        self.setWindowTitle(self.tr("Welcome to Afterword"))
        self.resize(SIZE_PX)
        self.sources = SourceCheck(context, self.book)
        self._rehearsal: RehearsalPanel | None = None
        self.rules = self._rules()
        self.stack = QStackedWidget()
        self.steps = QLabel()
        self.back, self.next = QPushButton(self.tr("Back")), QPushButton()
        self.next.setProperty("class", "primary")
        self.next.setDefault(True)
        self.bar = RecordBar(context)
        self.check, self.settings = QPushButton(self.tr("Check everything")), QPushButton(self.tr("Settings"))
        self._makers = (self._sources, self._try, self._meetings, self._ready)
        for _ in self._makers:
            self.stack.addWidget(_scrolled())
        self._lay_out()
        self.back.clicked.connect(lambda: self.turn_to(self.stack.currentIndex() - 1))
        self.next.clicked.connect(lambda: self.turn_to(self.stack.currentIndex() + 1))
        self.check.clicked.connect(lambda: context.intend(OpenWindow(WindowName.CHECKUP)))
        self.settings.clicked.connect(lambda: context.intend(OpenWindow(WindowName.SETTINGS)))
        self.book.changed.connect(self._show_rule)
        self._show_rule()
        self.turn_to(0)

    @property
    def page(self) -> int:
        return self.stack.currentIndex()

    @Slot(int)
    def turn_to(self, step: int) -> None:
        """Past the last one it is closed."""
        last = self.stack.count() - 1
        if step > last:
            self.close()
            return
        if self._rehearsal is not None:
            self._rehearsal.rest()
        place = self.stack.widget(step)
        if isinstance(place, QScrollArea) and place.widget() is None:
            place.setWidget(self._makers[step]())  # each when it is reached: all at once take a blink too long
        self.stack.setCurrentIndex(step)
        self.back.setVisible(step > 0)
        self.next.setText(self.tr("Next") if step < last else self.tr("Done"))
        self.steps.setText(self.tr("{step} of {steps}").format(step=step + 1, steps=last + 1))
        self.next.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what was typed last counts
        self.book.close()
        if self._rehearsal is not None:
            self._rehearsal.close_all()
        super().closeEvent(event)

    @Slot()
    def _show_rule(self) -> None:
        self.rules[self.book.settings.auto_record].setChecked(True)

    def _rules(self) -> dict[AutoRecord, QRadioButton]:
        words = {
            AutoRecord.ASK: self.tr("Ask me whether to record it"),
            AutoRecord.ALWAYS: self.tr("Record it without asking"),
            AutoRecord.OFF: self.tr("Do nothing: I press Record myself"),
        }
        buttons = {}
        for rule, text in words.items():
            buttons[rule] = QRadioButton(text)
            buttons[rule].clicked.connect(lambda _=False, rule=rule: self.book.put("auto_record", rule))
        return buttons

    def _sources(self) -> QWidget:
        hint = self.tr("Everything stays on this computer until you say where it shall go.")
        return _step(self.tr("Is everything seen and heard?"), hint, self.sources)

    def _try(self) -> QWidget:
        self._rehearsal = RehearsalPanel(self._context, lambda: self.book.settings)
        return _step(self.tr("Try it"), "", self._rehearsal)

    def _meetings(self) -> QWidget:
        hint = self.tr("Afterword notices meetings in Zoom, Teams, Meet and others.")
        consent = self.tr(
            "The others cannot see that you record. Tell them before: in many places that is the law, and everywhere "
            "it is fair. What you write here is shown when a recording begins, ready to be pasted into the chat."
        )
        words = _plain(consent)
        notice = Lines(self.tr("I record this meeting to write its minutes. Please say so if you mind."))
        self.notice = Field("consent_notice", self.tr("What to tell the others"), notice, self.book)
        heading = QLabel(self.tr("The others"))
        heading.setFont(heading_font())
        return _step(self.tr("When a meeting begins"), hint, *self.rules.values(), heading, words, self.notice)

    def _ready(self) -> QWidget:
        words = self.tr(
            "“Record now” below starts a recording whenever you like; so does a click on the icon in the tray. Stop "
            "it, and it can be played at once. All recordings are in the tray's menu, too."
        )
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.check)
        line.addWidget(self.settings)
        line.addStretch()
        return _step(self.tr("Ready"), words, buttons)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        foot.setSpacing(SPACE_PX)
        foot.addWidget(self.bar)
        foot.addStretch()
        self.steps.setProperty("class", "faint")
        for widget in (self.steps, self.back, self.next):
            foot.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack, 1)
        layout.addLayout(foot)


def open_view(context: ViewContext, _: RecordingId | None) -> FirstRun:
    return FirstRun(context)


def _step(title: str, hint: str, *parts: QWidget) -> QWidget:
    inner = QWidget()
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(*(3 * SPACE_PX,) * 4)
    layout.setSpacing(SPACE_PX)
    heading = QLabel(title)
    heading.setFont(heading_font())
    layout.addWidget(heading)
    if hint:
        layout.addWidget(_plain(hint))
    for part in parts:
        layout.addWidget(part)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return inner


def _scrolled() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
