"""The desktop app: puts its parts together, carries out what the user wants, and ends them in order.

Start: look → windows that must not be recorded → engine → tray and orders. Stop: engine, on a thread, since a
recording is finished first → background → tray and windows → instance.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.acts import INTENTS
from app.background import Background
from app.bridge import Bridge
from app.crash_report import CrashReports
from app.engine import Engine
from app.hotkeys import open_hotkeys
from app.hotkeys.base import ACTS, Hotkeys, Key
from app.icons import Ground
from app.intents import (
    AskToQuit,
    CopyText,
    Deliver,
    DismissTrouble,
    Intent,
    Leave,
    OpenWindow,
    Remember,
    SwitchPill,
    Tell,
    WindowName,
)
from app.look import CONTRAST, apply_look, colours_of
from app.messages import Failure, Message, describe
from app.notices import Notice, notices
from app.notifications import notify
from app.orders import Orders
from app.own_windows import own_windows
from app.paths import Paths
from app.settings import Switch, Value, read
from app.single_instance import Instance
from app.situation import Situation, Troubled
from app.tray import Tray
from app.tray_contents import recent, targets
from app.tray_menu import TrayMenu
from app.tray_state import acts_of
from app.views.card import Card
from app.views.context import ViewContext
from app.views.pill import Pill
from app.views.question import QuitQuestion
from app.views.report import ReportWindow
from app.views.small_window import SmallWindow
from app.windows import Windows, exists
from capture.clock import MonotonicClock
from capture.errors import CaptureError

logger = logging.getLogger(__name__)

Call = Callable[[], None]

TRAY_GRACE_MS = 3000
"""For a panel that is started after us, as at login."""


class Application(QObject):
    """Main thread only. ``left`` is emitted once the engine has ended: then the event loop may."""

    left = Signal()

    def __init__(self, qt: QApplication, paths: Paths, instance: Instance) -> None:
        """``instance`` is claimed. Raises ``UploaderError`` and ``Failure`` for settings that lead nowhere."""
        super().__init__()
        self._qt = qt
        self._paths = paths
        self._instance = instance
        self._settings = read(paths.settings).settings
        self._colours = colours_of(qt, self._settings.look)
        apply_look(qt, self._colours)
        self._leaving: threading.Thread | None = None
        self.has_left = False
        self._before = Situation()
        self.background = Background()
        self.situations = Bridge()
        self._calls = Bridge()
        self.card = Card(self.intend, MonotonicClock())
        self.pill = Pill(self.intend, self._colours)
        self.engine = Engine(paths, self.situations.post, own_windows(qt, (self.card, self.pill)))
        self.menu = TrayMenu(self.intend)
        self.tray = Tray(self.menu, self.intend, self._ground())
        self.small_window: SmallWindow | None = None
        self.hotkeys: Hotkeys | None = None
        self.reports = CrashReports(paths.logs, lambda path: self._calls.post(partial(self.show_report, path)))
        self.question = QuitQuestion(self.intend)
        self.windows = Windows(self._context())
        self._watcher = QFileSystemWatcher(self)
        for each in (self, self.tray, self.menu, self.card, self.pill):
            self.situations.arrived.connect(each.show_situation)
        self._calls.arrived.connect(self._call)
        self.menu.targets.aboutToShow.connect(self._refresh_targets)

    def start(self) -> None:
        """Raises ``StorageError``."""
        crashed = self.reports.watch()
        if crashed is not None:
            self.show_report(crashed)
        orders = Orders(self.engine.board, self.engine.put, lambda: self._calls.post(self.appear))
        self._instance.listen(orders.answer)
        self.engine.start()
        self._watch_settings()
        self._obey_settings()
        self._refresh_recent()
        self._qt.styleHints().colorSchemeChanged.connect(self._obey_settings)
        self._qt.commitDataRequest.connect(self.leave)  # the session ends
        QTimer.singleShot(TRAY_GRACE_MS, self, self._look_for_tray)

    @property
    def shown(self) -> Situation:
        """What the windows show."""
        return self._before

    def intend(self, intent: Intent) -> None:
        """Carries it out."""
        match intent:
            case Tell(message=message):
                self.engine.put(message)
            case OpenWindow(name=name, subject=subject) if not exists(name):
                folder = self._paths.config if name is WindowName.SETTINGS else self._paths.recordings / (subject or "")
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
            case OpenWindow():
                self.windows.open(intent)
            case Remember(key=key, value=value):
                self.background.do(lambda: self._written(key, value), self._complain)
            case CopyText(text=text):
                self._qt.clipboard().setText(text)
            case Deliver():
                self.engine.deliver()
            case SwitchPill():
                self.pill.want(is_wanted=not self.pill.is_wanted)
                self.pill.show_situation(self._before)
            case DismissTrouble():
                self.engine.board.put(Troubled(None))
            case AskToQuit():
                self.question.ask(self._before)
            case Leave():
                self.leave()

    @Slot()
    def leave(self) -> None:
        """A recording is finished first; the tray says so meanwhile. Idempotent."""
        if self._leaving is None:
            self._leaving = threading.Thread(target=self._end_engine, name="leaving")
            self._leaving.start()

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        before, self._before = self._before, situation
        for notice in notices(before, situation):
            self.notify(notice)
        has_ended = before.take is not None and situation.take is None
        if has_ended or before.sending != situation.sending:
            self._refresh_recent()
        if has_ended:
            self.pill.want(is_wanted=self._settings.pill is Switch.ON)

    def notify(self, notice: Notice) -> None:
        """By the desktop; where it has no such means, by the tray."""
        self.background.do(lambda: notify(notice), lambda is_told: None if is_told else self.tray.notify(notice))

    def press(self, key: Key) -> None:
        """A hotkey."""
        acts = acts_of(self._before)
        act = next((act for act in ACTS[key] if act in acts), None)
        if act is not None:
            self.intend(INTENTS[act])

    def show_report(self, path: Path) -> None:
        self.report = ReportWindow(path)
        self.report.show()

    def appear(self) -> None:
        """For who starts it a second time."""
        if self.small_window is not None:
            self.small_window.show()
            self.small_window.activateWindow()
        else:
            self.menu.pop_up()

    def close(self) -> None:
        """Once ``leave`` has come to its end, and the event loop with it."""
        self.background.stop()
        self.windows.close_all()
        self.tray.close()
        for window in (self.card, self.pill, self.small_window):
            if window is not None:
                window.close()
        if self.hotkeys is not None:
            self.hotkeys.close()
        self._instance.close()
        self.reports.close()

    def _end_engine(self) -> None:
        self.engine.stop()
        self._calls.post(self._say_left)

    def _say_left(self) -> None:
        self.has_left = True
        self.left.emit()

    @Slot(object)
    def _call(self, act: Call) -> None:
        act()

    def _context(self) -> ViewContext:
        return ViewContext(
            self._paths, self.situations, lambda: self._before, self.background, self.intend, lambda: self._colours
        )

    def _ground(self) -> Ground:
        if self._qt.platformName() == "cocoa":
            return Ground.TEMPLATE
        return Ground.CONTRAST if self._colours is CONTRAST else Ground.ANY

    def _look_for_tray(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable() or self.small_window is not None:
            return
        self.small_window = SmallWindow(self.menu, self.intend)
        self.situations.arrived.connect(self.small_window.show_situation)
        self.small_window.show_situation(self._before)
        self.small_window.show()

    def _watch_settings(self) -> None:
        """The folder, as the file is replaced whenever it is written."""
        try:
            self._paths.config.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            logger.warning("settings are read at the start only: %s", error)
            return
        self._watcher.addPath(str(self._paths.config))
        self._watcher.directoryChanged.connect(self._obey_settings)

    @Slot()
    def _obey_settings(self) -> None:
        before, self._settings = self._settings, read(self._paths.settings).settings
        colours = colours_of(self._qt, self._settings.look)
        if colours is not self._colours:
            self._colours = colours
            apply_look(self._qt, colours)
            self.pill.set_colours(colours)
        self.card.set_notice(self._settings.consent_notice)
        if before.pill is not self._settings.pill or self._before.take is None:
            self.pill.want(is_wanted=self._settings.pill is Switch.ON)
            self.pill.show_situation(self._before)
        if before != self._settings:
            self.engine.reload()
        if (self.hotkeys is not None) is not (self._settings.hotkeys is Switch.ON):
            self._switch_hotkeys()

    def _switch_hotkeys(self) -> None:
        if self.hotkeys is not None:
            self.hotkeys.close()
            self.hotkeys = None
        elif self._settings.hotkeys is Switch.ON:
            self.hotkeys = open_hotkeys(self._qt, self.press)

    @Slot()
    def _refresh_targets(self) -> None:
        """When they are wanted: screens come and go."""
        self.background.do(targets, lambda choices: self.menu.show_targets(choices, self._settings.screen))

    def _refresh_recent(self) -> None:
        self.background.do(lambda: recent(self._paths), self.menu.show_recent)

    def _written(self, key: str, value: Value) -> Message | None:
        from app.settings_file import write_setting  # noqa: PLC0415 - tomlkit, for who writes only

        try:
            write_setting(self._paths.settings, key, value)
        except Failure as failure:
            return failure.message
        except CaptureError as error:
            return describe(error.code, error.reason, error.data)
        return None

    def _complain(self, message: Message | None) -> None:
        if message is not None:
            self.engine.board.put(Troubled(message))
