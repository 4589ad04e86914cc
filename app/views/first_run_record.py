"""The shortest way to a recording and back: record, stop, play. In the same place at every step."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.acts import INTENTS
from app.intents import OpenWindow, WindowName
from app.look import SPACE_PX, digits_font
from app.situation import Situation
from app.tray_state import Act, acts_of, elapsed_text
from app.views.context import ViewContext
from capture.recording import RecordingId


class RecordBar(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.last: RecordingId | None = None
        """The recording that was made last while this was open."""
        self.record = QPushButton(self.tr("● Record now"))
        self.stop = QPushButton(self.tr("■ Stop"))
        self.play = QPushButton(self.tr("▶ Play it"))
        self.all = QPushButton(self.tr("All recordings"))
        self.time = QLabel()
        self.time.setFont(digits_font())
        self.record.clicked.connect(lambda: context.intend(INTENTS[Act.RECORD]))
        self.stop.clicked.connect(lambda: context.intend(INTENTS[Act.STOP]))
        self.play.clicked.connect(lambda: context.intend(OpenWindow(WindowName.PLAYER, self.last)))
        self.all.clicked.connect(lambda: context.intend(OpenWindow(WindowName.RECORDINGS)))
        for button in (self.record, self.stop, self.play):
            button.setAccessibleName(button.text()[2:])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX)
        for widget in (self.record, self.stop, self.time, self.play, self.all):
            layout.addWidget(widget)
        context.situations.arrived.connect(self.show_situation)
        self.show_situation(context.situation())

    @Slot(object)
    def show_situation(self, situation: Situation) -> None:
        acts = acts_of(situation)
        if situation.take is not None:
            self.last = situation.take.recording_id
        is_done = self.last is not None and situation.take is None and Act.STOP not in acts
        self.record.setVisible(Act.RECORD in acts)
        self.stop.setVisible(Act.STOP in acts)
        self.time.setVisible(situation.take is not None)
        self.time.setText("" if situation.take is None else elapsed_text(situation.take))
        self.play.setVisible(is_done)
        self.all.setVisible(is_done)
