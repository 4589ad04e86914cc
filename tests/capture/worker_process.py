"""The worker as the app has it: a process of its own, commands in, events out."""

import contextlib
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TypeVar

from capture.commands import Command, Start
from capture.events import Ended, Event, Level, Started
from capture.recording import NS_PER_S, SYNTHETIC_DEVICE, RecordingId, RecordingSpec
from capture.recording import TestPattern as Pattern
from capture.wire import decode_event, encode_command

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "capture", "worker")
LIMIT_S = 30.0
E = TypeVar("E")


def spec_of(directory: Path, duration_ns: int | None = None) -> RecordingSpec:
    """The test signal on all three sources."""
    return RecordingSpec(
        RecordingId(directory.name),
        directory,
        Pattern(320, 180),
        microphone=SYNTHETIC_DEVICE,
        system_audio=SYNTHETIC_DEVICE,
        duration_ns=duration_ns,
        participant_name="Ada",
    )


class WorkerProcess:
    def __init__(self, command: tuple[str | Path, ...] = COMMAND, environment: Mapping[str, str] | None = None) -> None:
        """``environment``: complete; without it, the test's own."""
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
        self.events: list[Event] = []
        self.words = b""
        self._arriving: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._listen)]
        for reader in self._readers:
            reader.start()

    @property
    def inbox(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    def send(self, *commands: Command) -> None:
        """All in one piece."""
        self.write("".join(encode_command(command) + "\n" for command in commands).encode())

    def write(self, line: bytes) -> None:
        self.inbox.write(line)
        self.inbox.flush()

    def wait_for(self, kind: type[E], wanted: Callable[[E], bool] = lambda _: True) -> E:
        """The next such event. Fails where the worker ends without it."""
        while True:
            event = self._arriving.get(timeout=LIMIT_S)
            if event is None:
                message = f"the worker ended without {kind.__name__}: {self.words.decode()}"
                raise AssertionError(message)
            self.events.append(event)
            if isinstance(event, kind) and wanted(event):
                return event

    def start(self, spec: RecordingSpec) -> Started:
        self.send(Start(spec))
        return self.wait_for(Started)

    def record_until(self, at_s: float) -> None:
        """Until so much is recorded, as its levels tell."""
        self.wait_for(Level, lambda level: level.at_ns >= at_s * NS_PER_S)

    def end_of_input(self) -> Ended:
        self.inbox.close()
        return self.wait_for(Ended)

    def close(self) -> int:
        """Its exit status, when everything that it said has been heard."""
        with contextlib.suppress(BrokenPipeError):
            self.inbox.close()
        status = self.process.wait(LIMIT_S)
        for reader in self._readers:
            reader.join(LIMIT_S)
        while (event := self._arriving.get(timeout=LIMIT_S)) is not None:
            self.events.append(event)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return status

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = decode_event(line.decode())
            if event is not None:
                self._arriving.put(event)
        self._arriving.put(None)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.words += line


@contextlib.contextmanager
def running_worker(
    command: tuple[str | Path, ...] = COMMAND, environment: Mapping[str, str] | None = None
) -> Iterator[WorkerProcess]:
    worker = WorkerProcess(command, environment)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.close()
