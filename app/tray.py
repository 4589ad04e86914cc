"""The icon in the desktop's tray. It draws a ``TrayState`` and says what the user wants; it knows nothing else."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from app.acts import INTENTS
from app.each_click import EachClick
from app.icons import Ground, icon, load_icons
from app.intents import Intent, SwitchPill
from app.notices import Notice
from app.situation import Situation
from app.tray_menu import TrayMenu
from app.tray_state import Act, Click, TrayState, tray_state


class Tray(QObject):
    """Made once and kept: desktops lose icons that come and go. Main thread only."""

    def __init__(self, menu: TrayMenu, intend: Callable[[Intent], None], ground: Ground) -> None:
        super().__init__()
        self._menu = menu
        self._intend = intend
        self._ground = ground
        self._state: TrayState | None = None
        load_icons()
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(menu.menu)
        self._icon.activated.connect(self._clicked)
        self.show_situation(Situation())
        self._icon.show()
        self._clicks = EachClick(self)
        self._clicks.watch()

    @property
    def state(self) -> TrayState | None:
        """What it shows."""
        return self._state

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        """Only what has changed: every change goes over the desktop's bus."""
        before, now = self._state, tray_state(situation)
        self._state = now
        if before is None or before.icon is not now.icon:
            self._icon.setIcon(icon(now.icon, self._ground))
        if before is None or before.tooltip != now.tooltip:
            self._icon.setToolTip(now.tooltip)

    def notify(self, notice: Notice) -> None:
        self._icon.showMessage(notice.title, notice.text, self._icon.icon())

    def close(self) -> None:
        self._icon.hide()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Trigger or self._state is None:
            return
        match self._state.click:
            case Click.RECORD:
                self._intend(INTENTS[Act.RECORD])
            case Click.PILL:
                self._intend(SwitchPill())
            case Click.MENU:
                self._menu.pop_up()
