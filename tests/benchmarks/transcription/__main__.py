"""``python -m tests.benchmarks.transcription``: word error rate and cost of each engine, and how late words are live.

``--engine NAME=MODEL`` adds one that is installed, with a model that is there; pocketsphinx needs none.
"""

import argparse
import base64
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from capture.events import LiveSound
from capture.events import Speech as SpeechEvent
from capture.recording import NS_PER_S, Side
from capture.transcription import open_engine
from capture.transcription.base import SPEECH_RATE_HZ, Speech
from capture.transcription.choice import STREAMING, EngineChoice, EngineName
from tests.benchmarks.capture.report import say, this_machine
from tests.benchmarks.transcription.people import PEOPLE, recorded
from tests.benchmarks.transcription.sentences import SENTENCES, VOICES, errors, words_of
from tests.capture.transcription.speaking import spoken

RESULTS = Path(__file__).parents[1] / "results" / "transcription.md"
PIECE = SPEECH_RATE_HZ // 10
NOTICED_S = 0.4
"""How late a recorder tells that somebody speaks."""

LEGEND = """\
People: five sentences of a novel, read aloud, and six short orders (`tests/data/speech/people`, 37 s). Synthetic voices
(espeak-ng): twelve sentences as they are said in meetings. Each is a stretch by itself. Errors are words left out, put
in or exchanged, of all that were said; case, punctuation and whether a number is written in figures do not count. So
few words tell which engine is better, and not how good it is in a meeting. *CPU* is for a second of speech."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.transcription", description=__doc__)
    parser.add_argument("--engine", action="append", default=[], metavar="NAME=MODEL")
    parser.add_argument("--only", action="store_true", help="those engines alone")
    parser.add_argument("--results", type=Path, default=RESULTS)
    plan = parser.parse_args()
    lines = []
    for line in _report(plan.engine, only=plan.only):
        say(line)
        lines.append(line)
    plan.results.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(others: list[str], *, only: bool) -> Iterator[str]:
    machine = this_machine()
    yield "# Transcription"
    yield ""
    yield f"{machine.processor}, Python {machine.python}; revision {machine.revision}, {machine.started_at}."
    yield ""
    yield LEGEND
    yield ""
    yield "| engine | model | voice | words | errors | word error rate | CPU |"
    yield "| --- | --- | --- | --: | --: | --: | --: |"
    choices = [*([] if only else [EngineChoice(EngineName.POCKETSPHINX)]), *map(_choice, others)]
    for choice in choices:
        yield from _rows(choice)
    for choice in choices:
        if choice.engine in STREAMING:
            yield ""
            yield from _live(choice)


def _choice(text: str) -> EngineChoice:
    name, _, model = text.partition("=")
    return EngineChoice(EngineName(name), model=model, language="en")


def _rows(choice: EngineChoice) -> Iterator[str]:
    model = Path(choice.model).name if choice.model else "its own"
    with closing(open_engine(choice)) as engine:
        for voice, sayings in _voices():
            said, wrong, speech_s, took_s = 0, 0, 0.0, 0.0
            for sentence, speech in sayings:
                began_s = time.process_time()
                heard = engine.transcribe(speech)
                took_s += time.process_time() - began_s
                speech_s += len(speech) / SPEECH_RATE_HZ
                said += len(words_of(sentence))
                wrong += errors(words_of(sentence), [word for each in heard.words for word in words_of(each.text)])
            cells = (choice.engine, model, voice, str(said), str(wrong), f"{wrong / said:.0%}")
            yield f"| {' | '.join(cells)} | {took_s / speech_s:.2f} s |"


def _voices() -> Iterator[tuple[str, list[tuple[str, Speech]]]]:
    """What each says, and how it sounds."""
    for kind, people in groupby(PEOPLE, key=lambda person: person.kind):
        yield kind, [(person.text, recorded(person)) for person in people]
    for voice in VOICES:
        yield voice[1], [(sentence, spoken(sentence, *voice)) for sentence in SENTENCES]


@dataclass(slots=True)
class _Clock:
    """When each moment of the played sound was, on the monotonic clock."""

    began_s: float = 0.0
    known: set[int] = field(default_factory=set)
    """Half seconds in which a word was told."""
    late_s: list[float] = field(default_factory=list)
    hands: threading.Lock = field(default_factory=threading.Lock)

    def told(self, ends_ns: Iterable[int]) -> None:
        """Of words. One is told when something stands where it was said: it may yet be told in other letters."""
        now_s = time.monotonic()
        with self.hands:
            for end_ns in ends_ns:
                half = end_ns * 2 // NS_PER_S
                if half not in self.known:
                    self.known.add(half)
                    self.late_s.append(now_s - self.began_s - end_ns / NS_PER_S)


def _live(choice: EngineChoice) -> Iterator[str]:
    """Played as fast as it is spoken, into the process that follows a recording."""
    from app.live_transcript import LiveTranscript  # noqa: PLC0415 - all of the app, for this part only
    from app.paths import find_paths  # noqa: PLC0415 - as above
    from tests.uploader.realtime.listeners import SPEC  # noqa: PLC0415 - as above

    speech = np.concatenate([spoken(sentence, *VOICES[0]) for sentence in SENTENCES[:5]])
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="live-") as name:
        live = LiveTranscript(choice, find_paths(Path(name)), lambda trouble: say(trouble.message))
        with live.of(SPEC, lambda said: clock.told(word.end_ns or 0 for word in said.words)) as tell:
            time.sleep(3)  # the model is loaded long before anybody speaks
            clock.began_s = time.monotonic()
            for number, start in enumerate(range(0, len(speech), PIECE)):
                time.sleep(max(0.0, clock.began_s + (number + 1) * 0.1 - time.monotonic()))
                buffer = base64.b64encode(speech[start : start + PIECE].tobytes()).decode()
                tell(LiveSound(buffer, start * NS_PER_S // SPEECH_RATE_HZ, Side.SYSTEM))
                if number == round(NOTICED_S * 10):
                    tell(SpeechEvent(Side.SYSTEM, speaking=True, at_ns=0))
            tell(SpeechEvent(Side.SYSTEM, speaking=False, at_ns=len(speech) * NS_PER_S // SPEECH_RATE_HZ))
    late_s = sorted(clock.late_s)
    p95_s, most_s = late_s[min(len(late_s) - 1, round(len(late_s) * 0.95))], late_s[-1]
    yield (
        f"Live, by {choice.engine}: of {len(speech) / SPEECH_RATE_HZ:.0f} s of speech words are told"
        f" {statistics.median(late_s):.1f} s after they were spoken (median; p95 {p95_s:.1f} s, most {most_s:.1f} s);"
        f" {os.getloadavg()[0]:.1f} processes wanted {os.cpu_count()} cores meanwhile."
    )


if __name__ == "__main__":
    main()
