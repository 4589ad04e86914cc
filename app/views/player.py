"""Plays a recording: picture and sound, who speaks when, and what was said."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QSplitter, QVBoxLayout, QWidget

from app.errands import Errands
from app.illustrator import Illustrator, loudness_of
from app.language import said
from app.library import recording_directory
from app.look import SPACE_PX
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.playable import Playable, read_playable
from app.views.context import ViewContext
from app.views.player_controls import Controls, PlayerAct
from app.views.player_playback import SPEEDS, Playback
from app.views.player_screen import PlayerScreen
from app.views.player_transcript import TranscriptList
from app.views.recordings_notes import Words
from app.views.timeline import Timeline
from capture.errors import ManifestError
from capture.illustrations import IllustrationAnswer
from capture.recording import RecordingId

WIDTH_PX, HEIGHT_PX = 1100, 680
TRANSCRIPT_PX: Final = 340
LEAP_S, STEP_S = 10.0, 5.0
VOLUME_STEP: Final = 0.05
WHOLE_PERCENT: Final = 100

LEAPS: Mapping[int, float] = {
    Qt.Key.Key_J: -LEAP_S,
    Qt.Key.Key_L: LEAP_S,
    Qt.Key.Key_Left: -STEP_S,
    Qt.Key.Key_Right: STEP_S,
}
VOLUMES: Mapping[int, float] = {Qt.Key.Key_Up: VOLUME_STEP, Qt.Key.Key_Down: -VOLUME_STEP}
FASTER: Mapping[int, int] = {Qt.Key.Key_Greater: 1, Qt.Key.Key_Less: -1}
MARKS: Mapping[int, int] = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}
ACTS: Mapping[int, PlayerAct] = {
    Qt.Key.Key_Space: PlayerAct.TOGGLE,
    Qt.Key.Key_K: PlayerAct.TOGGLE,
    Qt.Key.Key_M: PlayerAct.MUTE,
    Qt.Key.Key_F: PlayerAct.FULL_SCREEN,
}


class PlayerWindow(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, subject: RecordingId) -> None:
        super().__init__()
        self._context = context
        self._errands = Errands(context.background, self)
        self._illustrator: Illustrator | None = None
        self._is_to_play = False
        self.playable: Playable | None = None
        self.playback = Playback(self)
        self.stage = PlayerScreen(context.colours)
        self.timeline = Timeline(context.colours)
        self.transcript = TranscriptList(context.colours)
        self.controls = Controls(self.do, self.set_speed)
        self.follow = QCheckBox(self.tr("Follow"))
        self.notes = Words(self.tr("Notes"))
        self._lay_out()
        self._connect()
        self._errands.soon(partial(_read, context.paths, subject), self._show)

    def play_from(self, at_s: float | None) -> None:
        """From there, else from where it is; as soon as its file is known."""
        self._is_to_play = True
        if at_s is not None:
            self.seek(at_s)
        self.playback.play()

    def do(self, act: PlayerAct) -> None:
        match act:
            case PlayerAct.TOGGLE:
                self.playback.toggle()
            case PlayerAct.BACK:
                self.leap(-LEAP_S)
            case PlayerAct.ON:
                self.leap(LEAP_S)
            case PlayerAct.MUTE:
                self.playback.mute(is_muted=not self.playback.is_muted)
                self.controls.show_muted(is_muted=self.playback.is_muted)
            case PlayerAct.FULL_SCREEN:
                self._set_full(is_full=not self.isFullScreen())

    def set_speed(self, speed: float) -> None:
        self.playback.set_speed(speed)
        self.controls.show_speed(speed)

    @Slot(float)
    def seek(self, at_s: float) -> None:
        self.playback.seek(at_s)
        self._show_position(at_s)

    def leap(self, by_s: float) -> None:
        self.seek(max(0.0, min(self.playback.at_s + by_s, self._duration_s)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        if key in ACTS:
            self.do(ACTS[key])
        elif key in LEAPS:
            self.leap(LEAPS[key])
        elif key in VOLUMES:
            self.playback.set_volume(self.playback.volume + VOLUMES[key])
            self.controls.volume.setValue(round(self.playback.volume * WHOLE_PERCENT))
        elif key in FASTER:
            place = SPEEDS.index(self.playback.speed) + FASTER[key]
            self.set_speed(SPEEDS[max(0, min(place, len(SPEEDS) - 1))])
        elif key in MARKS:
            self._seek_mark(MARKS[key])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.seek(0.0 if key == Qt.Key.Key_Home else self._duration_s)
        elif key == Qt.Key.Key_Escape and self.isFullScreen():
            self._set_full(is_full=False)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.playback.close()
        if self._illustrator is not None:
            self._illustrator.close()
        super().closeEvent(event)

    @property
    def _duration_s(self) -> float:
        return self.playable.duration_s if self.playable is not None else 0.0

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Recording"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.follow.setChecked(True)
        self.follow.setToolTip(self.tr("Keep in sight what is being said"))
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(SPACE_PX, 0, 0, 0)
        self._untold = QLabel(
            self.tr("There is no transcript. Choose an engine in the settings, and new recordings get one.")
        )
        self._untold.setWordWrap(True)
        self._untold.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._untold.setProperty("class", "faint")
        side.addWidget(self.transcript, 1)
        side.addWidget(self._untold, 1)
        side.addWidget(self.follow, 0, Qt.AlignmentFlag.AlignTrailing)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.stage)
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([WIDTH_PX - TRANSCRIPT_PX, TRANSCRIPT_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACE_PX,) * 4)
        layout.setSpacing(SPACE_PX)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.notes)
        layout.addWidget(self.timeline)
        layout.addWidget(self.controls)
        self._show_side(has_captions=False)

    def _connect(self) -> None:
        self.playback.moved.connect(self._show_position)
        self.playback.toggled.connect(lambda is_playing: self.controls.show_playing(is_playing=is_playing))
        self.playback.shown.connect(self.stage.show_image)
        self.playback.failed.connect(self._fail)
        self.stage.pressed.connect(self.playback.toggle)
        self.stage.sought.connect(lambda share: self.seek(share * self._duration_s))
        self.timeline.sought.connect(self.seek)
        self.transcript.sought.connect(self.seek)
        self.transcript.left.connect(lambda: self.follow.setChecked(False))
        self.controls.volume.setValue(WHOLE_PERCENT)
        self.controls.volume.valueChanged.connect(lambda value: self.playback.set_volume(value / WHOLE_PERCENT))
        self.controls.show_clock(0.0, 0.0)

    def _show(self, found: Playable | Message) -> None:
        if isinstance(found, Message):
            self.stage.show_words(f"{said(found.message)}\n{said(found.hint)}")
            self.controls.setEnabled(False)
            return
        self.playable = found
        self.setWindowTitle(found.title or self.tr("Recording"))
        self.timeline.show_story(found)
        self.transcript.captions.show_captions(found.captions)
        self._show_side(has_captions=bool(found.captions))
        self.controls.show_clock(0.0, found.duration_s)
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open(found)

    def _open(self, found: Playable) -> None:
        file = found.film or found.sound
        if file is None:
            self.controls.setEnabled(False)
            self.stage.show_words(
                self.tr("Sound and picture are not on this machine any more: another one holds them.")
                if found.is_released
                else self.tr("There is nothing to play: neither sound nor picture was recorded.")
            )
            return
        if found.film is None:
            self._illustrator = Illustrator()
            self._illustrator.ask(loudness_of(file), self._show_loudness)
        if not self.playback.can_be_heard:
            self.notes.say(self.tr("This machine has no loudspeaker: it plays without sound."))
        self.playback.open(file)
        if self._is_to_play:
            self.playback.play()

    def _show_loudness(self, answer: IllustrationAnswer) -> None:
        """On the illustrator's thread."""
        try:
            loudness = answer.output.read_bytes()
        except OSError:  # it plays without
            return
        self._errands.tell(lambda: self.stage.show_loudness(loudness))

    def _show_side(self, *, has_captions: bool) -> None:
        self.transcript.setVisible(has_captions)
        self.follow.setVisible(has_captions)
        self._untold.setVisible(not has_captions)

    @Slot(float)
    def _show_position(self, at_s: float) -> None:
        self.timeline.show_position(at_s)
        self.transcript.show_position(at_s, follows=self.follow.isChecked())
        self.stage.show_played(at_s / self._duration_s if self._duration_s else 0.0)
        self.controls.show_clock(at_s, self._duration_s)

    @Slot(str)
    def _fail(self, reason: str) -> None:
        words = self.tr("It cannot be played: {reason}. Its files are as they were.").format(reason=reason.rstrip("."))
        self.stage.show_words(words)

    def _seek_mark(self, step: int) -> None:
        moments = [each.at_s for each in self.playable.moments] if self.playable is not None else []
        now_s = self.playback.at_s
        due = [at_s for at_s in moments if (at_s - now_s) * step > 1.0 / WHOLE_PERCENT]
        if due:
            self.seek(min(due) if step > 0 else max(due))

    def _set_full(self, *, is_full: bool) -> None:
        self._side.setVisible(not is_full)
        if is_full:
            self.showFullScreen()
        else:
            self.showNormal()


def open_view(context: ViewContext, subject: RecordingId | None) -> PlayerWindow:
    return PlayerWindow(context, subject or RecordingId(""))


def _read(paths: Paths, recording_id: RecordingId) -> Playable | Message:
    try:
        return read_playable(recording_directory(paths, recording_id))
    except Failure as failure:
        return failure.message
    except ManifestError as error:
        return describe(error.code, error.reason, error.data)
