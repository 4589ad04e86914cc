"""One transcript, whose transcriber is killed once, at any moment: what is there in the end, what was asked twice."""

import hashlib
import json
import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.messages import Failure
from app.transcripts import TranscriberProcess
from capture.manifest import read_manifest
from capture.recording import MediaKind, MediaStatus
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.process import Task
from capture.transcription.shelf import Shelf
from tests.capture.transcription.provider import Answer, Request, document, serving
from tests.capture.transcription.recordings import Said, talk
from tests.torture.score import Trial

TURNS = 8
TEXTS = ("Good morning, can you hear me?", "Yes, loud and clear.")
ANSWER_S = 0.03
"""As a service far away needs it: most kills meet a request that is on its way."""

STARTING_S = 0.6
"""In which it is started, on a quiet machine."""


def conversation(folder: Path) -> Path:
    """Both sides by turns, each a stretch by itself, and none the same samples as another."""
    said = [Said(100 + 100 * (number % 2), 1 + 3.017 * number, TEXTS[number % 2]) for number in range(TURNS)]
    return talk(folder, said, duration_s=3.1 * TURNS + 2)


@dataclass(slots=True)
class Hearing:
    """A service whose word for a stretch is its digest."""

    kill_at: int
    """The request with which the moment comes; 0 for the start, one more than there are for the end."""
    reached: threading.Event = field(default_factory=threading.Event)
    heard: list[str] = field(default_factory=list)

    def reply(self, request: Request) -> Answer:
        if len(request.body) < int(request.headers["Content-Length"]):
            return Answer(400)  # killed while it asked: that was no question
        digest = hashlib.sha256(request.sound).hexdigest()[:12]
        self.heard.append(digest)
        if len(self.heard) == self.kill_at:
            self.reached.set()
        time.sleep(ANSWER_S)
        if len(self.heard) == TURNS and self.kill_at > TURNS:
            self.reached.set()
        return document({"text": digest, "words": [{"word": digest, "start": 0.3, "end": 0.6}]})


def kill_once(original: Path, chance: random.Random, folder: Path) -> Trial:
    """Lost is nothing but the stretch that was under way, and that is asked again."""
    directory = Path(shutil.copytree(original, folder / original.name))
    hearing = Hearing(chance.randint(0, TURNS + 1))
    after_s = chance.uniform(0, STARTING_S if hearing.kill_at == 0 else 2 * ANSWER_S)
    with serving(reply=hearing.reply) as service:
        task = Task(directory, EngineChoice(EngineName.OPENAI, url=service.url), niceness=0)
        with _killed(TranscriberProcess(task, folder / "log"), hearing, after_s) as first:
            is_done = _is_done(first)
        before = list(hearing.heard)
        if not is_done and not _is_done(TranscriberProcess(task, folder / "log")):
            return Trial(("nobody has killed the second one",))
    return Trial(tuple(_problems(directory, before, hearing.heard)))


@contextmanager
def _killed(transcriber: TranscriberProcess, hearing: Hearing, after_s: float) -> Iterator[TranscriberProcess]:
    ended = threading.Event()

    def kill() -> None:
        if hearing.kill_at:
            hearing.reached.wait()
        if not ended.wait(after_s):
            os.kill(transcriber.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield transcriber
    finally:
        ended.set()
        hearing.reached.set()
        killer.join()


def _is_done(transcriber: TranscriberProcess) -> bool:
    """It may have been done before the kill."""
    try:
        return transcriber.run(lambda _: None) is not None
    except Failure as failure:
        if failure.message.code != "transcriber_died":
            raise
        return False


def _problems(directory: Path, before: list[str], heard: list[str]) -> Iterator[str]:
    asked = Counter(heard)
    again = [digest for digest, times in asked.items() if times > 1]
    if len(asked) != TURNS:
        yield f"{len(asked)} stretches of {TURNS} were heard"
    if len(again) > 1 or any(asked[digest] > 2 for digest in again):
        yield f"asked again: {len(heard) - len(asked)} stretches"
    if again and again[0] != before[-1]:
        yield "what was understood was asked again"
    words = [word["text"] for entry in _document(directory / "transcript.json") for word in entry["words"]]
    if sorted(words) != sorted(asked):
        yield f"the transcript has {len(words)} words of {TURNS}"
    (*others, about) = Shelf(directory).all()
    if others or about.status is not MediaStatus.DONE:
        yield f"it is {about.status}, and there are {len(others)} more"
    if len(_document(Shelf(directory).place(about.id) / "provider_data.json")["parts"]) != TURNS:
        yield "the engine's own answers are not all there"
    listed = [media for media in read_manifest(directory).media if media.kind is MediaKind.TRANSCRIPT]
    digest = hashlib.sha256((directory / "transcript.json").read_bytes()).hexdigest()
    if [(media.status, media.sha256) for media in listed] != [(MediaStatus.DONE, digest)]:
        yield "the manifest does not tell of it"


def _document(path: Path) -> Any:  # noqa: ANN401 - a JSON document has no better type
    return json.loads(path.read_bytes())
