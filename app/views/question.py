"""Asks once more before a recording is ended by quitting. Where nothing is recorded there is nothing to ask."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from app.flow_state import Ending, Recording
from app.intents import Intent, Leave
from app.situation import Situation


class QuitQuestion(QObject):
    """Main thread only; blocks nothing."""

    def __init__(self, intend: Callable[[Intent], None]) -> None:
        super().__init__()
        self._intend = intend
        self.box: QMessageBox | None = None

    def ask(self, situation: Situation) -> None:
        if not isinstance(situation.phase, Recording | Ending):
            self._intend(Leave())
            return
        if self.box is None:
            self.box = self._made()
        self.box.open()
        self.box.raise_()
        self.box.activateWindow()

    def _made(self) -> QMessageBox:
        buttons = QMessageBox.StandardButton
        box = QMessageBox(QMessageBox.Icon.Question, "Afterword", self.tr("A recording is running."))
        box.setInformativeText(self.tr("It is stopped and saved before Afterword quits."))
        box.setStandardButtons(buttons.Ok | buttons.Cancel)
        box.button(buttons.Ok).setText(self.tr("Stop and quit"))
        box.button(buttons.Cancel).setText(self.tr("Go on recording"))
        box.setDefaultButton(buttons.Cancel)
        box.accepted.connect(lambda: self._intend(Leave()))
        return box
