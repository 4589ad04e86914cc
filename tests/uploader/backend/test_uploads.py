"""``/sdk_upload/``: opening uploads, finding them again."""

from uuid import uuid4

import httpx
import pytest

from tests.uploader.rig import Service, Tus, open_upload

UPLOAD_FIELDS = {"id", "status", "recording_id", "upload_token", "created_at", "metadata"}
RECORDING_FIELDS = {
    "id",
    "created_at",
    "started_at",
    "completed_at",
    "status",
    "media_shortcuts",
    "realtime_endpoints",
    "bot",
    "desktop_sdk_upload",
    "expires_at",
    "metadata",
}
SHORTCUTS = {"video_mixed", "audio_mixed", "transcript", "participant_events", "meeting_metadata"}


@pytest.mark.parametrize("content", [b"", b"{}"])
def test_an_upload_needs_no_fields(client: httpx.Client, content: bytes) -> None:
    response = client.post("sdk_upload/", content=content)
    assert response.status_code == 201
    upload = response.json()
    assert upload.keys() == UPLOAD_FIELDS
    assert upload["status"] == {"code": "pending", "sub_code": None, "updated_at": upload["created_at"]}
    assert upload["metadata"] == {}


def test_a_new_upload_has_a_recording_that_is_processing(client: httpx.Client) -> None:
    config = {"metadata": {"owner": "42"}, "video_mixed_mp4": {}}
    upload = open_upload(client, metadata={"case": "A-17"}, recording_config=config)
    recording = client.get(f"recording/{upload['recording_id']}/").json()
    assert recording.keys() == RECORDING_FIELDS
    assert recording["status"]["code"] == "processing"
    assert recording["media_shortcuts"] == dict.fromkeys(SHORTCUTS)
    assert recording["desktop_sdk_upload"] == {"id": upload["id"], "metadata": {"case": "A-17"}}
    assert recording["metadata"] == {"owner": "42"}
    assert (recording["bot"], recording["realtime_endpoints"], recording["started_at"]) == (None, [], None)


def test_unknown_fields_are_passed_over(client: httpx.Client) -> None:
    assert open_upload(client, transcript={"provider": {}}, _1080p=True, meeting_title="x").keys() == UPLOAD_FIELDS


def test_the_same_recording_again_is_the_same_upload(client: httpx.Client) -> None:
    recording_id = str(uuid4())
    first = client.post("sdk_upload/", json={"recording_id": recording_id})
    again = client.post("sdk_upload/", json={"recording_id": recording_id.upper(), "metadata": {"new": "1"}})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["recording_id"] == recording_id


def test_another_owners_recording_id_is_refused(client: httpx.Client, stranger: httpx.Client) -> None:
    recording_id = open_upload(client)["recording_id"]
    response = stranger.post("sdk_upload/", json={"recording_id": recording_id})
    assert response.status_code == 409
    assert response.json()["code"] == "recording_id_taken"
    assert "upload_token" not in response.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"recording_id": "../../etc"}, "recording_id"),
        ({"recording_id": 7}, "recording_id"),
        ({"metadata": {"a": 1}}, "metadata"),
        ({"metadata": "text"}, "metadata"),
        ({"recording_config": []}, "recording_config"),
        ({"recording_config": [1]}, "recording_config"),
        ({"recording_config": {"metadata": {"a": []}}}, "recording_config.metadata"),
    ],
)
def test_fields_of_the_wrong_kind(client: httpx.Client, fields: dict[str, object], field: str | None) -> None:
    response = client.post("sdk_upload/", json=fields)
    if field is None:
        assert response.status_code == 201
    else:
        assert response.status_code == 400
        assert list(response.json()) == [field]
        assert isinstance(response.json()[field], list)


@pytest.mark.parametrize("content", [b"{", b"[]", b"7", b"\xff"])
def test_a_body_that_is_no_json_object(client: httpx.Client, content: bytes) -> None:
    response = client.post("sdk_upload/", content=content)
    assert response.status_code == 400
    assert response.json()["code"] == "parse_error"


def test_a_body_beyond_one_mebibyte(client: httpx.Client) -> None:
    response = client.post("sdk_upload/", content=b" " * (1024 * 1024 + 1))
    assert response.status_code == 413
    assert response.json()["code"] == "too_large"


def test_an_upload_is_shown_again_with_its_token(client: httpx.Client, stranger: httpx.Client) -> None:
    upload = open_upload(client)
    assert client.get(f"sdk_upload/{upload['id']}/").json() == upload
    assert stranger.get(f"sdk_upload/{upload['id']}/").status_code == 404
    assert client.get(f"sdk_upload/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_an_upload_cannot_be_changed(client: httpx.Client, method: str) -> None:
    upload = open_upload(client)
    response = client.request(method, f"sdk_upload/{upload['id']}/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(f"sdk_upload/{upload['id']}/").json() == upload


def test_uploads_are_listed_newest_first_and_only_to_their_owner(client: httpx.Client, stranger: httpx.Client) -> None:
    uploads = [open_upload(client) for _ in range(3)]
    assert client.get("sdk_upload/").json() == {"next": None, "previous": None, "results": uploads[::-1]}
    assert stranger.get("sdk_upload/").json()["results"] == []


def test_pages_lead_forth_and_back_by_absolute_addresses(service: Service, client: httpx.Client) -> None:
    ids = [open_upload(client)["id"] for _ in range(5)][::-1]
    first = client.get("sdk_upload/?limit=2").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert first["next"].startswith(service.url + "/api/v1/sdk_upload/?")
    assert [row["id"] for page in (first, second, third) for row in page["results"]] == ids
    assert (first["previous"], third["next"]) == (None, None)
    assert client.get(third["previous"]).json() == second
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_page_stays_right_while_uploads_come(client: httpx.Client) -> None:
    ids = [open_upload(client)["id"] for _ in range(4)][::-1]
    first = client.get("sdk_upload/?limit=2").json()
    newest = open_upload(client)["id"]
    second = client.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == ids[2:]
    back = client.get(second["previous"]).json()
    assert [row["id"] for row in back["results"]] == ids[:2]
    assert [row["id"] for row in client.get(back["previous"]).json()["results"]] == [newest]


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "é"])
def test_a_cursor_that_was_made_up(client: httpx.Client, cursor: str) -> None:
    assert client.get("sdk_upload/", params={"cursor": cursor}).status_code == 404


def test_the_status_turns_when_the_first_file_begins(client: httpx.Client, tus: Tus) -> None:
    tus.place(10)
    upload_id = tus.base.split("/")[-3]
    assert client.get(f"sdk_upload/{upload_id}/").json()["status"]["code"] == "uploading"
