"""The pill: while it records, how long and how loud, with the ways to pause, mark and stop it; and what is wrong."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.acts import INTENTS, label, short_label
from app.intents import Intent
from app.look import SPACE_PX, Colours, digits_font
from app.situation import Situation
from app.tray_state import Act, elapsed_text, tray_state
from app.views.floating import Floating, Place
from app.views.meter import FLOOR_DBFS, Meter
from capture.recording import RecordingStatus, Side

ACTS = (Act.PAUSE, Act.RESUME, Act.MARK, Act.MUTE, Act.UNMUTE, Act.KEEP, Act.STOP)
WARNING_WIDTH_PX = 300


class Pill(Floating):
    """Hidden where nothing is recorded. It can be dragged. Main thread only."""

    def __init__(self, intend: Callable[[Intent], None], colours: Colours) -> None:
        super().__init__()
        self._intend = intend
        self._is_wanted = False
        self._grip: QPoint | None = None
        self._time = QLabel("00:00")
        self._time.setFont(digits_font())
        self._dot = QLabel("●")
        self._dot.setAccessibleName("")
        self._warning = QLabel()
        self._warning.setProperty("class", "attention")
        self._warning.setWordWrap(True)
        self._warning.setFixedWidth(WARNING_WIDTH_PX)
        self.meters = {
            Side.MICROPHONE: Meter("", colours),
            Side.SYSTEM: Meter("", colours),
        }
        self.buttons = {act: self._button(act) for act in ACTS}
        self.speak()
        self.set_colours(colours)
        self._lay_out()

    def speak(self) -> None:
        """In the language of the moment."""
        self.setAccessibleName(self.tr("Recording"))
        for side, words in ((Side.MICROPHONE, self.tr("Your microphone")), (Side.SYSTEM, self.tr("The other side"))):
            self.meters[side].setToolTip(words)
            self.meters[side].setAccessibleName(words)
        for act, button in self.buttons.items():
            button.setText(short_label(act))
            button.setAccessibleName(label(act))
            button.setToolTip(label(act))

    def want(self, *, is_wanted: bool) -> None:
        """Whether it is to be seen while something is recorded."""
        self._is_wanted = is_wanted

    @property
    def is_wanted(self) -> bool:
        return self._is_wanted

    def set_colours(self, colours: Colours) -> None:
        self._colours = colours
        for meter in self.meters.values():
            meter.set_colours(colours)

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        take = situation.take
        if take is None or not self._is_wanted:
            self.hide()
            return
        is_paused = take.status is RecordingStatus.PAUSED
        _set_text(self._time, elapsed_text(take))
        _set_text(self._dot, "❚❚" if is_paused else "●")
        _set_style(self._dot, f"color: {self._colours.paused if is_paused else self._colours.recording}")
        state = tray_state(situation)
        self.setAccessibleDescription(state.headline)
        for act, button in self.buttons.items():
            if button.isHidden() == (act in state.acts):
                button.setVisible(act in state.acts)
        for side, meter in self.meters.items():
            is_heard = not is_paused and side not in situation.muted
            meter.set_level(take.levels_dbfs.get(side, FLOOR_DBFS) if is_heard else FLOOR_DBFS)
        if _set_text(self._warning, "\n".join(state.warnings)):
            self._warning.setFixedHeight(self._warning.heightForWidth(WARNING_WIDTH_PX))
            self._warning.setVisible(bool(state.warnings))
            self.resize(self.sizeHint())
        if not self.isVisible():
            self.appear(Place.FOOT)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._grip = None

    def _button(self, act: Act) -> QPushButton:
        button = QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._intend(INTENTS[act]))
        button.hide()
        return button

    def _lay_out(self) -> None:
        meters = QGridLayout()
        meters.setSpacing(SPACE_PX // 2)
        for row, meter in enumerate(self.meters.values()):
            meters.addWidget(meter, row, 0)
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self._dot)
        line.addWidget(self._time)
        line.addLayout(meters)
        for button in self.buttons.values():
            line.addWidget(button)
        layout = QVBoxLayout(self.frame)
        layout.setContentsMargins(2 * SPACE_PX, SPACE_PX, SPACE_PX, SPACE_PX)
        layout.addLayout(line)
        layout.addWidget(self._warning)
        self._warning.hide()


def _set_text(label: QLabel, text: str) -> bool:
    """Whether it was another one."""
    if label.text() == text:
        return False
    label.setText(text)
    return True


def _set_style(label: QLabel, style: str) -> None:
    """Only where it is another one: a style is parsed each time, and there are several situations in a second."""
    if label.styleSheet() != style:
        label.setStyleSheet(style)
