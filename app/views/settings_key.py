"""A key that lets in at a server: typed in, kept in the keyring, and never shown again."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.credentials import KeptIn, forget_key, keep_key
from app.errands import Errands
from app.language import in_full, said
from app.look import SPACE_PX
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.views.context import ViewContext
from app.views.settings_fields import CONTROL_PX
from capture.errors import CaptureError
from uploader.errors import UploaderError

Find = Callable[[str, Path], str | None]
"""By address, and the file that keeps keys where there is no keyring. Raises ``Failure``."""


class Known(Enum):
    KEPT = auto()
    MISSING = auto()


class KeyField(QWidget):
    """``whose``: the address that the key is for now; ``None`` where none is wanted. Main thread only."""

    def __init__(self, context: ViewContext, whose: Callable[[], str | None], find: Find) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._context = context
        self._whose = whose
        self._find = find
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(self.tr("Key"))
        self.keep = QPushButton(self.tr("Keep"))
        self.forget = QPushButton(self.tr("Forget"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setMaximumWidth(CONTROL_PX)
        self.state.setProperty("class", "faint")
        self.line.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        self.line.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.keep.setEnabled(False)
        self.forget.hide()
        self._lay_out()

    def refresh(self) -> None:
        address = self._whose()
        self.setVisible(address is not None)
        if address is not None:
            paths, find = self._context.paths, self._find
            self._errands.soon(lambda: _is_kept(address, paths, find), self._show)

    def _keep(self) -> None:
        address, key = self._whose(), self.line.text().strip()
        self.line.clear()
        if address is not None and key:
            paths = self._context.paths
            self._errands.soon(lambda: _kept(address, key, paths), self._say_kept)

    @Slot()
    def _forget(self) -> None:
        address = self._whose()
        if address is not None:
            paths = self._context.paths
            self._errands.soon(lambda: _forgotten(address, paths), self._show)

    def _show(self, found: Known | Message) -> None:
        if isinstance(found, Message):
            self.state.setText(said(found.message))
            return
        self.forget.setVisible(found is Known.KEPT)
        kept, missing = self.tr("A key is kept. It is not shown again."), self.tr("No key is kept for this address.")
        self.state.setText(kept if found is Known.KEPT else missing)

    def _say_kept(self, kept: KeptIn | Message) -> None:
        if isinstance(kept, Message):
            self.state.setText(in_full(kept))
            return
        self.forget.show()
        in_file = self.tr("Kept as plain text in {path}, which only your account can read: no keyring is open here.")
        words = self.tr("Kept in this computer's keyring.") if kept is KeptIn.KEYRING else in_file
        self.state.setText(words.format(path=self._context.paths.credentials))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self.line, 1)
        line.addWidget(self.keep)
        line.addWidget(self.forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX // 2)
        layout.addLayout(line)
        layout.addWidget(self.state)
        self.setFixedWidth(CONTROL_PX)


def _is_kept(address: str, paths: Paths, find: Find) -> Known | Message:
    try:
        return Known.MISSING if find(_name(address), paths.credentials) is None else Known.KEPT
    except Failure as failure:
        return failure.message
    except UploaderError as error:
        return describe(error.code, error.reason, error.data)


def _kept(address: str, key: str, paths: Paths) -> KeptIn | Message:
    try:
        return keep_key(_name(address), key, paths.credentials)
    except Failure as failure:
        return failure.message
    except (CaptureError, UploaderError) as error:
        return describe(error.code, error.reason, error.data)


def _forgotten(address: str, paths: Paths) -> Known | Message:
    try:
        forget_key(_name(address), paths.credentials)
    except Failure as failure:
        return failure.message
    except (CaptureError, UploaderError) as error:
        return describe(error.code, error.reason, error.data)
    return Known.MISSING


def _name(address: str) -> str:
    """Raises ``UnknownDestination``."""
    from uploader.destinations.addresses import normalised  # noqa: PLC0415 - a quarter of a second of imports

    return normalised(address)
