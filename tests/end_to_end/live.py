"""A recording under way, started as a user does it, whose events are heard as they come."""

import json
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT, Answer
from tests.rig.sound import PRIORITY

EVENT_LIMIT_S = 15.0

Document = Mapping[str, Any]


class Live:
    """``afterword record --events``, with the priority of the rig's sound servers. Thread-safe."""

    def __init__(self, environment: Mapping[str, str], *arguments: str | Path) -> None:
        self._lines: list[Document] = []
        self._taken = 0
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            (*PRIORITY, *AFTERWORD, *map(str, arguments), "--events"),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, name="events", daemon=True)
        self._reader.start()
        self.wait_for("started")

    @property
    def events(self) -> list[Document]:
        with self._changed:
            return [line for line in self._lines if "type" in line]

    def wait_for(self, kind: str, source: str | None = None) -> Document:
        """The next event of that kind; the ones before it are passed over."""
        deadline_s = time.monotonic() + EVENT_LIMIT_S
        with self._changed:
            while True:
                while self._taken < len(self._lines):
                    line = self._lines[self._taken]
                    self._taken += 1
                    if line.get("type") == kind and source in {None, line.get("source")}:
                        return line
                if not self._changed.wait(deadline_s - time.monotonic()):
                    message = f"no {kind} of {source}"
                    raise TimeoutError(message)

    def wait_for_all(self, kind: str, *sources: str) -> list[Document]:
        """One of each, in whatever order they come."""
        with self._changed:
            first = self._taken
        found = []
        for source in sources:
            with self._changed:
                self._taken = first
            found.append(self.wait_for(kind, source))
        return found

    def stop(self) -> Answer:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        return self.finish()

    def finish(self) -> Answer:
        """Waits for its end; the document is the finished recording."""
        self._reader.join(LIMIT_S)
        with self._process:
            words = self._process.stderr.read() if self._process.stderr is not None else ""
        return Answer(self._process.returncode, self._lines[-1], words)

    def _read(self) -> None:
        for line in self._process.stdout or ():
            with self._changed:
                self._lines.append(json.loads(line))
                self._changed.notify_all()
