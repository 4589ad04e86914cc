"""Our own backend over S3 servers of others: it signs, joins, compares, hands out, and tidies up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import make_recording
from tests.uploader.postgresql import Cluster
from tests.uploader.rig import BODY_TYPE, NO_TLS, FakeWallClock, Service, Tus, open_upload, served, sha256
from tests.uploader.s3.backend import PART_BYTES
from tests.uploader.s3.store import BUCKET, Store
from uploader.backend import open_backend
from uploader.backend.contents import key_of
from uploader.backend.intake import UNFINISHED_VALID_S
from uploader.backend.locations import Places
from uploader.backend.part_store import MultipartGone, S3Options, part_bytes_of, s3_options
from uploader.backend.tables import StoredFile
from uploader.claim import read_claim
from uploader.destinations.s3_multipart import S3MultipartDestination
from uploader.destinations.tus import TusDestination
from uploader.errors import StoreUnusable, UnknownDestination
from uploader.ledger import DeliveryStatus, Ledger
from uploader.uploader import deliver

VIDEO_BYTES = PART_BYTES + 100_000
PATHS = ("video_mixed.mp4", "participants.json")

pytestmark = pytest.mark.timeout(400)  # the first use installs what is tested against


def ignore(_: int) -> None:
    pass


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock()


@pytest.fixture
def service(
    store: Store, cluster: Cluster, tmp_path: Path, clock: FakeWallClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", store.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", store.secret_key)
    options = S3Options(BUCKET, store.endpoint, part_bytes=PART_BYTES)
    with (
        cluster.database() as database,
        served(tmp_path / "backend", places=Places(database, options), now_s=clock) as service,
    ):
        yield service


@pytest.fixture
def destination(service: Service) -> Iterator[S3MultipartDestination]:
    with S3MultipartDestination(f"s3+{service.url}", service.backend.api_key) as destination:
        yield destination


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=PATHS)


def delivered(directory: Path, destination: S3MultipartDestination | TusDestination) -> DeliveryStatus:
    with Ledger(None) as ledger:
        return deliver(directory, destination, ledger).status


def files(service: Service) -> list[StoredFile]:
    with service.backend.store.transaction() as transaction:
        return transaction.find(StoredFile)


def video(directory: Path) -> MediaObject:
    return next(media for media in read_claim(directory).deliverable if media.path == "video_mixed.mp4")


def shown(service: Service, directory: Path) -> dict[str, Any]:
    with service.client(service.backend.api_key) as client:
        recording: dict[str, Any] = client.get(f"recording/{directory.name}/").json()
    return recording


def test_a_whole_recording_goes_there_and_comes_back(
    service: Service, destination: S3MultipartDestination, directory: Path, store: Store
) -> None:
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE
    kept = files(service)
    assert sorted(file.path for file in kept) == sorted(PATHS)
    for file in kept:
        assert sha256(store.read(key_of(file))) == file.sha256 == file.stored_sha256
    url = shown(service, directory)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
    answer = httpx.get(url, trust_env=False, verify=NO_TLS, follow_redirects=True)
    assert sha256(answer.content) == video(directory).sha256
    assert answer.headers["Content-Type"] == "video/mp4"
    assert urlsplit(str(answer.url)).netloc == urlsplit(store.endpoint).netloc
    assert not list((service.backend.data / "blobs").rglob("*-*"))


def test_it_goes_on_where_another_sender_stopped(
    service: Service, destination: S3MultipartDestination, directory: Path
) -> None:
    upload = destination.create(read_claim(directory))
    assert destination.offset(upload, video(directory)) == 0
    source = directory / "video_mixed.mp4"
    assert destination.append(upload, video(directory), source, 0, ignore) == PART_BYTES
    with S3MultipartDestination(service.url, service.backend.api_key) as another:
        assert another.offset(another.create(read_claim(directory)), video(directory)) == PART_BYTES
        assert delivered(directory, another) is DeliveryStatus.COMPLETE
    assert len(files(service)) == 2


def test_a_crash_after_the_parts_were_joined_costs_nothing(
    service: Service, destination: S3MultipartDestination, directory: Path
) -> None:
    upload = destination.create(read_claim(directory))
    offset = destination.offset(upload, video(directory))
    while offset < VIDEO_BYTES:
        offset = destination.append(upload, video(directory), directory / "video_mixed.mp4", offset, ignore)
    (file,) = files(service)
    assert file.multipart_id is not None
    service.backend.contents.store.join(key_of(file), file.multipart_id)
    assert destination.offset(upload, video(directory)) == VIDEO_BYTES
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE


def test_what_is_half_sent_expires_and_the_sender_begins_anew(
    service: Service, destination: S3MultipartDestination, directory: Path, clock: FakeWallClock
) -> None:
    upload = destination.create(read_claim(directory))
    destination.offset(upload, video(directory))
    destination.append(upload, video(directory), directory / "video_mixed.mp4", 0, ignore)
    (file,) = files(service)
    assert file.multipart_id is not None
    clock.now_s += UNFINISHED_VALID_S + 1
    upload = destination.create(read_claim(directory))
    assert files(service) == []
    with pytest.raises(MultipartGone):
        service.backend.contents.store.parts(key_of(file), file.multipart_id)
    assert destination.offset(upload, video(directory)) == 0
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE


def test_other_bytes_are_found_out_and_dropped(
    service: Service, destination: S3MultipartDestination, tmp_path: Path
) -> None:
    directory = make_recording(tmp_path, video_bytes=1000, paths=PATHS)
    (directory / "video_mixed.mp4").write_bytes(b"x" * 1000)
    assert delivered(directory, destination) is DeliveryStatus.FAILED
    assert [file.path for file in files(service) if file.path == "video_mixed.mp4"] == []


def test_an_empty_media_object(service: Service, destination: S3MultipartDestination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=0, paths=("video_mixed.mp4",))
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE
    assert [file.stored_sha256 for file in files(service)] == [sha256(b"")]


def test_a_recording_that_is_deleted_leaves_the_store(
    service: Service, destination: S3MultipartDestination, directory: Path, store: Store
) -> None:
    assert delivered(directory, destination) is DeliveryStatus.COMPLETE
    key = key_of(files(service)[0])
    with service.client(service.backend.api_key) as client:
        assert client.delete(f"recording/{directory.name}/").status_code == 204
    with pytest.raises(httpx.HTTPStatusError):
        store.read(key)


def test_whoever_sends_to_the_backend_itself_may_do_that_too(
    service: Service, destination: S3MultipartDestination, directory: Path, store: Store
) -> None:
    """Half of it by parts: those are of no use to tus, and no harm. What it gets goes to the store, too."""
    upload = destination.create(read_claim(directory))
    destination.offset(upload, video(directory))
    destination.append(upload, video(directory), directory / "video_mixed.mp4", 0, ignore)
    with TusDestination(service.url, service.backend.api_key) as plain:
        assert delivered(directory, plain) is DeliveryStatus.COMPLETE
    kept = files(service)
    assert [file.part_bytes for file in kept] == [PART_BYTES, PART_BYTES]
    assert [sha256(store.read(key_of(file))) for file in kept] == [file.stored_sha256 for file in kept]
    assert not list((service.backend.data / "blobs").rglob("*-*"))


def test_parts_are_for_the_upload_s_own_token_and_make_sense(service: Service) -> None:
    with service.client(service.backend.api_key) as client:
        mine, other = (open_upload(client) for _ in range(2))
        path = f"sdk_upload/{mine['id']}/parts/"
        good = {"path": "a.mp4", "sha256": "0" * 64, "bytes": 10, "kind": "video_mixed"}
        assert client.post(path, json=good).status_code == 401
        as_other = {"Authorization": f"Token {other['upload_token']}"}
        assert client.post(path, json=good, headers=as_other).status_code == 401
        own = {"Authorization": f"Token {mine['upload_token']}"}
        for wrong in ({"path": "../a"}, {"sha256": "x"}, {"bytes": -1}, {"bytes": True}, {"kind": "tea"}):
            assert client.post(path, json=good | wrong, headers=own).status_code == 400
        for numbers in ([], [0], [10_001], ["1"], "1", [1] * 101):
            asked = {**good, "numbers": numbers}
            assert client.post(path + "sign/", json=asked, headers=own).status_code == 400
        assert client.post(path + "sign/", json={**good, "numbers": [1]}, headers=own).status_code == 404


def test_a_backend_without_a_store_says_so(tmp_path: Path, directory: Path) -> None:
    with (
        served(tmp_path / "plain") as service,
        S3MultipartDestination(service.url, service.backend.api_key) as destination,
        Ledger(None) as ledger,
    ):
        delivery = deliver(directory, destination, ledger)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "no_store")


def test_a_store_whose_keys_are_nowhere_is_said_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(StoreUnusable, match="no_credentials"):
        open_backend(tmp_path / "backend", places=Places(media=S3Options(BUCKET, "http://127.0.0.1:1")))


def test_options_come_from_the_environment() -> None:
    assert s3_options({}) is None
    named = {"AFTERWORD_S3_BUCKET": "b", "AFTERWORD_S3_ENDPOINT": "https://s3.example", "AFTERWORD_S3_REGION": "eu"}
    assert s3_options(named) == S3Options("b", "https://s3.example", "eu")
    with pytest.raises(UnknownDestination):
        s3_options({**named, "AFTERWORD_S3_ENDPOINT": "s3.example"})


def test_no_file_has_more_parts_than_a_store_takes() -> None:
    mib = 1024 * 1024
    assert part_bytes_of(0, 16 * mib) == 16 * mib
    assert part_bytes_of(10_000 * 16 * mib, 16 * mib) == 16 * mib
    assert part_bytes_of(10_000 * 16 * mib + 1, 16 * mib) == 17 * mib


def test_who_sends_into_what_is_deleted_meanwhile_is_told_that(service: Service) -> None:
    with service.client(service.backend.api_key) as client:
        upload = open_upload(client)
        with Tus(service, upload) as tus:
            address = tus.place(2 * PART_BYTES)

            def body() -> Iterator[bytes]:
                yield bytes(PART_BYTES)
                assert client.delete(f"recording/{upload['recording_id']}/").status_code == 204
                yield bytes(PART_BYTES)

            headers = {"Upload-Offset": "0", "Content-Type": BODY_TYPE}
            answer = tus.client.patch(address, headers=headers, content=body())
    assert (answer.status_code, answer.json()["code"]) == (410, "recording_deleted")
