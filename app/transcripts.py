"""Transcripts, from the command line's point of view: which engine, made by a process of its own, delivered."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.capture_process import COMMAND
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.settings import NO_ENGINE, Settings, listed
from app.speech_models import model_for
from app.words.wording import Sentence
from capture.errors import ProtocolError
from capture.events import Error
from capture.manifest import storage_error
from capture.program import ENVIRONMENT
from capture.recording import MediaStatus
from capture.transcription.choice import REMOTE, EngineChoice, EngineName
from capture.transcription.process import Progress, Task, decode_report
from capture.transcription.shelf import About, Shelf
from capture.wire import to_document

LOG_NAME = "transcriber.log"

ENGINE_TRIAL = (*COMMAND, "try-engine")
TRIAL_S = 120.0
"""A model of gigabytes, from a slow disk."""

OWN_URLS = {
    EngineName.OPENAI: "https://api.openai.com/v1",
    EngineName.DEEPGRAM: "https://api.deepgram.com",
    EngineName.ASSEMBLY_AI: "https://api.assemblyai.com",
}
"""Whose keys they are, where no other address is set."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said for once; ``None`` for what the settings say."""

    engine: str | None = None
    model: str | None = None
    language: str | None = None


def chosen_engine(settings: Settings, paths: Paths, wish: Wish = Wish()) -> EngineChoice | None:
    """``None`` where none is. Raises ``Failure`` where the file of keys cannot be read."""
    name = wish.engine or settings.transcription_engine
    if name == NO_ENGINE:
        return None
    engine = EngineName(name)
    is_set = engine == settings.transcription_engine
    url = (settings.transcription_url or None) if is_set else None
    model = wish.model or ((settings.transcription_model or None) if is_set else None)
    return EngineChoice(
        engine,
        model=model if engine in REMOTE else model_for(engine, model, paths),
        url=url,
        key=_key(url or OWN_URLS[engine], paths) if engine in REMOTE else None,
        language=wish.language or settings.transcription_language or None,
        key_terms=tuple(listed(settings.transcription_terms)),
    )


def _key(url: str, paths: Paths) -> str | None:
    """Kept under the same spelling as ``afterword key`` has it."""
    from app.credentials import find_transcription_key  # noqa: PLC0415 - a quarter of a second of imports
    from uploader.destinations.addresses import normalised  # noqa: PLC0415 - a quarter of a second of imports

    return find_transcription_key(normalised(url), paths.credentials)


def engine_trouble(
    choice: EngineChoice, command: Sequence[str] = ENGINE_TRIAL, limit_s: float = TRIAL_S
) -> Message | None:
    """Why ``choice`` cannot be opened, if it cannot: tried by a process of its own, for a model may crash a library."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=json.dumps(to_document(choice)) + "\n",
            capture_output=True,
            encoding="utf-8",
            env=os.environ | ENVIRONMENT,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return describe("engine_unusable", Sentence("it does not open in time"), {"engine": choice.engine})
    if done.returncode == 0:
        return None
    for line in done.stdout.splitlines():
        with suppress(ProtocolError):  # a library that prints
            report = decode_report(line)
            if isinstance(report, Error):
                return describe(report.code, report.reason, report.data)
    return describe("engine_unusable", Sentence("it makes its program crash"), {"engine": choice.engine})


class TranscriberProcess:
    """One task. ``run`` on any thread; ``stop`` is thread-safe, and may be called from a signal's handler."""

    def __init__(self, task: Task, log: Path) -> None:
        """Raises ``StorageError``."""
        self._task = task
        self._log = log
        self._is_stopped = threading.Event()
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("ab") as log_file:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [*_idle(), *COMMAND, "transcribe"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log_file,
                    encoding="utf-8",
                    env=os.environ | ENVIRONMENT,
                    start_new_session=True,
                )
        except OSError as error:
            raise storage_error(error, log) from error

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """At once. What was understood is kept."""
        self._is_stopped.set()
        self._process.kill()

    def run(self, on_progress: Callable[[Progress], None]) -> About | None:
        """Until it is done; ``None`` where it was stopped. Raises ``Failure``."""
        last: About | Error | None = None
        before = {about.id for about in self._done()}
        with self._process as process:
            if process.stdin is not None and process.stdout is not None:
                with suppress(BrokenPipeError):
                    process.stdin.write(json.dumps(to_document(self._task)) + "\n")
                    process.stdin.close()
                for line in process.stdout:
                    with suppress(ProtocolError):  # a library that prints
                        report = decode_report(line)
                        if isinstance(report, Progress):
                            on_progress(report)
                        else:
                            last = report
        if isinstance(last, Error):
            raise Failure(last.code, last.reason, **last.data)
        if last is None and not self._is_stopped.is_set():
            last = next((about for about in self._done() if about.id not in before), None)
            if last is None:
                raise Failure("transcriber_died", log=str(self._log))
        return last

    def _done(self) -> list[About]:
        """Also by one that died before it could say so."""
        return [about for about in Shelf(self._task.directory).all() if about.status is MediaStatus.DONE]


def interrupted(directory: Path) -> list[About]:
    """Transcripts that were begun and are not done, nor have failed."""
    return [about for about in Shelf(directory).all() if about.status is MediaStatus.PROCESSING]


@contextmanager
def failure_told(deliver: Callable[[], Message | None], complain: Callable[[Message], None]) -> Iterator[None]:
    """Whoever has the recording learns, too, that its transcript failed: the manifest says so by now."""
    try:
        yield
    except Failure:
        trouble = deliver()
        if trouble is not None:
            complain(trouble)
        raise


def _idle() -> tuple[str, ...]:
    """Reads and writes when nobody else does, where the system can be told."""
    ionice = shutil.which("ionice") if sys.platform == "linux" else None
    return () if ionice is None else (ionice, "-c", "3")
