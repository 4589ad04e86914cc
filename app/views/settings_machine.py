"""What belongs to this computer: whether the program starts at login, and its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app import login_item
from app.errands import Errands
from app.hotkeys.base import Key
from app.language import said
from app.messages import Message, describe
from app.views.context import ViewContext
from app.views.settings_book import SettingsBook
from app.views.settings_fields import Field, Row, SwitchBox
from capture.errors import StorageError


class LoginSwitch(QWidget):
    """What the system keeps is the truth, so it is read and written there. Main thread only."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._context = context
        self.box = QCheckBox(self.tr("Start when I log in"))
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("class", "attention")
        self.problem.hide()
        self._known = LoginState(is_on=False)
        self._asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Row("", self.box))
        layout.addWidget(self.problem)
        self.box.clicked.connect(self._switch)
        self._ask(_is_on)

    @Slot()
    def _switch(self) -> None:
        on = self.box.isChecked()
        self._ask(lambda: _switched(on=on))

    def _ask(self, work: "Callable[[], LoginState | Message]") -> None:
        self._asked += 1
        self._errands.soon(work, partial(self._show, self._asked))

    def _show(self, number: int, state: "LoginState | Message") -> None:
        if isinstance(state, Message):
            self.problem.setText(said(state.message))
            self.problem.show()
        else:
            self.problem.hide()
            self._known = state
        if number == self._asked:  # nobody has clicked since
            self.box.setChecked(self._known.is_on)


@dataclass(frozen=True, slots=True)
class LoginState:
    is_on: bool


def hotkeys(book: SettingsBook, words: str, hint: str) -> Field:
    """``hint`` is followed by the keys."""
    keys = ", ".join(key.words for key in Key)
    return Field("hotkeys", "", SwitchBox(words), book, f"{hint} {keys}")


def _is_on() -> LoginState | Message:
    try:
        return LoginState(login_item.is_on())
    except StorageError as error:
        return describe(error.code, error.reason, error.data)


def _switched(*, on: bool) -> LoginState | Message:
    try:
        login_item.switch(on=on)
    except StorageError as error:
        return describe(error.code, error.reason, error.data)
    return _is_on()
