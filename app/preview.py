"""What would be recorded now, as a process of its own tells it: levels and pictures, and what is missing."""

import json
import os
import queue
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from capture.errors import ProtocolError
from capture.events import Error, Event
from capture.program import ENVIRONMENT, Program, command_of
from capture.wish import Wish

LOG_NAME = "preview.log"


class PreviewProcess:
    """It ends when it is closed, and with us. ``wish`` and ``close`` never wait."""

    def __init__(self, log: Path, tell: Callable[[Event], None]) -> None:
        """``tell`` is called on other threads."""
        self._log = log
        self._tell = tell
        self._is_closed = False
        self._wishes: queue.SimpleQueue[Wish | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """``None`` until it was started."""
        return None if self._process is None else self._process.pid

    def wish(self, wish: Wish) -> None:
        """Into the void where it has died: that was told."""
        self._wishes.put(wish)

    def close(self) -> None:
        """Idempotent. Nothing is told any more; devices are let go of as soon as it has noticed."""
        self._is_closed = True
        self._wishes.put(None)

    def wait(self) -> None:
        """Until it is gone, after ``close``."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._process = self._started()
        except OSError as error:
            self._tell(Error("preview_died", str(error)))
            return
        reading = threading.Thread(target=self._read, args=(self._process,), name="preview-events", daemon=True)
        reading.start()
        self._write(self._process)
        reading.join()

    def _started(self) -> "subprocess.Popen[str]":
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log_file:
            return subprocess.Popen(  # noqa: S603 - our own program
                [*command_of(Program.CAPTURE), "preview"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                encoding="utf-8",
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )

    def _write(self, process: "subprocess.Popen[str]") -> None:
        from capture.wire import to_document  # noqa: PLC0415 - a fifth of a second of imports, on this thread

        stream = process.stdin
        if stream is None:
            return
        while (wish := self._wishes.get()) is not None:
            with suppress(BrokenPipeError):
                stream.write(json.dumps(to_document(wish)) + "\n")
                stream.flush()
        with suppress(BrokenPipeError):
            stream.close()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        from capture.wire import decode_event  # noqa: PLC0415 - a fifth of a second of imports, on this thread

        for line in process.stdout or ():
            try:
                event = decode_event(line)
            except ProtocolError:  # a driver that prints
                continue
            if event is not None and not self._is_closed:
                self._tell(event)
        if process.stdout is not None:
            process.stdout.close()
        process.wait()
        if not self._is_closed:
            self._tell(Error("preview_died", "the program that looks and listens has ended"))
