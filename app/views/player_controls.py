"""The buttons below the picture."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QWidget

from app.look import SPACE_PX, digits_font
from app.recording_words import clocked
from app.views.player_playback import SPEEDS

VOLUME_PX = 90
WHOLE_PERCENT = 100


class PlayerAct(Enum):
    TOGGLE = auto()
    BACK = auto()
    ON = auto()
    MUTE = auto()
    FULL_SCREEN = auto()


class Controls(QWidget):
    """Main thread only."""

    def __init__(self, do: Callable[[PlayerAct], None], set_speed: Callable[[float], None]) -> None:
        super().__init__()
        self.buttons = {act: self._button(act, do) for act in PlayerAct}
        self.buttons[PlayerAct.TOGGLE].setProperty("class", "primary")
        self.clock = QLabel()
        self.clock.setFont(digits_font())
        self.speeds: dict[float, QAction] = {}
        self.speed = self._speed_button(set_speed)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, WHOLE_PERCENT)
        self.volume.setFixedWidth(VOLUME_PX)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume (up, down)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX)
        for act in (PlayerAct.BACK, PlayerAct.TOGGLE, PlayerAct.ON):
            layout.addWidget(self.buttons[act])
        layout.addWidget(self.clock)
        layout.addStretch()
        layout.addWidget(self.speed)
        layout.addWidget(self.buttons[PlayerAct.MUTE])
        layout.addWidget(self.volume)
        layout.addWidget(self.buttons[PlayerAct.FULL_SCREEN])
        self.show_playing(is_playing=False)
        self.show_muted(is_muted=False)
        self.show_speed(1.0)

    def show_playing(self, *, is_playing: bool) -> None:
        self.buttons[PlayerAct.TOGGLE].setText(self.tr("Pause") if is_playing else self.tr("Play"))

    def show_muted(self, *, is_muted: bool) -> None:
        self.buttons[PlayerAct.MUTE].setText(self.tr("Sound on") if is_muted else self.tr("Mute"))

    def show_speed(self, speed: float) -> None:
        self.speed.setText(speed_words(speed))
        self.speeds[speed].setChecked(True)

    def show_clock(self, at_s: float, duration_s: float) -> None:
        self.clock.setText(f"{clocked(at_s)} / {clocked(duration_s)}")

    def _button(self, act: PlayerAct, do: Callable[[PlayerAct], None]) -> QPushButton:
        words = {
            PlayerAct.TOGGLE: (self.tr("Play"), self.tr("Play or pause (space, K)")),
            PlayerAct.BACK: (self.tr("\u221210 s"), self.tr("Back 10 seconds (J)")),
            PlayerAct.ON: (self.tr("+10 s"), self.tr("Forward 10 seconds (L)")),
            PlayerAct.MUTE: (self.tr("Mute"), self.tr("Mute or unmute (M)")),
            PlayerAct.FULL_SCREEN: (self.tr("Full screen"), self.tr("Full screen, and back (F)")),
        }
        text, tip = words[act]
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: do(act))
        return button

    def _speed_button(self, set_speed: Callable[[float], None]) -> QPushButton:
        button = QPushButton()
        button.setToolTip(self.tr("Speed (< and >)"))
        button.setAccessibleName(self.tr("Speed"))
        menu = QMenu(button)
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = menu.addAction(speed_words(speed))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, speed=speed: set_speed(speed))
            group.addAction(action)
            self.speeds[speed] = action
        button.setMenu(menu)
        return button


def speed_words(speed: float) -> str:
    return f"{speed:g}\N{MULTIPLICATION SIGN}"
