"""The small window: it takes the tray's place on desktops that have none."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.acts import INTENTS, label
from app.icons import drawn
from app.intents import AskToQuit, Intent
from app.look import SPACE_PX, heading_font
from app.situation import Situation
from app.tray_menu import TrayMenu
from app.tray_state import Act, TrayState, tray_state

ICON_PX = 32


class SmallWindow(QWidget):
    """To close it is to quit. Main thread only."""

    def __init__(self, menu: TrayMenu, intend: Callable[[Intent], None]) -> None:
        super().__init__()
        self._intend = intend
        self._state: TrayState | None = None
        self.setWindowTitle("Afterword")
        self._icon = QLabel()
        self._headline = QLabel()
        self._headline.setFont(heading_font())
        self._warning = QLabel()
        self._warning.setWordWrap(True)
        self._warning.setProperty("class", "attention")
        self.buttons = {act: self._button(act) for act in Act}
        more = QPushButton(self.tr("More"))
        more.setMenu(menu.menu)
        self._lay_out(more)

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        before, state = self._state, tray_state(situation)
        if state == before:
            return
        self._state = state
        self._icon.setPixmap(drawn(state.icon, ICON_PX))
        self._headline.setText(state.headline)
        self._warning.setText("\n".join(state.warnings))
        self._warning.setVisible(bool(state.warnings))
        for act, button in self.buttons.items():
            button.setVisible(act in state.acts)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if event.spontaneous():  # by the user, not by ourselves
            event.ignore()
            self._intend(AskToQuit())

    def _button(self, act: Act) -> QPushButton:
        button = QPushButton(label(act))
        button.setAccessibleName(label(act))
        button.clicked.connect(lambda: self._intend(INTENTS[act]))
        if act is Act.RECORD:
            button.setProperty("class", "primary")
        return button

    def _lay_out(self, more: QPushButton) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_PX)
        top.addWidget(self._icon)
        top.addWidget(self._headline, 1)
        acts = QHBoxLayout()
        acts.setSpacing(SPACE_PX)
        for button in self.buttons.values():
            acts.addWidget(button)
        acts.addStretch()
        acts.addWidget(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout.setSpacing(SPACE_PX)
        layout.addLayout(top)
        layout.addWidget(self._warning)
        layout.addLayout(acts)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
