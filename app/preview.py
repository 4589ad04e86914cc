"""What would be recorded now, as a process of its own tells it: levels and pictures, and what is missing."""

import json
import os
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from capture.errors import ProtocolError
from capture.events import Error, Event
from capture.program import ENVIRONMENT, Program, command_of
from capture.wire import decode_event, to_document
from capture.wish import Wish

LOG_NAME = "preview.log"


class PreviewProcess:
    """It ends when it is closed, and with us. ``wish`` and ``close`` are for one thread, and never wait."""

    def __init__(self, log: Path, tell: Callable[[Event], None]) -> None:
        """``tell`` is called on another thread. Raises ``OSError``."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as log_file:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*command_of(Program.CAPTURE), "preview"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                encoding="utf-8",
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )
        self._tell = tell
        self._is_closed = False
        self._reading = threading.Thread(target=self._read, name="preview", daemon=True)
        self._reading.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wish(self, wish: Wish) -> None:
        """Into the void where it has died: that was told."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            with suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(to_document(wish)) + "\n")
                self._process.stdin.flush()

    def close(self) -> None:
        """Idempotent. Nothing is told any more; devices are let go of as soon as it has noticed."""
        self._is_closed = True
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def wait(self) -> None:
        """Until it is gone, after ``close``."""
        self._reading.join()

    def _read(self) -> None:
        with self._process as process:
            for line in process.stdout or ():
                try:
                    event = decode_event(line)
                except ProtocolError:  # a driver that prints
                    continue
                if event is not None and not self._is_closed:
                    self._tell(event)
        if not self._is_closed:
            self._tell(Error("preview_died", "the program that looks and listens has ended"))
