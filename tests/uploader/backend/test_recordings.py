"""``/recording/`` and the media objects: what is told of a recording once it is complete."""

from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from capture.recording import RecordingStatus
from tests.fakes.recording_directory import COMPLETED_AT, GUEST, HOST, KINDS, STARTED_AT, TITLE, make_recording
from tests.uploader.rig import Service, Tus, download, manifest, open_upload, sha256, upload_recording

RESOURCES = [
    "video_mixed",
    "audio_mixed",
    "audio_separate",
    "participant_events",
    "meeting_metadata",
    "transcript",
]
MEDIA_FIELDS = {"id", "created_at", "status", "metadata", "data", "format"}


def data_of(client: httpx.Client, resource: str, recording: Path) -> dict[str, str]:
    (media,) = client.get(f"{resource}/", params={"recording_id": recording.name}).json()["results"]
    data: dict[str, str] = media["data"]
    return data


def test_a_complete_recording(service: Service, client: httpx.Client, recording: Path) -> None:
    shown = upload_recording(service, client, recording)
    assert shown["id"] == recording.name
    assert shown["status"]["code"] == "done"
    assert shown["status"]["sub_code"] is None
    assert (shown["started_at"], shown["completed_at"]) == (STARTED_AT, COMPLETED_AT)
    shortcuts = shown["media_shortcuts"]
    assert all(media["status"]["code"] == "done" for media in shortcuts.values())
    assert all(media.keys() >= MEDIA_FIELDS and "recording" not in media for media in shortcuts.values())
    assert shortcuts["video_mixed"]["format"] == "mp4"
    assert shortcuts["audio_mixed"]["format"] == "mp3"
    assert shortcuts["transcript"]["diarization"] is None
    assert shortcuts["meeting_metadata"]["data"]["title"] == TITLE
    assert client.get(f"sdk_upload/{shown['desktop_sdk_upload']['id']}/").json()["status"]["code"] == "complete"


def test_every_file_of_the_manifest_can_be_downloaded(service: Service, client: httpx.Client, recording: Path) -> None:
    upload_recording(service, client, recording)
    events = data_of(client, "participant_events", recording)
    parts = download(data_of(client, "audio_separate", recording)["download_url"]).json()
    urls = {
        "participant_events.json": events["participant_events_download_url"],
        "participants.json": events["participants_download_url"],
        "speaker_timeline.json": events["speaker_timeline_download_url"],
        "audio_separate/microphone.ogg": parts[0]["download_url"],
        "audio_separate/system.ogg": parts[1]["download_url"],
        "video_mixed.mp4": data_of(client, "video_mixed", recording)["download_url"],
        "audio_mixed.mp3": data_of(client, "audio_mixed", recording)["download_url"],
        "meeting_metadata.json": data_of(client, "meeting_metadata", recording)["download_url"],
        "transcript.json": data_of(client, "transcript", recording)["download_url"],
    }
    digests = {media["path"]: media["sha256"] for media in manifest(recording)["media"]}
    assert {path: sha256(download(url).content) for path, url in urls.items()} == digests
    assert digests.keys() == KINDS.keys()


def test_the_parts_of_separate_audio(service: Service, client: httpx.Client, recording: Path) -> None:
    upload_recording(service, client, recording)
    response = download(data_of(client, "audio_separate", recording)["download_url"])
    microphone, system = response.json()
    assert microphone.keys() == {"id", "participant", "start_timestamp", "duration", "download_url"}
    assert (microphone["participant"], system["participant"]) == (HOST, GUEST)
    assert microphone["start_timestamp"] == {"absolute": STARTED_AT, "relative": 0.0}
    assert microphone["duration"] == 10.0


def test_parts_without_a_list_of_participants(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, paths=("audio_separate/system.ogg",))
    upload_recording(service, client, directory)
    (part,) = download(data_of(client, "audio_separate", directory)["download_url"]).json()
    assert part["participant"]["id"] == 200
    assert part["participant"]["name"] is None


def test_audio_alone_leaves_the_other_shortcuts_null(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    shown = upload_recording(service, client, make_recording(tmp_path, paths=("audio_mixed.mp3",)))
    present = {name for name, media in shown["media_shortcuts"].items() if media}
    assert present == {"audio_mixed"}
    assert len(shown["media_shortcuts"]) == 5


@pytest.mark.parametrize("resource", RESOURCES)
def test_each_media_object_is_listed_and_retrieved(
    service: Service, client: httpx.Client, recording: Path, resource: str
) -> None:
    upload_recording(service, client, recording)
    (listed,) = client.get(f"{resource}/").json()["results"]
    shown = client.get(f"{resource}/{listed['id']}/").json()
    assert shown["recording"] == {"id": recording.name, "metadata": {}}
    assert shown.keys() >= MEDIA_FIELDS | {"recording"}
    assert shown["id"] == listed["id"]
    others = [other for other in RESOURCES if other != resource]
    assert all(client.get(f"{other}/{listed['id']}/").status_code == 404 for other in others)


def test_metadata_of_media_objects_comes_from_the_configuration(
    service: Service, client: httpx.Client, recording: Path
) -> None:
    config = {
        "video_mixed_mp4": {"metadata": {"a": "video"}},
        "transcript": {"metadata": {"a": "words"}, "provider": {"local": {"model": "small"}}},
    }
    upload = open_upload(client, recording_id=recording.name, recording_config=config)
    upload_recording(service, client, recording)
    shortcuts = client.get(f"recording/{upload['recording_id']}/").json()["media_shortcuts"]
    assert shortcuts["video_mixed"]["metadata"] == {"a": "video"}
    assert shortcuts["transcript"]["metadata"] == {"a": "words"}
    assert shortcuts["transcript"]["provider"] == {"local": {"model": "small"}}
    assert shortcuts["audio_mixed"]["metadata"] == {}


def test_filters_of_the_list(service: Service, client: httpx.Client, recording: Path) -> None:
    done = upload_recording(service, client, recording)
    pending = open_upload(client)

    def ids(**query: str) -> list[str]:
        return [row["id"] for row in client.get("recording/", params=query).json()["results"]]

    assert ids() == [pending["recording_id"], done["id"]]
    assert ids(status_code="done") == [done["id"]]
    assert ids(status_code="processing") == [pending["recording_id"]]
    assert ids(status_code="failed") == []
    assert ids(desktop_sdk_upload_id=pending["id"]) == [pending["recording_id"]]
    assert ids(desktop_sdk_upload_id=str(uuid4())) == []
    assert ids(created_at_after=pending["created_at"]) == [pending["recording_id"]]
    assert ids(created_at_before=done["created_at"]) == [done["id"]]
    assert ids(created_at_after="2999-01-01T00:00:00+02:00") == []
    assert client.get("recording/", params={"created_at_after": "soon"}).json().keys() == {"created_at_after"}


def test_pages_keep_their_filters(client: httpx.Client) -> None:
    for _ in range(3):
        open_upload(client)
    first = client.get("recording/", params={"status_code": "processing", "limit": 2}).json()
    assert httpx.URL(first["next"]).params["status_code"] == "processing"
    assert len(client.get(first["next"]).json()["results"]) == 1


def test_metadata_can_be_changed_and_nothing_else(client: httpx.Client) -> None:
    recording_id = open_upload(client)["recording_id"]
    address = f"recording/{recording_id}/"
    before = client.get(address).json()
    changed = client.patch(address, json={"metadata": {"case": "B"}, "status": {"code": "failed"}, "id": "x"})
    assert changed.status_code == 200
    assert changed.json() == before | {"metadata": {"case": "B"}}
    assert client.patch(address, json={}).json() == changed.json()
    assert client.patch(address, json={"metadata": {"case": 7}}).json().keys() == {"metadata"}
    assert client.get(address).json() == changed.json()


def test_deleting_takes_the_media_off_the_disk(service: Service, client: httpx.Client, recording: Path) -> None:
    shown = upload_recording(service, client, recording)
    client.patch(f"recording/{shown['id']}/", json={"metadata": {"case": "A"}})
    url = shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    blob = service.backend.data / "blobs" / url.split("/")[7][:2] / url.split("/")[7]
    assert blob.exists()
    assert client.delete(f"recording/{shown['id']}/").status_code == 204
    assert not blob.exists()
    assert download(url).status_code == 404
    left = client.get(f"recording/{shown['id']}/").json()
    assert left["status"]["code"] == "deleted"
    assert left["metadata"] == {"case": "A"}
    assert left["media_shortcuts"] == dict.fromkeys(left["media_shortcuts"])
    assert client.get("recording/").json()["results"] == []
    assert client.get("video_mixed/").json()["results"] == []
    assert client.get("video_mixed/", params={"status_code": "deleted"}).json()["results"][0]["data"] == {
        "download_url": None
    }
    assert client.delete(f"recording/{shown['id']}/").status_code == 204


def test_a_deleted_recording_takes_nothing_in_any_more(service: Service, client: httpx.Client, recording: Path) -> None:
    upload = open_upload(client, recording_id=recording.name)
    with Tus(service, upload) as tus:
        address = tus.place(10)
        client.delete(f"recording/{recording.name}/")
        assert tus.client.head(address).status_code == 410
        assert tus.patch(address, 0, b"0123456789").status_code == 410
        assert tus.create(10).json()["code"] == "recording_deleted"
    again = client.post("sdk_upload/", json={"recording_id": recording.name})
    assert (again.status_code, again.json()["code"]) == (409, "recording_deleted")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (RecordingStatus.COMPLETE, ("done", None, "complete")),
        (RecordingStatus.INTERRUPTED, ("done", "interrupted", "complete")),
        (RecordingStatus.FAILED, ("failed", None, "failed")),
    ],
)
def test_the_status_follows_the_manifest(
    service: Service,
    client: httpx.Client,
    tmp_path: Path,
    status: RecordingStatus,
    expected: tuple[str, str | None, str],
) -> None:
    shown = upload_recording(service, client, make_recording(tmp_path, status=status))
    upload = client.get(f"sdk_upload/{shown['desktop_sdk_upload']['id']}/").json()
    assert (shown["status"]["code"], shown["status"]["sub_code"], upload["status"]["code"]) == expected
