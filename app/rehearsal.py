"""A recording of ten seconds to try things out: made as real ones are, kept nowhere, and gone when it was looked at."""

import tempfile
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.capture_process import LOG_NAME, CaptureProcess
from app.paths import Paths
from app.recording_plan import plan_of, target_of
from app.settings import Settings
from capture.commands import Shutdown, Start
from capture.events import Ended, Error, Event, Started
from capture.manifest import storage_error
from capture.recording import NS_PER_S, RecordingId

LENGTH_S: Final = 10
PICTURE, SOUND = "video_mixed.mp4", "audio_mixed.mp3"


class Rehearsal:
    """Begins at once. ``tell`` is called on another thread; the last that it is told is ``Ended`` or an ``Error``."""

    def __init__(self, settings: Settings, paths: Paths, tell: Callable[[Event], None], length_s: float) -> None:
        """Raises ``StorageError``."""
        self._folder = _new_folder()
        self._tell = tell
        self._is_released = threading.Event()
        number = RecordingId(str(uuid.uuid4()))
        self._directory = Path(self._folder.name) / number
        plan = plan_of(settings, paths, target_of(settings.screen), ())
        spec = replace(
            plan.template, id=number, directory=self._directory, duration_ns=round(length_s * NS_PER_S), live_media=()
        )
        try:
            self._worker = CaptureProcess(paths.logs / LOG_NAME)
        except OSError as error:
            self._folder.cleanup()
            raise storage_error(error, paths.logs / LOG_NAME) from error
        self._thread = threading.Thread(target=self._run, name="rehearsal", daemon=True)
        self._thread.start()
        self._worker.send(Start(spec))

    @property
    def file(self) -> Path | None:
        """To be played, once it has ended."""
        files = (self._directory / name for name in (PICTURE, SOUND))
        return next((file for file in files if file.exists()), None)

    @property
    def directory(self) -> Path:
        return self._directory

    def close(self) -> None:
        """Ends it, if need be, and deletes everything; returns at once. Idempotent."""
        self._worker.send(Shutdown())
        self._is_released.set()

    def wait(self) -> None:
        """After ``close``."""
        self._thread.join()

    def _run(self) -> None:
        has_started = False
        for event in self._worker.events():
            has_started = has_started or isinstance(event, Started)
            if not self._is_released.is_set():
                self._tell(event)
            if isinstance(event, Ended) or (isinstance(event, Error) and not has_started):
                self._worker.send(Shutdown())
        self._worker.close()
        self._is_released.wait()
        self._folder.cleanup()


def _new_folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="afterword-", ignore_cleanup_errors=True)
    except OSError as error:
        raise storage_error(error, Path(error.filename or tempfile.gettempdir())) from error
