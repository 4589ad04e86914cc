"""Shows a report of a fault: to read, to copy and to save. What becomes of it is the user's choice."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QPlainTextEdit, QVBoxLayout

WIDTH_PX, HEIGHT_PX = 640, 420


class ReportWindow(QDialog):
    """Main thread only."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.text = path.read_text(encoding="utf-8")
        self.setWindowTitle(self.tr("Afterword has had a fault"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        words = QLabel(
            self.tr(
                "Something in Afterword went wrong. A recording that runs is not affected. This report names no "
                "meetings and no people, and is sent to nobody; you can attach it when you report the fault."
            )
        )
        words.setWordWrap(True)
        shown = QPlainTextEdit(self.text)
        shown.setReadOnly(True)
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        shown.setAccessibleName(self.tr("Report"))
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(shown, 1)
        layout.addWidget(self._buttons())

    def save_to(self, path: Path) -> None:
        """Raises ``OSError``."""
        path.write_text(self.text, encoding="utf-8")

    def _buttons(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.addButton(self.tr("Copy"), roles.ActionRole).clicked.connect(self._copy)
        box.addButton(self.tr("Save …"), roles.ActionRole).clicked.connect(self._save)
        box.rejected.connect(self.close)
        return box

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), self._path.name)
        if name:
            self.save_to(Path(name))
