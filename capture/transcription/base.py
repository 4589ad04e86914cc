"""What a transcription engine is: a stretch of speech in, words with their times out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

SPEECH_RATE_HZ = 16_000
"""What every engine takes."""

NS_PER_MS = 1_000_000

Speech: TypeAlias = NDArray[np.int16]
"""One channel of 16 bits at ``SPEECH_RATE_HZ``; shape (samples,)."""

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """Times are nanoseconds, from the beginning of what the engine was given, or of the recording."""

    text: str = field(repr=False)
    start_ns: int
    end_ns: int


@dataclass(frozen=True, slots=True)
class Heard:
    """``provider`` is what the engine said, in its own shape, for those who want more than words."""

    words: Sequence[Word] = ()
    language_code: str | None = None
    provider: Json | None = field(default=None, repr=False)


class TranscriptionEngine(Protocol):
    """One thread at a time."""

    def transcribe(self, speech: Speech) -> Heard:
        """Raises ``TranscriptionFailed``."""
        ...

    def close(self) -> None:
        """Idempotent."""
        ...


class Stream(Protocol):
    """One utterance while it is spoken. One at a time of each engine."""

    def feed(self, speech: Speech) -> None: ...

    def partial(self) -> Sequence[Word]:
        """What was understood so far; may yet be understood otherwise."""
        ...

    def finish(self) -> Heard:
        """Ends the utterance."""
        ...


class StreamingEngine(TranscriptionEngine, Protocol):
    def stream(self) -> Stream: ...


def heard_at_once(stream: Stream, speech: Speech) -> Heard:
    """Of an utterance that is over."""
    stream.feed(speech)
    return stream.finish()


def duration_ns(speech: Speech) -> int:
    return len(speech) * 1_000_000_000 // SPEECH_RATE_HZ


def spread(text: str, start_ns: int, end_ns: int) -> tuple[Word, ...]:
    """Words whose engine tells only when all of them were said: each has its share, by its length."""
    texts = text.split()
    whole = sum(len(each) + 1 for each in texts)
    words, passed = [], 0
    for each in texts:
        begin = start_ns + (end_ns - start_ns) * passed // whole
        passed += len(each) + 1
        words.append(Word(each, begin, start_ns + (end_ns - start_ns) * passed // whole))
    return tuple(words)
