"""Tells when a file was written: replaced, as we do, in place, as many editors do, and where it is only a link."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot


class FileWatch(QObject):
    """Main thread only. ``written`` may come more than once for one change, and for others in the same folder."""

    written = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._tell)
        self._watcher.fileChanged.connect(self._tell)

    @Slot()
    def start(self) -> None:
        """Idempotent. What takes the file's place is another file, and is watched anew."""
        target = self._path.resolve()
        known = {*self._watcher.files(), *self._watcher.directories()}
        wanted = {str(each) for each in (self._path.parent, target.parent, target) if each.exists()}
        if wanted - known:
            self._watcher.addPaths(sorted(wanted - known))

    @Slot()
    def _tell(self) -> None:
        self.start()
        self.written.emit()
