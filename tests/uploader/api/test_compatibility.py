"""Code that was written for recordings APIs works here unchanged: every resource, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jsonschema_rs
import pytest

from capture.manifest import read_manifest
from capture.recording import MediaFormat, MediaKind, MediaObject, MediaStatus
from tests.fakes.recording_directory import STARTED_AT, TITLE, make_recording, with_media
from tests.uploader.api import shapes
from tests.uploader.api.client import Json, RecordingsClient
from tests.uploader.api.shapes import differences
from tests.uploader.api.strict import closed, strict
from tests.uploader.backend.receiver import Receiver
from tests.uploader.rig import Service, Tus, manifest, sha256

MEDIA = tuple(shapes.MEDIA_DATA)
SHARED = b"not really a film"
TOLD = {"recording.done", "sdk_upload.complete", "sdk_upload.uploading", *(f"{name}.done" for name in MEDIA)}
CONFIG: Json = {
    "video_mixed_mp4": {"metadata": {"is": "film"}},
    "audio_mixed_mp3": {"metadata": {"is": "sound"}},
    "participant_events": {},
    "meeting_metadata": {},
    "transcript": {
        "provider": {"recallai_streaming": {"language_code": "en", "mode": "prioritize_low_latency"}},
        "diarization": {"use_separate_streams_when_available": False},
    },
    "realtime_endpoints": [
        {"type": "webhook", "url": "https://hooks.example/live?token=1", "events": ["transcript.data"]},
        {"type": "desktop_sdk_callback", "events": ["audio_mixed_raw.data", "participant_events.join"]},
    ],
    "retention": {"type": "timed", "hours": 24},
    "metadata": {"owner": "42"},
}


@dataclass(frozen=True)
class Delivered:
    """A recording from its first request to its last."""

    client: RecordingsClient
    upload: Json
    before: Json
    directory: Path
    receiver: Receiver
    secret: str

    @property
    def recording_id(self) -> str:
        return str(self.upload["recording_id"])

    def only(self, resource: str, **query: str) -> Json:
        (found,) = self.client.every(f"{resource}/", **{"recording_id": self.recording_id, **query})
        return found


@pytest.fixture(scope="module")
def delivered(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Delivered]:
    client = RecordingsClient(service.url, service.new_key())
    with Receiver() as receiver:
        subscribed = client.send("POST", "webhook_endpoint/", json={"url": receiver.url})
        fields = {"recording_config": CONFIG, "metadata": {"case": "A-17"}, "_1080p": True, "meeting_title": "dropped"}
        upload = client.create_sdk_upload(**fields)
        before = client.get(f"recording/{upload['recording_id']}/")
        directory = with_a_separate_video(make_recording(tmp_path_factory.mktemp("recordings")))
        with Tus(service, upload) as tus:
            tus.send(directory)
            done = tus.client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
        assert done.status_code == 200, done.text
        while not set(receiver.events) >= TOLD:
            receiver.next()
        yield Delivered(client, upload, before, directory, receiver, subscribed.json()["secret"])
    client.close()


def with_a_separate_video(directory: Path) -> Path:
    path = "video_separate/screenshare.mp4"
    (directory / "video_separate").mkdir()
    (directory / path).write_bytes(SHARED)
    digest = sha256(SHARED)
    film = MediaObject(MediaKind.VIDEO_SEPARATE, MediaFormat.MP4, path, len(SHARED), digest, MediaStatus.DONE)
    with_media(directory, (*read_manifest(directory).media, film))
    return directory


def test_an_upload_is_created_and_completes(delivered: Delivered) -> None:
    upload, client = delivered.upload, delivered.client
    assert list(differences(upload, shapes.UPLOAD)) == []
    assert (upload["status"]["code"], upload["metadata"]) == ("pending", {"case": "A-17"})
    after = client.get(f"sdk_upload/{upload['id']}/")
    assert list(differences(after, shapes.UPLOAD)) == []
    assert after["status"]["code"] == "complete"
    assert after["recording_id"] == upload["recording_id"]
    assert {each["id"] for each in client.every("sdk_upload/")} >= {upload["id"]}
    for method in ("PATCH", "PUT", "DELETE"):
        refused = client.send(method, f"sdk_upload/{upload['id']}/")
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_recording_before_and_after(delivered: Delivered) -> None:
    before = delivered.before
    assert list(differences(before, shapes.RECORDING)) == []
    assert before["status"]["code"] == "processing"
    assert set(before["media_shortcuts"].values()) == {None}
    after = delivered.client.get(f"recording/{delivered.recording_id}/")
    assert list(differences(after, shapes.RECORDING)) == []
    assert (after["status"]["code"], after["metadata"], after["bot"]) == ("done", {"owner": "42"}, None)
    assert after["desktop_sdk_upload"] == {"id": delivered.upload["id"], "metadata": {"case": "A-17"}}
    assert after["started_at"] == STARTED_AT < after["completed_at"] < after["expires_at"]
    assert all(after["media_shortcuts"][name] for name in shapes.SHORTCUTS)
    assert all("recording" not in shortcut for shortcut in after["media_shortcuts"].values())
    assert after["media_shortcuts"]["video_mixed"]["metadata"] == {"is": "film"}
    assert len(after["realtime_endpoints"]) == 2


@pytest.mark.parametrize("name", MEDIA)
def test_a_media_object(delivered: Delivered, name: str) -> None:
    listed = delivered.only(name, status_code="done")
    shown = delivered.client.get(f"{name}/{listed['id']}/")
    for media in (listed, shown):
        assert list(differences(media, shapes.media(name))) == []
    assert shown["recording"] == {"id": delivered.recording_id, "metadata": {"owner": "42"}}
    changed = delivered.client.patch(f"{name}/{listed['id']}/", {"seen": "yes"})
    assert list(differences(changed, shapes.media(name))) == []
    assert changed["metadata"] == {"seen": "yes"}
    delivered.client.patch(f"{name}/{listed['id']}/", listed["metadata"])
    made = listed["created_at"]
    assert delivered.only(name, created_at_after=made, created_at_before=made)["id"] == listed["id"]
    for filters in ({"status_code": "failed"}, {"created_at_before": "2020-01-01T00:00:00Z"}):
        assert delivered.client.get(f"{name}/", **filters)["results"] == []
    assert delivered.client.get(f"{name}/", recording_id=str(uuid4()))["results"] == []


def test_media_are_downloaded_without_a_key(delivered: Delivered) -> None:
    recording = delivered.client.get(f"recording/{delivered.recording_id}/")
    for name, path in (("video_mixed", "video_mixed.mp4"), ("audio_mixed", "audio_mixed.mp3")):
        url = recording["media_shortcuts"][name]["data"]["download_url"]
        whole = delivered.client.fetch(url).content
        assert whole == (delivered.directory / path).read_bytes()
        part = delivered.client.fetch(url, Range="bytes=10-19")
        assert (part.status_code, part.content) == (206, whole[10:20])


def test_documents_of_a_recording(delivered: Delivered) -> None:
    shortcuts = delivered.client.get(f"recording/{delivered.recording_id}/")["media_shortcuts"]
    events = shortcuts["participant_events"]["data"]
    for name, shape in shapes.FILES.items():
        document = delivered.client.fetch(events[name]).json()
        assert document
        assert list(differences(document, shape)) == []
    transcript = shortcuts["transcript"]
    assert list(differences(delivered.client.fetch(transcript["data"]["download_url"]).json(), shapes.TRANSCRIPT)) == []
    assert transcript["provider"] == CONFIG["transcript"]["provider"]
    assert transcript["diarization"] == CONFIG["transcript"]["diarization"]
    assert shortcuts["meeting_metadata"]["data"]["title"] == TITLE


@pytest.mark.parametrize(
    ("name", "count", "more"),
    [("audio_separate", 2, {}), ("video_separate", 1, {"type": {"webcam", "screenshare"}})],
)
def test_parts_of_separate_media(delivered: Delivered, name: str, count: int, more: Json) -> None:
    parts = delivered.client.fetch(delivered.only(name)["data"]["download_url"]).json()
    assert len(parts) == count
    assert list(differences(parts, [shapes.PART | more])) == []
    stored = {path.read_bytes() for path in (delivered.directory / name).iterdir()}
    assert {delivered.client.fetch(part["download_url"]).content for part in parts} == stored


def test_endpoints_of_live_events(delivered: Delivered) -> None:
    (hook,) = delivered.client.every("realtime_endpoint/", recording_id=delivered.recording_id, type="webhook")
    assert list(differences(hook, shapes.REALTIME_ENDPOINT)) == []
    assert (hook["status"]["code"], hook["url"]) == ("done", "https://hooks.example/live?token=1")
    assert delivered.client.get(f"realtime_endpoint/{hook['id']}/") == hook
    assert delivered.client.patch(f"realtime_endpoint/{hook['id']}/", {"a": "b"})["metadata"] == {"a": "b"}
    (callback,) = delivered.client.every("realtime_endpoint/", type="desktop_sdk_callback", status_code="done")
    assert list(differences(callback, shapes.REALTIME_ENDPOINT)) == []
    assert callback["url"] is None


def test_every_filter_of_recordings(delivered: Delivered) -> None:
    client, wanted = delivered.client, delivered.recording_id
    made = delivered.before["created_at"]

    def ids(**query: str) -> list[str]:
        return [each["id"] for each in client.every("recording/", **query)]

    assert ids(desktop_sdk_upload_id=delivered.upload["id"]) == [wanted]
    assert ids(desktop_sdk_upload_id=str(uuid4())) == ids(bot_id=str(uuid4())) == []
    assert ids(created_at_after=made, created_at_before=made) == [wanted]
    assert ids(status_code="done") == [wanted]
    assert ids(status_code="failed") == ids(status_code="paused") == []
    refused = client.send("GET", "recording/", params={"status_code": "flying"})
    assert (refused.status_code, refused.json().keys()) == (400, {"status_code"})


@pytest.fixture
def newcomer(service: Service) -> Iterator[RecordingsClient]:
    client = RecordingsClient(service.url, service.new_key())
    yield client
    client.close()


def test_pages_are_followed_by_their_addresses(newcomer: RecordingsClient) -> None:
    made = [newcomer.create_sdk_upload() for _ in range(5)]
    for path, key in (("recording/", "recording_id"), ("sdk_upload/", "id")):
        pages = list(newcomer.pages(path, limit="2"))
        assert [len(page["results"]) for page in pages] == [2, 2, 1]
        assert pages[0]["previous"] is None
        assert all(page.keys() == {"next", "previous", "results"} for page in pages)
        found = [entry["id"] for page in pages for entry in page["results"]]
        assert found == [upload[key] for upload in reversed(made)]
        assert httpx.URL(pages[0]["next"]).is_absolute_url
        assert "cursor" in httpx.URL(pages[0]["next"]).params


def test_metadata_may_come_as_a_form(newcomer: RecordingsClient) -> None:
    path = f"recording/{newcomer.create_sdk_upload()['recording_id']}/"
    bodies: list[Json] = [
        {"json": {"metadata": {"n": "1"}}},
        {"data": {"metadata": '{"n": "1"}'}},
        {"files": {"metadata": (None, '{"n": "1"}')}},
    ]
    for body in bodies:
        assert newcomer.patch(path, {"n": "0"})["metadata"] == {"n": "0"}
        changed = newcomer.send("PATCH", path, **body)
        assert (changed.status_code, changed.json()["metadata"]) == (200, {"n": "1"})


def test_a_deleted_recording_keeps_what_was_written_about_it(service: Service, newcomer: RecordingsClient) -> None:
    upload = newcomer.create_sdk_upload(recording_config={"metadata": {"kept": "yes"}})
    path = f"recording/{upload['recording_id']}/"
    assert newcomer.send("DELETE", path).status_code == 204
    left = newcomer.get(path)
    assert list(differences(left, shapes.RECORDING)) == []
    assert (left["status"]["code"], left["metadata"]) == ("deleted", {"kept": "yes"})
    assert list(newcomer.every("recording/")) == []
    with Tus(service, upload) as tus:
        assert tus.create(5).status_code == 410


@pytest.mark.parametrize("path", ["sdk_upload", "sdk-upload/", "sdk-upload", "/sdk_upload//", "//sdk-upload"])
def test_how_else_a_path_may_be_spelt(newcomer: RecordingsClient, path: str) -> None:
    created = newcomer.send("POST", path, json={})
    assert created.status_code == 201
    assert list(differences(created.json(), shapes.UPLOAD)) == []
    assert newcomer.send("GET", f"{path.rstrip('/')}/{created.json()['id']}").json()["id"] == created.json()["id"]
    doubled = newcomer.send("GET", f"../../..//api/v1/recording/{created.json()['recording_id']}")
    assert doubled.json()["id"] == created.json()["recording_id"]


def test_the_key_may_come_without_the_name_of_its_scheme(service: Service) -> None:
    key = service.new_key()
    for scheme in ("Token ", "token ", ""):
        client = RecordingsClient(service.url, key, scheme=scheme)
        assert client.get("recording/")["results"] == []
        client.close()


def test_an_upload_needs_no_body(newcomer: RecordingsClient) -> None:
    created = newcomer.send("POST", "sdk_upload/")
    assert created.status_code == 201
    assert list(differences(created.json(), shapes.UPLOAD)) == []


def test_errors(service: Service, newcomer: RecordingsClient) -> None:
    missing = newcomer.send("GET", f"recording/{uuid4()}/")
    assert (missing.status_code, missing.json().keys()) == (404, {"code", "detail"})
    wrong = newcomer.send("POST", "sdk_upload/", json={"metadata": "text"})
    assert wrong.status_code == 400
    assert all(isinstance(messages, list) for messages in wrong.json().values())
    stranger = RecordingsClient(service.url, "wrong")
    failed = stranger.send("GET", "recording/")
    assert (failed.status_code, failed.json()["code"]) == (401, "authentication_failed")
    stranger.close()
    nobody = httpx.get(f"{service.url}/api/v1/recording/", trust_env=False)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_authenticated")


def test_a_request_may_be_repeated(newcomer: RecordingsClient) -> None:
    once = {"Idempotency-Key": "one"}
    first, again = (newcomer.send("POST", "sdk_upload/", headers=once).json() for _ in range(2))
    assert first == again


def test_webhooks_are_as_the_document_says(delivered: Delivered) -> None:
    document = strict(delivered.client.get("openapi.json"))
    outgoing = closed(document["webhooks"])
    for received in delivered.receiver.received:
        body = outgoing[received.event]["post"]["requestBody"]["content"]["application/json"]["schema"]
        validator = jsonschema_rs.Draft202012Validator({**body, "components": document["components"]})
        assert [str(fault) for fault in validator.iter_errors(received.document)] == []


def test_webhooks_tell_how_it_went(delivered: Delivered) -> None:
    receiver = delivered.receiver
    assert set(receiver.events) >= TOLD
    for received in receiver.received:
        name, _, code = received.event.partition(".")
        data: dict[str, Any] = received.document["data"]
        assert list(differences(data["data"], shapes.status(code))) == []
        assert data["bot"] is None
        assert data["recording"] == {"id": delivered.recording_id, "metadata": {"owner": "42"}}
        assert name == "recording" or list(differences(data[name], shapes.MENTION)) == []
        assert received.is_signed(delivered.secret, "webhook")
        assert received.is_signed(delivered.secret, "svix")
