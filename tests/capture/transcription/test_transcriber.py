"""Real sound in real files, an engine that a test decides, or a service that the test starts."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capture.errors import NothingToTranscribe, ProviderFailed, RecordingRunning, TranscriptionFailed
from capture.lock import Lock
from capture.manifest import read_manifest, write_manifest
from capture.recording import MediaKind, MediaObject, MediaStatus, RecordingStatus
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Speech, Word
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.openai_api import OpenAIEngine
from capture.transcription.requests import Persistence
from capture.transcription.shelf import About, Shelf
from capture.transcription.transcriber import show, transcribe
from tests.capture.transcription.provider import Answer, Request, Service, document, serving
from tests.capture.transcription.recordings import TALK, talk

CHOICE = EngineChoice(EngineName.OPENAI, key="sk-very-secret", language="en")
MS = 1_000_000


@dataclass(slots=True)
class Scripted:
    """An engine that says one word for each stretch, and fails after ``lasts`` of them."""

    lasts: int = 1000
    heard: list[Speech] = field(default_factory=list)

    def transcribe(self, speech: Speech) -> Heard:
        if len(self.heard) == self.lasts:
            message = "enough"
            raise ProviderFailed(message)
        self.heard.append(speech)
        return Heard(
            [Word(f"word{len(self.heard)}", 300 * MS, 600 * MS)], "en", {"loudness": int(np.abs(speech).max())}
        )

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return talk(tmp_path_factory.mktemp("talk"))


@pytest.fixture
def recording(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / original.name))


class Deaf(Scripted):
    """Hears nothing."""

    def transcribe(self, speech: Speech) -> Heard:
        del speech
        return Heard()


def made(directory: Path, engine: Scripted, choice: EngineChoice = CHOICE) -> About:
    return transcribe(directory, choice, lambda *_: None, lambda _: engine)


def artifact(directory: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((directory / "transcript.json").read_bytes())
    return entries


def listed(directory: Path) -> MediaObject:
    (media,) = (media for media in read_manifest(directory).media if media.kind is MediaKind.TRANSCRIPT)
    return media


def texts(directory: Path) -> list[tuple[int, str]]:
    return [(each["participant"]["id"], word["text"]) for each in artifact(directory) for word in each["words"]]


def test_each_side_is_heard_by_itself_and_words_are_their_speakers(recording: Path) -> None:
    engine = Scripted()
    about = made(recording, engine)
    assert texts(recording) == [(100, "word1"), (200, "word2"), (300, "word3")]
    assert (about.status, about.words) == (MediaStatus.DONE, 3)
    lengths_s = [len(speech) / SPEECH_RATE_HZ for speech in engine.heard]
    assert sum(lengths_s) < 8, "silence was given to the engine"
    assert all(np.abs(speech).max() > 3000 for speech in engine.heard)
    first = artifact(recording)[0]
    assert first["language_code"] == "en"
    assert first["words"][0]["start_timestamp"] == {"relative": 1.1, "absolute": "2026-11-01T09:00:03.100Z"}
    assert first["words"][0]["end_timestamp"] == {"relative": 1.4, "absolute": "2026-11-01T09:00:03.400Z"}
    assert (listed(recording).status, listed(recording).bytes) == (
        MediaStatus.DONE,
        (recording / "transcript.json").stat().st_size,
    )


def test_where_nobody_speaks_no_engine_is_asked(recording: Path) -> None:
    (recording / "speaker_timeline.json").write_text("[]")
    about = transcribe(recording, CHOICE, lambda *_: None, lambda _: pytest.fail("an engine was opened"))
    assert (about.status, artifact(recording), listed(recording).status) == (MediaStatus.DONE, [], MediaStatus.DONE)


@pytest.mark.parametrize("timeline", [None, '[{"participant": 3}]'])
def test_where_nothing_tells_who_spoke_the_voices_do(recording: Path, timeline: str | None) -> None:
    (recording / "speaker_timeline.json").unlink()
    if timeline is not None:
        (recording / "speaker_timeline.json").write_text(timeline)
    engine = Scripted()
    made(recording, engine)
    assert texts(recording) == [(100, "word1"), (200, "word2"), (200, "word3")]
    starts_s = [each["words"][0]["start_timestamp"]["relative"] for each in artifact(recording)]
    assert starts_s == pytest.approx([said.start_s + 0.1 for said in TALK], abs=0.25)
    assert artifact(recording)[0]["participant"]["is_host"] is True


def test_what_the_engine_said_itself_is_kept(recording: Path) -> None:
    about = made(recording, Scripted())
    parts = json.loads((Shelf(recording).place(about.id) / "provider_data.json").read_bytes())["parts"]
    assert [part["source_audio"]["participant"]["id"] for part in parts] == [100, 200, 300]
    assert all(part["data"]["body"]["loudness"] > 3000 for part in parts)


def test_what_failed_is_gone_on_with(recording: Path) -> None:
    before = read_manifest(recording)
    with pytest.raises(ProviderFailed):
        made(recording, Scripted(lasts=2))
    (failed,) = Shelf(recording).all()
    assert (failed.status, failed.sub_code) == (MediaStatus.FAILED, "provider_failed")
    assert (listed(recording).status, listed(recording).sub_code) == (MediaStatus.FAILED, "provider_failed")
    assert replace(read_manifest(recording), media=before.media) == before
    engine = Scripted()
    about = made(recording, engine)
    assert (about.id, len(engine.heard)) == (failed.id, 1)
    assert [participant for participant, _ in texts(recording)] == [100, 200, 300]
    assert (listed(recording).status, listed(recording).sub_code) == (MediaStatus.DONE, None)


def test_a_torn_journal_loses_its_last_line_only(recording: Path) -> None:
    with pytest.raises(ProviderFailed):
        made(recording, Scripted(lasts=2))
    (about,) = Shelf(recording).all()
    journal = Shelf(recording).place(about.id) / "stretches.ndjson"
    journal.write_bytes(journal.read_bytes()[:-9])
    engine = Scripted()
    made(recording, engine)
    assert len(engine.heard) == 2
    assert len(journal.read_bytes().splitlines()) == 3


def test_a_failure_replaces_no_good_one(recording: Path) -> None:
    made(recording, Scripted())
    good = artifact(recording)
    with pytest.raises(ProviderFailed):
        made(recording, Scripted(lasts=0), replace(CHOICE, language="de"))
    assert artifact(recording) == good
    assert listed(recording).status is MediaStatus.DONE
    assert made(recording, Deaf(), replace(CHOICE, language="fr")).words == 0
    assert artifact(recording) == good
    assert [about.status for about in Shelf(recording).all()] == [
        MediaStatus.DONE,
        MediaStatus.FAILED,
        MediaStatus.DONE,
    ]


def test_an_edited_one_is_shown_and_the_original_kept(recording: Path) -> None:
    about = made(recording, Scripted())
    shelf = Shelf(recording)
    edited = artifact(recording)
    edited[0]["words"][0]["text"] = "Morning"
    shelf.edit(about.id, edited)
    show(recording, about.id)
    assert texts(recording)[0] == (100, "Morning")
    assert json.loads((shelf.place(about.id) / "transcript.json").read_bytes())[0]["words"][0]["text"] == "word1"
    assert listed(recording).bytes == (recording / "transcript.json").stat().st_size


def test_what_cannot_be_transcribed_says_so(recording: Path) -> None:
    made(recording, Scripted())
    with Lock(Shelf(recording).folder), pytest.raises(RecordingRunning):
        made(recording, Scripted())
    (recording / "audio_separate/microphone.ogg").write_bytes(b"no sound")
    with pytest.raises(NothingToTranscribe):
        made(recording, Scripted(), replace(CHOICE, model="other"))
    manifest = read_manifest(recording)
    running = replace(manifest, status=replace(manifest.status, code=RecordingStatus.RECORDING))
    write_manifest(running, recording)
    with pytest.raises(RecordingRunning):
        made(recording, Scripted())


def reply(request: Request) -> Answer:
    """As a server would that understands nothing but how long it was."""
    words = [{"word": f"{request.speech_s:.1f}", "start": 0.25, "end": 0.75}]
    return document({"text": words[0]["word"], "words": words})


@contextmanager
def openai(*answers: Answer) -> Iterator[Service]:
    with serving(*answers, reply=None if answers else reply) as service:
        yield service


def through(service: Service, directory: Path, answer_s: float = 20.0) -> About:
    choice = replace(CHOICE, url=service.url)
    patience = Persistence(answer_s, (), lambda _: None)
    return transcribe(directory, choice, lambda *_: None, lambda chosen: OpenAIEngine(chosen, patience))


def test_a_services_answer_becomes_the_artifact(recording: Path) -> None:
    with openai() as service:
        through(service, recording)
    assert len(service.requests) == len(TALK)
    assert [int(participant) for participant, _ in texts(recording)] == [100, 200, 300]
    lengths_s = [float(text) for _, text in texts(recording)]
    assert all(1 < length_s < 4 for length_s in lengths_s)
    text = "".join(path.read_text() for path in recording.rglob("*.json"))
    assert "sk-very-secret" not in text


TROUBLES: Mapping[str, Answer] = {
    "provider_rate_limited": Answer(429),
    "provider_error": Answer(500),
    "provider_answer_unreadable": Answer(body=b"\x00garbage"),
    "provider_connection_failed": Answer(body=b'{"text":', is_cut=True),
    "provider_refused": Answer(401),
}


@pytest.mark.parametrize("sub_code", TROUBLES)
def test_a_services_trouble_leaves_the_recording_as_it_was(recording: Path, sub_code: str) -> None:
    before = read_manifest(recording)
    with openai(TROUBLES[sub_code]) as service, pytest.raises(TranscriptionFailed):
        through(service, recording)
    assert read_manifest(recording).status == before.status
    assert (listed(recording).status, listed(recording).sub_code) == (MediaStatus.FAILED, sub_code)
    with openai() as service:
        through(service, recording)
    assert listed(recording).status is MediaStatus.DONE


def test_a_service_that_never_answers(recording: Path) -> None:
    with openai() as service:
        service.hanging.clear()
        with pytest.raises(TranscriptionFailed):
            through(service, recording, answer_s=0.2)
    assert listed(recording).sub_code == "provider_timeout"
