"""The recordings as Qt's views take them: those that broke off first, then the newest; and what a search leaves."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot

from app.recording_rows import Change, Row
from app.recording_words import described, titled
from app.transcript_search import Found
from capture.recording import RecordingId
from capture.unfinished import UNFINISHED

AT_ONCE: Final = 20
"""More new rows than these are not put in one by one."""

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
Key = tuple[int, float, str]


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole
    FOUND = Qt.ItemDataRole.UserRole + 1
    """What a search found in the transcript, or ``None``."""


class RecordingsModel(QAbstractListModel):
    """Main thread only. Whoever hears of ``renamed`` writes it down; until then the old title stands."""

    renamed = Signal(object, str)
    """A ``Row``, and its new title."""

    def __init__(self) -> None:
        super().__init__()
        self._all: dict[RecordingId, _Entry] = {}
        self._keys: list[Key] = []
        self._shown: list[Row] = []
        self._words: tuple[str, ...] = ()
        self._found: Mapping[RecordingId, Found] = {}

    @property
    def total(self) -> int:
        """Without a search."""
        return len(self._all)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.title if role == Qt.ItemDataRole.EditRole else titled(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return described(row)
            case Role.ROW:
                return row
            case Role.FOUND:
                return self._found.get(row.recording_id)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        row = self._shown[index.row()]
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or title == row.title:
            return False
        self.renamed.emit(row, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        row = self._shown[index.row()] if index.isValid() else None
        can_be_renamed = row is not None and row.status is not None and row.status not in UNFINISHED
        return flags | Qt.ItemFlag.ItemIsEditable if can_be_renamed else flags

    def index_of(self, recording_id: RecordingId) -> QModelIndex:
        """Invalid where it is not shown."""
        entry = self._all.get(recording_id)
        at = self._place(entry) if entry is not None else None
        return self.index(at) if at is not None else QModelIndex()

    def search(self, text: str) -> None:
        """In titles, programs and names: all of the words, in any order."""
        self._words = tuple(text.casefold().split())
        self._found = {}
        self._show_all()

    def add_found(self, found: Mapping[RecordingId, Found]) -> None:
        """What the transcripts hold of what is searched for."""
        self._found = found
        self._show_all()

    def touch(self, recording_id: RecordingId) -> None:
        """Its picture has come."""
        index = self.index_of(recording_id)
        if index.isValid():
            self.dataChanged.emit(index, index)

    @Slot(object)
    def apply(self, change: Change) -> None:
        """A ``Change``."""
        for recording_id in change.gone:
            self._drop(recording_id)
        if len(change.rows) > AT_ONCE:
            self._all |= {row.recording_id: _entry(row) for row in change.rows}
            self._show_all()
            return
        for row in change.rows:
            self._put(_entry(row))

    def _put(self, entry: "_Entry") -> None:
        recording_id = entry.row.recording_id
        before = self._all.get(recording_id)
        at = self._place(before) if before is not None else None
        if at is not None and self._is_wanted(entry):
            self._all[recording_id] = entry
            self._move(at, entry)
            return
        self._drop(recording_id)
        self._all[recording_id] = entry
        if self._is_wanted(entry):
            place = bisect_left(self._keys, entry.key)
            self.beginInsertRows(QModelIndex(), place, place)
            self._keys.insert(place, entry.key)
            self._shown.insert(place, entry.row)
            self.endInsertRows()

    def _move(self, at: int, entry: "_Entry") -> None:
        """It stays the same row, to who has chosen it."""
        others = self._keys[:at] + self._keys[at + 1 :]
        place = bisect_left(others, entry.key)
        if place != at:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), place if place < at else place + 1)
        self._keys = [*others[:place], entry.key, *others[place:]]
        del self._shown[at]
        self._shown.insert(place, entry.row)
        if place != at:
            self.endMoveRows()
        self.dataChanged.emit(self.index(place), self.index(place))

    def _drop(self, recording_id: RecordingId) -> None:
        entry = self._all.pop(recording_id, None)
        at = self._place(entry) if entry is not None else None
        if at is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._keys[at], self._shown[at]
            self.endRemoveRows()

    def _place(self, entry: "_Entry") -> int | None:
        at = bisect_left(self._keys, entry.key)
        return at if at < len(self._shown) and self._keys[at] == entry.key else None

    def _show_all(self) -> None:
        self.beginResetModel()
        wanted = sorted(filter(self._is_wanted, self._all.values()), key=attrgetter("key"))
        self._keys = [each.key for each in wanted]
        self._shown = [each.row for each in wanted]
        self.endResetModel()

    def _is_wanted(self, entry: "_Entry") -> bool:
        words = self._words
        return not words or all(word in entry.text for word in words) or entry.row.recording_id in self._found


@dataclass(frozen=True, slots=True)
class _Entry:
    """``key``: where it stands; ``text``: where it is looked for. Both are wanted for thousands at each key pressed."""

    row: Row
    key: Key
    text: str


def _entry(row: Row) -> _Entry:
    """What somebody should look at comes first, then the latest."""
    began_s = row.started_at.timestamp() if row.started_at is not None else 0.0
    key = (0 if row.is_news or row.trouble is not None else 1, -began_s, row.recording_id)
    return _Entry(row, key, " ".join((titled(row), row.app or "", *row.people)).casefold())
