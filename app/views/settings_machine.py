"""What belongs to this computer: where recordings lie, whether the program starts at login, and its keys."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import login_item
from app.errands import Errands
from app.hotkeys.base import Key
from app.look import SPACE_PX
from app.messages import Message, describe
from app.paths import Paths
from app.room import HOUR_S
from app.views.context import ViewContext
from app.views.settings_book import SettingsBook
from app.views.settings_fields import CONTROL_PX, Field, Row, SwitchBox
from capture.disk import free_bytes, lasts_s
from capture.errors import StorageError

GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Room:
    free_bytes: int


class StoragePanel(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._folder = context.paths.recordings
        self.place = QLabel(str(self._folder))
        self.place.setWordWrap(True)
        self.place.setFixedWidth(CONTROL_PX)
        self.room = _faint()
        self.open = QPushButton(self.tr("Open the folder"))
        self.open.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.open.clicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE_PX)
        layout.addWidget(Row(self.tr("Recordings are in"), self.place))
        layout.addWidget(Row("", self.room))
        layout.addWidget(Row("", self.open))
        self._errands.soon(partial(_room, context.paths), self._show)

    def _show(self, room: Room | Message) -> None:
        if isinstance(room, Message):
            self.room.setText(room.message)
            return
        words = self.tr("{free:.1f} GB are free, enough for about {hours} hours of meetings.")
        hours = int(lasts_s(room.free_bytes, with_picture=True) / HOUR_S)
        self.room.setText(words.format(free=room.free_bytes / GIGABYTE, hours=hours))

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Row("", self.box))
        layout.addWidget(self.problem)
        self.box.clicked.connect(self._switch)
        self._errands.soon(_is_on, self._show)

    @Slot()
    def _switch(self) -> None:
        on = self.box.isChecked()
        self._errands.soon(lambda: _switched(on=on), self._show)

    def _show(self, state: "LoginState | Message") -> None:
        if isinstance(state, Message):
            self.problem.setText(state.message)
            self.problem.show()
            return
        self.problem.hide()
        self.box.setChecked(state.is_on)


@dataclass(frozen=True, slots=True)
class LoginState:
    is_on: bool


def hotkeys(book: SettingsBook, words: str, hint: str) -> Field:
    """``hint`` is followed by the keys."""
    keys = ", ".join(key.words for key in Key)
    return Field("hotkeys", "", SwitchBox(words), book, f"{hint} {keys}")


def _faint() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setFixedWidth(CONTROL_PX)
    label.setProperty("class", "faint")
    return label


def _room(paths: Paths) -> Room | Message:
    folder = next(each for each in (paths.recordings, *paths.recordings.parents) if each.exists())
    try:
        return Room(free_bytes(folder))
    except StorageError as error:
        return describe(error.code, error.reason, {"folder": str(folder), **error.data})


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
