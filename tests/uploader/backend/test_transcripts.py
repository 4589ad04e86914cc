"""Transcripts that are asked for of the backend, and made by an engine that a test decides."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from capture.manifest import read_manifest
from capture.recording import MediaKind
from tests.fakes.recording_directory import make_recording
from tests.uploader.backend.in_process import in_process
from tests.uploader.backend.transcribing import ASKED, NOTHING, SAID, Scripted, TranscribingBackend
from tests.uploader.rig import download, manifest, open_upload, upload_recording
from uploader.backend import open_backend
from uploader.backend.locations import Places
from uploader.backend.rates import Rates
from uploader.backend.transcription import Hearing, TranscriptFailed, TranscriptPutOff, Wish

UNLIMITED = Rates(100_000, 100_000, 100_000)
SOUND = ("audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg", "speaker_timeline.json")


@dataclass(frozen=True)
class Rig:
    served: TranscribingBackend
    transcriber: Scripted

    def stored(self, folder: Path, *paths: str) -> str:
        directory = make_recording(folder, paths=paths or SOUND)
        upload_recording(self.served.service, self.served.client, directory)
        if "transcript.json" in paths:
            assert self.served.told()[0] == "transcript.done"
        return directory.name

    def made(self, recording: str, outcome: list[dict[str, object]]) -> str:
        transcript = self.served.asked(recording)
        self.transcriber.begun().outcomes.put(outcome)
        assert self.served.told() == ("transcript.done", transcript, None)
        return transcript


@pytest.fixture
def rig(tmp_path: Path, places: Places) -> Iterator[Rig]:
    transcriber = Scripted()
    with (
        closing(open_backend(tmp_path / "data", places=places, rates=UNLIMITED)) as backend,
        TranscribingBackend(backend, transcriber) as served,
    ):
        yield Rig(served, transcriber)


def left(rig: Rig) -> list[str]:
    return [path.name for path in (rig.served.backend.data / "transcribing").iterdir() if path.is_dir()]


def left_but_for_another(rig: Rig, recording: str) -> list[str]:
    """Once the next is begun, nothing is done any more for the one before."""
    rig.served.asked(recording)
    work = rig.transcriber.begun()
    return [name for name in left(rig) if name != work.folder.name]


def test_it_is_made_of_each_sides_sound_and_can_be_downloaded(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path)
    asked = {
        "provider": {"recallai_async": {"language_code": "en_us", "key_terms": ["Afterword"], "unknown": 1}},
        "metadata": {"case": "A-17"},
    }
    transcript = rig.served.asked(recording, asked)
    work = rig.transcriber.begun()
    assert (work.wish, work.hearing) == (Wish("recallai_async", "en-us", ("Afterword",)), Hearing.SEPARATE)
    laid = read_manifest(work.folder)
    assert [media.path for media in laid.media] == ["audio_separate/microphone.ogg", "audio_separate/system.ogg"]
    assert all((work.folder / media.path).stat().st_size == media.bytes for media in laid.media)
    assert [segment.started_at for segment in laid.timeline] == ["2026-11-01T09:00:02.000000Z"]
    work.outcomes.put(SAID)
    assert rig.served.told() == ("transcript.done", transcript, None)
    shown = rig.served.transcript(transcript)
    assert (shown["provider"], shown["diarization"]) == (asked["provider"], None)
    assert (shown["metadata"], shown["recording"]["id"]) == ({"case": "A-17"}, recording)
    assert download(shown["data"]["download_url"]).json() == SAID
    assert download(shown["data"]["provider_data_download_url"]).json() == {"parts": []}
    assert rig.served.shown(recording) == transcript
    found = rig.served.client.get("recording/", params={"search": "morning"}).json()["results"]
    assert [each["id"] for each in found] == [recording]


def test_words_are_spelt_as_was_asked_for(rig: Rig, tmp_path: Path) -> None:
    spelling = [{"find": ["morning"], "replace": "Mornin'"}]
    options = {"spelling": spelling, "filter_profanity": False}
    recording = rig.stored(tmp_path)
    transcript = rig.served.asked(recording, {"provider": {"recallai_async": options}})
    rig.transcriber.begun().outcomes.put(SAID)
    assert rig.served.told() == ("transcript.done", transcript, None)
    told = download(rig.served.transcript(transcript)["data"]["download_url"]).json()
    assert told == [{**SAID[0], "words": [{"text": "Mornin'"}]}]
    assert left_but_for_another(rig, recording) == []


@pytest.mark.parametrize(
    ("paths", "diarization"),
    [(("audio_mixed.mp3",), None), (SOUND, {"use_separate_streams_when_available": False})],
)
def test_mixed_sound_where_that_is_all_or_was_asked_for(
    rig: Rig, tmp_path: Path, paths: tuple[str, ...], diarization: dict[str, bool] | None
) -> None:
    recording = rig.stored(tmp_path, *paths)
    transcript = rig.served.asked(recording, {**ASKED, "diarization": diarization})
    work = rig.transcriber.begun()
    assert work.hearing is Hearing.MIXED
    sounds = {(work.folder / "audio_separate" / name).read_bytes() for name in ("microphone.ogg", "system.ogg")}
    (directory,) = (path for path in tmp_path.iterdir() if (path / "recording.json").exists())
    assert sounds == {(directory / "audio_mixed.mp3").read_bytes()}
    assert (work.folder / "speaker_timeline.json").exists()
    assert rig.served.transcript(transcript)["diarization"] == diarization
    work.outcomes.put(SAID)
    assert rig.served.told()[0] == "transcript.done"
    assert left_but_for_another(rig, recording) == []


def test_what_is_empty_or_failed_replaces_no_good_one(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path, *SOUND, "transcript.json")
    delivered = rig.served.shown(recording)
    empty = rig.made(recording, NOTHING)
    assert rig.served.transcript(empty)["status"]["code"] == "done"
    failing = rig.served.asked(recording)
    rig.transcriber.begun().outcomes.put(TranscriptFailed("provider_connection_failed"))
    assert rig.served.told() == ("transcript.failed", failing, "provider_connection_failed")
    assert rig.served.transcript(failing)["data"]["download_url"] is None
    assert rig.served.shown(recording) == delivered
    good = rig.made(recording, SAID)
    assert rig.served.shown(recording) == good
    listed = rig.served.client.get("transcript/", params={"recording_id": recording}).json()["results"]
    assert [each["id"] for each in listed] == [good, failing, empty, delivered]


def test_what_passes_is_tried_again(rig: Rig, tmp_path: Path) -> None:
    transcript = rig.served.asked(rig.stored(tmp_path))
    rig.transcriber.begun().outcomes.put(TranscriptPutOff("recording_running"))
    rig.transcriber.begun().outcomes.put(SAID)
    assert rig.served.told() == ("transcript.done", transcript, None)


def test_one_that_is_deleted_while_it_is_made_is_stopped(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path)
    first, second = rig.served.asked(recording), rig.served.asked(recording)
    work = rig.transcriber.begun()
    assert rig.served.client.delete(f"transcript/{first}/").status_code == 204
    assert rig.served.told() == ("transcript.deleted", first, None)
    rig.transcriber.begun().outcomes.put(SAID)
    assert rig.served.told() == ("transcript.done", second, None)
    assert work.folder.exists() is False
    assert rig.served.transcript(first)["status"]["code"] == "deleted"


def test_a_word_that_comes_after_the_end_is_not_kept(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path)
    transcript = rig.served.asked(recording)
    work = rig.transcriber.begun()
    assert rig.served.client.delete(f"recording/{recording}/").status_code == 204
    work.outcomes.put(SAID)
    assert rig.served.told() == ("transcript.deleted", transcript, None)
    assert rig.served.transcript(transcript)["data"]["download_url"] is None
    assert rig.served.ask(recording).status_code == 410


def test_the_eleventh_is_refused_also_when_they_come_at_once(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path, *SOUND, "transcript.json")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: rig.served.ask(recording), range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [409] * 3
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert (refused["code"], "delete one" in refused["detail"]) == ("too_many_transcripts", True)
    made = next(answer.json()["id"] for answer in answers if answer.status_code == 200)
    assert rig.served.client.delete(f"transcript/{made}/").status_code == 204
    assert rig.served.ask(recording).status_code == 200


def test_one_request_that_comes_twice_makes_one(rig: Rig, tmp_path: Path) -> None:
    recording = rig.stored(tmp_path)
    path, key = f"recording/{recording}/create_transcript", {"Idempotency-Key": "one"}
    ids = {rig.served.client.post(path, json=ASKED, headers=key).json()["id"] for _ in range(2)}
    assert len(ids) == 1


def test_a_recording_that_is_delivered_again_keeps_them(rig: Rig, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, paths=(*SOUND, "transcript.json"))
    upload_recording(rig.served.service, rig.served.client, directory)
    assert rig.served.told()[0] == "transcript.done"
    delivered = rig.served.shown(directory.name)
    transcript = rig.made(directory.name, SAID)
    upload = open_upload(rig.served.client, recording_id=directory.name)
    answer = rig.served.client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
    assert answer.status_code == 200, answer.text
    for kept in (delivered, transcript):
        assert download(rig.served.transcript(str(kept))["data"]["download_url"]).status_code == 200
    assert any(media.kind is MediaKind.TRANSCRIPT for media in read_manifest(directory).media)


def test_what_is_left_when_a_server_ends_is_made_by_the_next(tmp_path: Path) -> None:
    first, second = Scripted(), Scripted()
    with closing(open_backend(tmp_path / "data")) as backend:
        with TranscribingBackend(backend, first) as served:
            recording = Rig(served, first).stored(tmp_path)
            transcript = served.asked(recording)
            folder = first.begun().folder
        with TranscribingBackend(backend, second) as served:
            work = second.begun()
            assert work.folder == folder
            work.outcomes.put(SAID)
            assert served.told() == ("transcript.done", transcript, None)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "provider"),
        ({"provider": {}}, "provider"),
        ({"provider": {"rev_async": {}}}, "provider"),
        ({"provider": {"recallai_async": {}, "deepgram_async": {}}}, "provider"),
        ({"provider": {"recallai_async": {"language_code": 7}}}, "provider"),
        ({"provider": {"deepgram_async": {"keyterm": "word"}}}, "provider"),
        ({"provider": {"recallai_async": {"unknown": "x" * 70_000}}}, "provider"),
        ({"provider": {"recallai_async": {"filter_profanity": True}}}, "provider"),
        ({"provider": {"deepgram_async": {"replace": ["monica:Monika"]}}}, "provider"),
        ({"provider": {"recallai_async": {"spelling": [{"find": "monica", "replace": "Monika"}]}}}, "provider"),
        ({"provider": {"recallai_async": {"spelling": [{"find": ["monica"]}]}}}, "provider"),
        ({**ASKED, "diarization": {"use_separate_streams_when_available": 1}}, "diarization"),
        ({**ASKED, "metadata": {"a": 1}}, "metadata"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(tmp_path: Path, document: dict[str, object], field: str) -> None:
    with (
        closing(open_backend(tmp_path, rates=UNLIMITED)) as backend,
        TranscribingBackend(backend, Scripted()) as served,
    ):
        answer = served.ask("any", document)
        assert (answer.status_code, list(answer.json())) == (400, [field])


def test_where_nothing_can_be_made_it_says_why(rig: Rig, tmp_path: Path) -> None:
    running = open_upload(rig.served.client)["recording_id"]
    silent = rig.stored(tmp_path, "meeting_metadata.json")
    foreign = rig.served.service.client(rig.served.service.new_key())
    with foreign:
        assert foreign.post(f"recording/{silent}/create_transcript/", json=ASKED).status_code == 404
    answers = [rig.served.ask(each) for each in (running, silent, "unknown")]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (409, "recording_unfinished"),
        (409, "nothing_to_transcribe"),
        (404, "not_found"),
    ]


def test_without_an_engine_it_is_refused_in_words(tmp_path: Path) -> None:
    with closing(open_backend(tmp_path)) as backend, in_process(backend, backend.api_key) as client:
        answer = client.post("recording/any/create_transcript/", json=ASKED)
    assert (answer.status_code, answer.json()["code"]) == (400, "no_engine")
    assert "transcription_engine" in answer.json()["detail"]
