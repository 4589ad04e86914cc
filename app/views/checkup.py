"""Check everything: each thing that a recording needs, looked at and listened to while one watches."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.bridge import Bridge
from app.checkup import Check, State, check_all
from app.errands import Errands
from app.language import said
from app.look import SPACE_PX, heading_font
from app.paths import Paths
from app.settings import read
from app.views.context import ViewContext
from capture.recording import RecordingId

WIDTH_PX = 520
SIGNS: Mapping[State, str] = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}

LookAtAll = Callable[[Callable[[Check], None]], None]
"""Tells each check as it is made."""


class CheckupWindow(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, look_at_all: LookAtAll) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._look_at_all = look_at_all
        self._checks = Bridge()
        self._checks.arrived.connect(self._show)
        self.shown: list[Check] = []
        self.setWindowTitle(self.tr("Check everything"))
        self.setFixedWidth(WIDTH_PX)
        self._headline = QLabel()
        self._headline.setFont(heading_font())
        self._list = QVBoxLayout()
        self.again = QPushButton(self.tr("Check again"))
        self.again.clicked.connect(self.check)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout.setSpacing(SPACE_PX)
        layout.addWidget(self._headline)
        layout.addLayout(self._list)
        layout.addStretch()
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignRight)
        self.check()

    @Slot()
    def check(self) -> None:
        """A short tone is played, as the sound of the other side is checked by it."""
        self.again.setEnabled(False)
        self._headline.setText(self.tr("Looking and listening; a short tone is played …"))
        self.shown.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        look_at_all, tell = self._look_at_all, self._checks.post
        self._errands.apart("checkup", lambda: look_at_all(tell), self._finish)

    @Slot(object)
    def _show(self, check: Check) -> None:
        self.shown.append(check)
        message, hint = said(check.message), said(check.hint)
        line = QLabel(f"<b>{SIGNS[check.state]}</b> {escape(message)}<br>{escape(hint)}".removesuffix("<br>"))
        line.setWordWrap(True)
        line.setAccessibleName(f"{self._verdict(check.state)}: {message} {hint}".rstrip())
        if check.state is not State.OK:
            line.setProperty("class", "attention")
        self._list.addWidget(line)
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        """Lines that wrap ask for too little by themselves."""
        self.setFixedHeight(self._layout.totalHeightForWidth(WIDTH_PX))

    def _verdict(self, state: State) -> str:
        """For who does not see its sign."""
        words: Mapping[State, str] = {
            State.OK: self.tr("Good"),
            State.WARN: self.tr("To be looked at"),
            State.FAIL: self.tr("Wrong"),
        }
        return words[state]

    def _finish(self, _: None) -> None:
        is_good = all(check.state is State.OK for check in self.shown)
        good, bad = self.tr("Everything is ready."), self.tr("Not everything is as it should be.")
        self._headline.setText(good if is_good else bad)
        self.again.setEnabled(True)


def open_view(context: ViewContext, _: RecordingId | None) -> CheckupWindow:
    return CheckupWindow(context, lambda tell: _look(context.paths, tell))


def _look(paths: Paths, tell: Callable[[Check], None]) -> None:
    for check in check_all(paths, read(paths.settings).settings):
        tell(check)
