"""What the buttons of the list do, and what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from app import recording_acts
from app.errands import Errands
from app.export import Export
from app.intents import CopyText, Deliver, OpenWindow, WindowName
from app.recording_rows import Row, mark_seen
from app.recording_words import isolated, titled
from app.transcript_search import Found
from app.trash import KEPT_S, Trashed, thrown_away
from app.views.context import ViewContext
from app.views.recordings_acts import RowAct
from capture.recording import RecordingId


class RowTasks(QObject):
    """Main thread only. What takes longer than a blink is done elsewhere."""

    said = Signal(str)
    """What came of it, in words."""

    deleted = Signal(str)
    """The same, of what ``undo`` takes back."""

    changed = Signal()
    """On the disk."""

    trash = Signal(object)
    """A list of ``Trashed``."""

    def __init__(self, context: ViewContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._errands = Errands(context.background, self)
        self._deleted: tuple[RecordingId, ...] = ()
        self._soon(partial(recording_acts.destroy, context.paths, KEPT_S))

    def do(self, act: RowAct, row: Row, found: Found | None = None) -> None:
        """All but ``RENAME``, which needs a title. What was found in it is where it begins to play."""
        paths = self._context.paths
        match act:
            case RowAct.PLAY:
                if row.is_news:
                    self._soon(partial(_mark_seen, row.directory))
                at_s = None if found is None else found.start_s
                self._context.intend(OpenWindow(WindowName.PLAYER, row.recording_id, at_s))
            case RowAct.DELIVER:
                self._soon(partial(recording_acts.owe_again, row, paths), self._deliver)
            case RowAct.REVEAL:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.directory)))
            case RowAct.VERIFY:
                self.said.emit(self.tr("Every file is being read …"))
                self._apart("verify", partial(recording_acts.verify_all, row, paths))
            case RowAct.LINK:
                self._copy_link(row)
            case RowAct.DELETE:
                self._delete(row)

    def rename(self, row: Row, title: str) -> None:
        self._soon(partial(recording_acts.rename, row, title))

    def export_to(self, row: Row, what: Export, target: Path) -> None:
        self.said.emit(self.tr("It is being copied …"))
        self._apart("export", partial(recording_acts.export_to, row.directory, what, target))

    @Slot()
    def undo(self) -> None:
        """The last deletion."""
        self._put_back(self._deleted)

    @Slot()
    def put_all_back(self) -> None:
        self._errands.soon(partial(thrown_away, self._context.paths), self._put_all_back)

    @Slot()
    def destroy_deleted(self) -> None:
        """For good, without another question."""
        self._deleted = ()
        self._apart("empty", partial(recording_acts.destroy, self._context.paths))

    def _copy_link(self, row: Row) -> None:
        link = recording_acts.link_of(row.recording_id, row.shipment)
        if link is not None:
            self._context.intend(CopyText(link))
            self.said.emit(self.tr("The address of its page was copied."))
        else:
            self._context.intend(CopyText(QUrl.fromLocalFile(str(row.directory)).toString()))
            self.said.emit(self.tr("It has no page at a server: the address of its folder was copied."))

    def _delete(self, row: Row) -> None:
        act = partial(recording_acts.delete, row.directory, self._context.paths)
        self._errands.soon(partial(recording_acts.outcome, act), partial(self._say_deleted, row))

    def _say_deleted(self, row: Row, trouble: str) -> None:
        if trouble:
            self._say(trouble)
            return
        self._deleted = (row.recording_id,)
        self.deleted.emit(self.tr("{title} was deleted.").format(title=isolated(titled(row))))
        self._tell_change()

    def _put_all_back(self, found: list[Trashed]) -> None:
        self._put_back(tuple(each.recording_id for each in found))

    def _put_back(self, ids: tuple[RecordingId, ...]) -> None:
        self._deleted = ()
        self._soon(partial(recording_acts.undelete, ids, self._context.paths), self._deliver)

    def _deliver(self) -> None:
        self._context.intend(Deliver())

    def _soon(self, act: Callable[[], str], then: Callable[[], None] | None = None) -> None:
        def done(words: str) -> None:
            self._say(words)
            if then is not None:
                then()

        self._errands.soon(partial(recording_acts.outcome, act), done)

    def _apart(self, name: str, act: Callable[[], str]) -> None:
        self._errands.apart(name, partial(recording_acts.outcome, act), self._say)

    def _say(self, words: str) -> None:
        if words:
            self.said.emit(words)
        self._tell_change()

    def _tell_change(self) -> None:
        self.changed.emit()
        self._errands.soon(partial(thrown_away, self._context.paths), self.trash.emit)


def _mark_seen(directory: Path) -> str:
    """Where that cannot be noted it stays at the top."""
    try:
        mark_seen(directory)
    except OSError as error:
        return str(error)
    return ""
