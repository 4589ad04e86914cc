"""Where one request ends and the next begins, and what else its head may hold."""

import gzip
from pathlib import Path

import httpx
import pytest

from tests.uploader.rig import BODY_TYPE, Service, Tus, download, open_upload, upload_recording
from tests.uploader.security.raw import ask, wire

HIDDEN = b"GET /api/v1/health/ HTTP/1.1\r\nHost: localhost\r\n\r\n"

AMBIGUOUS = {
    "two lengths": f"Content-Length: 0\nContent-Length: {len(HIDDEN)}",
    "two lengths in one": f"Content-Length: 0, {len(HIDDEN)}",
    "length and chunks": f"Content-Length: {len(HIDDEN)}\nTransfer-Encoding: chunked",
    "chunks and length": f"Transfer-Encoding: chunked\nContent-Length: {len(HIDDEN)}",
    "chunked twice": "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
    "chunked, and more": "Transfer-Encoding: gzip, chunked",
    "nearly chunked": "Transfer-Encoding: xchunked",
    "chunked behind a tab": "Transfer-Encoding:\tchunked\nTransfer-Encoding: identity",
    "a signed length": f"Content-Length: +{len(HIDDEN)}",
    "a length in hexadecimal": "Content-Length: 0x10",
    "a negative length": "Content-Length: -1",
    "a length of many digits": f"Content-Length: {'9' * 4000}",
    "a space before the colon": f"Content-Length : {len(HIDDEN)}",
    "a folded line": "X-Folded: a\n b\nContent-Length : 5",
    "a null": "X-Null: a\0b",
    "two hosts": "Host: localhost\nHost: localhost",
    "two keys": "Authorization: a\nAuthorization: b",
}


@pytest.mark.parametrize("lines", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_is_the_last(service: Service, lines: str) -> None:
    with wire(service.url) as opened:
        head = f"POST /api/v1/sdk_upload/ HTTP/1.1\n{lines}".splitlines()
        text = "".join(f"{line}\r\n" for line in [head[0], *head[1:]])
        host = "" if "Host" in lines else f"Host: {opened.host}\r\n"
        opened.socket.sendall((text + host + "\r\n").encode("latin-1") + b"0\r\n\r\n" + HIDDEN)
        answer = opened.answer()
        assert answer is not None
        assert answer.status in {400, 413, 501}, answer
        second = opened.answer()
        assert second is None, "the hidden request was answered"


def test_what_follows_a_refused_long_body_is_not_taken_for_a_request(service: Service, tus: Tus) -> None:
    """The body goes past the parser, and it holds a request."""
    address = tus.place(3_000_000).removeprefix(service.url)
    body = HIDDEN * 40_000
    with wire(service.url) as opened:
        opened.send(
            f"PATCH {address} HTTP/1.1\nUpload-Offset: 0\nTus-Resumable: 1.0.0\nContent-Type: {BODY_TYPE}\n"
            f"Authorization: {tus.client.headers['Authorization']}\nUpload-Checksum: sha256 AAAA\n"
            f"Content-Length: {len(body)}"
        )
        opened.socket.sendall(body)
        opened.send("GET /api/v1/recording/ HTTP/1.1")
        answers = [opened.answer(), opened.answer()]
        assert [answer and answer.status for answer in answers] == [460, 401]


def test_requests_in_one_breath_are_answered_in_their_order(service: Service, tus: Tus) -> None:
    """A long body goes past the parser, which then goes on where that ended."""
    address = tus.place(2_000_000).removeprefix(service.url)
    key = f"Authorization: {tus.client.headers['Authorization']}"
    tus_head = f"Upload-Offset: {{}}\nTus-Resumable: 1.0.0\nContent-Type: {BODY_TYPE}\n{key}"
    with wire(service.url) as opened:
        for offset in (0, 1_000_000):
            head = tus_head.format(offset)
            opened.send(f"PATCH {address} HTTP/1.1\n{head}\nContent-Length: 1000000", bytes(1_000_000))
            opened.send("GET /api/v1/health/ HTTP/1.1")
        answers = [opened.answer() for _ in range(4)]
    assert [answer and answer.status for answer in answers] == [204, 200, 204, 200]
    assert tus.offset(service.url + address) == 2_000_000


FLOODS = {
    "many fields": "".join(f"X-{number}: a\n" for number in range(500)),
    "a long field": f"X-Long: {'a' * 60_000}\n",
    "a long line": None,
    "long for ever": f"X-Long: {'a' * 5_000_000}\n",
}


@pytest.mark.parametrize("fields", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_headers(service: Service, fields: str | None) -> None:
    path = "/api/v1/health/" if fields else f"/{'a' * 300_000}"
    with wire(service.url) as opened:
        try:
            opened.send(f"GET {path} HTTP/1.1\n{fields or ''}")
        except (BrokenPipeError, ConnectionResetError):
            return
        answer = opened.answer()
    assert answer is None or answer.status in {400, 404, 431}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::1", "a@localhost"]
)
def test_a_page_that_took_another_name_for_this_address(service: Service, host: str) -> None:
    """After its own name was bound anew to the loopback address, a page's requests still say where they are from."""
    for path in ("/", "/api/v1/health/", "/api/v1/recording/"):
        answer = ask(service.url, f"GET {path} HTTP/1.1\nHost: {host}\nOrigin: http://{host}")
        assert answer is not None
        assert answer.status == 400


def test_an_address_in_the_first_line_is_no_way_around_the_host(service: Service) -> None:
    answer = ask(service.url, "GET http://localhost/api/v1/health/ HTTP/1.1\nHost: evil.example")
    assert answer is not None
    assert answer.status == 400


def test_no_cookies_and_no_leave_for_other_origins(service: Service, client: httpx.Client, recording: Path) -> None:
    url = upload_recording(service, client, recording)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    asked = {"Origin": "https://evil.example", "Cookie": "session=1"}
    preflight = {**asked, "Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "authorization"}
    answers = [
        client.get("recording/", headers=asked),
        client.post("sdk_upload/", headers=asked),
        client.options(f"recording/{recording.name}/", headers=preflight),
        client.get("nothing/", headers=asked),
        httpx.get(service.url + "/", headers=asked, trust_env=False),
        download(url, **asked),
    ]
    for answer in answers:
        told = {name.lower() for name in answer.headers}
        assert not {name for name in told if name.startswith("access-control-")} | (told & {"set-cookie"})


def test_a_packed_body_is_not_unpacked(client: httpx.Client, tus: Tus) -> None:
    packed = gzip.compress(bytes(10_000_000))
    headers = {"Content-Encoding": "gzip"}
    assert client.post("sdk_upload/", content=packed, headers=headers).status_code == 415
    address = tus.place(len(packed))
    assert tus.patch(address, 0, packed, **headers).status_code == 415
    assert tus.offset(address) == 0
    assert open_upload(client)


@pytest.mark.parametrize(
    "ranges", [",".join("0-" for _ in range(600)), ",".join(f"{at}-{at + 9000}" for at in range(600))]
)
def test_many_ranges_are_no_more_than_the_file(
    service: Service, client: httpx.Client, recording: Path, ranges: str
) -> None:
    url = upload_recording(service, client, recording)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    whole = (recording / "video_mixed.mp4").read_bytes()
    answer = download(url, Range=f"bytes={ranges}")
    assert (answer.status_code, answer.content) == (200, whole)
