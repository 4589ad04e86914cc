"""What was delivered may be freed here, once another machine has told its digests again."""

import queue
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.console import Console
from app.courier import Courier
from app.delivery import attempt
from app.delivery_ledger import open_ledger
from app.later_delivery import LaterDelivery
from app.paths import Paths, find_paths
from app.release import release_due
from app.settings import Settings
from app.settings_file import write_setting
from app.situation import News, Troubled
from app.verification import FileState, verify
from capture.manifest import read_manifest
from capture.recording import MediaFormat, MediaStatus
from tests.fakes.recording_directory import make_recording, with_media
from tests.uploader.rig import Service, served
from uploader.claim import read_claim
from uploader.debts import read_debts
from uploader.destinations.tus import TusDestination
from uploader.ledger import DeliveryStatus, Ledger
from uploader.uploader import deliver

LATER = datetime(2026, 12, 1, tzinfo=UTC)
SOON = datetime(2026, 11, 2, tzinfo=UTC)
AFTER_A_WEEK = Settings(release_after_days="7")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Service]:
    with served(tmp_path / "server") as service:
        yield service


@pytest.fixture
def paths(tmp_path: Path, home: Service, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    return find_paths(tmp_path / "base")


@pytest.fixture
def ledger(paths: Paths) -> Iterator[Ledger]:
    with open_ledger(paths) as ledger:
        yield ledger


@pytest.fixture
def directory(paths: Paths, home: Service, ledger: Ledger) -> Path:
    """Delivered."""
    directory = make_recording(paths.recordings)
    with TusDestination(home.url, home.backend.api_key) as destination:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    return directory


def release(paths: Paths, ledger: Ledger, settings: Settings = AFTER_A_WEEK, now: datetime = LATER) -> None:
    release_due(paths, settings, ledger, Console(as_json=False), now)


def lying_here(directory: Path) -> set[str]:
    return {path.suffix for path in directory.rglob("[!.]*") if path.is_file()}


def test_sound_and_picture_go_and_the_rest_stays(paths: Paths, ledger: Ledger, directory: Path, home: Service) -> None:
    release(paths, ledger)
    assert lying_here(directory) == {".json"}
    manifest = read_manifest(directory)
    for media in manifest.media:
        is_kept = media.format is MediaFormat.JSON
        assert media.status is (MediaStatus.DONE if is_kept else MediaStatus.DELETED)
        assert len(media.sha256) == 64
    assert {finding.state for finding in verify(manifest)} == {FileState.INTACT}
    with TusDestination(home.url, home.backend.api_key) as destination:
        held = destination.held(read_claim(directory).as_delivered())
    assert {media.path for media in held} == {media.path for media in manifest.media}


def test_what_could_not_be_played_was_never_sent_and_stays(paths: Paths, ledger: Ledger, home: Service) -> None:
    directory = make_recording(paths.recordings)
    broken, *whole = read_manifest(directory).media
    with_media(directory, (replace(broken, status=MediaStatus.FAILED), *whole))
    with TusDestination(home.url, home.backend.api_key) as destination:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    release(paths, ledger)
    assert lying_here(directory) == {Path(broken.path).suffix, ".json"}
    assert {media.status for media in read_manifest(directory).media} == set(MediaStatus) - {MediaStatus.PROCESSING}


def test_whoever_delivers_as_long_as_the_app_runs_frees_what_is_due(
    paths: Paths, directory: Path, home: Service
) -> None:
    """After the next delivery."""
    write_setting(paths.settings, "release_after_days", "0")
    news: queue.SimpleQueue[News] = queue.SimpleQueue()
    courier = Courier(home.url, paths, news.put)
    courier.start()
    courier.put(make_recording(paths.recordings), lambda: None)
    while news.get(timeout=30) != Troubled(None):
        pass
    courier.stop()
    assert lying_here(directory) == {".json"}


def test_a_watch_frees_what_is_due(paths: Paths, directory: Path, home: Service) -> None:
    write_setting(paths.settings, "release_after_days", "0")
    later = LaterDelivery(home.url, paths, Console(as_json=True), lambda _: None)
    later.put(make_recording(paths.recordings), lambda: None)
    assert [done.trouble for done in later.close()] == [None]
    assert lying_here(directory) == {".json"}


def test_what_was_released_is_never_sent_again(paths: Paths, ledger: Ledger, directory: Path, home: Service) -> None:
    """What is left of it would take the place of the whole."""
    release(paths, ledger)
    with TusDestination(home.url, home.backend.api_key) as destination:
        again = deliver(directory, destination, ledger)
        assert (again.status, again.last_error) == (DeliveryStatus.FAILED, "released")
        claim = read_claim(directory)
        assert len(destination.held(claim.as_delivered())) == len(claim.media)
    assert all(debt.is_paid(claim) for debt in read_debts(directory))


@pytest.mark.parametrize(("settings", "now"), [(Settings(), LATER), (AFTER_A_WEEK, SOON)])
def test_not_before_its_time(paths: Paths, ledger: Ledger, directory: Path, settings: Settings, now: datetime) -> None:
    release(paths, ledger, settings, now)
    assert ".mp4" in lying_here(directory)


def test_not_where_the_copy_is_gone(paths: Paths, ledger: Ledger, directory: Path, home: Service) -> None:
    with home.client(home.backend.api_key) as client:
        client.delete(f"recording/{directory.name}/")
    release(paths, ledger)
    assert ".mp4" in lying_here(directory)


def test_not_where_the_copy_is_damaged(paths: Paths, ledger: Ledger, directory: Path, home: Service) -> None:
    for blob in (home.backend.data / "blobs").rglob("*-*"):
        blob.write_bytes(blob.read_bytes()[:-1])
    release(paths, ledger)
    assert ".mp4" in lying_here(directory)


def test_not_while_it_is_owed_to_somebody_else(paths: Paths, ledger: Ledger, directory: Path) -> None:
    with TusDestination("http://127.0.0.1:9", "key") as nobody:
        deliver(directory, nobody, ledger)
    release(paths, ledger)
    assert ".mp4" in lying_here(directory)


def test_a_copy_on_this_machine_is_no_other_copy(paths: Paths, ledger: Ledger) -> None:
    directory = make_recording(paths.recordings)
    assert attempt(directory, "local", paths, ledger, Console(as_json=False)) is None
    release(paths, ledger)
    assert ".mp4" in lying_here(directory)


def test_what_a_crash_left_goes_the_next_time(paths: Paths, ledger: Ledger, directory: Path) -> None:
    content = (directory / "video_mixed.mp4").read_bytes()
    release(paths, ledger)
    (directory / "video_mixed.mp4").write_bytes(content)
    release(paths, ledger)
    assert lying_here(directory) == {".json"}
