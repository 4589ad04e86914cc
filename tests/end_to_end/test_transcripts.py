"""Transcripts as a user makes them: by a service on this machine, interrupted, gone on with, delivered and found."""

import contextlib
import hashlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.cli import run
from app.console import Console
from app.delivery import attempt
from app.delivery_ledger import open_ledger
from app.messages import ExitStatus, Failure
from app.paths import Paths, find_paths
from app.transcript_search import search
from app.transcripts import LOG_NAME, TranscriberProcess
from capture.manifest import read_manifest
from capture.recording import RecordingStatus
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.process import AWAITED, Task
from tests.capture.transcription.provider import Answer, Request, Service, document, serving
from tests.capture.transcription.recordings import TALK, talk
from tests.end_to_end.afterword import LIMIT_S, afterword
from uploader.backend import open_backend
from uploader.backend.tables import Media, Resource
from uploader.debts import read_debts
from uploader.session import Assurance

KEY = "sk-very-secret"
ENVIRONMENT: Mapping[str, str] = {**os.environ, "AFTERWORD_TRANSCRIPTION_KEY": KEY}


class Gate:
    """Answers as a service does, but the ``last`` stretch only once it is ``open``."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._count = 0
        self.reached = threading.Event()
        self.open = threading.Event()

    def reply(self, _: Request) -> Answer:
        self._count += 1
        number = self._count
        if number == self._last:
            self.reached.set()
            self.open.wait(LIMIT_S)
        return document({"words": [{"word": f"budget{number}", "start": 0.3, "end": 0.6}], "text": ""})


@contextlib.contextmanager
def at_service(gate: Gate, basedir: Path) -> Iterator[Service]:
    with serving(reply=gate.reply) as service:
        config = basedir / "config" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(f'transcription_engine = "openai"\ntranscription_url = "{service.url}"\n')
        try:
            yield service
        finally:
            gate.open.set()


def killed_at_the_last(directory: Path, gate: Gate, url: str, paths: Paths) -> str:
    """The code of what the user is told."""
    choice = EngineChoice(EngineName.OPENAI, url=url)
    transcriber = TranscriberProcess(Task(directory, choice, AWAITED), paths.logs / LOG_NAME)

    def kill() -> None:
        gate.reached.wait(LIMIT_S)
        os.kill(transcriber.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(Failure) as caught:
        transcriber.run(lambda _: None)
    killer.join()
    return caught.value.message.code


def test_a_killed_transcriber_loses_nothing_and_what_was_delivered_is_followed(tmp_path: Path) -> None:
    basedir = tmp_path / "afterword"
    paths = find_paths(basedir)
    directory = talk(paths.recordings)
    with open_ledger(paths) as ledger:
        assert attempt(directory, "local", paths, ledger, Console(as_json=True)) is None
    gate = Gate(last=len(TALK))
    with at_service(gate, basedir) as service:
        assert killed_at_the_last(directory, gate, service.url, paths) == "transcriber_died"
        assert read_manifest(directory).status.code is RecordingStatus.COMPLETE
        assert not (directory / "transcript.json").exists()
        gate.open.set()
        again = afterword(ENVIRONMENT, "--basedir", basedir, "transcribe", directory.name)
    assert (again.exit_status, again.document["transcript"]["words"]) == (0, len(TALK)), again.words
    assert len(service.requests) == len(TALK) + 1, "what was understood was asked again"
    assert service.requests[-1].headers["Authorization"] == f"Bearer {KEY}"
    (debt,) = read_debts(directory)
    digest = hashlib.sha256((directory / "transcript.json").read_bytes()).hexdigest()
    assert (debt.assurance, debt.acknowledged["transcript.json"]) == (Assurance.VERIFIED, digest)
    (found,) = search(["budget2"], paths)
    assert (found.recording, found.text) == (directory.name, "[budget2]")
    written = [path for path in basedir.rglob("*") if path.suffix in {".log", ".json", ".ndjson"}]
    assert not any(KEY in path.read_text(errors="replace") for path in written)


def stored_transcript(directory: Path, paths: Paths) -> tuple[str, str | None]:
    """What the backend says of it."""
    backend = open_backend(paths.backend)
    try:
        with backend.store.transaction() as transaction:
            (media,) = transaction.find(Media, recording_id=[directory.name], resource=[Resource.TRANSCRIPT])
    finally:
        backend.close()
    return media.status, media.sub_code


def test_who_has_the_recording_learns_that_its_transcript_failed(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    directory = talk(paths.recordings)
    with open_ledger(paths) as ledger:
        assert attempt(directory, "local", paths, ledger, Console(as_json=True)) is None
    with serving(Answer(401)) as service:
        choice = ["--basedir", str(tmp_path), "transcribe", directory.name]
        paths.settings.parent.mkdir()
        paths.settings.write_text(f'transcription_engine = "openai"\ntranscription_url = "{service.url}"\n')
        assert run(choice) == ExitStatus.FAILED
        assert stored_transcript(directory, paths) == ("failed", "provider_refused")
        service.answers = [document({"text": "Morning"})]
        assert run(choice) == ExitStatus.DONE
    assert stored_transcript(directory, paths) == ("done", None)
    assert run(["--basedir", str(tmp_path), "transcript", directory.name, "--transcript", "none"]) == ExitStatus.UNKNOWN
