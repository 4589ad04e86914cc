"""Adoption: the same bytes under a second name, and no second copy where that can be had."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from uploader.backend import Backend, open_backend
from uploader.backend.tables import Recording
from uploader.claim import read_claim
from uploader.destinations.adopt import AdoptDestination
from uploader.errors import DestinationFull, DestinationTrouble
from uploader.session import Session

OTHER_FILESYSTEM = Path("/dev/shm")  # noqa: S108 - a filesystem of its own on every Linux


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    backend = open_backend(tmp_path / "data")
    yield backend
    backend.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=OTHER_FILESYSTEM))
    assert folder.stat().st_dev != tmp_path.stat().st_dev
    yield folder
    shutil.rmtree(folder)


def deliver(directory: Path, backend: Backend) -> None:
    Session(directory, AdoptDestination(backend), lambda _: None).deliver()


def blobs_by_size(backend: Backend) -> dict[int, Path]:
    return {path.stat().st_size: path for path in (backend.data / "blobs").rglob("*-*")}


def test_on_one_filesystem_nothing_is_copied(backend: Backend, recording: Path) -> None:
    deliver(recording, backend)
    blobs = blobs_by_size(backend)
    for media in read_claim(recording).deliverable:
        if media.kind.value not in {"audio_mixed", "audio_separate"}:  # these are of one size
            assert blobs[media.bytes].samefile(recording / media.path)


def test_across_filesystems_the_bytes_are_copied(backend: Backend, elsewhere: Path) -> None:
    directory = make_recording(elsewhere, video_bytes=3_000_000)
    deliver(directory, backend)
    blob = blobs_by_size(backend)[3_000_000]
    assert not blob.samefile(directory / "video_mixed.mp4")
    assert blob.read_bytes() == (directory / "video_mixed.mp4").read_bytes()


def test_deleting_there_leaves_the_recording_here(backend: Backend, recording: Path) -> None:
    deliver(recording, backend)
    before = {path: path.read_bytes() for path in recording.rglob("*.*")}
    with backend.store.transaction() as transaction:
        (row,) = transaction.find(Recording, id=[recording.name])
    backend.intake.delete_recording(row)
    assert blobs_by_size(backend) == {}
    assert {path: path.read_bytes() for path in recording.rglob("*.*")} == before


def test_deleting_here_leaves_the_copy_there(backend: Backend, recording: Path) -> None:
    deliver(recording, backend)
    video = (recording / "video_mixed.mp4").read_bytes()
    shutil.rmtree(recording)
    assert blobs_by_size(backend)[len(video)].read_bytes() == video


def test_a_full_disk_has_room_for_second_names(tmp_path: Path, recording: Path) -> None:
    backend = open_backend(tmp_path / "data", free_bytes=lambda _: 0)
    deliver(recording, backend)
    assert blobs_by_size(backend)[300_000].samefile(recording / "video_mixed.mp4")
    backend.close()


def test_a_copy_that_would_fill_the_disk(tmp_path: Path, elsewhere: Path) -> None:
    directory = make_recording(elsewhere)
    backend = open_backend(tmp_path / "data", free_bytes=lambda _: 0)
    with pytest.raises(DestinationFull):
        deliver(directory, backend)
    backend.close()


def test_a_file_that_vanishes_at_the_last_moment(backend: Backend, recording: Path) -> None:
    destination = AdoptDestination(backend)
    claim = read_claim(recording)
    upload = destination.create(claim)
    media = claim.deliverable[0]
    (recording / media.path).unlink()
    with pytest.raises(DestinationTrouble):
        destination.append(upload, media, recording / media.path, 0, lambda _: None)
    assert backend.intake.busy == frozenset()
