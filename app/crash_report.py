"""What is kept of a fault of our own, for the user to read and to save: never sent anywhere by itself.

It holds where in the program it happened, and versions; no values, for those may be titles and names.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from app.program_version import program_version

logger = logging.getLogger(__name__)

HARD_CRASH_NAME = "crash.txt"
"""What Python can still write when the process dies of a signal."""


class CrashReports:
    """Thread-safe."""

    def __init__(self, folder: Path, tell: Callable[[Path], None]) -> None:
        """``tell`` is called with each new report, on the thread that the fault was in."""
        self._folder = folder
        self._tell = tell
        self._hard: IO[str] | None = None

    def watch(self) -> Path | None:
        """From now on, until the process ends. What the last one died of, if it did."""
        self._folder.mkdir(parents=True, exist_ok=True)
        left = self._take_hard_crash()
        self._hard = (self._folder / HARD_CRASH_NAME).open("w", encoding="utf-8")
        faulthandler.enable(self._hard)
        sys.excepthook = self._on_fault
        threading.excepthook = self._on_thread_fault
        return left

    def close(self) -> None:
        """The process ends as it should."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        if self._hard is not None:
            faulthandler.disable()
            self._hard.close()
            (self._folder / HARD_CRASH_NAME).unlink(missing_ok=True)

    def write(self, error: BaseException) -> Path:
        """Raises ``OSError``."""
        return self._kept(_described(error))

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        logger.error("a fault: %s", kind.__name__, exc_info=(kind, error, trace))
        self._tell(self.write(error))

    def _on_thread_fault(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            self._on_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)

    def _take_hard_crash(self) -> Path | None:
        path = self._folder / HARD_CRASH_NAME
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        return self._kept(f"{_versions()}\n{text}") if text else None

    def _kept(self, text: str) -> Path:
        path = self._folder / f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        path.write_text(text, encoding="utf-8")
        return path


def _described(error: BaseException) -> str:
    """Without the errors' own words: they may quote a title or a path."""
    parts = [_versions()]
    cause: BaseException | None = error
    while cause is not None:
        parts += [type(cause).__qualname__, *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(parts)


def _versions() -> str:
    return f"Afterword {program_version()}, Python {platform.python_version()}, {platform.platform()}"
