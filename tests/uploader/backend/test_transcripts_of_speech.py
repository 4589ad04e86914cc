"""Transcripts of real speech by a real engine, in a backend as it is served."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from app.served_transcripts import ServedTranscriber
from capture.transcription.choice import EngineChoice, EngineName
from tests.capture.transcription.recordings import Said, talk
from tests.fakes.recording_directory import describe, make_recording, with_media
from tests.uploader.backend.transcribing import ASKED, TranscribingBackend
from tests.uploader.rig import NO_TLS, download, served, upload_recording
from uploader.backend import open_backend

T = TypeVar("T")

SAID = (Said(100, 0.5, "Good morning."), Said(200, 2.5, "Loud and clear."))
LONG = (*SAID, Said(100, 6.5, "Good morning, can you hear me?"))
LIMIT_S = 120
ASK_S = 0.25
"""A key may look three hundred times a minute."""


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[TranscribingBackend]:
    choice = EngineChoice(EngineName.POCKETSPHINX)
    transcriber = ServedTranscriber({"recallai_async": choice}, tmp_path / "transcriber.log")
    with closing(open_backend(tmp_path / "data")) as backend, TranscribingBackend(backend, transcriber) as served:
        yield served


def spoken_by(transcript: list[dict[str, Any]]) -> list[int]:
    return [entry["participant"]["id"] for entry in transcript if entry["words"]]


def test_each_speakers_words_as_the_desktop_has_them(speaking: TranscribingBackend, tmp_path: Path) -> None:
    recording = talk(tmp_path, SAID, duration_s=5.0)
    upload_recording(speaking.service, speaking.client, recording)
    transcript = speaking.asked(recording.name)
    assert speaking.told() == ("transcript.done", transcript, None)
    data = speaking.transcript(transcript)["data"]
    entries = download(data["download_url"]).json()
    assert set(spoken_by(entries)) == {100, 200}
    first = entries[0]
    assert (first["participant"]["name"], first["language_code"]) == ("Ada", "en")
    assert 0.3 <= first["words"][0]["start_timestamp"]["relative"] < 2
    assert first["words"][0]["start_timestamp"]["absolute"].startswith("2026-11-01T09:00:0")
    parts = download(data["provider_data_download_url"]).json()["parts"]
    assert {part["source_audio"]["type"] for part in parts} == {"separate"}
    assert list((speaking.backend.data / "transcribing").glob("*/*")) == []


def test_mixed_sound_is_told_apart_by_the_speaker_timeline(speaking: TranscribingBackend, tmp_path: Path) -> None:
    recording = talk(tmp_path, SAID, duration_s=5.0)
    sides = [argument for side in ("microphone", "system") for argument in ("-i", f"audio_separate/{side}.ogg")]
    mix = ("ffmpeg", "-v", "error", *sides, "-filter_complex", "amix=2", "audio_mixed.mp3")
    subprocess.run(mix, cwd=recording, check=True)
    with_media(recording, tuple(describe(recording, path) for path in ("audio_mixed.mp3", "speaker_timeline.json")))
    upload_recording(speaking.service, speaking.client, recording)
    transcript = speaking.asked(recording.name)
    assert speaking.told() == ("transcript.done", transcript, None)
    data = speaking.transcript(transcript)["data"]
    assert set(spoken_by(download(data["download_url"]).json())) == {100, 200}
    parts = download(data["provider_data_download_url"]).json()["parts"]
    assert {part["source_audio"]["type"] for part in parts} == {"mixed"}


def test_garbage_is_a_failure_with_a_reason(speaking: TranscribingBackend, tmp_path: Path) -> None:
    recording = make_recording(tmp_path)
    upload_recording(speaking.service, speaking.client, recording)
    assert speaking.told()[0] == "transcript.done"
    before = speaking.shown(recording.name)
    transcript = speaking.asked(recording.name)
    assert speaking.told() == ("transcript.failed", transcript, "nothing_to_transcribe")
    assert speaking.shown(recording.name) == before
    german = speaking.asked(recording.name, {"provider": {"recallai_async": {"language_code": "de"}}})
    assert speaking.told()[:2] == ("transcript.failed", german)


@contextmanager
def serving(base: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """``afterword serve``, as somebody starts it."""
    command = (sys.executable, "-m", "app", "--basedir", str(base), "--json", "serve", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            assert told["transcription"] == {"recallai_async": "pocketsphinx"}
            headers = {"Authorization": told["api_key"]}
            with httpx.Client(base_url=f"{told['url']}/api/v1/", headers=headers, verify=NO_TLS, timeout=30) as client:
                yield process, client
        finally:
            process.kill()


def awaited(look: Callable[[], T | None], each_s: float = 0.02) -> T:
    """What another process brings about."""
    deadline_s = time.monotonic() + LIMIT_S
    while (found := look()) is None:
        assert time.monotonic() < deadline_s
        time.sleep(each_s)
    return found


def test_a_server_that_is_killed_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    recording = talk(tmp_path / "recordings", LONG)
    base = tmp_path / "base"
    (base / "config").mkdir(parents=True)
    (base / "config" / "config.toml").write_text('transcription_engine = "pocketsphinx"\n')
    data = base / "data" / "backend"
    with served(data) as service, service.client(service.backend.api_key) as client:
        upload_recording(service, client, recording)
    with serving(base) as (process, client):
        asked = client.post(f"recording/{recording.name}/create_transcript/", json=ASKED).json()
        journals = f"transcribing/{asked['id']}/transcripts/*/stretches.ndjson"
        awaited(lambda: next((path for path in data.glob(journals) if path.stat().st_size), None))
        os.kill(process.pid, signal.SIGKILL)
    (about,) = data.glob(f"transcribing/{asked['id']}/transcripts/*/about.json")
    begun_at = json.loads(about.read_bytes())["created_at"]
    with serving(base) as (_, client):

        def ended() -> dict[str, Any] | None:
            shown: dict[str, Any] = client.get(f"transcript/{asked['id']}/").json()
            return None if shown["status"]["code"] == "processing" else shown

        shown = awaited(ended, ASK_S)
        assert shown["status"]["code"] == "done"
        assert {100, 200} == set(spoken_by(client.get(shown["data"]["download_url"]).json()))
        parts = client.get(shown["data"]["provider_data_download_url"]).json()["parts"]
    assert {part["created_at"] for part in parts} == {begun_at}
    assert len(parts) == len(LONG)
