"""``python -m tests.benchmarks.transcription``: word error rate and cost of each engine, and how late words are live.

``--engine NAME=MODEL`` adds one that is installed, with a model that is there; pocketsphinx needs none.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

from capture.transcription import open_engine
from capture.transcription.base import SPEECH_RATE_HZ, Speech
from capture.transcription.choice import STREAMING, EngineChoice, EngineName
from tests.benchmarks.capture.report import say, this_machine
from tests.benchmarks.transcription.live import live_report
from tests.benchmarks.transcription.people import PEOPLE, recorded
from tests.benchmarks.transcription.sentences import SENTENCES, VOICES, errors, words_of
from tests.capture.transcription.speaking import spoken

RESULTS = Path(__file__).parents[1] / "results" / "transcription.md"
LEGEND = """\
People: five sentences of a novel, read aloud, and six short orders (`tests/data/speech/people`, 37 s). Synthetic voices
(espeak-ng): twelve sentences as they are said in meetings. Each is a stretch by itself. Errors are words left out, put
in or exchanged, of all that were said; case, punctuation and whether a number is written in figures do not count. So
few words tell which engine is better, and not how good it is in a meeting. *CPU* is for a second of speech."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.transcription", description=__doc__)
    parser.add_argument("--engine", action="append", default=[], metavar="NAME=MODEL")
    parser.add_argument("--only", action="store_true", help="those engines alone")
    parser.add_argument("--people", action="store_true", help="people alone, no synthetic voices")
    parser.add_argument("--results", type=Path, default=RESULTS)
    plan = parser.parse_args()
    lines = []
    for line in _report(plan.engine, only=plan.only, people=plan.people):
        say(line)
        lines.append(line)
    plan.results.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(others: list[str], *, only: bool, people: bool) -> Iterator[str]:
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
        yield from _rows(choice, people=people)
    for choice in choices:
        if choice.engine in STREAMING:
            yield ""
            yield from live_report(choice)


def _choice(text: str) -> EngineChoice:
    name, _, model = text.partition("=")
    return EngineChoice(EngineName(name), model=model, language="en")


def _rows(choice: EngineChoice, *, people: bool) -> Iterator[str]:
    model = Path(choice.model).name if choice.model else "its own"
    with closing(open_engine(choice)) as engine:
        for voice, sayings in _voices(people=people):
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


def _voices(*, people: bool) -> Iterator[tuple[str, list[tuple[str, Speech]]]]:
    """What each says, and how it sounds."""
    for kind, group in groupby(PEOPLE, key=lambda person: person.kind):
        yield kind, [(person.text, recorded(person)) for person in group]
    for voice in () if people else VOICES:
        yield voice[1], [(sentence, spoken(sentence, *voice)) for sentence in SENTENCES]


if __name__ == "__main__":
    main()
