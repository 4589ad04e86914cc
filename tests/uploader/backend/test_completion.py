"""``POST /sdk_upload/{id}/complete/``: nothing is called complete that is not there, byte for byte."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from capture.recording import RecordingStatus
from tests.fakes.recording_directory import describe, make_recording, with_media
from tests.uploader.rig import Service, Tus, announced, download, manifest, open_upload, sha256, upload_recording


class Case:
    """One upload on its way."""

    def __init__(self, service: Service, client: httpx.Client, directory: Path) -> None:
        self.client = client
        self.directory = directory
        self.upload = open_upload(client, recording_id=directory.name)
        self.tus = Tus(service, self.upload)

    def complete(self, document: dict[str, Any] | None = None) -> httpx.Response:
        body = manifest(self.directory) if document is None else document
        return self.client.post(f"sdk_upload/{self.upload['id']}/complete/", json=body)

    def status(self) -> str:
        code: str = self.client.get(f"recording/{self.directory.name}/").json()["status"]["code"]
        return code


@pytest.fixture
def case(service: Service, client: httpx.Client, recording: Path) -> Any:  # noqa: ANN401 - a generator, to pytest
    case = Case(service, client, recording)
    with case.tus:
        yield case


def test_every_digest_comes_back_verified(case: Case) -> None:
    case.tus.send(case.directory)
    response = case.complete()
    assert response.status_code == 200
    told = {media["path"]: media for media in response.json()["media"]}
    for media in manifest(case.directory)["media"]:
        expected = {name: media[name] for name in ("path", "kind", "sha256", "bytes")}
        assert told.pop(media["path"]) == expected | {"verified": True}
    assert told == {}


def test_completing_again_changes_nothing(case: Case) -> None:
    case.tus.send(case.directory)
    first, again = case.complete().json(), case.complete().json()
    for answer in (first, again):
        for media in answer["recording"]["media_shortcuts"].values():
            del media["data"]  # addresses are signed anew each time
    assert first == again


def test_the_uploads_token_is_enough(case: Case) -> None:
    case.tus.send(case.directory)
    address = case.tus.base.removesuffix("media/") + "complete/"
    assert case.tus.client.post(address, json=manifest(case.directory)).status_code == 200


def test_a_missing_media_object_is_named(case: Case) -> None:
    response = case.complete()
    assert (response.status_code, response.json()["code"]) == (409, "media_missing")
    assert {media["path"] for media in response.json()["media"]} == {
        media["path"] for media in manifest(case.directory)["media"]
    }
    assert case.status() == "processing"


def test_a_media_object_that_is_half_there_is_missing(case: Case) -> None:
    case.tus.send(case.directory)
    extra = case.directory / "late.json"
    extra.write_bytes(b'{"late": true}')
    document = manifest(case.directory)
    document["media"].append(document["media"][0] | {"path": "late.json", "bytes": 14, "sha256": "0" * 64})
    address = case.tus.place(14, filename="late.json")
    case.tus.patch(address, 0, b'{"late"')
    response = case.complete(document)
    assert (response.status_code, response.json()["media"]) == (409, [{"path": "late.json", "offset": 7}])


def test_bytes_that_differ_are_refused_and_dropped(case: Case) -> None:
    case.tus.send(case.directory)
    document = manifest(case.directory)
    wrong = bytearray((case.directory / "audio_mixed.mp3").read_bytes())
    wrong[100] ^= 1
    document["media"][1]["sha256"] = sha256(bytes(wrong))
    response = case.complete(document)
    assert (response.status_code, response.json()["code"]) == (422, "digest_mismatch")
    assert [media["path"] for media in response.json()["media"]] == ["audio_mixed.mp3"]
    assert case.status() == "processing"
    assert case.complete().json()["code"] == "media_missing"
    media = manifest(case.directory)["media"][1]
    data = (case.directory / media["path"]).read_bytes()
    assert case.tus.create(len(data), data, **announced(media)).status_code == 201
    assert case.complete().status_code == 200


def test_bytes_that_rot_on_the_disk_before_completion_are_found(service: Service, case: Case) -> None:
    case.tus.send(case.directory)
    video = max((service.backend.data / "blobs").rglob("*-*"), key=lambda path: path.stat().st_mtime_ns)
    data = bytearray(video.read_bytes())
    data[-1] ^= 1
    video.write_bytes(data)
    assert case.complete().status_code == 422


@pytest.mark.parametrize("status", [RecordingStatus.RECORDING, RecordingStatus.PAUSED])
def test_a_recording_that_still_runs_cannot_be_complete(case: Case, status: RecordingStatus) -> None:
    case.tus.send(case.directory)
    document = manifest(case.directory)
    document["status"]["code"] = status.value
    response = case.complete(document)
    assert (response.status_code, response.json()["code"]) == (409, "recording_unfinished")


def test_a_document_that_is_no_manifest_is_answered_field_by_field(case: Case) -> None:
    response = case.complete({"media": [{}]})
    assert response.status_code == 400
    assert response.json().keys() >= {"spec", "status", "media.0.kind"}


def test_what_the_manifest_does_not_name_is_swept(service: Service, case: Case) -> None:
    case.tus.send(case.directory)
    stray = case.tus.place(5, filename="stray.bin")
    case.tus.patch(stray, 0, b"stray")
    blobs = service.backend.data / "blobs"
    before = set(blobs.rglob("*-*"))
    case.complete()
    assert len(before - set(blobs.rglob("*-*"))) == 1
    assert case.tus.client.head(stray).status_code == 404


def test_a_transcript_may_follow_later(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, paths=("video_mixed.mp4", "participants.json"))
    first = upload_recording(service, client, directory)
    (directory / "transcript.json").write_text("[]")
    paths = ("video_mixed.mp4", "participants.json", "transcript.json")
    with_media(directory, tuple(describe(directory, path) for path in paths))
    second = upload_recording(service, client, directory)
    assert first["media_shortcuts"]["transcript"] is None
    assert second["media_shortcuts"]["transcript"]["status"]["code"] == "done"
    assert second["media_shortcuts"]["video_mixed"]["id"] == first["media_shortcuts"]["video_mixed"]["id"]


def test_a_newer_version_of_a_file_takes_the_place_of_the_old(
    service: Service, client: httpx.Client, tmp_path: Path
) -> None:
    directory = make_recording(tmp_path, paths=("video_mixed.mp4", "transcript.json"))
    upload_recording(service, client, directory)
    better = json.dumps([{"participant": None, "words": []}])
    (directory / "transcript.json").write_text(better)
    with_media(directory, tuple(describe(directory, path) for path in ("video_mixed.mp4", "transcript.json")))
    shown = upload_recording(service, client, directory)
    assert download(shown["media_shortcuts"]["transcript"]["data"]["download_url"]).text == better


def test_a_media_object_that_failed_is_told_without_an_address(case: Case) -> None:
    case.tus.send(case.directory)
    document = manifest(case.directory)
    document["media"][1] |= {"status": "failed", "sha256": "", "bytes": 0}
    shortcuts = case.complete(document).json()["recording"]["media_shortcuts"]
    assert shortcuts["audio_mixed"]["status"]["code"] == "failed"
    assert shortcuts["audio_mixed"]["data"] == {"download_url": None}
    assert shortcuts["video_mixed"]["status"]["code"] == "done"


def test_a_transcript_that_failed_after_the_delivery_is_told_and_may_come_yet(
    service: Service, client: httpx.Client, recording: Path
) -> None:
    upload = open_upload(client, recording_id=recording.name)
    told = manifest(recording)
    transcript = next(media for media in told["media"] if media["kind"] == "transcript")
    others = [media for media in told["media"] if media is not transcript]
    failed = {**transcript, "status": "failed", "sub_code": "provider_timeout", "bytes": 0, "sha256": ""}
    shown = []
    for media in (others, [*others, failed], [*others, failed], told["media"]):
        with Tus(service, upload) as tus:
            tus.send(recording)
        answer = client.post(f"sdk_upload/{upload['id']}/complete/", json={**told, "media": media})
        assert answer.status_code == 200, answer.text
        shown.append(answer.json()["recording"]["media_shortcuts"]["transcript"])
    before, first, again, after = (each and (each["status"]["code"], each["status"]["sub_code"]) for each in shown)
    assert (before, first, again, after) == (None, *2 * [("failed", "provider_timeout")], ("done", None))
    assert shown[1]["status"] == shown[2]["status"]
    assert shown[1]["data"]["download_url"] is None
