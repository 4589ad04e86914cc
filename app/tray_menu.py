"""The menu of the tray, and of the small window that takes its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QCursor
from PySide6.QtWidgets import QMenu

from app.acts import INTENTS, label
from app.intents import AskToQuit, DismissTrouble, Intent, OpenWindow, Remember, WindowName
from app.recording_rules import AutoRecord
from app.situation import Situation
from app.tray_state import Act, tray_state
from capture.recording import RecordingId


@dataclass(frozen=True, slots=True)
class Recent:
    """A recording in a line, with its state."""

    recording_id: RecordingId
    line: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to record, in words. ``screen`` as in the settings."""

    screen: str
    words: str


class TrayMenu(QObject):
    """Main thread only. Its actions are made once; what makes no sense now is hidden."""

    def __init__(self, intend: Callable[[Intent], None]) -> None:
        super().__init__()
        self._intend = intend
        self._named: list[tuple[QAction, Callable[[], str]]] = []
        self.menu = QMenu()
        self.menu.setAccessibleName("Afterword")
        self._headline = self._line(self.menu)
        self._warning = self._line(self.menu)
        self._seen = self._action(lambda: self.tr("I have seen to it"), DismissTrouble())
        self.menu.addSeparator()
        self.acts = {act: self._action(partial(label, act), INTENTS[act]) for act in Act}
        self.menu.addSeparator()
        self.targets = self._submenu(lambda: self.tr("What to record"))
        self._line(self.targets).setText("…")
        self.rules = self._rules(self._submenu(lambda: self.tr("Record meetings automatically")))
        self.menu.addSeparator()
        self._recent = self._submenu(lambda: self.tr("Recent recordings"))
        self._action(lambda: self.tr("Open recordings"), OpenWindow(WindowName.RECORDINGS))
        self._action(lambda: self.tr("Settings"), OpenWindow(WindowName.SETTINGS))
        self._action(lambda: self.tr("Check everything"), OpenWindow(WindowName.CHECKUP))
        self._action(lambda: self.tr("First steps"), OpenWindow(WindowName.FIRST_RUN))
        self.menu.addSeparator()
        self._action(lambda: self.tr("Quit"), AskToQuit())
        self.show_recent(())
        self.speak()
        self.show_situation(Situation())

    def speak(self) -> None:
        """In the language of the moment."""
        for action, words in self._named:
            action.setText(words())

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        state = tray_state(situation)
        _set_text(self._headline, state.headline)
        _set_text(self._warning, "\n".join(state.warnings))
        _set_visible(self._warning, is_wanted=bool(state.warnings))
        _set_visible(self._seen, is_wanted=situation.trouble is not None)
        for act, action in self.acts.items():
            _set_visible(action, is_wanted=act in state.acts)
        if not self.rules[situation.rule].isChecked():
            self.rules[situation.rule].setChecked(True)

    def show_targets(self, choices: Sequence[Choice], chosen: str) -> None:
        self.targets.clear()
        group = QActionGroup(self.targets)
        for choice in choices:
            action = self.targets.addAction(choice.words)
            action.setCheckable(True)
            action.setChecked(choice.screen == chosen)
            action.triggered.connect(lambda _=False, screen=choice.screen: self._intend(Remember("screen", screen)))
            group.addAction(action)

    def show_recent(self, recent: Sequence[Recent]) -> None:
        """The newest first."""
        self._recent.clear()
        for each in recent:
            action = self._recent.addAction(each.line)
            wanted = OpenWindow(WindowName.PLAYER, each.recording_id)
            action.triggered.connect(lambda _=False, wanted=wanted: self._intend(wanted))
        if not recent:
            self._line(self._recent).setText(self.tr("Nothing has been recorded yet"))

    def pop_up(self) -> None:
        self.menu.popup(QCursor.pos())

    def _action(self, words: Callable[[], str], intent: Intent) -> QAction:
        action = self.menu.addAction("")
        action.triggered.connect(lambda: self._intend(intent))
        self._named.append((action, words))
        return action

    def _submenu(self, words: Callable[[], str]) -> QMenu:
        submenu = QMenu(self.menu)
        self._named.append((self.menu.addMenu(submenu), words))
        return submenu

    def _line(self, menu: QMenu) -> QAction:
        """To be read only."""
        action = menu.addAction("")
        action.setEnabled(False)
        return action

    def _rules(self, menu: QMenu) -> dict[AutoRecord, QAction]:
        words = {
            AutoRecord.OFF: lambda: self.tr("Off"),
            AutoRecord.ASK: lambda: self.tr("Ask at each meeting"),
            AutoRecord.ALWAYS: lambda: self.tr("Always, without asking"),
        }
        group = QActionGroup(menu)
        actions = {}
        for rule, text in words.items():
            action = menu.addAction("")
            self._named.append((action, text))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, rule=rule: self._intend(Remember("auto_record", rule)))
            group.addAction(action)
            actions[rule] = action
        return actions


def _set_text(action: QAction, text: str) -> None:
    if action.text() != text:
        action.setText(text)


def _set_visible(action: QAction, *, is_wanted: bool) -> None:
    if action.isVisible() != is_wanted:
        action.setVisible(is_wanted)
