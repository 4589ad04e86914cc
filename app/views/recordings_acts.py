"""The buttons below the list, which are its menu and its keys too."""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.export import MEDIA, TEXTS, Export
from app.recording_rows import Row
from capture.recording import MediaKind
from capture.unfinished import UNFINISHED
from uploader.ledger import DeliveryStatus

translate = QCoreApplication.translate


class RowAct(Enum):
    PLAY = auto()
    DELIVER = auto()
    REVEAL = auto()
    VERIFY = auto()
    LINK = auto()
    RENAME = auto()
    DELETE = auto()


KEYS: Mapping[RowAct, QKeySequence | QKeySequence.StandardKey | str] = {
    RowAct.RENAME: "F2",
    RowAct.DELETE: QKeySequence.StandardKey.Delete,
}
PLAYED = {MediaKind.VIDEO_MIXED, MediaKind.AUDIO_MIXED, MediaKind.AUDIO_SEPARATE, MediaKind.TRANSCRIPT}


def label(act: RowAct) -> str:
    words = {
        RowAct.PLAY: translate("recordings", "Play"),
        RowAct.DELIVER: translate("recordings", "Deliver again"),
        RowAct.REVEAL: translate("recordings", "Show files"),
        RowAct.VERIFY: translate("recordings", "Verify"),
        RowAct.LINK: translate("recordings", "Copy link"),
        RowAct.RENAME: translate("recordings", "Rename"),
        RowAct.DELETE: translate("recordings", "Delete"),
    }
    return words[act]


def export_label(what: Export) -> str:
    words = {
        Export.VIDEO: translate("recordings", "Video …"),
        Export.SOUND: translate("recordings", "Sound …"),
        Export.TEXT: translate("recordings", "Transcript as text …"),
        Export.SUBTITLES: translate("recordings", "Transcript as subtitles …"),
        Export.MARKDOWN: translate("recordings", "Transcript as Markdown …"),
        Export.FOLDER: translate("recordings", "All files …"),
    }
    return words[what]


def possible(row: Row | None) -> frozenset[RowAct]:
    """What makes sense with it now."""
    if row is None:
        return frozenset()
    if row.status in UNFINISHED:
        return frozenset({RowAct.REVEAL})
    if row.status is None:
        return frozenset({RowAct.REVEAL, RowAct.DELETE})
    acts = {RowAct.REVEAL, RowAct.VERIFY, RowAct.LINK, RowAct.RENAME, RowAct.DELETE}
    if PLAYED & row.paths.keys():
        acts.add(RowAct.PLAY)
    if row.shipment is None or row.shipment.status not in {DeliveryStatus.COMPLETE, DeliveryStatus.SENDING}:
        acts.add(RowAct.DELIVER)
    return frozenset(acts)


def exportable(row: Row | None) -> frozenset[Export]:
    if row is None or row.status is None or row.status in UNFINISHED:
        return frozenset()
    found = {what for what, kind in MEDIA.items() if kind in row.paths}
    return frozenset(found | {Export.FOLDER} | (set(TEXTS) if MediaKind.TRANSCRIPT in row.paths else set()))


def make_action(act: RowAct, do: Callable[[RowAct], None], parent: QObject) -> QAction:
    action = QAction(label(act), parent)
    if act in KEYS:
        action.setShortcut(KEYS[act])
    action.triggered.connect(lambda: do(act))
    return action


def button_of(action: QAction) -> QPushButton:
    button = QPushButton(action.text())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    if keys:
        button.setToolTip(f"{action.text()} ({keys})")
    return button


class ExportMenu(QMenu):
    """Main thread only."""

    def __init__(self, do: Callable[[Export], None], parent: QWidget) -> None:
        super().__init__(parent)  # else it and its window would hold each other for ever
        self.acts: dict[Export, QAction] = {}
        for what in Export:
            action = self.addAction(export_label(what))
            action.triggered.connect(lambda _=False, what=what: do(what))
            self.acts[what] = action

    def show_possible(self, possible: frozenset[Export]) -> None:
        for what, action in self.acts.items():
            action.setEnabled(what in possible)
