"""``afterword watch`` as a program uses it: events are heard as they come, answers are written."""

import json
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT
from tests.rig.sound import PRIORITY

Document = Mapping[str, Any]


class Watching:
    """Ready when it watches."""

    def __init__(self, environment: Mapping[str, str], basedir: Path, *arguments: str) -> None:
        self.events: list[Document] = []
        self._arriving: queue.SimpleQueue[Document] = queue.SimpleQueue()
        pipe = subprocess.PIPE
        command = (*PRIORITY, *AFTERWORD, "--basedir", str(basedir), "watch", *arguments, "--json")
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for("watching")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever the test did: nothing outlives it."""
        if self._process.poll() is None:
            self._process.kill()
        self._reader.join(LIMIT_S)
        self._process.wait(LIMIT_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def say(self, answer: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(answer + "\n")
        self._process.stdin.flush()

    def wait_for(self, kind: str) -> Document:
        """The next event of that kind; the ones before it are passed over."""
        while True:
            event = self._arriving.get(timeout=LIMIT_S)
            self.events.append(event)
            if event.get("type") == kind:
                return event

    def finish(self) -> tuple[int, Document]:
        """As Ctrl-C does: the exit status, and the document at the end."""
        self._process.send_signal(signal.SIGINT)
        self._reader.join(LIMIT_S)
        status = self._process.wait(LIMIT_S)
        while not self._arriving.empty():
            self.events.append(self._arriving.get())
        return status, self.events.pop()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._arriving.put(json.loads(line))
