"""Who records and who plays, from PulseAudio or PipeWire."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from capture.audio.repair import CaptureLost, Stopped
from capture.audio.stream_watch import Direction, Flow, StreamGone, StreamUser, StreamWatch
from capture.clock import Clock
from capture.errors import SourceUnavailable
from capture.meetings.facts import Fact, Listening, Playing, Program, Purpose, StreamId, StreamState
from capture.meetings.linux.programs import name_program

logger = logging.getLogger(__name__)

RETRY_S = 2.0
"""A sound server that has gone is mostly back by then."""

STATES = {
    Flow.RUNNING: StreamState.RUNNING,
    Flow.MUTED: StreamState.MUTED,
    Flow.CORKED: StreamState.PAUSED,
}


class SoundProbe:
    """A ``MeetingProbe``. A sound server that goes away ends all its streams, and is waited for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopping = threading.Event()
        self._watch: StreamWatch | None = None
        self._thread: threading.Thread | None = None
        self._known: dict[tuple[Direction, int], Listening | Playing] = {}

    def start(self, on_fact: Callable[[Fact], None]) -> None:
        watch = StreamWatch(self._stopping)
        watch.open()
        self._watch = watch
        self._thread = threading.Thread(target=self._run, args=(watch, on_fact), name="meeting sound", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            if self._watch is not None:
                self._watch.wake()
            self._thread.join()

    def _run(self, watch: StreamWatch, on_fact: Callable[[Fact], None]) -> None:
        try:
            self._listen(watch, on_fact)
            while not self._stopping.wait(RETRY_S):
                self._try_again(on_fact)
        except Stopped:
            return

    def _try_again(self, on_fact: Callable[[Fact], None]) -> None:
        self._watch = watch = StreamWatch(self._stopping)
        try:
            watch.open()
        except SourceUnavailable:  # not yet
            return
        self._listen(watch, on_fact)

    def _listen(self, watch: StreamWatch, on_fact: Callable[[Fact], None]) -> None:
        """Until the server is gone. Raises ``Stopped``."""
        try:
            for change in watch.changes():
                for fact in self._facts(change):
                    on_fact(fact)
        except CaptureLost as lost:
            logger.info("the sound server is gone: %s", lost.reason)
            for key in list(self._known):
                on_fact(self._ended(key))
        finally:
            watch.close()

    def _facts(self, change: StreamUser | StreamGone) -> Iterator[Fact]:
        """None where nothing is new: servers also tell of volumes."""
        key = change.direction, change.index
        known = self._known.get(key)
        if isinstance(change, StreamUser):
            fact = self._fact(change, known)
            if known is None or replace(fact, at_ns=known.at_ns) != known:
                self._known[key] = fact
                yield fact
        elif known is not None:
            yield self._ended(key)

    def _fact(self, user: StreamUser, known: Listening | Playing | None) -> Listening | Playing:
        program = known.program if known is not None else _program(user)
        stream, state, now_ns = StreamId(f"{user.direction} {user.index}"), STATES[user.flow], self._clock.now_ns()
        if user.direction is Direction.RECORDS:
            return Listening(now_ns, stream, program, state, _purpose(user))
        return Playing(now_ns, stream, program, state)

    def _ended(self, key: tuple[Direction, int]) -> Fact:
        return replace(self._known.pop(key), at_ns=self._clock.now_ns(), state=StreamState.ENDED)


def _program(user: StreamUser) -> Program:
    return name_program(
        sandbox=user.sandbox, binary=user.binary, identity=user.id, application=user.application, pid=user.pid
    )


def _purpose(user: StreamUser) -> Purpose:
    if user.is_own:
        return Purpose.OWN
    if user.is_monitor:
        return Purpose.MONITOR
    return Purpose.METER if user.is_meter else Purpose.VOICE
