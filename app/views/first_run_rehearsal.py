"""Ten seconds for trying: recorded as a meeting would be, and played at once."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.bridge import Bridge
from app.language import said
from app.look import SPACE_PX
from app.messages import describe
from app.rehearsal import LENGTH_S, Rehearsal
from app.settings import Settings
from app.sound_devices import explain
from app.views.context import ViewContext
from app.views.meter import FLOOR_DBFS, Meter
from app.views.player_playback import Playback
from app.views.player_screen import PlayerScreen
from app.views.settings_fields import CONTROL_PX, Row, say
from capture.errors import StorageError
from capture.events import Ended, Error, Event, Level, Started
from capture.recording import RecordingStatus, Side

TICK_MS = 100
MS_PER_S = 1000


class RehearsalPanel(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, settings: Callable[[], Settings], length_s: float = LENGTH_S) -> None:
        super().__init__()
        self._context = context
        self._settings = settings
        self._length_s = length_s
        self._rehearsal: Rehearsal | None = None
        self._events = Bridge()
        self._events.arrived.connect(self._take)
        self._playback: Playback | None = None
        self.screen_shown = PlayerScreen(context.colours)
        self.screen_shown.hide()
        self.meters = {
            Side.MICROPHONE: Meter(self.tr("Your microphone"), context.colours()),
            Side.SYSTEM: Meter(self.tr("The other side"), context.colours()),
        }
        self.record = QPushButton()
        self.play = QPushButton(self.tr("Play"))
        self.progress = QProgressBar()
        self.progress.setRange(0, round(length_s * MS_PER_S))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Recorded until now"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self._since = QElapsedTimer()
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self.record.clicked.connect(self._begin)
        self.play.clicked.connect(self._toggle)
        self._lay_out()
        self._rest(self.tr("Say a few words, and play something if you like. It is kept nowhere."), "faint")
        self.play.setEnabled(False)

    @property
    def rehearsal(self) -> Rehearsal | None:
        return self._rehearsal

    def rest(self) -> None:
        """Nothing plays any more."""
        if self._playback is not None and self._playback.is_playing:
            self._playback.toggle()

    def close_all(self) -> None:
        """Idempotent."""
        self._ticking.stop()
        if self._playback is not None:
            self._playback.close()
        if self._rehearsal is not None:
            self._rehearsal.close()
            self._rehearsal = None

    @Slot()
    def _begin(self) -> None:
        self.close_all()
        self.play.setEnabled(False)
        self.record.setEnabled(False)
        say(self.words, self.tr("Starting …"), "faint")
        self.progress.setValue(0)
        paths = self._context.paths
        try:
            self._rehearsal = Rehearsal(self._settings(), paths, self._events.post, self._length_s)
        except StorageError as error:
            trouble = describe(error.code, error.reason, error.data)
            self._rest(f"{said(trouble.message)} {said(trouble.hint)}", "attention")

    @Slot(object)
    def _take(self, event: Event) -> None:
        if self._rehearsal is None:
            return
        match event:
            case Started():
                say(self.words, self.tr("Recording. Say something …"), "faint")
                self._since.start()
                self._ticking.start()
            case Level(side=side, rms_dbfs=level):
                self.meters[side].set_level(level)
            case Error(code=code, reason=reason, data=data):
                back = self.tr("Go back a step and choose another source.")
                self._rest(f"{said(explain(code, reason, data).message)} {back}", "attention")
            case Ended(status=status):
                self._finish(status)

    @Slot(QImage)
    def _show_image(self, image: QImage) -> None:
        self.screen_shown.show_image(image)
        self.screen_shown.show()

    def _finish(self, status: RecordingStatus) -> None:
        file = None if self._rehearsal is None else self._rehearsal.file
        if status is RecordingStatus.FAILED or file is None:
            self._rest(self.tr("Nothing playable came of it. “Check everything” tells why."), "attention")
            return
        self._rest(self.tr("✓ Recorded. This is what it looks and sounds like."), "good")
        self.play.setEnabled(True)
        self.play.setFocus()
        if self._playback is None:
            self._playback = Playback(self)
            self._playback.shown.connect(self._show_image)
            self._playback.toggled.connect(self._show_playing)
        self._playback.open(file)
        self._playback.toggle()

    @Slot()
    def _toggle(self) -> None:
        if self._playback is not None:
            self._playback.toggle()

    def _rest(self, words: str, kind: str) -> None:
        self._ticking.stop()
        say(self.words, words, kind)
        self.record.setText(self.tr("Record {seconds} seconds").format(seconds=round(self._length_s)))
        self.record.setEnabled(True)
        for meter in self.meters.values():
            meter.set_level(FLOOR_DBFS)

    @Slot()
    def _tick(self) -> None:
        self.progress.setValue(min(self._since.elapsed(), self.progress.maximum()))

    @Slot(bool)
    def _show_playing(self, is_playing: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.play.setText(self.tr("Pause") if is_playing else self.tr("Play"))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self.record)
        line.addWidget(self.play)
        line.addWidget(self.progress, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX)
        layout.addLayout(line)
        for meter in self.meters.values():
            row = Row(meter.accessibleName(), meter)
            row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            layout.addWidget(row)
            meter.setFixedWidth(CONTROL_PX)
        layout.addWidget(self.words)
        layout.addWidget(self.screen_shown, 1)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
