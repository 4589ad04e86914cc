"""Bodies that are too long, or small and meant to grow: refused, or taken for what they are."""

import json
import select
import zlib
from pathlib import Path

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.backend.test_odd_input import rewrite
from tests.uploader.rig import BODY_TYPE, Service, Tus, open_upload, upload_recording
from tests.uploader.security.raw import wire
from uploader.backend.bodies import DOCUMENT_BYTES

MIB = 1024 * 1024


def test_a_document_that_is_announced_too_long_is_refused_before_it_comes(
    service: Service, client: httpx.Client
) -> None:
    with wire(service.url) as opened:
        opened.send(
            f"POST /api/v1/sdk_upload/ HTTP/1.1\nAuthorization: {client.headers['Authorization']}\n"
            f"Content-Length: {10**12}\nExpect: 100-continue"
        )
        answer = opened.answer()
    assert answer is not None
    assert (answer.status, answer.document["code"]) == (413, "too_large")


def test_a_document_without_an_end_is_refused_on_the_way(service: Service, client: httpx.Client) -> None:
    with wire(service.url) as opened:
        key = client.headers["Authorization"]
        opened.send(f"POST /api/v1/sdk_upload/ HTTP/1.1\nAuthorization: {key}\nTransfer-Encoding: chunked")
        for _ in range(2000):
            opened.socket.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")
            if select.select([opened.socket], [], [], 0)[0]:
                break
        answer = opened.answer()
    assert answer is not None
    assert (answer.status, answer.document["code"]) == (413, "too_large")


def test_a_file_takes_no_more_than_its_length_by_any_framing(service: Service, tus: Tus) -> None:
    address = tus.place(1000)
    told = tus.patch(address, 0, bytes(1001))
    assert (told.status_code, told.json()["code"]) == (413, "too_long")
    with wire(service.url) as opened:
        opened.send(
            f"PATCH {address.removeprefix(service.url)} HTTP/1.1\nTus-Resumable: 1.0.0\nUpload-Offset: 0\n"
            f"Authorization: {tus.client.headers['Authorization']}\nContent-Type: {BODY_TYPE}\n"
            "Transfer-Encoding: chunked",
            b"7d0\r\n" + bytes(2000) + b"\r\n0\r\n\r\n",
        )
        answer = opened.answer()
    assert answer is not None
    assert answer.status == 413
    assert tus.offset(address) == 0
    assert tus.patch(address, 0, bytes(1000)).status_code == 204


BOMBS = {
    "nested lists": b"[" * (MIB - 1),
    "nested objects": b'{"a":' * 200_000,
    "nested in a field": b'{"metadata":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
    "a number of many digits": b'{"recording_config":{"retention":{"type":"timed","hours":' + b"9" * 900_000 + b"}}}",
    "a number beyond all": b'{"metadata":1e999999}',
    "a text of escapes": b'{"metadata":{"a":"' + b"\\u0000" * 150_000 + b'"}}',
    "many names": b'{"metadata":{' + b",".join(b'"%d":""' % n for n in range(80_000)) + b"}}",
    "half characters": b'{"metadata":{"\\ud800":"\\udfff"}, "recording_id": "\\ud83d"}',
    "another encoding": '{"metadata":{}}'.encode("utf-32"),
    "another one": b'\xff\xfe{"metadata":{}}',
    "packed": zlib.compress(bytes(100 * MIB)),
    "a form of many fields": b"&".join(b"a%d=" % n for n in range(100_000)),
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_document_that_is_meant_to_grow(client: httpx.Client, body: bytes) -> None:
    assert len(body) <= DOCUMENT_BYTES
    for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"):
        answer = client.post("sdk_upload/", content=body, headers={"Content-Type": kind})
        assert answer.status_code in {201, 400}, (kind, answer.text[:200])
        assert len(answer.content) < 100_000
    assert client.get("sdk_upload/").status_code == 200


def test_of_a_name_that_comes_twice_one_counts_everywhere(client: httpx.Client) -> None:
    body = b'{"metadata":{"owner":"first"},"metadata":{"owner":"last","owner":"very last"}}'
    created = client.post("sdk_upload/", content=body).json()
    assert created["metadata"] == {"owner": "very last"}
    assert client.get(f"sdk_upload/{created['id']}/").json()["metadata"] == {"owner": "very last"}


def test_metadata_is_no_store(client: httpx.Client) -> None:
    for metadata in ({"a": "b" * 70_000}, {str(number): "x" * 10 for number in range(7000)}):
        answer = client.post("sdk_upload/", json={"metadata": metadata})
        assert (answer.status_code, list(answer.json())) == (400, ["metadata"])
    address = f"recording/{open_upload(client)['recording_id']}/"
    assert client.patch(address, json={"metadata": {"a": "b" * 70_000}}).status_code == 400
    assert client.patch(address, json={"metadata": {"a": "b" * 60_000}}).status_code == 200


def test_artifacts_that_are_meant_to_grow(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    """They are kept as they are; what is read of them is read with care, or not at all."""
    directory = make_recording(tmp_path)
    contents = {
        "meeting_metadata.json": b'{"title":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        "participants.json": json.dumps([{"id": 100, "name": "x" * 900_000}]).encode(),
        "participant_events.json": b'[{"id":' + b"9" * 100_000 + b"}]",
        "transcript.json": zlib.compress(bytes(100 * MIB)),
        "audio_mixed.mp3": zlib.compress(bytes(10 * MIB)),
    }
    for path, content in contents.items():
        rewrite(directory, path, content)
    shown = upload_recording(service, client, directory)
    assert shown["status"]["code"] == "done"
    assert shown["media_shortcuts"]["meeting_metadata"]["data"]["title"] is None
