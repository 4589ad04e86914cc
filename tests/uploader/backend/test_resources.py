"""Every resource by the same contract: listed, filtered, retrieved, changed, deleted."""

from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.fakes.recording_directory import KINDS, describe, make_recording, with_media
from tests.uploader.rig import Service, download, open_upload, served, upload_recording
from uploader.backend.refusal import Refusal
from uploader.backend.tables import Doomed, RealtimeStatus, Resource, ResourceStatus, StoredFile, UploadStatus
from uploader.backend.transitions import require_legal

UPLOADED = [resource.value for resource in Resource if resource is not Resource.VIDEO_SEPARATE]
LISTS = [*(resource.value for resource in Resource), "recording", "realtime_endpoint", "sdk_upload"]
ENDPOINTS: list[dict[str, Any]] = [
    {"type": "webhook", "url": "http://localhost/x", "events": ["transcript.data"], "metadata": {"a": "hook"}},
    {"type": "websocket", "config": {"url": "wss://live.example/?key=1", "events": ["audio_mixed_raw.data"]}},
    {"type": "desktop_sdk_callback", "events": ["participant_events.join", "video_separate_png.data"]},
]


@pytest.fixture
def uploaded(service: Service, client: httpx.Client, recording: Path) -> dict[str, Any]:
    return upload_recording(service, client, recording)


def only(client: httpx.Client, resource: str, **query: str) -> dict[str, Any]:
    (row,) = client.get(f"{resource}/", params=query).json()["results"]
    found: dict[str, Any] = row
    return found


@pytest.mark.parametrize("resource", LISTS)
def test_an_empty_list(client: httpx.Client, resource: str) -> None:
    assert client.get(f"{resource}/").json() == {"next": None, "previous": None, "results": []}
    assert client.get(f"{resource}/{uuid4()}/").json() == {"code": "not_found", "detail": "Not Found"}
    assert client.post("recording/").status_code == 405


@pytest.mark.parametrize("resource", [name for name in LISTS if name != "sdk_upload"])
@pytest.mark.parametrize("name", ["status_code", "recording_id", "desktop_sdk_upload_id", "bot_id", "type"])
def test_a_filter_that_makes_no_sense(client: httpx.Client, resource: str, name: str) -> None:
    """Or is passed over, where the list has no such filter."""
    known = {
        "recording": {"status_code", "desktop_sdk_upload_id", "bot_id"},
        "realtime_endpoint": {"status_code", "recording_id", "type"},
    }.get(resource, {"status_code", "recording_id"})
    response = client.get(f"{resource}/", params={name: "nonsense"})
    if name in known:
        assert (response.status_code, list(response.json())) == (400, [name])
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("resource", UPLOADED)
def test_filters_of_media_objects(client: httpx.Client, uploaded: dict[str, Any], resource: str) -> None:
    media = only(client, resource)
    created_at = media["created_at"]
    assert only(client, resource, recording_id=uploaded["id"], status_code="done")["id"] == media["id"]
    assert only(client, resource, created_at_after=created_at, created_at_before=created_at)["id"] == media["id"]
    for query in ({"recording_id": str(uuid4())}, {"status_code": "failed"}, {"created_at_before": "2020-01-01"}):
        assert client.get(f"{resource}/", params=query).json()["results"] == []


@pytest.mark.parametrize("resource", UPLOADED)
def test_metadata_of_a_media_object(
    client: httpx.Client, stranger: httpx.Client, uploaded: dict[str, Any], resource: str
) -> None:
    media = only(client, resource)
    address = f"{resource}/{media['id']}/"
    changed = client.patch(address, json={"metadata": {"case": "A"}, "format": "exe", "id": "x"})
    assert changed.status_code == 200
    assert changed.json() | {"data": None} == media | {"metadata": {"case": "A"}, "data": None}
    assert client.get(address).json()["metadata"] == {"case": "A"}
    assert client.patch(address, json={"metadata": {"case": 1}}).json().keys() == {"metadata"}
    assert stranger.patch(address, json={}).status_code == 404
    assert stranger.delete(address).status_code == 404
    assert client.put(address).status_code == 405
    assert client.get(f"recording/{uploaded['id']}/").json()["status"]["code"] == "done"


@pytest.mark.parametrize("resource", UPLOADED)
def test_a_deleted_media_object(
    service: Service, client: httpx.Client, uploaded: dict[str, Any], resource: str
) -> None:
    media = only(client, resource)
    urls = [url for name, url in media["data"].items() if name.endswith("download_url") and url]
    assert urls
    assert all(download(url).status_code == 200 for url in urls)
    stored = count(service)
    assert client.delete(f"{resource}/{media['id']}/").status_code == 204
    assert count(service) == stored - {"audio_separate": 2, "participant_events": 3}.get(resource, 1)
    assert all(download(url).status_code == 404 for url in urls)
    left = client.get(f"{resource}/{media['id']}/").json()
    assert left["status"]["code"] == "deleted"
    assert not any(url for name, url in left["data"].items() if name.endswith("download_url"))
    shortcuts = client.get(f"recording/{uploaded['id']}/").json()["media_shortcuts"]
    assert len(shortcuts) == 5
    assert shortcuts.get(resource) is None
    assert client.delete(f"{resource}/{media['id']}/").status_code == 204


def count(service: Service) -> int:
    return sum(path.is_file() for path in (service.backend.data / "blobs").rglob("*"))


def test_what_was_deleted_does_not_come_back(client: httpx.Client, service: Service, recording: Path) -> None:
    """And is in nobody's way: what else is new of that recording comes all the same."""
    upload_recording(service, client, recording)
    client.delete(f"video_mixed/{only(client, 'video_mixed')['id']}/")
    stored = count(service)
    (recording / "transcript.json").write_text('[{"words": [{"text": "later"}]}]')
    with_media(recording, tuple(describe(recording, each) for each in KINDS))
    shown = upload_recording(service, client, recording)["media_shortcuts"]
    assert shown["video_mixed"] is None
    assert download(shown["transcript"]["data"]["download_url"]).json() == [{"words": [{"text": "later"}]}]
    assert only(client, "video_mixed", status_code="deleted")["data"] == {"download_url": None}
    assert count(service) == stored


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ResourceStatus.PROCESSING, {"paused", "done", "failed", "deleted"}),
        (ResourceStatus.PAUSED, {"processing", "done", "failed", "deleted"}),
        (ResourceStatus.DONE, {"deleted"}),
        (ResourceStatus.FAILED, {"processing", "done", "deleted"}),
        (ResourceStatus.DELETED, set()),
        (UploadStatus.PENDING, {"uploading", "complete", "failed"}),
        (UploadStatus.UPLOADING, {"complete", "failed"}),
        (UploadStatus.FAILED, {"complete"}),
        (UploadStatus.COMPLETE, set()),
        (RealtimeStatus.RUNNING, {"done", "failed", "deleted"}),
        (RealtimeStatus.DONE, {"deleted"}),
        (RealtimeStatus.FAILED, {"deleted"}),
        (RealtimeStatus.DELETED, set()),
    ],
)
def test_legal_transitions(before: StrEnum, after: set[str]) -> None:
    for each in type(before):
        if each in after or each is before:
            require_legal(before, each)
        else:
            with pytest.raises(Refusal):
                require_legal(before, each)


def test_endpoints_of_live_events(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    directory = make_recording(tmp_path)
    config = {"realtime_endpoints": ENDPOINTS, "metadata": {"owner": "7"}}
    open_upload(client, recording_id=directory.name, recording_config=config)
    listed = client.get("realtime_endpoint/").json()["results"]
    assert {each["type"] for each in listed} == {"webhook", "websocket", "desktop_sdk_callback"}
    hook = only(client, "realtime_endpoint", type="webhook", recording_id=directory.name, status_code="running")
    assert (hook["url"], hook["events"], hook["metadata"]) == ("http://localhost/x", ["transcript.data"], {"a": "hook"})
    assert hook["recording"] == {"id": directory.name, "metadata": {"owner": "7"}}
    changed = client.patch(f"realtime_endpoint/{hook['id']}/", json={"metadata": {"a": "b"}}).json()
    assert changed == client.get(f"realtime_endpoint/{hook['id']}/").json() == hook | {"metadata": {"a": "b"}}
    assert client.delete(f"realtime_endpoint/{hook['id']}/").status_code == 405
    shown = upload_recording(service, client, directory)
    assert {"id": hook["id"], "metadata": {"a": "b"}} in shown["realtime_endpoints"]
    assert len(client.get("realtime_endpoint/", params={"status_code": "done"}).json()["results"]) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("realtime_endpoints", {}),
        ("realtime_endpoints", [{"type": "pigeon"}]),
        ("realtime_endpoints", [ENDPOINTS[0] | {"url": "http://host?token=1"}]),
        ("realtime_endpoints", [ENDPOINTS[0] | {"url": "ftp://host/"}]),
        ("realtime_endpoints", [ENDPOINTS[0] | {"events": ["audio_mixed_raw.data"]}]),
        ("realtime_endpoints", [ENDPOINTS[0] | {"events": []}]),
        ("realtime_endpoints", [ENDPOINTS[0] | {"metadata": {"a": 1}}]),
        ("retention", {"type": "timed", "hours": 0}),
        ("retention", {"type": "sometimes"}),
        ("video_mixed_mp4", "yes"),
    ],
)
def test_a_configuration_that_makes_no_sense(client: httpx.Client, name: str, value: object) -> None:
    response = client.post("sdk_upload/", json={"recording_config": {name: value}})
    assert (response.status_code, list(response.json())) == (400, [f"recording_config.{name}"])
    assert client.get("sdk_upload/").json()["results"] == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"metadata.case=A%20B"),
        ("application/x-www-form-urlencoded", b"metadata%5Bcase%5D=A+B"),
        ("application/x-www-form-urlencoded", b'metadata={"case":"A B"}'),
        ("application/x-www-form-urlencoded", b'{"metadata":{"case":"A B"}}'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{"case":"A B"}\r\n--x--\r\n',
        ),
    ],
)
def test_bodies_may_be_forms(client: httpx.Client, kind: str, body: bytes) -> None:
    address = f"recording/{open_upload(client)['recording_id']}/"
    response = client.patch(address, content=body, headers={"Content-Type": kind})
    assert response.status_code == 200, response.text
    assert client.get(address).json()["metadata"] == {"case": "A B"}


def test_a_form_that_is_none(client: httpx.Client) -> None:
    response = client.post("sdk_upload/", content=b"\xff\x00", headers={"Content-Type": "multipart/form-data"})
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


def test_a_recording_that_pauses(service: Service, client: httpx.Client) -> None:
    upload = open_upload(client, recording_config={"realtime_endpoints": ENDPOINTS[:1]})
    with service.client(upload["upload_token"]) as sender:
        address = f"sdk_upload/{upload['id']}/progress/"
        told = [sender.post(address, json={"code": code}) for code in ("recording", "paused", "recording", "ended")]
        codes = [response.json()["recording"]["status"]["code"] for response in told]
        assert codes == ["processing", "paused", "processing", "processing"]
        shown = client.get(f"recording/{upload['recording_id']}/").json()
        assert shown["started_at"] < shown["completed_at"]
        endpoint = only(client, "realtime_endpoint")
        sender.post(address, json={"code": "ended", "failed_endpoints": {endpoint["id"]: "gave_up"}})
        status = client.get(f"realtime_endpoint/{endpoint['id']}/").json()["status"]
        assert (status["code"], status["sub_code"]) == ("failed", "gave_up")
        assert sender.post(address, json={"code": "flying"}).json().keys() == {"code"}
    assert client.post(f"sdk_upload/{upload['id']}/progress/", json={"code": "paused"}).status_code == 401


def test_bytes_that_a_crash_left_go_when_it_is_opened_again(tmp_path: Path, recording: Path) -> None:
    """Nothing tells of them any more, and they are there: as if it had died in between."""
    data = tmp_path / "data"
    with served(data) as service, service.client(service.backend.api_key) as client:
        upload_recording(service, client, recording)
        assert count(service) == 9
        with service.backend.store.transaction() as transaction:
            for file in transaction.find(StoredFile):
                transaction.remove(file)
                transaction.add(Doomed(file.id, file.upload_id, None, file.created_at))
        assert count(service) == 9
    with served(data) as service:
        assert count(service) == 0
        with service.backend.store.transaction() as transaction:
            assert transaction.find(Doomed) == []
