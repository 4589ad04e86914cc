"""A recording that outlives its worker: when one dies, the next goes on with it, as the recording's next part."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.capture_process import CaptureProcess, last_words
from capture.commands import Arm, Command, Discard, Mute, Pause, Resume, Shutdown, Start, Stop
from capture.events import (
    Discarded,
    Ended,
    Error,
    Event,
    FilesClosed,
    FilesSynced,
    MediaCompleted,
    Ready,
    SourceLost,
    SourceRecovered,
    Started,
    later,
)
from capture.lock import Lock
from capture.manifest import read_manifest
from capture.parts import part_directories, part_directory
from capture.recording import NS_PER_S, RecordingSpec

logger = logging.getLogger(__name__)

WORKER = "worker"
"""The ``source`` of ``SourceLost`` and ``SourceRecovered`` when it is the worker that died."""

DIED = "died"


@dataclass(slots=True)
class RestartBudget:
    """So many deaths in so many seconds, and it is the machine, not chance. Times are monotonic seconds."""

    restarts: int = 3
    span_s: float = 60.0
    deaths_s: list[float] = field(default_factory=list)

    def spend(self, now_s: float) -> bool:
        """Counts a death. False when no worker should follow."""
        self.deaths_s = [at_s for at_s in self.deaths_s if now_s - at_s < self.span_s] + [now_s]
        return len(self.deaths_s) <= self.restarts


class ContinuedCapture:
    """One recording. ``send`` is thread-safe and may be called from a signal handler; ``events`` is for one thread."""

    def __init__(
        self, spec: RecordingSpec, log: Path, *, preroll_ns: int | None = None, after_ns: int | None = None
    ) -> None:
        """Begins. Raises ``OSError``. ``log`` takes what the workers have to say for people.

        With ``preroll_ns`` it is armed only, until ``start``. With ``after_ns`` it goes on with a recording that had
        been closed, and is so long.
        """
        self._spec = spec
        self._log = log
        self._budget = RestartBudget()
        self._standing: dict[object, Command] = {}
        self._is_ending = False
        self._part = 0 if after_ns is None else len(part_directories(spec.directory)) + 1
        self._began_ns = self._at_ns = after_ns or 0
        self._died_ns: int | None = None
        self._worker = CaptureProcess(log)
        if preroll_ns is not None:
            self._worker.send(Arm(spec, preroll_ns))
        else:
            self._worker.send(Start(self._part_spec() if self._part else spec))

    @property
    def pid(self) -> int:
        """Of the worker that records now."""
        return self._worker.pid

    def start(self, spec: RecordingSpec) -> None:
        """Once it is armed: the recording begins, with what was kept if ``spec`` names the same sources."""
        self._spec = spec
        self._worker.send(Start(spec))

    def send(self, command: Command) -> None:
        match command:
            case Mute(side=side):
                self._standing[side] = command
            case Pause() | Resume():
                self._standing[Pause] = command
            case Stop() | Shutdown() | Discard():
                self._is_ending = True
        self._worker.send(command)

    def events(self) -> Iterator[Event]:
        """As they come, in the whole recording's time. Without ``Ended`` at their end, no worker could go on."""
        has_started = False
        while True:
            for event in self._worker.events():
                has_started = has_started or isinstance(event, Started)
                yield from self._told(event)
                if isinstance(event, Ended):
                    yield from self._closed()
                    return
                if isinstance(event, Error) and not has_started:
                    return
            if not has_started or self._is_ending or not self._budget.spend(time.monotonic()):
                return
            yield SourceLost(WORKER, DIED, self._at_ns)
            self._go_on()

    def kill(self) -> None:
        """The worker hangs; none follows one that was told to end."""
        self._worker.kill()

    def close(self) -> int:
        """End of input: the worker finishes what it does. Its exit status; idempotent."""
        return self._worker.close()

    def _told(self, event: Event) -> Iterator[Event]:
        """Of a further part, only what is news of the whole recording."""
        at_ns = getattr(event, "at_ns", None)
        if at_ns is not None:
            self._at_ns = max(self._at_ns, self._began_ns + at_ns)
        if self._part == 0:
            yield event
        elif isinstance(event, Started) and self._died_ns is not None:
            yield SourceRecovered(WORKER, "", self._at_ns, time.monotonic_ns() - self._died_ns)
        elif isinstance(event, Discarded):
            Lock(self._spec.directory).delete_directory()
            yield event
        elif not isinstance(event, Ready | MediaCompleted | FilesSynced | FilesClosed | Ended):
            yield later(event, self._began_ns)

    def _go_on(self) -> None:
        """Raises ``OSError``."""
        self._died_ns = time.monotonic_ns()
        self._worker.close()
        self._part += 1
        self._began_ns = self._at_ns
        logger.info("the worker died; part %d begins", self._part)
        self._worker = CaptureProcess(self._log)
        self._worker.send(Start(self._part_spec()))
        for command in self._standing.values():
            self._worker.send(command)
        if self._is_ending:  # said while one worker was gone and the other not there yet
            self._worker.send(Stop())

    def _part_spec(self) -> RecordingSpec:
        left_ns = None
        if self._spec.duration_ns is not None:
            left_ns = max(NS_PER_S, self._spec.duration_ns - self._at_ns)
        directory = part_directory(self._spec.directory, self._part)
        return replace(self._spec, directory=directory, duration_ns=left_ns, follows=self._spec.directory)

    def _closed(self) -> Iterator[Event]:
        """The last part is closed: joins them, and says what came of it."""
        if self._part == 0:
            return
        last = last_words(self._spec.directory)
        if isinstance(last, Ended):
            yield from map(MediaCompleted, read_manifest(self._spec.directory).media)
        yield last
