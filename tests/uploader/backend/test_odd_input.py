"""What a caller may send by mistake or on purpose: answered with what is wrong, never by a failure of the server."""

import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from capture.manifest import read_manifest, write_manifest
from tests.fakes.recording_directory import KINDS, describe, make_recording, with_media
from tests.uploader.rig import Service, Tus, download, manifest, open_upload, upload_recording
from uploader.backend.completion import MAX_DOCUMENT_BYTES
from uploader.backend.intake import MAX_FILE_BYTES
from uploader.destinations.tus import TusDestination
from uploader.session import Session

HALF = "half \ud83d"
"""Of a pair of surrogates, as a window's title that was cut off may hold it."""

ODD = 'a "b" \\ {c} %s \n \u2028 \x01 é 🎙'
"""Whatever JSON, or a template of it, might stumble over."""

DEEP = b"[" * 100_000


def rewrite(directory: Path, path: str, content: bytes) -> None:
    """Another file, with a manifest that is true again."""
    (directory / path).write_bytes(content)
    with_media(directory, tuple(describe(directory, each) for each in KINDS))


def parts(client: httpx.Client) -> httpx.Response:
    (media,) = client.get("audio_separate/").json()["results"]
    return download(media["data"]["download_url"])


def test_half_a_character_in_a_title(service: Service, client: httpx.Client, recording: Path) -> None:
    rewrite(recording, "meeting_metadata.json", json.dumps({"title": HALF}).encode())
    upload_recording(service, client, recording)
    (shown,) = client.get("recording/").json()["results"]
    assert shown["media_shortcuts"]["meeting_metadata"]["data"]["title"] == "half ?"


def test_texts_are_told_as_they_were_sent(service: Service, client: httpx.Client, recording: Path) -> None:
    rewrite(recording, "meeting_metadata.json", json.dumps({"title": ODD}).encode())
    config: dict[str, object] = {"metadata": {ODD: ODD}, "video_mixed_mp4": {"metadata": {"video": ODD}}}
    options = {"provider": {"name": ODD}, "diarization": {"use": ODD}}
    config |= {"transcript": options}
    open_upload(client, recording_id=recording.name, metadata={"upload": ODD}, recording_config=config)
    before = read_manifest(recording)
    write_manifest(replace(before, status=replace(before.status, sub_code=ODD)), recording)
    shown = upload_recording(service, client, recording)
    (listed,) = client.get("recording/").json()["results"]
    for each in (shown, listed, client.get(f"recording/{recording.name}/").json()):
        media = each["media_shortcuts"]
        assert (each["metadata"], each["status"]["sub_code"]) == ({ODD: ODD}, ODD)
        assert each["desktop_sdk_upload"]["metadata"] == {"upload": ODD}
        assert media["meeting_metadata"]["data"]["title"] == ODD
        assert media["video_mixed"]["metadata"] == {"video": ODD}
        assert {name: media["transcript"][name] for name in options} == options


def test_half_a_character_in_a_participants_name(service: Service, client: httpx.Client, recording: Path) -> None:
    rewrite(recording, "participants.json", json.dumps([{"id": 100, "name": HALF}]).encode())
    upload_recording(service, client, recording)
    microphone, _ = parts(client).json()
    assert microphone["participant"] == {"id": 100, "name": "half ?"}


def test_half_a_character_in_metadata(client: httpx.Client) -> None:
    config = {"metadata": {HALF: "x"}, "transcript": {"provider": {"name": HALF}}}
    created = client.post("sdk_upload/", content=json.dumps({"metadata": {"a": HALF}, "recording_config": config}))
    assert (created.status_code, created.json()["metadata"]) == (201, {"a": "half ?"})
    address = f"recording/{created.json()['recording_id']}/"
    assert client.patch(address, content=json.dumps({"metadata": {"b": HALF}})).json()["metadata"] == {"b": "half ?"}
    assert client.get("recording/").status_code == client.get("sdk_upload/").status_code == 200


def test_half_a_character_in_a_manifest(service: Service, client: httpx.Client, recording: Path) -> None:
    before = read_manifest(recording)
    status = replace(before.status, sub_code=HALF)
    spec = replace(before.spec, meeting=replace(before.spec.meeting, title=HALF))
    write_manifest(replace(before, spec=spec, status=status), recording)
    upload = open_upload(client, recording_id=recording.name)
    address = f"sdk_upload/{upload['id']}/complete/"
    with Tus(service, upload) as tus:
        tus.send(recording)
    missing = manifest(recording)
    missing["media"][0]["path"] = HALF
    response = client.post(address, content=json.dumps(missing))
    assert (response.status_code, response.json()["media"][0]["path"]) == (409, "half ?")
    completed = client.post(address, content=json.dumps(manifest(recording)))
    assert (completed.status_code, completed.json()["recording"]["status"]["sub_code"]) == (200, "half ?")


def test_a_manifest_with_half_a_character_can_be_sent(service: Service, recording: Path) -> None:
    before = read_manifest(recording)
    write_manifest(replace(before, spec=replace(before.spec, participant_name=HALF)), recording)
    with TusDestination(service.url, service.backend.api_key) as destination:
        Session(recording, destination, lambda _: None).deliver()
    with service.client(service.backend.api_key) as client:
        assert client.get(f"recording/{recording.name}/").json()["status"]["code"] == "done"


def test_numbers_that_json_does_not_have(service: Service, client: httpx.Client, recording: Path) -> None:
    body = b'{"recording_id": "%s", "recording_config": {"transcript": {"provider": {"x": NaN, "y": 1e999}}}}'
    assert client.post("sdk_upload/", content=body % recording.name.encode()).status_code == 201
    shown = upload_recording(service, client, recording)
    assert shown["media_shortcuts"]["transcript"]["provider"] == {"x": None, "y": None}


def test_a_body_that_is_nested_without_end(service: Service, client: httpx.Client, recording: Path) -> None:
    for address in ("sdk_upload/", f"sdk_upload/{open_upload(client)['id']}/complete/"):
        response = client.post(address, content=DEEP)
        assert (response.status_code, response.json()["code"]) == (400, "parse_error")
    for path in ("meeting_metadata.json", "participants.json"):
        rewrite(recording, path, DEEP)
    shown = upload_recording(service, client, recording)
    assert shown["media_shortcuts"]["meeting_metadata"]["data"]["title"] is None
    assert parts(client).json()[0]["participant"]["name"] is None


@pytest.mark.parametrize("limit", ["9" * 5000, "9" * 30])
def test_a_limit_without_end(client: httpx.Client, limit: str) -> None:
    open_upload(client)
    response = client.get("recording/", params={"limit": limit})
    assert (response.status_code, len(response.json()["results"])) == (200, 1)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_is_none_in_utc(service: Service, client: httpx.Client, recording: Path, moment: str) -> None:
    response = client.get("recording/", params={"created_at_after": moment})
    assert (response.status_code, list(response.json())) == (400, ["created_at_after"])
    upload = open_upload(client, recording_id=recording.name)
    with Tus(service, upload) as tus:
        tus.send(recording)
    response = client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(recording) | {"started_at": moment})
    assert (response.status_code, list(response.json())) == (400, ["started_at"])


def test_a_duration_that_no_database_holds(service: Service, client: httpx.Client, recording: Path) -> None:
    upload = open_upload(client, recording_id=recording.name)
    with Tus(service, upload) as tus:
        tus.send(recording)
    response = client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(recording) | {"duration_ns": 10**30})
    assert (response.status_code, list(response.json())) == (400, ["duration_ns"])


@pytest.mark.parametrize(
    ("length", "status"), [("9" * 5000, 400), (str(10**30), 400), (str(10**15), 413), (str(MAX_FILE_BYTES + 1), 413)]
)
def test_a_length_without_end(tus: Tus, length: str, status: int) -> None:
    address = tus.place(None)
    assert tus.patch(address, 0, b"begin", Upload_Length=length).status_code == status
    assert tus.client.post(tus.base, headers={"Upload-Length": length}).status_code == status
    assert tus.offset(address) == 0
    assert tus.patch(address, 0, b"begin", Upload_Length="5").status_code == 204


def test_an_offset_without_end(tus: Tus) -> None:
    assert tus.patch(tus.place(5), int("9" * 4000), b"bytes").status_code == 400


@pytest.mark.parametrize("cursor", ["W1tb" * 5000, "WyJvbGRlciIsIlx1ZDgwMCIsIiJd"])
def test_a_cursor_of_odd_make(client: httpx.Client, cursor: str) -> None:
    assert client.get("recording/", params={"cursor": cursor}).status_code in {200, 404}


def test_a_list_of_participants_of_any_length(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    directory = make_recording(tmp_path)
    named = json.dumps([{"id": 100, "name": "Ada"}]).encode()
    rewrite(directory, "participants.json", named.ljust(MAX_DOCUMENT_BYTES + 1))
    upload_recording(service, client, directory)
    assert parts(client).json()[0]["participant"]["name"] is None
