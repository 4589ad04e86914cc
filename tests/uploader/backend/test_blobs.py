"""The bytes on disk: durable to the offset, never shared by mistake."""

import os
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import Service, download, sha256, upload_recording
from uploader.backend.blobs import Blobs
from uploader.backend.refusal import Refusal
from uploader.destinations.tus import TusDestination
from uploader.session import Session

ID = "7a53aa11-0000-4f0a-9f0e-2f6a0b4c1e0e"


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    (tmp_path / "blobs").mkdir()
    blobs = Blobs(tmp_path / "blobs", lambda _: 10**12)
    blobs.create(ID)
    return blobs


def test_bytes_are_added_at_the_offset(blobs: Blobs) -> None:
    with blobs.append(ID, 0) as appender:
        appender.write(b"first ")
        assert (appender.offset, appender.unsynced_bytes) == (0, 6)
        assert appender.sync() == 6
        appender.write(b"lost")
    with blobs.append(ID, 6) as appender:
        appender.write(b"second")
        appender.sync()
    assert blobs.read(ID) == b"first second"
    assert blobs.size_bytes(ID) == 12
    assert blobs.sha256(ID) == sha256(b"first second")


def test_what_was_not_made_durable_can_be_forgotten(blobs: Blobs) -> None:
    with blobs.append(ID, 0) as appender:
        appender.write(b"good")
        appender.sync()
        appender.write(b"bad")
        appender.discard()
        appender.write(b" news")
        appender.sync()
    assert blobs.read(ID) == b"good news"


def test_a_blob_is_made_once(blobs: Blobs) -> None:
    with pytest.raises(FileExistsError):
        blobs.create(ID)


def test_removing_is_idempotent(blobs: Blobs) -> None:
    blobs.remove(ID)
    blobs.remove(ID)
    assert blobs.size_bytes(ID) == 0


def test_an_adopted_file_is_never_written_to(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"the recorder's own")
    blobs.adopt(ID, source)
    with pytest.raises(Refusal) as caught:
        blobs.append(ID, 0)
    assert caught.value.status == 409
    assert source.read_bytes() == blobs.read(ID) == b"the recorder's own"


def test_adopting_leaves_no_half_made_file(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        blobs.adopt(ID, tmp_path / "nothing")
    assert blobs.read(ID) == b""
    assert len(list((tmp_path / "blobs").rglob("*-*"))) == 1


def test_adopting_again_after_a_crash_leaves_one_name(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"the recorder's own")
    for _ in range(2):
        blobs.adopt(ID, source)
    assert [path.name for path in (tmp_path / "blobs").rglob("*-*")] == [ID]
    assert source.stat().st_nlink == 2


def test_what_a_crash_left_goes_with_the_blob(blobs: Blobs, tmp_path: Path) -> None:
    """The crash came between the link and its last name."""
    source = tmp_path / "source"
    source.write_bytes(b"the recorder's own")
    (tmp_path / "blobs" / ID[:2] / f"{ID}.adopting").hardlink_to(source)
    blobs.remove(ID)
    assert list((tmp_path / "blobs").rglob("*-*")) == []


def test_room_is_asked_for_with_a_reserve(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path, lambda _: 1000, reserve_bytes=400)
    blobs.require_room(600)
    with pytest.raises(Refusal) as caught:
        blobs.require_room(601)
    assert (caught.value.status, caught.value.code) == (507, "insufficient_storage")


def blob_of(service: Service, url: str) -> Path:
    file_id = url.split("/")[7]
    return service.backend.data / "blobs" / file_id[:2] / file_id


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_blob_that_was_lost_is_mended_by_delivering_again(service: Service, tmp_path: Path, damage: str) -> None:
    directory = make_recording(tmp_path, paths=("video_mixed.mp4", "transcript.json"))
    with service.client(service.backend.api_key) as client:
        shown = upload_recording(service, client, directory)
    url = shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    blob = blob_of(service, url)
    if damage == "gone":
        blob.unlink()
    else:
        os.truncate(blob, 1000)
    broken = download(url)
    assert (broken.status_code, broken.json()["code"]) == (500, "file_damaged")
    with TusDestination(service.url, service.backend.api_key) as destination:
        Session(directory, destination, lambda _: None).deliver()
    assert download(url).content == (directory / "video_mixed.mp4").read_bytes()
