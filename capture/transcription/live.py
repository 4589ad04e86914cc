"""Words while they are spoken: what a recorder tells comes in, what was understood goes out, as lines of JSON.

A process of its own: however slow an engine is, no recording waits for it.
"""

import base64
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import Final, TextIO

import numpy as np

from capture.clock import Clock, MonotonicClock
from capture.errors import CaptureError, ProtocolError, ProviderTrouble
from capture.events import Error, Event, LiveSound
from capture.events import Speech as SpeechEvent
from capture.recording import NS_PER_S, Side
from capture.transcription import open_streaming_engine
from capture.transcription.base import SPEECH_RATE_HZ, Speech, Stream, StreamingEngine, Word
from capture.transcription.choice import REMOTE, EngineChoice
from capture.transcription.turns import LEAD_NS, LONGEST_NS
from capture.wire import decode_event, from_document, to_document

NICENESS: Final = 2
"""After the recorder: two thirds of what it gets, where both want all that there is."""

KEPT: Final = 3 * SPEECH_RATE_HZ
"""Samples from before a turn is known: that takes 0.4 s, and as long as a busy machine holds the news up."""

PARTIAL: Final = SPEECH_RATE_HZ * 2 // 5
"""Samples after which it is looked what was understood so far."""

LATEST_NS: Final = 1_300_000_000
"""What has waited for longer is not listened to, until the rest has not: words are told up to 0.4 s after."""

CAUGHT_UP_NS: Final = 300_000_000


@dataclass(frozen=True, slots=True)
class Uttered:
    """Of one side; the words' times are the recording's. What is not final may yet be told otherwise."""

    side: Side
    words: Sequence[Word]
    is_final: bool
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """What is said until the next turn is not told: a service could not be reached, or was too slow."""

    missed: Error


@dataclass(frozen=True, slots=True)
class Unable:
    """The last word of a process that cannot go on."""

    error: Error


Said = Uttered | Missed | Unable
Tell = Callable[[Uttered | Missed], None]


class Following(Enum):
    NOBODY = auto()
    SPEAKER = auto()
    LATER = auto()
    """Somebody speaks, but it is too far behind: what is heard is left out until it has caught up."""


class SideListener:
    """Follows one side, from turn to turn. One thread."""

    def __init__(self, side: Side, engine: StreamingEngine, tell: Tell) -> None:
        self._side = side
        self._engine = engine
        self._tell = tell
        self._kept: Speech = np.zeros(0, np.int16)
        self._end = 0
        """The sample of the recording that comes next."""
        self._following = Following.NOBODY
        self._stream: Stream | None = None
        self._stream_from = 0
        self._looked_at = 0
        self._told: Sequence[Word] = ()

    def hear(self, speech: Speech, at_ns: int, late_ns: int = 0) -> None:
        """What was left out between two pieces is silence. ``late_ns``: for how long it has waited."""
        speech = self._keep(speech, at_ns)
        if self._following is Following.LATER and late_ns < CAUGHT_UP_NS:
            self._begin(self._end)
        elif self._stream is not None:
            self._follow(self._stream, speech, late_ns)

    def turn(self, at_ns: int, *, speaking: bool) -> None:
        self._finish()
        if speaking:
            self._begin((at_ns - LEAD_NS) * SPEECH_RATE_HZ // NS_PER_S)

    def drop(self) -> None:
        """What is said in this turn, for the engine cannot."""
        self._stream = None
        self._following = Following.NOBODY

    def finish(self) -> None:
        """Nothing more comes."""
        self._finish()

    def _keep(self, speech: Speech, at_ns: int) -> Speech:
        """With the silence before it."""
        missing = at_ns * SPEECH_RATE_HZ // NS_PER_S - self._end
        if missing > 1:
            speech = np.concatenate([np.zeros(missing, np.int16), speech])
        self._end += len(speech)
        self._kept = np.concatenate([self._kept, speech])[-KEPT:]
        return speech

    def _follow(self, stream: Stream, speech: Speech, late_ns: int) -> None:
        stream.feed(speech)
        if late_ns > LATEST_NS:
            self._finish()
            self._following = Following.LATER
        elif (self._end - self._stream_from) * NS_PER_S // SPEECH_RATE_HZ > LONGEST_NS:
            self._finish()
            self._begin(self._end)
        elif self._end - self._looked_at >= PARTIAL:
            self._look()

    def _begin(self, first: int) -> None:
        self._following = Following.SPEAKER
        start = min(max(0, first - (self._end - len(self._kept))), len(self._kept))
        self._stream = self._engine.stream()
        self._stream_from = self._end - len(self._kept) + start
        self._stream.feed(self._kept[start:])
        self._told = ()
        self._look()

    def _look(self) -> None:
        self._looked_at = self._end
        words = self._placed(() if self._stream is None else self._stream.partial())
        if words and words != self._told:
            self._told = words
            self._tell(Uttered(self._side, words, is_final=False))

    def _finish(self) -> None:
        self._following = Following.NOBODY
        if self._stream is None:
            return
        heard = self._stream.finish()
        self._stream = None
        if heard.words or self._told:
            self._tell(Uttered(self._side, self._placed(heard.words), is_final=True, language_code=heard.language_code))

    def _placed(self, words: Sequence[Word]) -> Sequence[Word]:
        """On the recording's timeline."""
        from_ns = self._stream_from * NS_PER_S // SPEECH_RATE_HZ
        return [replace(word, start_ns=word.start_ns + from_ns, end_ns=word.end_ns + from_ns) for word in words]


class Inbox:
    """The recorder's events, read on a thread of its own: who works them off knows for how long each has waited."""

    def __init__(self, lines: TextIO, clock: Clock) -> None:
        self._lines = lines
        self._clock = clock
        self._waiting: queue.SimpleQueue[tuple[Event | ProtocolError | None, int]] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="events-in", daemon=True).start()

    def __iter__(self) -> Iterator[tuple[Event, int]]:
        """With the nanoseconds that it has waited. Raises ``ProtocolError``."""
        while True:
            event, came_at_ns = self._waiting.get()
            if event is None:
                return
            if isinstance(event, ProtocolError):
                raise event
            yield event, self._clock.now_ns() - came_at_ns

    def _read(self) -> None:
        try:
            for line in self._lines:
                event = decode_event(line)
                if event is not None:
                    self._waiting.put((event, self._clock.now_ns()))
        except ProtocolError as error:
            self._waiting.put((error, 0))
        self._waiting.put((None, 0))


def listen(choice: EngineChoice, lines: TextIO, tell: Tell) -> None:
    """To the end of ``lines``: the recorder's events. Raises ``TranscriptionFailed``."""
    engines = {side: open_streaming_engine(choice) for side in Side}
    if choice.engine not in REMOTE:
        for engine in engines.values():
            engine.stream().finish()  # some load what they need with the first
    listeners = {side: SideListener(side, engine, tell) for side, engine in engines.items()}

    def act(side: Side, what: Callable[[SideListener], None]) -> None:
        try:
            what(listeners[side])
        except ProviderTrouble as trouble:
            listeners[side].drop()
            tell(Missed(Error(trouble.code, trouble.reason, trouble.data)))

    for event, late_ns in Inbox(lines, MonotonicClock()):
        match event:
            case LiveSound(side=Side() as side, buffer=buffer, at_ns=at_ns):
                speech = np.frombuffer(base64.b64decode(buffer), "<i2").astype(np.int16)
                act(side, partial(SideListener.hear, speech=speech, at_ns=at_ns, late_ns=late_ns))
            case SpeechEvent(side=side, speaking=speaking, at_ns=at_ns):
                act(side, partial(SideListener.turn, at_ns=at_ns, speaking=speaking))
    for side in Side:
        act(side, SideListener.finish)


def run(inbox: TextIO, outbox: TextIO) -> int:
    """The first line is the choice of an engine, the others are events. The exit status."""
    if sys.platform != "win32":
        os.nice(NICENESS)

    def tell(said: Said) -> None:
        outbox.write(json.dumps(to_document(said), separators=(",", ":")) + "\n")
        outbox.flush()

    try:
        listen(from_document(json.loads(inbox.readline()), EngineChoice), inbox, tell)
    except CaptureError as error:
        tell(Unable(Error(error.code, error.reason, error.data)))
        return 1
    return 0


def decode(line: str) -> Said:
    """Raises ``ProtocolError``."""
    try:
        document = json.loads(line)
        shapes: Mapping[str, type[Said]] = {"error": Unable, "missed": Missed}
        shape = next((shapes[key] for key in shapes if key in document), Uttered)
    except (TypeError, ValueError) as error:
        message = "this says nothing"
        raise ProtocolError(message) from error
    return from_document(document, shape)
