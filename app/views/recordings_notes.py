"""Below the list: what came of the last act, the way back from a deletion, and what lies in the trash."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.delivery_progress import sized
from app.look import SPACE_PX
from app.trash import Trashed


class Words(QLabel):
    """To read, to select and to hear; hidden while there is nothing to say."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self.setVisible(False)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))


class Notes(QWidget):
    """Main thread only."""

    def __init__(self, undo: Callable[[], None], put_all_back: Callable[[], None], empty: Callable[[], None]) -> None:
        super().__init__()
        self.about = Words(self.tr("About this recording"))
        self.about.setProperty("class", "attention")
        self.words = Words(self.tr("What was done"))
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.clicked.connect(undo)
        self.trash = QLabel()
        self.trash.setProperty("class", "faint")
        self.back = QPushButton(self.tr("Put all back"))
        self.back.clicked.connect(put_all_back)
        self.empty = QPushButton(self.tr("Delete for good …"))
        self.empty.clicked.connect(empty)
        said, self._trash_line = QHBoxLayout(), QFrame()
        said.addWidget(self.words, 1)
        said.addWidget(self.undo)
        line = QHBoxLayout(self._trash_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.trash, 1)
        line.addWidget(self.back)
        line.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX)
        layout.addWidget(self.about)
        layout.addLayout(said)
        layout.addWidget(self._trash_line)
        self.say("")
        self.show_trash([])

    @property
    def can_undo(self) -> bool:
        return self.undo.isVisible()

    def say(self, text: str, *, can_undo: bool = False) -> None:
        self.words.say(text)
        self.undo.setVisible(can_undo)

    def show_trash(self, found: list[Trashed]) -> None:
        words = self.tr("Deleted in the last seven days: {count}, {size}.")
        self.trash.setText(words.format(count=len(found), size=sized(sum(each.bytes for each in found))))
        self._trash_line.setVisible(bool(found))
