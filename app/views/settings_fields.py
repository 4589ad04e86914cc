"""One setting in a window: its name, what it can be changed with, what it means, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from app.language import said
from app.look import SPACE_PX
from app.settings import DEFAULTS, Value, checked
from app.views.settings_book import SettingsBook
from app.words.wording import BadValue

TITLE_PX, CONTROL_PX, CONTROL_HEIGHT_PX, NUMBER_PX, TEXT_PX = 170, 400, 28, 150, 84
LAST_ROW = 9
"""For the hint, so that there is room above it."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str


class Choice(QComboBox):
    """One of several. A value that is none of them is shown as it stands."""

    chosen = Signal(object)
    about_to_open = Signal()

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__()
        self._value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(self._activate)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        if [Option(self.itemData(at), self.itemText(at)) for at in range(self.count())] != list(options):
            self.clear()
            for option in options:
                self.addItem(option.words, option.value)
        self.show_value(self._value)

    def show_value(self, value: Value) -> None:
        self._value = str(value)
        at = self.findData(self._value)
        if at < 0 and self._value:
            self.addItem(self._value, self._value)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """A page that is scrolled must change nothing on it."""
        event.ignore()

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self.about_to_open.emit()
        super().showPopup()

    def _activate(self, at: int) -> None:
        self.chosen.emit(self.itemData(at))


class SwitchBox(QCheckBox):
    chosen = Signal(object)

    def __init__(self, words: str, on: str = "on", off: str = "off") -> None:
        super().__init__(words)
        self._on, self._off = on, off
        self.clicked.connect(lambda: self.chosen.emit(self.chosen_value))

    @property
    def chosen_value(self) -> str:
        return self._on if self.isChecked() else self._off

    def show_value(self, value: Value) -> None:
        self.setChecked(value == self._on)


class Number(QSpinBox):
    """``factor``: what is kept is so many times what is shown."""

    chosen = Signal(object)

    def __init__(self, most: int, suffix: str, least: int = 0, factor: int = 1) -> None:
        super().__init__()
        self.factor = factor
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(NUMBER_PX)
        self.valueChanged.connect(lambda value: self.chosen.emit(value * self.factor))

    def show_value(self, value: Value) -> None:
        with QSignalBlocker(self):
            self.setValue(int(value) // self.factor)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """As of ``Choice``."""
        event.ignore()


class Line(QLineEdit):
    """Counts when it is left, or at Enter."""

    chosen = Signal(object)

    def __init__(self, example: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(example)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: Value) -> None:
        """What somebody is typing stays."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(str(value))

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.chosen.emit(self.text().strip())


class Lines(QPlainTextEdit):
    """Counts when it is left. Tab leaves it."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, example: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(example)
        self.left.connect(lambda: self.chosen.emit(self.toPlainText().strip()))
        self.setTabChangesFocus(True)
        self.setFixedHeight(TEXT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_value(self, value: Value) -> None:
        if not self.hasFocus() and self.toPlainText() != value:
            self.setPlainText(str(value))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()


Control = Choice | SwitchBox | Number | Line | Lines


class Row(QWidget):
    """Something with its name on the left; without a name it stands where others have theirs beside them."""

    def __init__(self, title: str, widget: QWidget) -> None:
        super().__init__()
        grid = _grid(self)
        _place(grid, title, widget)
        if title and not widget.accessibleName():
            widget.setAccessibleName(title)


class Field(QWidget):
    """``hint`` says what it means."""

    def __init__(self, key: str, title: str, control: Control, book: SettingsBook, hint: str = "") -> None:
        super().__init__()
        self.key = key
        self.control = control
        self._book = book
        self._title = title
        self._refused = ""
        self._below = 0
        self.hint = _words(hint, "faint")
        self.problem = _words("", "attention")
        self._grid = _grid(self)
        self._lay_out()
        control.chosen.connect(self._choose)
        book.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """As the settings are now."""
        value = getattr(self._book.settings, self.key)
        self.control.show_value(value)
        bad = self._book.found.bad.get(self.key)
        if bad is not None:
            default = getattr(DEFAULTS, self.key)
            words = self.tr("The settings file has something here that is of no use: {reason}. “{value}” counts.")
            self._complain(words.format(reason=said(bad), value=default))
        elif not self._refused:
            self._complain("")

    def put_below(self, widget: QWidget) -> None:
        """Between the control and its hint."""
        self._below += 1
        self._grid.addWidget(widget, self._below, 1, Qt.AlignmentFlag.AlignLeft)

    def say_hint(self, text: str, kind: str = "faint") -> None:
        say(self.hint, text, kind)
        self.hint.setVisible(bool(text))
        self._describe()

    def _choose(self, value: Value) -> None:
        try:
            good = checked(self.key, value)
        except BadValue as error:
            self._refused = str(value)
            self._complain(self.tr("This was not kept: {reason}.").format(reason=said(error.reason)))
            return
        self._refused = ""
        self._complain("")
        self._book.put(self.key, good)

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self._describe()

    def _describe(self) -> None:
        self.control.setAccessibleDescription(" ".join(filter(None, (self.problem.text(), self.hint.text()))))

    def _lay_out(self) -> None:
        if isinstance(self.control, SwitchBox):
            self._grid.addWidget(QLabel(), 0, 0)
            self._grid.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            _place(self._grid, self._title, self.control)
            self.control.setAccessibleName(self._title)
        self._grid.addWidget(self.hint, LAST_ROW, 1)
        self._grid.addWidget(self.problem, LAST_ROW + 1, 1)
        self.hint.setVisible(bool(self.hint.text()))
        self._describe()


def say(label: QLabel, text: str, kind: str) -> None:
    """``kind``: a class of the look, ``faint``, ``good`` or ``attention``."""
    if label.property("class") != kind:
        label.setProperty("class", kind)
        label.style().unpolish(label)
        label.style().polish(label)
    label.setText(text)


def _grid(widget: QWidget) -> QGridLayout:
    """Names, controls, and the rest of the room."""
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, SPACE_PX)
    grid.setHorizontalSpacing(2 * SPACE_PX)
    grid.setVerticalSpacing(SPACE_PX // 2)
    grid.setColumnMinimumWidth(0, TITLE_PX)
    grid.setColumnMinimumWidth(1, CONTROL_PX)
    grid.setColumnStretch(2, 1)
    return grid


def _place(grid: QGridLayout, title: str, widget: QWidget) -> None:
    label = QLabel(title)
    label.setWordWrap(True)
    label.setFixedWidth(TITLE_PX)
    label.setMinimumHeight(CONTROL_HEIGHT_PX)
    label.setBuddy(widget)
    grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
    if isinstance(widget, Choice | Number | Line):
        widget.setMinimumHeight(CONTROL_HEIGHT_PX)
    if isinstance(widget, Choice | Line | Lines):
        widget.setFixedWidth(CONTROL_PX)
    grid.addWidget(widget, 0, 1, Qt.AlignmentFlag.AlignLeft)


def _words(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setFixedWidth(CONTROL_PX)
    label.setProperty("class", kind)
    return label
