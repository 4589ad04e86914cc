"""Where recordings lie, how much room there is, and another folder for them, into which they follow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.errands import Errands
from app.language import said
from app.look import SPACE_PX
from app.messages import Failure, Message, describe
from app.moving import Moved, Progress, Stay, move_recordings
from app.paths import Paths
from app.places import choose_place
from app.room import HOUR_S
from app.views.context import ViewContext
from app.views.settings_fields import CONTROL_PX, Row
from capture.disk import free_bytes, lasts_s
from capture.errors import CaptureError, StorageError
from capture.manifest import storage_error
from uploader.errors import UploaderError

GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Room:
    """In the folder for new recordings, which need not be there yet."""

    folder: Path
    free_bytes: int | Message


class StoragePanel(QWidget):
    """Main thread only. What is being moved goes on without it."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._paths = context.paths
        self._folder = Path()
        self._cancelled = Event()
        self.place = _words()
        self.room = _words("faint")
        self.news = _words("faint")
        self.problem = _words("attention")
        self.open = _button(self.tr("Open the folder"), self._open)
        self.change = _button(self.tr("Change …"), self._ask)
        self.cancel = _button(self.tr("Stop moving"), self._stop)
        self.dialog: QFileDialog | None = None
        self._lay_out()
        self._look()

    @Slot(str)
    def take(self, folder: str) -> None:
        """From now on recordings go there, and the others follow."""
        self._cancelled = Event()
        self.change.setEnabled(False)
        self.cancel.show()
        self.problem.hide()
        work = partial(_move, self._paths, Path(folder), self._tell, self._cancelled.is_set)
        self._errands.apart("moving", work, self._show_moved)

    def _tell(self, progress: Progress) -> None:
        """On the thread that moves."""
        self._errands.tell(partial(self._show_progress, progress))

    def _show_progress(self, progress: Progress) -> None:
        words = self.tr("Recordings are being moved: {done} of {total}")
        self._say(words.format(done=progress.done, total=progress.total))
        if progress.done == 0:  # new ones go there by now
            self._look()

    def _show_moved(self, moved: Moved | Message) -> None:
        self.change.setEnabled(True)
        self.cancel.hide()
        self._look()
        if isinstance(moved, Message):
            self.news.hide()
            self.problem.setText(f"{said(moved.message)}\n{said(moved.hint)}")
            self.problem.show()
        elif moved.left:
            self._say(self._why(moved))
        else:
            self._say(self.tr("All recordings are there."))

    def _why(self, moved: Moved) -> str:
        reasons = {reason for _, reason in moved.left}
        if Stay.NO_ROOM in reasons:
            words = self.tr("There is no room for all; recordings that stay where they are, and are listed: {count}")
        elif Stay.DOUBLE in reasons:
            words = self.tr("Recordings that stay where they are, as others have their names: {count}")
        else:
            words = self.tr("Recordings that stay where they are for now, are listed, and follow later: {count}")
        return words.format(count=len(moved.left))

    def _say(self, words: str) -> None:
        self.news.setText(words)
        self.news.show()

    def _look(self) -> None:
        self._errands.soon(partial(_room, self._paths), self._show_room)

    def _show_room(self, room: Room) -> None:
        self._folder = room.folder
        self.place.setText(str(room.folder))
        if isinstance(room.free_bytes, Message):
            self.room.setText(said(room.free_bytes.message))
            return
        words = self.tr("{free:.1f} GB are free, enough for about {hours} hours of meetings.")
        hours = int(lasts_s(room.free_bytes, with_picture=True) / HOUR_S)
        self.room.setText(words.format(free=room.free_bytes / GIGABYTE, hours=hours))

    @Slot()
    def _ask(self) -> None:
        self.dialog = QFileDialog(self, self.tr("A folder for recordings"), str(self._folder))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self.dialog.fileSelected.connect(self.take)
        self.dialog.open()

    @Slot()
    def _stop(self) -> None:
        self._cancelled.set()

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _lay_out(self) -> None:
        buttons = QWidget()
        side_by_side = QHBoxLayout(buttons)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        for button in (self.open, self.change, self.cancel):
            side_by_side.addWidget(button)
        side_by_side.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE_PX)
        layout.addWidget(Row(self.tr("Recordings are in"), self.place))
        for widget in (self.room, buttons, self.news, self.problem):
            layout.addWidget(Row("", widget))
        for widget in (self.cancel, self.news, self.problem):
            widget.hide()


def _words(kind: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setFixedWidth(CONTROL_PX)
    label.setProperty("class", kind)
    return label


def _button(words: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(act)
    return button


def _room(paths: Paths) -> Room:
    recordings = folder = paths.recordings
    try:
        folder = _existing(recordings)
        return Room(recordings, free_bytes(folder))
    except StorageError as error:
        return Room(recordings, describe(error.code, error.reason, {"folder": str(folder), **error.data}))


def _existing(folder: Path) -> Path:
    """The first that is there on the way to it. Raises ``StorageError``."""
    try:
        return next(each for each in (folder, *folder.parents) if each.exists())
    except OSError as error:
        raise storage_error(error, folder) from error


def _move(
    paths: Paths, folder: Path, tell: Callable[[Progress], None], is_cancelled: Callable[[], bool]
) -> Moved | Message:
    try:
        choose_place(paths, "" if folder == paths.usual_recordings else str(folder))
        return move_recordings(paths, tell, is_cancelled)
    except Failure as failure:
        return failure.message
    except (CaptureError, UploaderError) as error:
        return describe(error.code, error.reason, error.data)
