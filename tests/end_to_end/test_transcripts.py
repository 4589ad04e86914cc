"""Transcripts as a user makes them: by a service on this machine, interrupted, gone on with, delivered and found."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.paths import find_paths
from app.transcript_search import search
from capture.manifest import read_manifest
from capture.recording import RecordingStatus
from tests.capture.transcription.provider import Answer, Request, Service, document, serving
from tests.capture.transcription.recordings import TALK, talk
from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT, afterword
from uploader.debts import note_debt, read_debts
from uploader.session import Assurance

KEY = "sk-very-secret"
ENVIRONMENT: Mapping[str, str] = {**os.environ, "AFTERWORD_TRANSCRIPTION_KEY": KEY}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return talk(tmp_path_factory.mktemp("talk"))


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


def transcriber_of(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    (child,) = (int(each) for each in children if b"transcribe" in Path(f"/proc/{each}/cmdline").read_bytes())
    return child


def test_a_killed_transcriber_loses_nothing_and_what_was_delivered_is_followed(original: Path, tmp_path: Path) -> None:
    basedir, here = tmp_path / "afterword", ("--basedir", tmp_path / "afterword")
    directory = Path(shutil.copytree(original, basedir / "data" / "recordings" / original.name))
    note_debt(directory, "local")
    delivered = afterword(ENVIRONMENT, *here, "deliver", directory.name)
    assert delivered.exit_status == 0, delivered.words
    gate = Gate(last=len(TALK))
    with at_service(gate, basedir) as service:
        command = (*AFTERWORD, *map(str, here), "transcribe", directory.name, "--json")
        with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as first:
            assert gate.reached.wait(LIMIT_S)
            os.kill(transcriber_of(first.pid), signal.SIGKILL)
            said, _ = first.communicate(timeout=LIMIT_S)
        assert (first.returncode, json.loads(said)["error"]["code"]) == (1, "transcriber_died")
        assert read_manifest(directory).status.code is RecordingStatus.COMPLETE
        assert not (directory / "transcript.json").exists()
        gate.open.set()
        again = afterword(ENVIRONMENT, *here, "transcribe", directory.name)
    assert (again.exit_status, again.document["transcript"]["words"]) == (0, len(TALK)), again.words
    assert len(service.requests) == len(TALK) + 1, "what was understood was asked again"
    assert {each.headers["Authorization"] for each in service.requests} == {f"Bearer {KEY}"}
    (debt,) = read_debts(directory)
    digest = hashlib.sha256((directory / "transcript.json").read_bytes()).hexdigest()
    assert (debt.assurance, debt.acknowledged["transcript.json"]) == (Assurance.VERIFIED, digest)
    (found,) = search(["budget2"], find_paths(basedir))
    assert (found.recording, found.text) == (directory.name, "[budget2]")
    assert KEY not in "".join(
        path.read_text(errors="replace") for path in basedir.rglob("*") if path.suffix in {".log", ".json", ".ndjson"}
    )


def test_one_is_made_after_each_recording_where_an_engine_is_chosen(tmp_path: Path) -> None:
    basedir = tmp_path / "afterword"
    with at_service(Gate(last=0), basedir) as service:
        synthetic = ("--microphone", "synthetic", "--system-audio", "synthetic", "--no-video", "--duration", "1")
        found = afterword(ENVIRONMENT, "--basedir", basedir, "record", *synthetic)
    assert found.exit_status == 0, found.words
    (media,) = (media for media in found.document["media"] if media["kind"] == "transcript")
    assert media["status"] == "done"
    assert json.loads((Path(found.document["directory"]) / media["path"]).read_bytes()) == []
    assert not service.requests, "nobody spoke, and something was sent"
    assert found.document["delivery"]["status"] == "complete"
