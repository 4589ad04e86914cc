"""What is half sent does not lie there for ever, and nothing is lost by that."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import FakeWallClock, Service, Tus, announced, manifest, open_upload, served
from uploader.backend.intake import SWEEP_S, UNFINISHED_VALID_S
from uploader.backend.locations import Places
from uploader.backend.tables import StoredFile
from uploader.destinations.tus import TusDestination
from uploader.ledger import DeliveryStatus, Ledger
from uploader.uploader import deliver


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock()


@pytest.fixture
def service(tmp_path: Path, clock: FakeWallClock, places: Places) -> Iterator[Service]:
    with served(tmp_path / "backend", now_s=clock, places=places) as service:
        yield service


def blobs(service: Service) -> list[Path]:
    return [path for path in (service.backend.data / "blobs").rglob("*") if path.is_file()]


def half_sent(service: Service, directory: Path) -> str:
    """When it expires, as its sender is told."""
    with service.client(service.backend.api_key) as client:
        upload = open_upload(client, recording_id=directory.name)
    media = next(each for each in manifest(directory)["media"] if each["path"] == "video_mixed.mp4")
    data = (directory / media["path"]).read_bytes()
    with Tus(service, upload) as tus:
        answer = tus.patch(tus.place(len(data), **announced(media)), 0, data[: len(data) // 2])
    return str(answer.headers["Upload-Expires"])


def test_it_goes_when_others_come_and_its_own_sender_begins_anew(
    service: Service, clock: FakeWallClock, tmp_path: Path
) -> None:
    directory = make_recording(tmp_path, video_bytes=1000)
    told = half_sent(service, directory)
    assert parsedate_to_datetime(told).timestamp() == pytest.approx(clock.now_s + UNFINISHED_VALID_S, abs=1)
    clock.now_s += UNFINISHED_VALID_S - 1
    with service.client(service.backend.api_key) as client:
        open_upload(client)
        assert len(blobs(service)) == 1
        clock.now_s += 2
        open_upload(client)
        assert len(blobs(service)) == 1  # once an hour is often enough
        clock.now_s += SWEEP_S
        open_upload(client)
    assert blobs(service) == []
    with service.backend.store.transaction() as transaction:
        assert transaction.find(StoredFile) == []
    with TusDestination(service.url, service.backend.api_key) as destination, Ledger(None) as ledger:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE


def test_a_complete_recording_does_not_expire(service: Service, clock: FakeWallClock, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=1000)
    with TusDestination(service.url, service.backend.api_key) as destination, Ledger(None) as ledger:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    kept = len(blobs(service))
    clock.now_s += 10 * UNFINISHED_VALID_S
    with service.client(service.backend.api_key) as client:
        open_upload(client)
    assert len(blobs(service)) == kept > 0
