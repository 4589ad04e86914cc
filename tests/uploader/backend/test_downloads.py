"""Signed downloads: who may read, and which bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.uploader.rig import NO_TLS, FakeWallClock, Service, download, served, sha256, upload_recording
from uploader.backend.intake import Announcement
from uploader.backend.signing import VALID_S, Subject


@dataclass(frozen=True)
class Video:
    url: str
    content: bytes

    @property
    def etag(self) -> str:
        return f'"{sha256(self.content)}"'


@pytest.fixture
def video(service: Service, client: httpx.Client, recording: Path) -> Video:
    shown = upload_recording(service, client, recording)
    url = shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    return Video(url, (recording / "video_mixed.mp4").read_bytes())


def test_the_whole_file(video: Video) -> None:
    response = download(video.url)
    assert (response.status_code, response.content) == (200, video.content)
    assert response.headers["ETag"] == video.etag
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Length"] == str(len(video.content))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Cache-Control"] == "private"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == 'attachment; filename="video_mixed.mp4"'


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("0-99", 0, 100), ("100-", 100, None), ("-50", -50, None), ("0-0", 0, 1), ("299999-400000", 299_999, None)],
)
def test_a_range(video: Video, asked: str, start: int, stop: int | None) -> None:
    response = download(video.url, Range=f"bytes={asked}")
    expected = video.content[start:stop]
    assert (response.status_code, response.content) == (206, expected)
    first = start % len(video.content)
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{len(video.content)}"
    assert response.headers["Content-Length"] == str(len(expected))
    assert response.headers["ETag"] == video.etag


@pytest.mark.parametrize("asked", ["bytes=300000-", "bytes=-0", "bytes=999999-1000000"])
def test_a_range_beyond_the_end(video: Video, asked: str) -> None:
    response = download(video.url, Range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */300000"


@pytest.mark.parametrize("asked", ["garbage", "bytes=5-2", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1"])
def test_a_range_that_makes_no_sense_gives_the_whole(video: Video, asked: str) -> None:
    response = download(video.url, Range=asked)
    assert (response.status_code, len(response.content)) == (200, len(video.content))


def test_a_copy_that_is_still_good_is_not_sent_again(video: Video) -> None:
    for known in (video.etag, f'"other", {video.etag}', f"W/{video.etag}", "*"):
        response = download(video.url, If_None_Match=known)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == video.etag
    assert download(video.url, If_None_Match='"other"').status_code == 200
    assert download(video.url, If_None_Match=video.etag, Range="bytes=0-1").status_code == 304


@pytest.mark.parametrize("stale", ['"other"', "Wed, 21 Oct 2015 07:28:00 GMT", "W/{etag}"])
def test_a_range_of_another_version_gives_the_whole(video: Video, stale: str) -> None:
    condition = stale.format(etag=video.etag)
    assert download(video.url, Range="bytes=0-9", If_Range=condition).status_code == 200
    assert download(video.url, Range="bytes=0-9", If_Range=video.etag).status_code == 206
    assert download(video.url, Range="bytes=400000-", If_Range=condition).status_code == 200


def test_head_tells_what_get_would(video: Video) -> None:
    whole = httpx.head(video.url, trust_env=False, verify=NO_TLS)
    assert (whole.status_code, whole.headers["Content-Length"], whole.content) == (200, str(len(video.content)), b"")
    part = httpx.head(video.url, headers={"Range": "bytes=0-9"}, trust_env=False, verify=NO_TLS)
    assert (part.status_code, part.headers["Content-Length"]) == (206, "10")
    assert (
        httpx.head(video.url, headers={"If-None-Match": video.etag}, trust_env=False, verify=NO_TLS).status_code == 304
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(first=st.integers(0, 310_000), length=st.integers(1, 310_000))
def test_any_range_is_what_slicing_gives(video: Video, first: int, length: int) -> None:
    response = download(video.url, Range=f"bytes={first}-{first + length - 1}")
    expected = video.content[first : first + length]
    assert response.status_code == (206 if expected else 416)
    assert not expected or response.content == expected


@pytest.mark.parametrize("name", ["signature", "expires"])
def test_an_address_that_was_changed(video: Video, name: str) -> None:
    url = httpx.URL(video.url)
    for value in ("", "9" * 12, url.params[name][:-1] + ("A" if url.params[name][-1] != "A" else "B"), "é"):
        response = download(str(url.copy_set_param(name, value)))
        assert (response.status_code, response.json()["code"]) == (403, "invalid_signature")
    assert download(str(url.copy_remove_param(name))).status_code == 403


def test_an_address_opens_only_what_it_was_made_for(service: Service, client: httpx.Client, recording: Path) -> None:
    shortcuts = upload_recording(service, client, recording)["media_shortcuts"]
    video, audio = (httpx.URL(shortcuts[name]["data"]["download_url"]) for name in ("video_mixed", "audio_mixed"))
    crossed = video.copy_with(path=audio.path)
    assert download(str(crossed)).status_code == 403
    as_parts = video.copy_with(path=video.path.replace("/file/", "/parts/"))
    assert download(str(as_parts)).status_code == 403
    assert download(str(video.copy_with(path=video.path.replace("/file/", "/folder/")))).status_code == 404


def test_no_address_names_a_path_or_a_person(video: Video) -> None:
    assert "video_mixed.mp4" not in video.url
    assert "Planning" not in video.url


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock()


@pytest.fixture
def timed(tmp_path: Path, clock: FakeWallClock) -> Iterator[Service]:
    with served(tmp_path / "data", now_s=clock) as service:
        yield service


def test_an_address_expires_after_five_hours(timed: Service, clock: FakeWallClock, recording: Path) -> None:
    with timed.client(timed.backend.api_key) as client:
        url = upload_recording(timed, client, recording)["media_shortcuts"]["audio_mixed"]["data"]["download_url"]
        clock.now_s += VALID_S - 1
        assert download(url).status_code == 200
        clock.now_s += 1
        late = download(url)
        assert (late.status_code, late.json()["code"]) == (403, "expired")
        fresh = client.get(f"recording/{recording.name}/").json()["media_shortcuts"]["audio_mixed"]["data"]
        assert download(fresh["download_url"]).status_code == 200


def test_a_file_that_no_manifest_vouched_for_cannot_be_read(service: Service) -> None:
    upload, _ = service.backend.intake.create_upload("elsewhere", None, {}, {})
    file = service.backend.intake.place(upload, Announcement(path="a.mp4", length=0))
    assert download(service.backend.signer.addresses(service.url).of(Subject.FILE, file.id)).status_code == 404
