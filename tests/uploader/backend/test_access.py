"""Who may do what, and how requests may be spelt."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.uploader.rig import FakeWallClock, Service, Tus, download, open_upload, served, upload_recording
from uploader.backend.refusal import Refusal

NEEDS_A_KEY = [
    ("GET", "sdk_upload/"),
    ("POST", "sdk_upload/"),
    ("GET", f"sdk_upload/{uuid4()}/"),
    ("POST", f"sdk_upload/{uuid4()}/complete/"),
    ("GET", "recording/"),
    ("GET", f"recording/{uuid4()}/"),
    ("PATCH", f"recording/{uuid4()}/"),
    ("DELETE", f"recording/{uuid4()}/"),
    ("GET", "video_mixed/"),
    ("GET", f"transcript/{uuid4()}/"),
]


@pytest.mark.parametrize(("method", "path"), NEEDS_A_KEY)
def test_nothing_is_told_without_a_key(service: Service, method: str, path: str) -> None:
    with service.client(None) as nobody, service.client("wrong") as impostor:
        response, wrong = nobody.request(method, path), impostor.request(method, path)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "authentication_failed")
    assert wrong.headers["WWW-Authenticate"] == "Token"
    assert wrong.json().keys() == {"code", "detail"}


@pytest.mark.parametrize("spelling", ["Token {}", "token {}", "{}", "Token  {}"])
def test_the_word_token_may_be_left_out(service: Service, spelling: str) -> None:
    with service.client(None) as client:
        headers = {"Authorization": spelling.format(service.new_key())}
        assert client.get("recording/", headers=headers).status_code == 200


@pytest.mark.parametrize(("method", "path"), NEEDS_A_KEY)
def test_an_uploads_token_opens_nothing_else(service: Service, client: httpx.Client, method: str, path: str) -> None:
    token = open_upload(client)["upload_token"]
    with service.client(token) as holder:
        assert holder.request(method, path).status_code == 401


def test_an_uploads_token_does_not_open_another_upload(service: Service, client: httpx.Client) -> None:
    mine, other = open_upload(client), open_upload(client)
    with Tus(service, other | {"upload_token": mine["upload_token"]}) as intruder:
        response = intruder.create(5, b"bytes")
    assert (response.status_code, response.json()["code"]) == (401, "authentication_failed")
    assert client.get(f"sdk_upload/{other['id']}/").json()["status"]["code"] == "pending"


def test_an_uploads_token_is_good_for_an_hour_or_two(tmp_path: Path) -> None:
    clock = FakeWallClock()
    with served(tmp_path, now_s=clock) as service, service.client(service.backend.api_key) as client:
        upload = open_upload(client)
        clock.now_s += 3599
        with Tus(service, upload) as tus:
            address = tus.place(5)
            clock.now_s += 3602
            refused = tus.patch(address, 0, b"bytes")
        assert (refused.status_code, refused.json()["code"]) == (401, "authentication_failed")
        again = client.get(f"sdk_upload/{upload['id']}/").json()
        with Tus(service, again) as tus:
            assert tus.patch(address, 0, b"bytes").status_code == 204


@pytest.mark.parametrize("token", ["", ".", "9999999999", "9999999999.", "x.y", "-1.x", "9999999999.é"])
def test_a_made_up_token_opens_nothing(service: Service, client: httpx.Client, token: str) -> None:
    upload_id = open_upload(client)["id"]
    with pytest.raises(Refusal):
        service.backend.access.require_upload_token(f"Token {token}", upload_id)


def test_bytes_go_by_the_uploads_token_and_not_by_the_key(client: httpx.Client, tus: Tus) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    assert client.post(tus.base, headers=headers).status_code == 401
    assert tus.create(5).status_code == 201


def test_another_owner_sees_nothing_of_a_recording(
    service: Service, client: httpx.Client, stranger: httpx.Client, recording: Path
) -> None:
    upload_recording(service, client, recording)
    media_id = client.get("video_mixed/").json()["results"][0]["id"]
    upload_id = client.get("sdk_upload/").json()["results"][0]["id"]
    address = f"recording/{recording.name}/"
    assert stranger.get(address).status_code == 404
    assert stranger.patch(address, json={"metadata": {}}).status_code == 404
    assert stranger.delete(address).status_code == 404
    assert stranger.get(f"video_mixed/{media_id}/").status_code == 404
    assert stranger.post(f"sdk_upload/{upload_id}/complete/", json={}).status_code == 404
    assert stranger.get("recording/").json()["results"] == []
    assert stranger.get("video_mixed/").json()["results"] == []
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "", "10.0.0.1"])
def test_a_foreign_host_name_is_refused(service: Service, host: str) -> None:
    with service.client(service.new_key()) as client:
        response = client.get("recording/", headers={"Host": host})
    assert response.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8000"])
def test_the_loopbacks_own_names_are_answered(service: Service, host: str) -> None:
    with service.client(None) as client:
        assert client.get("health/", headers={"Host": host}).status_code == 200


def doubled(path: str) -> str:
    return "/" + path.replace("/", "//")


def without_slash(path: str) -> str:
    return path.rstrip("/")


def legacy(path: str) -> str:
    return path.replace("sdk_upload", "sdk-upload")


@pytest.mark.parametrize("spelling", [doubled, without_slash, legacy, str])
def test_paths_that_clients_are_known_to_ask_for(client: httpx.Client, spelling: Callable[[str], str]) -> None:
    upload = open_upload(client)
    root = httpx.URL(client.base_url).copy_with(path="/")
    address = str(root).rstrip("/") + spelling(f"/api/v1/sdk_upload/{upload['id']}/")
    assert client.get(address).json()["id"] == upload["id"]


def test_what_does_not_exist(client: httpx.Client) -> None:
    response = client.get("nothing/")
    assert response.status_code == 404
    assert response.json() == {"code": "not_found", "detail": "Not Found"}


def test_health_needs_no_key_and_tells_nothing(service: Service) -> None:
    with service.client(None) as client:
        response = client.get("health/")
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
        assert client.head("health/").status_code == 200
        assert client.options("health/").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_no_answer_invites_other_origins(service: Service, client: httpx.Client, recording: Path) -> None:
    url = upload_recording(service, client, recording)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    for response in (client.get("recording/", headers={"Origin": "https://evil.example"}), download(url)):
        assert "access-control-allow-origin" not in response.headers
