"""Words while they are spoken: what a recorder tells comes in, what was understood goes out, as lines of JSON.

A process of its own: however slow an engine is, no recording waits for it.
"""

import base64
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TextIO

import numpy as np

from capture.errors import CaptureError, ProtocolError
from capture.events import Error, LiveSound
from capture.events import Speech as SpeechEvent
from capture.recording import NS_PER_S, Side
from capture.transcription import open_streaming_engine
from capture.transcription.base import SPEECH_RATE_HZ, Speech, Stream, StreamingEngine, Word
from capture.transcription.choice import EngineChoice
from capture.transcription.turns import LEAD_NS, LONGEST_NS
from capture.wire import decode_event, from_document, to_document

NICENESS: Final = 5
"""After the recorder, before what nobody waits for."""

KEPT: Final = 3 * SPEECH_RATE_HZ
"""Samples from before a turn is known: that takes 0.4 s, and as long as a busy machine holds the news up."""

PARTIAL: Final = SPEECH_RATE_HZ * 2 // 5
"""Samples after which it is looked what was understood so far."""


@dataclass(frozen=True, slots=True)
class Uttered:
    """Of one side; the words' times are the recording's. What is not final may yet be told otherwise."""

    side: Side
    words: Sequence[Word]
    is_final: bool
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Unable:
    """The last word of a process that cannot go on."""

    error: Error


Tell = Callable[[Uttered], None]


class SideListener:
    """Follows one side, from turn to turn. One thread."""

    def __init__(self, side: Side, engine: StreamingEngine, tell: Tell) -> None:
        self._side = side
        self._engine = engine
        self._tell = tell
        self._kept: Speech = np.zeros(0, np.int16)
        self._end = 0
        """The sample of the recording that comes next."""
        self._stream: Stream | None = None
        self._stream_from = 0
        self._looked_at = 0
        self._told: Sequence[Word] = ()

    def hear(self, speech: Speech, at_ns: int) -> None:
        """What was left out between two pieces is silence."""
        missing = max(0, at_ns * SPEECH_RATE_HZ // NS_PER_S - self._end)
        if missing > 1:
            speech = np.concatenate([np.zeros(min(missing, KEPT), np.int16), speech])
            self._end += max(0, missing - KEPT)
        self._end += len(speech)
        self._kept = np.concatenate([self._kept, speech])[-KEPT:]
        if self._stream is None:
            return
        self._stream.feed(speech)
        if (self._end - self._stream_from) * NS_PER_S // SPEECH_RATE_HZ > LONGEST_NS:
            self._finish()
            self._begin(self._end)
        elif self._end - self._looked_at >= PARTIAL:
            self._look()

    def turn(self, at_ns: int, *, speaking: bool) -> None:
        self._finish()
        if speaking:
            self._begin((at_ns - LEAD_NS) * SPEECH_RATE_HZ // NS_PER_S)

    def finish(self) -> None:
        """Nothing more comes."""
        self._finish()

    def _begin(self, first: int) -> None:
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


def listen(choice: EngineChoice, lines: TextIO, tell: Tell) -> None:
    """To the end of ``lines``: the recorder's events. Raises ``TranscriptionFailed``."""
    listeners = {side: SideListener(side, open_streaming_engine(choice), tell) for side in Side}
    for line in lines:
        match decode_event(line):
            case LiveSound(side=Side() as side, buffer=buffer, at_ns=at_ns):
                listeners[side].hear(np.frombuffer(base64.b64decode(buffer), "<i2").astype(np.int16), at_ns)
            case SpeechEvent(side=side, speaking=speaking, at_ns=at_ns):
                listeners[side].turn(at_ns, speaking=speaking)
    for listener in listeners.values():
        listener.finish()


def run(inbox: TextIO, outbox: TextIO) -> int:
    """The first line is the choice of an engine, the others are events. The exit status."""
    if sys.platform != "win32":
        os.nice(NICENESS)

    def tell(said: Uttered | Unable) -> None:
        outbox.write(json.dumps(to_document(said), separators=(",", ":")) + "\n")
        outbox.flush()

    try:
        listen(from_document(json.loads(inbox.readline()), EngineChoice), inbox, tell)
    except CaptureError as error:
        tell(Unable(Error(error.code, error.reason, error.data)))
        return 1
    return 0


def decode(line: str) -> Uttered | Unable:
    """Raises ``ProtocolError``."""
    try:
        document = json.loads(line)
        shape: type[Uttered | Unable] = Unable if "error" in document else Uttered
    except (TypeError, ValueError) as error:
        message = "this says nothing"
        raise ProtocolError(message) from error
    return from_document(document, shape)
