"""Any tus server: our own, taken for one that knows nothing of recordings, and scripted ones."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import make_recording
from tests.uploader.faults import Answer, Cut, cutting, scripted
from tests.uploader.rig import Service, open_upload
from uploader.claim import read_claim
from uploader.debts import read_debts
from uploader.destinations.pieces import Stretch
from uploader.destinations.plain_tus import PlainOptions, PlainTusDestination
from uploader.destinations.request_size import MIB
from uploader.destinations.transport import Transport
from uploader.destinations.tus_client import TusClient, TusOptions, TusUpload
from uploader.errors import NetworkTrouble, Refused, UnknownAnswer, UploadMoved
from uploader.ledger import DeliveryStatus, Ledger
from uploader.session import Assurance
from uploader.uploader import deliver

VIDEO_BYTES = 3_000_000


def ignore(_: int) -> None:
    pass


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4", "participants.json"))


@pytest.fixture
def endpoint(service: Service) -> tuple[str, TusOptions]:
    """Where the files of an upload are made, and what lets us in."""
    with service.client(service.new_key()) as client:
        upload = open_upload(client)
    url = f"{service.url}/api/v1/sdk_upload/{upload['id']}/media"
    return url, TusOptions(headers={"Authorization": f"Token {upload['upload_token']}"})


def test_a_whole_recording_is_acknowledged_and_not_called_verified(
    endpoint: tuple[str, TusOptions], directory: Path, ledger: Ledger
) -> None:
    url, options = endpoint
    with PlainTusDestination(f"tus+{url}", ledger, PlainOptions(tus=options)) as destination:
        assert destination.name == f"tus+{url}"
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    (debt,) = read_debts(directory)
    assert debt.assurance is Assurance.ACKNOWLEDGED
    assert debt.is_paid(read_claim(directory))


def test_another_start_goes_on_where_the_last_one_was(
    endpoint: tuple[str, TusOptions], directory: Path, ledger: Ledger
) -> None:
    url, options = endpoint
    plain = PlainOptions(tus=TusOptions(chunk_bytes=MIB, headers=options.headers))
    claim = read_claim(directory)
    video = claim.deliverable[-1]
    with PlainTusDestination(url, ledger, plain) as destination:
        upload = destination.create(claim)
        assert destination.append(upload, video, directory / video.path, 0, ignore) == MIB
    with PlainTusDestination(url, ledger, plain) as destination:
        upload = destination.create(claim)
        assert destination.offset(upload, video) == MIB
        destination.abort(upload)
        assert destination.offset(upload, video) == 0


TOLD = Answer(
    204,
    {"Tus-Extension": "creation,checksum,termination", "Tus-Checksum-Algorithm": "md5,sha1", "Tus-Max-Size": "5000000"},
)
PLACED = Answer(201, {"Location": "/files/1"})


def patched(offset: int) -> Answer:
    return Answer(204, {"Upload-Offset": str(offset)})


def video_of(directory: Path) -> MediaObject:
    return read_claim(directory).deliverable[-1]


def test_each_request_is_checked_where_the_server_can(directory: Path, ledger: Ledger) -> None:
    video = video_of(directory)
    with (
        scripted(TOLD, PLACED, Answer(460), Answer(460), patched(VIDEO_BYTES)) as server,
        PlainTusDestination(f"{server.url}/files", ledger) as destination,
    ):
        upload = destination.create(read_claim(directory))
        assert destination.append(upload, video, directory / video.path, 0, ignore) == VIDEO_BYTES
    digest = base64.b64encode(hashlib.sha1((directory / video.path).read_bytes()).digest()).decode()  # noqa: S324 - as tus has it
    sent = [asked.headers["Upload-Checksum"] for asked in server.asked if asked.method == "PATCH"]
    assert sent == [f"sha1 {digest}"] * 3


def test_a_bit_that_falls_over_on_the_way_is_noticed_at_once(
    service: Service, endpoint: tuple[str, TusOptions], directory: Path, ledger: Ledger
) -> None:
    url, options = endpoint
    path = url.removeprefix(service.url)
    with (
        cutting(service.url, Cut(flip_after_bytes=1_500_000)) as proxy,
        PlainTusDestination(proxy.url + path, ledger, PlainOptions(tus=options)) as destination,
    ):
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
        assert proxy.cuts == []
    stored = [path.read_bytes() for path in (service.backend.data / "blobs").rglob("*-*")]
    assert (directory / "video_mixed.mp4").read_bytes() in stored


def test_bytes_that_never_arrive_whole(directory: Path, ledger: Ledger) -> None:
    video = video_of(directory)
    with (
        scripted(TOLD, PLACED, Answer(460)) as server,
        PlainTusDestination(f"{server.url}/files", ledger) as destination,
    ):
        upload = destination.create(read_claim(directory))
        with pytest.raises(NetworkTrouble):
            destination.append(upload, video, directory / video.path, 0, ignore)
    assert [asked.method for asked in server.asked].count("PATCH") == 3


def test_a_file_beyond_the_servers_limit_is_not_begun(tmp_path: Path, ledger: Ledger) -> None:
    large = make_recording(tmp_path, video_bytes=5_000_001, paths=("video_mixed.mp4",))
    with scripted(TOLD) as server, PlainTusDestination(f"{server.url}/files", ledger) as destination:
        delivery = deliver(large, destination, ledger)
        assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "too_large")
        assert [asked.method for asked in server.asked] == ["OPTIONS"]


def test_a_size_that_the_server_insists_on(directory: Path, ledger: Ledger) -> None:
    video = video_of(directory)
    plain = PlainOptions(key="secret", tus=TusOptions(chunk_bytes=1_000_000))
    answers = (Answer(405), PLACED, *(patched(n) for n in (1_000_000, 2_000_000, 3_000_000)))
    with scripted(*answers) as server, PlainTusDestination(f"{server.url}/files", ledger, plain) as destination:
        upload, offset = destination.create(read_claim(directory)), 0
        while offset < video.bytes:
            offset = destination.append(upload, video, directory / video.path, offset, ignore)
        assert [asked.body_bytes for asked in server.asked if asked.method == "PATCH"] == [1_000_000] * 3
        assert {asked.headers["Authorization"] for asked in server.asked} == {"Bearer secret"}
    assert "secret" not in repr(plain)


def test_a_size_that_is_insisted_on_is_not_halved(directory: Path, ledger: Ledger) -> None:
    video = video_of(directory)
    plain = PlainOptions(tus=TusOptions(chunk_bytes=2_000_000))
    with (
        scripted(Answer(405), PLACED, Answer(413)) as server,
        PlainTusDestination(f"{server.url}/files", ledger, plain) as destination,
    ):
        upload = destination.create(read_claim(directory))
        with pytest.raises(UnknownAnswer):
            destination.append(upload, video, directory / video.path, 0, ignore)
    assert [asked.body_bytes for asked in server.asked if asked.method == "PATCH"] == [2_000_000]


def test_an_upload_that_somebody_else_made(directory: Path, ledger: Ledger) -> None:
    video = video_of(directory)
    with scripted(Answer(405), Answer(200, {"Upload-Offset": "7"}), Answer(404)) as server:
        given = PlainOptions(given={video.path: f"{server.url}/given/5"})
        with PlainTusDestination(f"{server.url}/files", ledger, given) as destination:
            upload = destination.create(read_claim(directory))
            assert destination.offset(upload, video) == 7
            with pytest.raises(Refused) as caught:
                destination.offset(upload, video)
        assert caught.value.code == "upload_gone"
    assert [(asked.method, asked.path) for asked in server.asked[1:]] == [("HEAD", "/given/5")] * 2


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_upload_that_has_expired_is_made_anew(directory: Path, ledger: Ledger, status: int) -> None:
    video = video_of(directory)
    answers = (Answer(405), PLACED, Answer(status), Answer(201, {"Location": "2"}), Answer(200, {"Upload-Offset": "0"}))
    with scripted(*answers) as server, PlainTusDestination(f"{server.url}/files", ledger) as destination:
        upload = destination.create(read_claim(directory))
        assert destination.offset(upload, video) == 0
        assert server.asked[-1].path == "/files/2"


@pytest.mark.parametrize("status", [404, 409, 410, 423])
def test_another_offset_is_asked_for_and_not_forgotten(directory: Path, ledger: Ledger, status: int) -> None:
    video = video_of(directory)
    answers = (Answer(405), PLACED, Answer(status), Answer(200, {"Upload-Offset": "9"}))
    with scripted(*answers) as server, PlainTusDestination(f"{server.url}/files", ledger) as destination:
        upload = destination.create(read_claim(directory))
        with pytest.raises(UploadMoved):
            destination.append(upload, video, directory / video.path, 0, ignore)
        assert destination.offset(upload, video) == 9
        assert [asked.method for asked in server.asked].count("POST") == 1


def test_a_file_that_still_grows(endpoint: tuple[str, TusOptions], tmp_path: Path) -> None:
    """Its length is told with its last bytes."""
    url, options = endpoint
    growing = tmp_path / "growing.mp4"
    growing.write_bytes(b"")
    content = b""
    with Transport(url) as transport:
        tus = TusClient(transport, options)
        upload = TusUpload(tus.place(url + "/", None, {"filename": "growing.mp4"}, {}))
        for number in range(4):
            offset = len(content)
            content += bytes([number]) * 700_000
            growing.write_bytes(content)
            last = len(content) if number == 3 else None
            assert tus.append(upload, Stretch(growing, offset, 700_000), ignore, last) == len(content)
            assert tus.offset(upload, 2_800_000) == len(content)
        tus.terminate(upload)
        with pytest.raises(UploadMoved):
            tus.offset(upload, 2_800_000)
