"""The settings as they are now: read again whenever their file is written, by whomever."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.file_watch import FileWatch
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.settings import Settings, Value, read
from capture.errors import CaptureError

logger = logging.getLogger(__name__)


class SettingsWatch(QObject):
    """Main thread only; the file is read and written by ``background``. ``changed`` carries the new ``Settings``."""

    changed = Signal(object)

    def __init__(self, paths: Paths, background: Background) -> None:
        super().__init__()
        self.settings = read(paths.settings).settings
        self._paths = paths
        self._background = background
        self._watch = FileWatch(paths.settings, self)
        self._watch.written.connect(self._look)

    def start(self) -> None:
        try:
            self._paths.config.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            logger.warning("settings are read at the start only: %s", error)
            return
        self._watch.start()

    def remember(self, key: str, value: Value, then: Callable[[Message | None], None]) -> None:
        """``then`` is told what stood in the way, if anything did."""
        self._background.do(partial(_written, self._paths, key, value), then)

    @Slot()
    def _look(self) -> None:
        self._background.do(lambda: read(self._paths.settings).settings, self._take)

    def _take(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.changed.emit(settings)


def _written(paths: Paths, key: str, value: Value) -> Message | None:
    from app.settings_file import write_setting  # noqa: PLC0415 - tomlkit, for who writes only

    try:
        write_setting(paths.settings, key, value)
    except Failure as failure:
        return failure.message
    except CaptureError as error:
        return describe(error.code, error.reason, error.data)
    return None
