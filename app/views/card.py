"""The card: an offer, the countdown at a meeting's end, what to tell the others, or a stop that can be taken back."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.card_state import Button, CardKind, CardState, card_state
from app.intents import CopyText, Intent
from app.look import SPACE_PX, heading_font
from app.situation import Situation
from app.views.floating import Floating, Place
from capture.clock import Clock
from capture.recording import NS_PER_S

WIDTH_PX = 360
TICK_MS = 250
STOPPED_SHOWN_MS = 15_000
"""After that the way back is in the menu."""


class Card(Floating):
    """Shows one ``CardState`` at a time. Main thread only."""

    def __init__(self, intend: Callable[[Intent], None], clock: Clock) -> None:
        super().__init__()
        self._intend = intend
        self._clock = clock
        self._notice = ""
        self._situation = Situation()
        self._state: CardState | None = None
        self._closed: tuple[CardKind, str] | None = None
        self._title = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._tell_time)
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(STOPPED_SHOWN_MS)
        self._closing.timeout.connect(self._close)

    @property
    def state(self) -> CardState | None:
        """What it shows, if anything."""
        return self._state if self.isVisible() else None

    def set_notice(self, notice: str) -> None:
        self._notice = notice
        self.show_situation(self._situation)

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        self._situation = situation
        state = card_state(situation, self._notice)
        if state is None:
            self._state = None
            self.hide()
            self._ticking.stop()
        elif state != self._state:
            self._show(state)

    def _show(self, state: CardState) -> None:
        is_new = self._state is None or (state.kind, state.subject) != (self._state.kind, self._state.subject)
        self._state = state
        if (state.kind, state.subject) == self._closed:
            return
        self._closed = None
        self._title.setText(state.title)
        self.setAccessibleName(state.title)
        self._show_buttons(state.buttons)
        self._tell_time()
        if state.kind is CardKind.ENDING:
            self._ticking.start()
        else:
            self._ticking.stop()
        if is_new and state.kind is CardKind.STOPPED:
            self._closing.start()
        self.appear(Place.CORNER)

    def _tell_time(self) -> None:
        if self._state is None:
            return
        text = self._state.text
        if self._state.until_ns is not None:
            left_ns = max(0, self._state.until_ns - self._clock.now_ns())
            text = text.replace("{seconds}", str(math.ceil(left_ns / NS_PER_S)))
        self._text.setText(text)
        self.setAccessibleDescription(text)

    def _show_buttons(self, buttons: tuple[Button, ...]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for button in buttons:
            made = self._made(button)
            self._buttons.addWidget(made)
            made.show()  # now, or the card's size would be reckoned without it
        self._buttons.addStretch()

    def _made(self, button: Button) -> QPushButton:
        made = QPushButton(button.text)
        made.setAccessibleName(button.text)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if button.is_primary:
            made.setProperty("class", "primary")
        made.clicked.connect(lambda: self._pressed(button))
        return made

    def _pressed(self, button: Button) -> None:
        if button.intent is None:
            self._close()
        else:
            self._intend(button.intent)
        if isinstance(button.intent, CopyText):
            self._title.setText(self.tr("Copied. Paste it into the meeting's chat."))

    def _close(self) -> None:
        if self._state is not None:
            self._closed = (self._state.kind, self._state.subject)
        self.hide()

    def _lay_out(self) -> None:
        self._title.setFont(heading_font())
        layout = QVBoxLayout(self.frame)
        layout.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout.setSpacing(SPACE_PX)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(SPACE_PX // 2)
        layout.addLayout(self._buttons)
        self.frame.setFixedWidth(WIDTH_PX)
