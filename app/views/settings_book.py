"""The settings as a window shows them: read again whenever their file is written, with what is wrong in it."""

from PySide6.QtCore import QObject, Signal, Slot

from app.errands import Errands
from app.file_watch import FileWatch
from app.intents import Remember
from app.settings import Found, Settings, Value, read
from app.views.context import ViewContext


class SettingsBook(QObject):
    """Main thread only. ``changed`` is emitted when there is something new to show."""

    changed = Signal()

    def __init__(self, context: ViewContext, parent: QObject) -> None:
        super().__init__(parent)
        self._errands = Errands(context.background, self)
        self._context = context
        self._is_closed = False
        self.found = Found(context.settings())
        self._watch = FileWatch(context.paths.settings, self)
        self._watch.written.connect(self._look)
        self._watch.start()
        self._look()

    @property
    def settings(self) -> Settings:
        return self.found.settings

    def put(self, key: str, value: Value) -> None:
        """It is shown once it has been written."""
        if getattr(self.settings, key) != value or key in self.found.bad:
            self._context.intend(Remember(key, value))

    def close(self) -> None:
        self._is_closed = True

    @Slot()
    def _look(self) -> None:
        self._errands.soon(lambda: read(self._context.paths.settings), self._take)

    def _take(self, found: Found) -> None:
        if not self._is_closed and found != self.found:
            self.found = found
            self.changed.emit()
