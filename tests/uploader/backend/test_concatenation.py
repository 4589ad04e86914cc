"""tus's extension ``concatenation``: a file out of parts that were sent by themselves."""

from pathlib import Path

import httpx
import pytest

from tests.uploader.backend.conftest import Deployment
from tests.uploader.rig import Service, Tus, encode_metadata, open_upload, served, sha256, stored

HEAD, BODY = b"head " * 100, b"body " * 1000


def place_part(tus: Tus, length: int | None = None, **metadata: str) -> str:
    size = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
    headers = {**size, "Upload-Concat": "partial"}
    if metadata:
        headers["Upload-Metadata"] = encode_metadata(metadata)
    response = tus.client.post(tus.base, headers=headers)
    assert response.status_code == 201
    return str(response.headers["Location"])


def sent_part(tus: Tus, content: bytes) -> str:
    address = place_part(tus, len(content))
    assert tus.patch(address, 0, content).status_code == 204
    return address


def join(tus: Tus, *parts: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return tus.client.post(tus.base, headers={"Upload-Concat": f"final;{' '.join(parts)}", **named})


@pytest.fixture(scope="session", params=list(Deployment))
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """With a store too: there it is all done otherwise."""
    deployment: Deployment = request.param
    return deployment


def test_the_head_may_come_last(service: Service, tus: Tus) -> None:
    body = place_part(tus)
    assert tus.patch(body, 0, BODY[:700]).status_code == 204
    assert tus.patch(body, 700, BODY[700:], Upload_Length=str(len(BODY))).status_code == 204
    whole = join(tus, sent_part(tus, HEAD), body)
    assert whole.status_code == 201
    assert tus.offset(whole.headers["Location"]) == len(HEAD + BODY)
    assert stored(service, whole.headers["Location"]) == HEAD + BODY
    assert tus.client.head(body).status_code == 404


def test_an_answer_that_was_lost_is_had_by_announcing_the_file(tus: Tus) -> None:
    names = {"filename": "video_mixed.mp4", "sha256": sha256(HEAD + BODY)}
    metadata = encode_metadata(names)
    parts = [sent_part(tus, HEAD), sent_part(tus, BODY)]
    whole = join(tus, *parts, Upload_Metadata=metadata)
    assert join(tus, *parts, Upload_Metadata=metadata).status_code == 404
    assert tus.place(len(HEAD + BODY), **names) == whole.headers["Location"]


def test_a_part_that_is_not_whole_waits(tus: Tus) -> None:
    body = place_part(tus)
    tus.patch(body, 0, BODY)
    refused = join(tus, sent_part(tus, HEAD), body)
    assert (refused.status_code, refused.json()["code"]) == (409, "offset_mismatch")
    assert tus.offset(body) == len(BODY)


def test_a_part_is_no_media_object(service: Service, client: httpx.Client, recording: Path) -> None:
    """Whatever it says that it is called."""
    upload = open_upload(client, recording_id=recording.name)
    with Tus(service, upload) as tus:
        tus.send(recording)
        part = place_part(tus, 4, filename="video_mixed.mp4", kind="video_mixed")
        tus.patch(part, 0, b"part")
        answer = client.post(
            f"sdk_upload/{upload['id']}/complete/", content=(recording / "recording.json").read_bytes()
        )
        assert answer.status_code == 200
        assert tus.client.head(part).status_code == 404


def test_parts_of_another_upload(service: Service, client: httpx.Client, tus: Tus) -> None:
    with Tus(service, open_upload(client)) as other:
        assert join(tus, sent_part(other, HEAD)).status_code == 404


@pytest.mark.parametrize("value", ["final", "final;", "whole;/a", ""])
def test_what_makes_no_sense(tus: Tus, value: str) -> None:
    assert tus.client.post(tus.base, headers={"Upload-Concat": value}).status_code == 400


def test_a_final_file_has_no_length_of_its_own(tus: Tus) -> None:
    assert join(tus, sent_part(tus, HEAD), Upload_Length="5").status_code == 400


def test_no_room_for_the_whole_leaves_the_parts(tmp_path: Path) -> None:
    free_bytes = [10**12]
    with (
        served(tmp_path, free_bytes=lambda _: free_bytes[0]) as service,
        service.client(service.backend.api_key) as client,
        Tus(service, open_upload(client)) as tus,
    ):
        parts = [sent_part(tus, HEAD), sent_part(tus, BODY)]
        free_bytes[0] = 0
        assert join(tus, *parts).status_code == 507
        free_bytes[0] = 10**12
        assert stored(service, join(tus, *parts).headers["Location"]) == HEAD + BODY
