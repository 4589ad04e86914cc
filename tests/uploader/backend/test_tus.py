"""tus 1.0.0, as its specification words it."""

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.uploader.backend.conftest import Deployment
from tests.uploader.rig import BODY_TYPE, NO_TLS, START_S, FakeWallClock, Service, Tus, open_upload, served, stored
from uploader.backend.intake import MAX_FILE_BYTES, UNFINISHED_VALID_S

CONTENT = bytes(range(256)) * 40
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="session", params=list(Deployment))
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """With a store too: there it is all done otherwise."""
    deployment: Deployment = request.param
    return deployment


def checksum(algorithm: str, content: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_options_tells_what_is_spoken(tus: Tus) -> None:
    with httpx.Client(trust_env=False, verify=NO_TLS) as nobody:
        response = nobody.options(tus.base)
    assert response.status_code == 204
    assert response.headers["Tus-Version"] == "1.0.0"
    assert response.headers["Tus-Max-Size"] == str(MAX_FILE_BYTES)
    assert set(response.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "creation-defer-length",
        "checksum",
        "concatenation",
        "expiration",
        "termination",
    }
    assert "sha1" in response.headers["Tus-Checksum-Algorithm"].split(",")


def test_a_file_in_two_stretches(service: Service, tus: Tus) -> None:
    address = tus.place(len(CONTENT), filename="video_mixed.mp4", kind="video_mixed")
    first = tus.patch(address, 0, CONTENT[:1000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert tus.offset(address) == 1000
    second = tus.patch(address, 1000, CONTENT[1000:])
    assert (second.status_code, second.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert stored(service, address) == CONTENT


def test_head_repeats_what_was_announced(tus: Tus) -> None:
    created = tus.create(7, filename="video_mixed.mp4", kind="video_mixed")
    response = tus.client.head(created.headers["Location"])
    assert response.headers["Upload-Offset"] == "0"
    assert response.headers["Upload-Length"] == "7"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Upload-Metadata"] == created.request.headers["Upload-Metadata"]
    assert response.headers["Upload-Expires"] == created.headers["Upload-Expires"]


def test_every_answer_names_the_version(tus: Tus) -> None:
    address = tus.place(5)
    responses = [
        tus.create(5),
        tus.client.head(address),
        tus.patch(address, 3, b"x"),
        tus.patch(address, 0, b"bytes"),
        tus.client.get(address),
        tus.client.head(tus.base + str(uuid4())),
        tus.client.delete(address),
    ]
    assert [response.headers.get("Tus-Resumable") for response in responses] == ["1.0.0"] * len(responses)


@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0"])
def test_another_version_is_refused(tus: Tus, version: str | None) -> None:
    headers = {"Authorization": tus.client.headers["Authorization"], "Upload-Length": "5"}
    if version:
        headers["Tus-Resumable"] = version
    response = httpx.post(tus.base, headers=headers, trust_env=False, verify=NO_TLS)
    assert response.status_code == 412
    assert response.headers["Tus-Version"] == "1.0.0"


def test_the_same_announcement_again_leads_to_the_same_file(tus: Tus) -> None:
    address = tus.place(len(CONTENT), filename="a.mp4", sha256=DIGEST)
    tus.patch(address, 0, CONTENT[:10])
    assert tus.place(len(CONTENT), filename="a.mp4", sha256=DIGEST) == address
    assert tus.place(len(CONTENT), filename="b.mp4", sha256=DIGEST) != address
    assert tus.place(len(CONTENT) + 1, filename="a.mp4", sha256=DIGEST) != address
    assert tus.place(len(CONTENT), filename="a.mp4") != address
    assert tus.offset(address) == 10


def test_creation_with_upload(service: Service, tus: Tus) -> None:
    response = tus.create(len(CONTENT), CONTENT)
    assert (response.status_code, response.headers["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert stored(service, response.headers["Location"]) == CONTENT
    part = tus.create(len(CONTENT), CONTENT[:100])
    assert part.headers["Upload-Offset"] == "100"
    assert tus.offset(part.headers["Location"]) == 100


def test_creation_with_upload_does_not_write_over_what_is_there(tus: Tus) -> None:
    address = tus.place(len(CONTENT), filename="a", sha256=DIGEST)
    tus.patch(address, 0, CONTENT[:300])
    again = tus.create(len(CONTENT), CONTENT, filename="a", sha256=DIGEST)
    assert (again.headers["Location"], again.headers["Upload-Offset"]) == (address, "300")


def test_a_length_that_is_told_later(service: Service, tus: Tus) -> None:
    address = tus.place(None)
    assert tus.client.head(address).headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in tus.client.head(address).headers
    tus.patch(address, 0, CONTENT[:500])
    assert tus.patch(address, 500, CONTENT[500:], Upload_Length=str(len(CONTENT))).status_code == 204
    assert tus.client.head(address).headers["Upload-Length"] == str(len(CONTENT))
    assert stored(service, address) == CONTENT


def test_a_length_cannot_change_or_fall_short(tus: Tus) -> None:
    address = tus.place(None)
    tus.patch(address, 0, CONTENT[:500])
    assert tus.patch(address, 500, b"", Upload_Length="499").status_code == 400
    assert tus.patch(address, 500, b"", Upload_Length="600").status_code == 204
    assert tus.patch(address, 500, b"", Upload_Length="700").status_code == 400


def test_an_empty_file_is_finished_at_once(service: Service, tus: Tus) -> None:
    address = tus.place(0)
    assert tus.offset(address) == 0
    assert stored(service, address) == b""


@pytest.mark.parametrize("offset", [0, 9, 11, 10**17])
def test_a_wrong_offset_is_a_conflict(service: Service, tus: Tus, offset: int) -> None:
    address = tus.place(len(CONTENT))
    tus.patch(address, 0, CONTENT[:10])
    response = tus.patch(address, offset, b"more")
    assert (response.status_code, response.json()["code"]) == (409, "offset_mismatch")
    assert stored(service, address) == CONTENT[:10]


def test_more_than_was_announced(service: Service, tus: Tus) -> None:
    address = tus.place(10)
    assert tus.patch(address, 0, CONTENT).status_code == 413

    def without_length() -> Iterator[bytes]:
        yield CONTENT

    headers = {"Upload-Offset": "0", "Content-Type": BODY_TYPE}
    assert tus.client.patch(address, headers=headers, content=without_length()).status_code == 413
    assert stored(service, address) == b""
    assert tus.create(MAX_FILE_BYTES + 1).status_code == 413


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checksums(service: Service, tus: Tus, algorithm: str) -> None:
    address = tus.place(len(CONTENT))
    good = tus.patch(address, 0, CONTENT[:100], Upload_Checksum=checksum(algorithm, CONTENT[:100]))
    assert (good.status_code, tus.offset(address)) == (204, 100)
    bad = tus.patch(address, 100, CONTENT[100:200], Upload_Checksum=checksum(algorithm, b"something else"))
    assert (bad.status_code, bad.json()["code"]) == (460, "checksum_mismatch")
    assert tus.offset(address) == 100
    assert stored(service, address) == CONTENT[:100]
    assert tus.patch(address, 100, CONTENT[100:]).status_code == 204
    assert stored(service, address) == CONTENT


@pytest.mark.parametrize("header", ["crc32 AAAA", "sha1", "sha1 !", "md5 " + "A" * 24])
def test_checksums_that_make_no_sense(tus: Tus, header: str) -> None:
    address = tus.place(5)
    response = tus.patch(address, 0, b"bytes", Upload_Checksum=header)
    assert response.status_code in {400, 460}
    assert tus.offset(address) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Length": "-1"},
        {"Upload-Length": "ten"},
        {"Upload-Length": "5", "Upload-Defer-Length": "1"},
        {"Upload-Defer-Length": "0"},
        {"Upload-Length": "5", "Upload-Metadata": "filename ###"},
        {"Upload-Length": "5", "Upload-Metadata": "filename " + base64.b64encode(b"../../etc/passwd").decode()},
        {"Upload-Length": "5", "Upload-Metadata": "filename /w=="},
        {"Upload-Length": "5", "Upload-Metadata": "kind " + base64.b64encode(b"hologram").decode()},
        {"Upload-Length": "5", "Upload-Metadata": "sha256 " + base64.b64encode(b"short").decode()},
    ],
)
def test_creation_headers_that_make_no_sense(tus: Tus, headers: dict[str, str]) -> None:
    response = tus.client.post(tus.base, headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_header")


def test_a_patch_needs_its_headers(tus: Tus) -> None:
    address = tus.place(5)
    assert tus.client.patch(address, headers={"Content-Type": BODY_TYPE}, content=b"bytes").status_code == 400
    assert tus.client.patch(address, headers={"Upload-Offset": "0"}, content=b"bytes").status_code == 415
    wrong = {"Upload-Offset": "0", "Content-Type": "application/json"}
    assert tus.client.patch(address, headers=wrong, content=b"bytes").status_code == 415
    assert tus.offset(address) == 0


def test_a_method_in_a_header_counts(service: Service, tus: Tus) -> None:
    address = tus.place(5)
    headers = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0", "Content-Type": BODY_TYPE}
    assert tus.client.post(address, headers=headers, content=b"bytes").status_code == 204
    assert stored(service, address) == b"bytes"


def test_termination(service: Service, tus: Tus) -> None:
    address = tus.place(5)
    assert tus.client.delete(address).status_code == 204
    assert tus.client.delete(address).status_code == 404
    assert tus.client.head(address).status_code == 404
    assert tus.patch(address, 0, b"bytes").status_code == 404
    assert stored(service, address) is None


def test_a_file_belongs_to_its_upload(service: Service, client: httpx.Client, tus: Tus) -> None:
    address = tus.place(5)
    with Tus(service, open_upload(client)) as other:
        elsewhere = other.base + address.rstrip("/").rpartition("/")[2]
        assert other.client.head(elsewhere).status_code == 404
        assert other.client.delete(elsewhere).status_code == 404
    assert tus.offset(address) == 0


def begin_patch(address: str, token: str, announced_bytes: int, content: bytes) -> socket.socket:
    """The beginning of a request whose end is left open."""
    url = httpx.URL(address)
    connection = socket.create_connection((url.host, url.port or 80), timeout=20)
    head = (
        f"PATCH {url.path} HTTP/1.1\r\nHost: {url.host}\r\nAuthorization: {token}\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: 0\r\nContent-Type: {BODY_TYPE}\r\nContent-Length: {announced_bytes}\r\n\r\n"
    )
    connection.sendall(head.encode() + content)
    return connection


def wait_for(service: Service, address: str, *, busy: bool) -> None:
    """Until the server has seen what was done to the other connection."""
    file_id = address.rstrip("/").rpartition("/")[2]
    deadline_s = time.monotonic() + 20
    while (file_id in service.backend.intake.busy) is not busy:
        assert time.monotonic() < deadline_s


def test_two_writers_at_once(service: Service, tus: Tus) -> None:
    address = tus.place(len(CONTENT))
    with begin_patch(address, tus.client.headers["Authorization"], len(CONTENT), CONTENT[:100]):
        wait_for(service, address, busy=True)
        response = tus.patch(address, 0, CONTENT)
        assert (response.status_code, response.json()["code"]) == (423, "locked")
        assert tus.client.delete(address).status_code == 423
    wait_for(service, address, busy=False)
    assert tus.client.delete(address).status_code == 204


def test_unfinished_files_expire(tmp_path: Path) -> None:
    clock = FakeWallClock()
    with (
        served(tmp_path / "data", now_s=clock) as service,
        service.client(service.backend.api_key) as client,
        Tus(service, upload := open_upload(client)) as tus,
    ):
        left, kept = tus.create(5).headers["Location"], tus.create(5).headers["Location"]
        clock.now_s += UNFINISHED_VALID_S - 1
        tus.renew(client, upload)
        extended = tus.patch(kept, 0, b"by").headers["Upload-Expires"]
        assert parsedate_to_datetime(extended).timestamp() == START_S + 2 * UNFINISHED_VALID_S - 1
        clock.now_s += 1
        assert tus.client.head(left).status_code == 410
        assert tus.patch(left, 0, b"bytes").status_code == 404
        assert tus.offset(kept) == 2
        assert len(list((tmp_path / "data" / "blobs").rglob("*-*"))) == 1


def test_full_disks_are_told_while_there_is_room(tmp_path: Path) -> None:
    free = {"bytes": 300 * 1024 * 1024}
    with (
        served(tmp_path / "data", free_bytes=lambda _: free["bytes"]) as service,
        service.client(service.backend.api_key) as client,
        Tus(service, open_upload(client)) as tus,
    ):
        address = tus.place(1000)
        refused = tus.create(100 * 1024 * 1024)
        assert (refused.status_code, refused.json()["code"]) == (507, "insufficient_storage")
        free["bytes"] = 1024 * 1024
        assert tus.patch(address, 0, b"x" * 1000).status_code == 507
        assert tus.offset(address) == 0
        free["bytes"] = 300 * 1024 * 1024
        assert tus.patch(address, 0, b"x" * 1000).status_code == 204


def test_many_files_at_once(service: Service, client: httpx.Client) -> None:
    upload = open_upload(client)
    addresses: dict[int, str] = {}

    def send(number: int) -> None:
        with Tus(service, upload) as tus:
            address = tus.place(len(CONTENT), filename=f"{number}")
            for start in range(0, len(CONTENT), 3000):
                assert tus.patch(address, start, CONTENT[start : start + 3000]).status_code == 204
            addresses[number] = address

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {stored(service, address) for address in addresses.values()} == {CONTENT}
    assert len(addresses) == 6
