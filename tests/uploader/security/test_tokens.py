"""What opens one door opens no other, and an address that was altered opens none."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import BODY_TYPE, FakeWallClock, Service, Tus, download, open_upload, served, upload_recording
from uploader.backend.signing import VALID_S


@dataclass(frozen=True)
class Two:
    """Two uploads of one owner, with a file begun in the first; its token is ``key``, the other's ``foreign``."""

    service: Service
    upload: dict[str, Any]
    address: str
    key: str
    foreign: str


@pytest.fixture
def two(service: Service, client: httpx.Client) -> Iterator[Two]:
    upload, other = open_upload(client), open_upload(client)
    with Tus(service, upload) as tus:
        yield Two(service, upload, tus.place(9), upload["upload_token"], other["upload_token"])


def routes(two: Two) -> dict[tuple[str, str], dict[str, str]]:
    upload = f"{two.service.url}/api/v1/sdk_upload/{two.upload['id']}/"
    tus = {"Tus-Resumable": "1.0.0"}
    body = {**tus, "Content-Type": BODY_TYPE, "Upload-Offset": "0"}
    return {
        ("POST", f"{upload}media/"): {**tus, "Upload-Length": "5"},
        ("HEAD", two.address): tus,
        ("PATCH", two.address): body,
        ("DELETE", two.address): tus,
        ("POST", two.address): {**body, "X-HTTP-Method-Override": "PATCH"},
        ("POST", f"{upload}complete/"): {},
        ("POST", f"{upload}progress/"): {},
        ("POST", f"{upload}parts/"): {},
        ("DELETE", f"{upload}parts/"): {},
        ("POST", f"{upload}parts/sign/"): {},
    }


def other_routes(service: Service) -> list[tuple[str, str]]:
    """All that the backend's own description knows beyond uploads."""
    document = httpx.get(f"{service.url}/api/v1/openapi.json", trust_env=False).json()
    return [
        (method.upper(), path.lstrip("/").replace("{id}", "x").replace("{upload_id}", "x"))
        for path, methods in document["paths"].items()
        if not path.startswith(("/health", "/openapi", "/download", "/sdk_upload/{"))
        for method in methods
        if method in {"get", "post", "put", "patch", "delete"}
    ]


def test_another_uploads_token_opens_nothing_of_this_one(two: Two) -> None:
    expiry, _, signature = two.key.partition(".")
    forged = {
        "foreign": two.foreign,
        "later": f"{int(expiry) + 3600}.{signature}",
        "cut": two.key[:-1],
        "padded": f"{two.key}=",
        "only a date": f"{expiry}.",
        "two": f"{two.key}, {two.foreign}",
        "in other digits": f"{expiry.translate({ord('0') + n: 0x660 + n for n in range(10)})}.{signature}",
    }
    with httpx.Client(trust_env=False) as nobody:
        for (method, address), headers in routes(two).items():
            for name, token in forged.items():
                encoded = {key.encode(): value.encode() for key, value in headers.items()}
                encoded[b"Authorization"] = b"Token " + token.encode()
                answer = nobody.request(method, address, headers=encoded, content=b"")
                assert answer.status_code == 401, (method, address, name)
        assert nobody.head(two.address, headers=routes(two)[("HEAD", two.address)]).status_code == 401
    with Tus(two.service, two.upload) as tus:
        assert tus.offset(two.address) == 0


def test_an_uploads_token_opens_no_other_route(two: Two) -> None:
    asked = other_routes(two.service)
    assert len(asked) > 40
    with two.service.client(two.key) as holder:
        for method, path in asked:
            answer = holder.request(method, path)
            assert answer.status_code == 401, (method, path)


def test_a_workspace_sees_nothing_of_another_by_any_route(
    service: Service, client: httpx.Client, stranger: httpx.Client, recording: Path
) -> None:
    """Every id that its owner can see, on every route that takes one."""
    shown = upload_recording(service, client, recording)
    lists = {path for method, path in other_routes(service) if method == "GET" and "x/" not in path.split("/", 1)[1]}
    known = {path: [row["id"] for row in _rows(client, path) if "id" in row] for path in lists}
    assert shown["id"] in known["recording/"]
    for path, ids in known.items():
        for row_id in ids:
            for method in ("GET", "PATCH", "DELETE"):
                answer = stranger.request(method, f"{path}{row_id}/")
                assert answer.status_code in {404, 405}, (method, path)
    assert client.get(f"recording/{shown['id']}/").json()["status"]["code"] == "done"


def _rows(client: httpx.Client, url: str) -> list[dict[str, Any]]:
    document = client.get(url).json()
    rows = document.get("results", []) if isinstance(document, dict) else []
    return [row for row in rows if isinstance(row, dict)]


def test_an_address_is_good_for_its_own_file_and_time(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    shown = [upload_recording(service, client, make_recording(tmp_path)) for _ in range(2)]
    first, second = (each["media_shortcuts"]["video_mixed"]["data"]["download_url"] for each in shown)
    url = urlsplit(first)
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    altered = {
        "another file": first.replace(url.path, urlsplit(second).path),
        "another subject": first.replace("/file/", "/parts/"),
        "a subject that is none": first.replace("/file/", "/files/"),
        "later": _with(first, {**query, "expires": str(int(query["expires"]) + 1)}),
        "a date before the other": f"{first}&expires=1",
        "spelt otherwise": _with(first, {**query, "expires": f"+{query['expires']}"}),
        "with a space": _with(first, {**query, "expires": f"{query['expires']} "}),
        "zeros in front": _with(first, {**query, "expires": f"0{query['expires']}"}),
        "no number": _with(first, {**query, "expires": "never"}),
        "no end of digits": _with(first, {**query, "expires": "9" * 5000}),
        "no date": _with(first, {"signature": query["signature"]}),
        "no signature": _with(first, {"expires": query["expires"]}),
        "an empty signature": _with(first, {**query, "signature": ""}),
        "the signature cut": _with(first, {**query, "signature": query["signature"][:-1]}),
        "the signature turned": _with(first, {**query, "signature": query["signature"][::-1]}),
        "the signature padded": _with(first, {**query, "signature": query["signature"] + "="}),
        "beyond ASCII": _with(first, {**query, "signature": "é"}),
    }
    assert download(first).status_code == 200
    for name, address in altered.items():
        assert download(address).status_code in {403, 404}, name


def _with(url: str, query: dict[str, str]) -> str:
    return f"{url.partition('?')[0]}?{urlencode(query)}"


def test_an_address_expires_and_ends_with_what_it_led_to(tmp_path: Path, recording: Path) -> None:
    clock = FakeWallClock()
    with served(tmp_path / "data", now_s=clock) as service, service.client(service.backend.api_key) as client:
        url = upload_recording(service, client, recording)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
        clock.now_s += VALID_S - 1
        assert download(url).status_code == 200
        clock.now_s += 2
        expired = download(url)
        assert (expired.status_code, expired.json()["code"]) == (403, "expired")
        fresh = client.get(f"recording/{recording.name}/").json()["media_shortcuts"]["video_mixed"]["data"][
            "download_url"
        ]
        assert client.delete(f"recording/{recording.name}/").status_code == 204
        assert download(fresh).status_code == 404
