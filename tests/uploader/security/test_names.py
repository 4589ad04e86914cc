"""Names that a caller chose never lead to a file: what is stored is named by ids that the backend made."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from tests.uploader.rig import Service, Tus, manifest, open_upload, served
from tests.uploader.security.raw import ask

OUTWARD = {
    "up": "../../evil",
    "up by backslashes": "..\\..\\evil",
    "up in the midst": "a/../../../evil",
    "from the root": "/tmp/evil",  # noqa: S108 - nothing is written there: that is the point
    "a drive": "C:\\evil",
    "a stream": "video_mixed.mp4:evil",
    "a null": "evil\0.mp4",
    "only dots": "..",
    "here": ".",
    "an empty part": "a//evil",
}
ODD = {
    "encoded dots": "%2e%2e/%2e%2e/evil",
    "twice encoded": "%252e%252e/evil",
    "dots of full width": "\uff0e\uff0e/evil",
    "a slash of full width": "..\uff0fevil",
    "an override": "\u202egpj.exe",
    "a line's end": "evil\r\nX-Evil: 1",
    "a long one": "a" * 5000,
    "a device": "CON",
}
IN_ADDRESSES = ["..", "%2e%2e", "..%2f..%2fapi_key", "%00", "..%5c..%5capi_key", "%ff%fe", "%u002e", "a" * 3000, "."]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With a data folder in which nothing else happens."""
    with served(tmp_path_factory.mktemp("around") / "data") as service:
        yield service


def assert_nothing_strange(service: Service) -> None:
    data = service.backend.data
    assert [path.name for path in data.parent.iterdir()] == ["data"]
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in data.iterdir()} == {
        *("api_key", "signing_key", "backend.sqlite", "blobs")
    }
    for path in (data / "blobs").rglob("*"):
        assert path.is_dir() or str(UUID(path.name)) == path.name


@pytest.mark.parametrize("name", OUTWARD.values(), ids=OUTWARD)
def test_a_name_that_leads_out_is_refused(service: Service, tus: Tus, client: httpx.Client, name: str) -> None:
    assert tus.create(4, b"evil", filename=name).status_code == 400
    upload = open_upload(client)
    claim = {"kind": "video_mixed", "format": "mp4", "path": name, "bytes": 4, "sha256": "0" * 64, "status": "done"}
    body = {"spec": {"id": "x"}, "status": {"code": "complete"}, "media": [claim]}
    answer = client.post(f"sdk_upload/{upload['id']}/complete/", json=body)
    assert (answer.status_code, list(answer.json())) == (400, ["media.0.path"])
    assert_nothing_strange(service)


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_an_odd_name_is_a_name_and_no_path(service: Service, tus: Tus, name: str) -> None:
    answer = tus.create(4, b"evil", filename=name)
    assert answer.status_code in {201, 400}
    assert "x-evil" not in answer.headers
    if answer.status_code == 201:
        assert tus.offset(answer.headers["Location"]) == 4
    assert_nothing_strange(service)


@pytest.mark.parametrize("kind", ["../video_mixed", "video_mixed\0", "VIDEO_MIXED", "\u202evideo_mixed"])
def test_a_kind_that_is_none(service: Service, tus: Tus, kind: str) -> None:
    assert tus.create(4, b"evil", filename="a.mp4", kind=kind).status_code == 400
    assert_nothing_strange(service)


METADATA = {
    "no text": f"filename {base64.b64encode(bytes([0xFF, 0xFE])).decode()}",
    "half a character": f"filename {base64.b64encode(bytes([0xED, 0xA0, 0x80])).decode()}",
    "no base64": "filename !!!",
    "base64 of URLs": "filename _-_-",
    "no end of it": f"filename {'A' * 14_000}=",
    "twice": f"filename {base64.b64encode(b'a').decode()},filename {base64.b64encode(b'../evil').decode()}",
}


@pytest.mark.parametrize("header", METADATA.values(), ids=METADATA)
def test_upload_metadata_that_makes_no_sense(service: Service, tus: Tus, header: str) -> None:
    answer = tus.client.post(tus.base, headers={"Upload-Length": "4", "Upload-Metadata": header})
    assert answer.status_code == 400
    assert_nothing_strange(service)


@pytest.mark.parametrize("part", IN_ADDRESSES)
def test_addresses_lead_to_nothing_but_what_they_name(
    service: Service, tus: Tus, client: httpx.Client, part: str
) -> None:
    keys = {path.read_text().strip() for path in service.backend.data.glob("*_key")}
    upload_id = tus.base.rstrip("/").split("/")[-2]
    tus_key = f"Tus-Resumable: 1.0.0\nAuthorization: {tus.client.headers['Authorization']}"
    key = f"Authorization: {client.headers['Authorization']}"
    asked = {
        f"GET /api/v1/recording/{part}/": key,
        f"GET /api/v1/video_mixed/{part}/": key,
        f"GET /api/v1/sdk_upload/{part}/": key,
        f"GET /api/v1/download/file/{part}/?expires=9999999999&signature=x": "",
        f"GET /api/v1/download/{part}/x/?expires=9999999999&signature=x": "",
        f"HEAD /api/v1/sdk_upload/{upload_id}/media/{part}/": tus_key,
        f"DELETE /api/v1/sdk_upload/{upload_id}/media/{part}/": tus_key,
        f"HEAD /api/v1/sdk_upload/{part}/media/x/": tus_key,
        f"GET /viewer/{part}": "",
        f"GET /{part}": "",
    }
    for line, fields in asked.items():
        answer = ask(service.url, f"{line} HTTP/1.1\n{fields}\nConnection: close")
        assert answer is not None
        assert answer.status in {400, 401, 403, 404, 405} or line == "GET /.", (line, answer)
        assert not any(secret.encode() in answer.body for secret in keys)


@pytest.mark.parametrize("recording_id", ["../x", "..", "x\0y", "{}", "a" * 5000, "\u0660" * 32, 7, ["x"], {"a": "b"}])
def test_a_recordings_id_is_an_id(service: Service, client: httpx.Client, recording_id: object) -> None:
    answer = client.post("sdk_upload/", content=json.dumps({"recording_id": recording_id}))
    if answer.status_code == 201:  # digits of other scripts are digits to Python, and come out as ours
        assert UUID(answer.json()["recording_id"]).int == 0
    else:
        assert (answer.status_code, list(answer.json())) == (400, ["recording_id"])
    assert_nothing_strange(service)


def test_a_part_of_another_upload_cannot_be_joined(service: Service, tus: Tus, client: httpx.Client) -> None:
    with Tus(service, open_upload(client)) as other:
        part = other.client.post(other.base, headers={"Upload-Length": "0", "Upload-Concat": "partial"}).headers[
            "Location"
        ]
        for address in (part, part.rpartition("media/")[2], "../../api_key", "%2e%2e/api_key"):
            headers = {"Upload-Concat": f"final;{address}"}
            assert tus.client.post(tus.base, headers=headers).status_code in {400, 404}
        assert other.offset(part) == 0


def test_a_manifest_of_another_recording(service: Service, client: httpx.Client, recording: Path) -> None:
    """Its digests are not those of what is stored here, so nothing is shown."""
    upload = open_upload(client)
    answer = client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(recording))
    assert answer.status_code == 409
    assert client.get(f"recording/{upload['recording_id']}/").json()["status"]["code"] == "processing"
    assert_nothing_strange(service)
