"""How late words are live, while others want the processors and a recording goes on; and what that costs it."""

import base64
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from app.live_transcript import LiveTranscript
from app.paths import find_paths
from capture.events import LiveSound
from capture.events import Speech as SpeechEvent
from capture.manifest import FrameCount, read_manifest
from capture.recording import NS_PER_S, Side
from capture.recording import TestPattern as Pattern
from capture.transcription.base import SPEECH_RATE_HZ, Speech
from capture.transcription.choice import EngineChoice
from tests.benchmarks.capture.report import say
from tests.benchmarks.transcription.sentences import SENTENCES, VOICES
from tests.capture.transcription.speaking import spoken
from tests.capture.worker_process import running_worker, spec_of
from tests.uploader.realtime.listeners import SPEC

PIECE = SPEECH_RATE_HZ // 10
NOTICED_S = 0.4
"""How late a recorder tells that somebody speaks."""

LOADS = (0, 6, 12)
"""Processes that want all that they can get, at the priority of the recorder."""

BUSY = "while True: pass"

LEGEND = """\
Live: 16 s of speech are played as fast as they are spoken, while a worker records a moving 1280 x 720 picture and two
tracks, and others want the processors. A word is *late* from its end to the moment when something stands where it was
said; *left out* is the share of half seconds of which nothing was ever told: who is behind leaves out what is late.
*Frames* are those of the recording that were dropped, with live words and, in the same load, without."""


@dataclass(slots=True)
class _Told:
    """When each moment of the played sound was, on the monotonic clock."""

    began_s: float = 0.0
    known: set[int] = field(default_factory=set)
    """Half seconds in which a word was told."""
    late_s: list[float] = field(default_factory=list)
    hands: threading.Lock = field(default_factory=threading.Lock)

    def take(self, ends_ns: Iterable[int]) -> None:
        """Of words: they may yet be told in other letters."""
        now_s = time.monotonic()
        with self.hands:
            for end_ns in ends_ns:
                half = end_ns * 2 // NS_PER_S
                if half not in self.known:
                    self.known.add(half)
                    self.late_s.append(now_s - self.began_s - end_ns / NS_PER_S)


def live_report(choice: EngineChoice) -> Iterator[str]:
    speech = np.concatenate([spoken(sentence, *VOICES[0]) for sentence in SENTENCES[:5]])
    yield f"### Live, by {choice.engine}"
    yield ""
    yield LEGEND
    yield ""
    yield "| others | late, median | p95 | most | left out | frames, dropped | without live words |"
    yield "| --: | --: | --: | --: | --: | --: | --: |"
    for load in LOADS:
        with tempfile.TemporaryDirectory(prefix="live-") as name:
            without = _recorded(Path(name), speech, load, None)
            told = _Told()
            with_words = _recorded(Path(name), speech, load, _Listening(choice, told))
        yield _row(load, speech, told, with_words, without)


def _row(load: int, speech: Speech, told: _Told, with_words: FrameCount, without: FrameCount) -> str:
    late_s = sorted(told.late_s) or [float("nan")]
    p95_s = late_s[min(len(late_s) - 1, round(len(late_s) * 0.95))]
    halves = len(speech) * 2 // SPEECH_RATE_HZ
    cells = (
        f"{load}",
        f"{statistics.median(late_s):.1f} s",
        f"{p95_s:.1f} s",
        f"{late_s[-1]:.1f} s",
        f"{1 - len(told.known) / halves:.0%}",
        f"{with_words.dropped} of {with_words.captured + with_words.dropped}",
        f"{without.dropped} of {without.captured + without.dropped}",
    )
    return f"| {' | '.join(cells)} |"


@contextmanager
def _busy(count: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(count):
            burner = stack.enter_context(subprocess.Popen((sys.executable, "-c", BUSY)))
            stack.callback(burner.kill)
        yield


@dataclass(frozen=True, slots=True)
class _Listening:
    choice: EngineChoice
    told: _Told

    def play(self, speech: Speech, folder: Path) -> None:
        """As a recorder tells it."""
        live = LiveTranscript(self.choice, find_paths(folder), lambda trouble: say(trouble.message))
        with live.of(SPEC, lambda said: self.told.take(word.end_ns or 0 for word in said.words)) as tell:
            time.sleep(5)  # the model is loaded long before anybody speaks
            self.told.began_s = time.monotonic()
            for number, start in enumerate(range(0, len(speech), PIECE)):
                time.sleep(max(0.0, self.told.began_s + (number + 1) * 0.1 - time.monotonic()))
                buffer = base64.b64encode(speech[start : start + PIECE].tobytes()).decode()
                tell(LiveSound(buffer, start * NS_PER_S // SPEECH_RATE_HZ, Side.SYSTEM))
                if number == round(NOTICED_S * 10):
                    tell(SpeechEvent(Side.SYSTEM, speaking=True, at_ns=0))
            tell(SpeechEvent(Side.SYSTEM, speaking=False, at_ns=len(speech) * NS_PER_S // SPEECH_RATE_HZ))


def _recorded(folder: Path, speech: Speech, load: int, listening: _Listening | None) -> FrameCount:
    """Of a recording for as long as the speech lasts. The others come once it has begun."""
    directory = folder / ("with" if listening else "without")
    with running_worker() as worker:
        worker.start(replace(spec_of(directory), screen=Pattern(1280, 720)))
        with _busy(load):
            if listening is None:
                time.sleep(len(speech) / SPEECH_RATE_HZ + 5)
            else:
                listening.play(speech, folder)
        worker.end_of_input()
    frames = read_manifest(directory).receipt.frames
    say(f"{os.getloadavg()[0]:.1f} processes wanted {os.cpu_count()} cores: {frames}")
    return frames
