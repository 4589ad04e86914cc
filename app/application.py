"""The desktop app: puts its parts together, carries out what the user wants, and ends them in order.

Start: look → tray, and windows that must not be recorded → orders → engine, which is loaded on a thread, since that
takes longer than to show an icon; what is wanted until then waits. Stop: engine, on a thread, since a recording is
finished first → background → tray and windows → instance.
"""

import queue
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.acts import INTENTS
from app.background import Background, Refresh
from app.bridge import Bridge
from app.collector import Collector, a_window_is_seen
from app.crash_report import CrashReports
from app.hotkeys import open_hotkeys
from app.hotkeys.base import ACTS, Hotkeys, Key
from app.icons import Ground, Icon, icon
from app.ignition import Ignition
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
from app.language import Translations
from app.look import CONTRAST, apply_look, colours_of
from app.messages import Message
from app.noticeboard import Noticeboard
from app.notices import Notice, notices
from app.notifications import notify
from app.orders import Orders
from app.own_windows import own_windows
from app.paths import Paths
from app.recorder_inbox import Inbox
from app.settings import Settings, Switch
from app.settings_watch import SettingsWatch
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
from app.windows import Windows, load
from capture.clock import MonotonicClock

if TYPE_CHECKING:
    from app.engine import Engine

Call = Callable[[], None]

SESSION_END_LIMIT_S = 4.0
"""Windows lets a program that does not answer live for 5 s. A recorder finishes what it has without us."""

TRAY_GRACE_MS = 3000
"""For a panel that is started after us, as at login."""


class Application(QObject):
    """Main thread only. ``left`` is emitted once the engine has ended: then the event loop may."""

    left = Signal()

    def __init__(self, qt: QApplication, paths: Paths, instance: Instance) -> None:
        """``instance`` is claimed."""
        super().__init__()
        self._qt = qt
        self._paths = paths
        self._instance = instance
        self._collector = Collector(self, a_window_is_seen)
        self.background = Background()
        self.settings = SettingsWatch(paths, self.background)
        self._pill_switch = self.settings.settings.pill
        self._colours = colours_of(qt, self.settings.settings.look)
        apply_look(qt, self._colours)
        self._translations = Translations(qt)
        self._translations.speak(self.settings.settings.language)
        self._is_first_run = not paths.settings.exists() and not any(paths.recordings.glob("*"))
        self.has_left = False
        self.situations = Bridge()
        self._calls = Bridge()
        self._before = Situation(rule=self.settings.settings.auto_record)
        self.board = Noticeboard(self._before, self.situations.post)
        self._inbox: Inbox = queue.SimpleQueue()
        self.ignition = Ignition(paths, self.board, self._inbox, self._calls.post)
        self.menu = TrayMenu(self.intend)
        self._recent = Refresh(self.background, partial(recent, paths), self.menu.show_recent)
        self.tray = Tray(self.menu, self.intend, self._ground())
        qt.setWindowIcon(icon(Icon.IDLE))
        self.card = Card(self.intend, MonotonicClock())
        self.pill = Pill(self.intend, self._colours)
        self.small_window: SmallWindow | None = None
        self.hotkeys: Hotkeys | None = None
        self.reports = CrashReports(paths.logs, lambda path: self._calls.post(partial(self.show_report, path)))
        self.question = QuitQuestion(self.intend)
        self.windows = Windows(self._context())
        for each in (self, self.tray, self.menu, self.card, self.pill):
            self.situations.arrived.connect(each.show_situation)
        self.settings.changed.connect(self._obey_settings)
        self._calls.arrived.connect(self._call)
        self.menu.targets.aboutToShow.connect(self._refresh_targets)

    def start(self) -> None:
        """Raises ``StorageError``."""
        crashed = self.reports.watch()
        if crashed is not None:
            self.show_report(crashed)
        orders = Orders(self.board, self._inbox.put, lambda: self._calls.post(self.appear))
        self._instance.listen(orders.answer)
        self.settings.start()
        self._obey_settings()
        self.situations.post(self._before)
        self._qt.styleHints().colorSchemeChanged.connect(self._obey_settings)
        self._qt.commitDataRequest.connect(self.end_with_session)
        QTimer.singleShot(TRAY_GRACE_MS, self, self._look_for_tray)
        settings = self.settings.settings
        windows = own_windows(self._qt, (self.card, self.pill))
        self.ignition.start(settings, windows, partial(self._begin, settings), self.leave)

    @property
    def engine(self) -> "Engine | None":
        """``None`` until it is loaded."""
        return self.ignition.engine

    @property
    def shown(self) -> Situation:
        """What the windows show."""
        return self._before

    def intend(self, intent: Intent) -> None:
        """Carries it out."""
        match intent:
            case Tell(message=message):
                self._inbox.put(message)
            case OpenWindow():
                self._open(intent)
            case Remember(key=key, value=value):
                self.settings.remember(key, value, self._complain)
            case CopyText(text=text):
                self._qt.clipboard().setText(text)
            case Deliver():
                self._deliver()
            case SwitchPill():
                self.pill.want(is_wanted=not self.pill.is_wanted)
                self.pill.show_situation(self._before)
            case DismissTrouble():
                self.board.put(Troubled(None))
            case AskToQuit():
                self.question.ask(self._before)
            case Leave():
                self.leave()

    @Slot()
    def leave(self) -> None:
        """A recording is finished first; the tray says so meanwhile. Idempotent."""
        self.ignition.stop(self._say_left)

    @Slot()
    def end_with_session(self) -> None:
        """Whoever logs out waits until this returns: the desktop, and Windows, may end the process then."""
        self.leave()
        self.ignition.wait(SESSION_END_LIMIT_S)

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        before, self._before = self._before, situation
        for notice in notices(before, situation):
            self.notify(notice)
        has_ended = before.take is not None and situation.take is None
        if has_ended or before.sending != situation.sending:
            self._recent.ask()
        if has_ended:
            self._pill_switch = self.settings.settings.pill
            self.pill.want(is_wanted=self._pill_switch is Switch.ON)

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
        """Once the event loop has ended: also where a desktop's session ended it, and nobody had asked to leave."""
        self.leave()
        self.ignition.wait()
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
        self.ignition.close()
        self._collector.stop()

    def _open(self, wanted: OpenWindow) -> None:
        self.background.do(partial(load, wanted.name), lambda _: self.windows.open(wanted))

    def _deliver(self) -> None:
        """Once it is loaded it looks by itself at what is owed."""
        if self.engine is not None:
            self.engine.deliver()

    def _begin(self, settings: Settings) -> None:
        """``settings``: those that it was loaded with."""
        if settings != self.settings.settings and self.engine is not None:
            self.background.do(partial(self.engine.obey, self.settings.settings), lambda _: None)
        self._switch_hotkeys()
        self._recent.ask()
        if self._is_first_run:
            self.intend(Remember("language", settings.language))  # once there are settings it is no first run any more
            self.intend(OpenWindow(WindowName.FIRST_RUN))

    def _say_left(self) -> None:
        self.has_left = True
        self.left.emit()

    @Slot(object)
    def _call(self, act: Call) -> None:
        act()

    def _context(self) -> ViewContext:
        return ViewContext(
            self._paths,
            self.situations,
            lambda: self._before,
            self.background,
            self.intend,
            lambda: self._colours,
            lambda: self.settings.settings,
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

    @Slot()
    def _obey_settings(self) -> None:
        """Also where the desktop's colours have changed."""
        settings = self.settings.settings
        if self._translations.speak(settings.language):
            self._speak_anew()
        colours = colours_of(self._qt, settings.look)
        if colours is not self._colours:
            self._colours = colours
            apply_look(self._qt, colours)
            self.pill.set_colours(colours)
        self.card.set_notice(settings.consent_notice)
        self._obey_pill()
        if self.engine is not None:
            self.background.do(partial(self.engine.obey, settings), lambda _: None)
            self._switch_hotkeys()

    def _speak_anew(self) -> None:
        self.menu.speak()
        self.pill.speak()
        for each in (self.tray, self.menu, self.card, self.pill):
            each.show_situation(self._before)
        self._recent.ask()
        if self.small_window is not None:
            self.small_window.close()
            self.small_window = None
            self._look_for_tray()
        self.windows.reopen_all()

    def _obey_pill(self) -> None:
        """What the user wants of it now counts until the recording's end."""
        if self._before.take is None or self._pill_switch is not self.settings.settings.pill:
            self._pill_switch = self.settings.settings.pill
            self.pill.want(is_wanted=self._pill_switch is Switch.ON)
            self.pill.show_situation(self._before)

    def _switch_hotkeys(self) -> None:
        is_wanted = self.settings.settings.hotkeys is Switch.ON
        if self.hotkeys is not None and not is_wanted:
            self.hotkeys.close()
            self.hotkeys = None
        elif self.hotkeys is None and is_wanted:
            self.hotkeys = open_hotkeys(self._qt, self.press)

    @Slot()
    def _refresh_targets(self) -> None:
        """When they are wanted: screens come and go."""
        self.background.do(targets, lambda choices: self.menu.show_targets(choices, self.settings.settings.screen))

    def _complain(self, message: Message | None) -> None:
        if message is not None:
            self.board.put(Troubled(message))
