"""The HTTP client against servers, proxies and networks that misbehave."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.faults import Answer, Cut, cutting, scripted
from tests.uploader.rig import Service, served, sha256, upload_recording
from uploader.claim import read_claim
from uploader.destinations.addresses import normalised
from uploader.destinations.base import RemoteUpload
from uploader.destinations.request_size import LARGEST_BYTES, MIB, SMALLEST_BYTES, RequestSize
from uploader.destinations.tus import TusDestination
from uploader.destinations.tus_client import TusOptions
from uploader.errors import (
    DestinationTrouble,
    LocalFileChanged,
    NetworkTrouble,
    Refused,
    RetryableError,
    UnknownAnswer,
    UnknownDestination,
    UploadMoved,
)
from uploader.ledger import DeliveryStatus, Ledger
from uploader.uploader import deliver

CREATED = Answer(201, body=json.dumps({"id": "u", "upload_token": "t"}).encode())
PLACED = Answer(201, {"Location": "/api/v1/sdk_upload/u/media/m/"})


def at(offset: int) -> Answer:
    return Answer(200, {"Upload-Offset": str(offset)})


def patched(offset: int) -> Answer:
    return Answer(204, {"Upload-Offset": str(offset)})


def ignore(_: int) -> None:
    pass


class Sender:
    """The second half of a delivery, against a scripted server."""

    def __init__(self, folder: Path, url: str, video_bytes: int = 3_000_000, options: TusOptions | None = None) -> None:
        self.directory = make_recording(folder, video_bytes=video_bytes, paths=("video_mixed.mp4",))
        (self.media,) = read_claim(self.directory).deliverable
        self.destination = TusDestination(url, "key", options=options)
        self.upload = RemoteUpload("u", read_claim(self.directory).recording_id, "t")

    def offset(self) -> int:
        return self.destination.offset(self.upload, self.media)

    def append(self, offset: int = 0) -> int:
        source = self.directory / self.media.path
        return self.destination.append(self.upload, self.media, source, offset, ignore)


@pytest.mark.parametrize("answer", [at(3_000_001), at(-1), Answer(200), Answer(200, {"Upload-Offset": "many"})])
def test_an_offset_that_cannot_be(tmp_path: Path, answer: Answer) -> None:
    with scripted(PLACED, answer) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination, pytest.raises(DestinationTrouble):
            sender.offset()


@pytest.mark.parametrize("answer", [patched(0), patched(3_000_001), Answer(204), Answer(200)])
def test_an_answer_to_bytes_that_cannot_be(tmp_path: Path, answer: Answer) -> None:
    with scripted(PLACED, answer) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination, pytest.raises(DestinationTrouble):
            sender.append()


def test_a_file_that_is_gone_is_placed_anew(tmp_path: Path) -> None:
    with scripted(PLACED, Answer(404), PLACED, at(0)) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination:
            assert sender.offset() == 0
        assert [asked.method for asked in server.asked] == ["POST", "HEAD", "POST", "HEAD"]


def test_a_file_that_is_gone_before_bytes_arrive(tmp_path: Path) -> None:
    with scripted(PLACED, Answer(410)) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination, pytest.raises(UploadMoved):
            sender.append()


def test_a_redirect_of_bytes_is_not_followed(tmp_path: Path) -> None:
    with scripted(Answer(307, {"Location": "/elsewhere"})) as elsewhere, scripted(PLACED, Answer(308)) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination, pytest.raises(DestinationTrouble):
            sender.append()
        assert elsewhere.asked == []


def test_the_token_goes_nowhere_else_than_it_came_from(tmp_path: Path) -> None:
    with scripted(at(0)) as elsewhere:
        placed = Answer(201, {"Location": f"{elsewhere.url}/api/v1/sdk_upload/u/media/m/"})
        with scripted(placed, at(5)) as server:
            sender = Sender(tmp_path, server.url)
            with sender.destination:
                assert sender.offset() == 5
            assert server.asked[-1].path == "/api/v1/sdk_upload/u/media/m/"
        assert elsewhere.asked == []


def test_smaller_requests_where_large_ones_are_refused(tmp_path: Path) -> None:
    with scripted(PLACED, *[Answer(413)] * 3, patched(2 * MIB), Answer(204, {"Upload-Offset": "3000000"})) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination:
            assert sender.append() == 2 * MIB
            assert sender.append(2 * MIB) == 3_000_000
        sizes = [asked.body_bytes for asked in server.asked if asked.method == "PATCH"]
        assert sizes == [3_000_000, 3_000_000, 3_000_000, 2 * MIB, 3_000_000 - 2 * MIB]


def test_where_even_the_smallest_request_is_refused(tmp_path: Path) -> None:
    with scripted(PLACED, Answer(413)) as server:
        sender = Sender(tmp_path, server.url)
        with sender.destination, pytest.raises(UnknownAnswer):
            sender.append()
        assert server.asked[-1].body_bytes == SMALLEST_BYTES


def test_a_size_that_was_refused_is_not_tried_again(tmp_path: Path) -> None:
    answers = (Answer(413), patched(2 * MIB), patched(4 * MIB), patched(5 * MIB))
    with scripted(PLACED, *answers) as server:
        sender = Sender(tmp_path, server.url, video_bytes=5 * MIB, options=TusOptions(size=RequestSize(4 * MIB)))
        with sender.destination:
            for offset in (0, 2 * MIB, 4 * MIB):
                sender.append(offset)
        sizes = [asked.body_bytes for asked in server.asked if asked.method == "PATCH"]
        assert sizes == [4 * MIB, 2 * MIB, 2 * MIB, MIB]


def test_a_file_that_shrinks_or_goes_while_it_is_sent(tmp_path: Path) -> None:
    with scripted(PLACED, patched(3_000_000)) as server:
        sender = Sender(tmp_path, server.url)
        video = sender.directory / sender.media.path
        with sender.destination:
            video.write_bytes(b"short")
            with pytest.raises(LocalFileChanged):
                sender.append()
            video.unlink()
            with pytest.raises(LocalFileChanged):
                sender.append()


def test_nobody_listens(recording: Path) -> None:
    with scripted(CREATED) as server:
        url = server.url
    with TusDestination(url, "key") as destination, pytest.raises(NetworkTrouble):
        destination.create(read_claim(recording))


@pytest.mark.parametrize("url", ["", "ftp://host/", "host:80", "http://", "https://user:secret@host/", "http://[::1"])
def test_addresses_that_nothing_can_be_sent_to(url: str) -> None:
    with pytest.raises(UnknownDestination) as caught:
        TusDestination(url, "key")
    assert "secret" not in str(caught.value)
    assert caught.value.reason


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nowhere", "nowhere"),
        ("backend.example:8000", "backend.example:8000"),
        ("ftp://host.example/base", "ftp://host.example/base"),
        ("http://host.example:99999/", "http://host.example:99999/"),
        ("http://host.example/\udcff", "http://host.example/\udcff"),
        ("https://user:secret@host.example/base", "https://host.example/base"),
        ("https://user:sec/ret@host.example/", "https://host.example/"),
        ("https://user:sec?ret@host.example/", "https://…"),
        ("user:sec//ret@host.example", "host.example"),
        ("ftp://host.example/?token=secret#secret", "ftp://host.example/"),
        ("", '""'),
    ],
)
def test_the_address_that_is_of_no_use_is_named_without_secrets(typed: str, shown: str) -> None:
    with pytest.raises(UnknownDestination) as caught:
        normalised(typed)
    assert caught.value.reason == shown


SPELLINGS = [
    ("https://host.example", "https://host.example"),
    ("HTTPS://Host.Example:443/Base//", "https://host.example/Base"),
    ("http://host.example:8000/a/../b/?token=secret#x", "http://host.example:8000/b"),
    ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ("http://[::1]:80", "http://[::1]"),
]


@pytest.mark.parametrize(("typed", "name"), SPELLINGS)
@pytest.mark.parametrize("dialect", ["tus+", "s3+"])
def test_a_dialect_is_part_of_the_name(typed: str, name: str, dialect: str) -> None:
    assert normalised(dialect + typed) == dialect + name
    with pytest.raises(UnknownDestination):
        normalised(f"{dialect}{dialect}{typed}")


@pytest.mark.parametrize(("typed", "name"), SPELLINGS)
def test_one_name_for_every_spelling(typed: str, name: str) -> None:
    assert normalised(typed) == normalised(name) == name
    with TusDestination(typed, "key") as destination:
        assert destination.name == name


def test_the_name_of_a_destination_has_no_query() -> None:
    with TusDestination("https://host.example/base/?token=secret#x", "key") as destination:
        assert destination.name == "https://host.example/base"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Service]:
    with served(tmp_path / "data") as service:
        yield service


VIDEO_BYTES = 5_000_000
EVERY_CUT = [
    Cut(after_bytes=0),
    Cut(after_bytes=50),
    Cut(at_answer_after_bytes=0),
    Cut(after_bytes=600),
    Cut(after_bytes=1_000_000),
    Cut(after_bytes=2_000_000),
    Cut(at_answer_after_bytes=500_000),
]
"""In the head of a request, in its body, and between the body and the answer; together less than the video has."""


def test_broken_connections_lose_nothing(home: Service, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4", "participants.json"))
    claim = read_claim(directory)
    troubles = 0
    with cutting(home.url, *EVERY_CUT) as proxy, TusDestination(proxy.url, home.backend.api_key) as destination:
        for _ in range(40):
            try:
                upload = destination.create(claim)
                for media in claim.deliverable:
                    offset = destination.offset(upload, media)
                    while offset < media.bytes:
                        offset = destination.append(upload, media, directory / media.path, offset, ignore)
                stored = destination.complete(upload, claim)
            except RetryableError:
                troubles += 1
            else:
                break
        assert proxy.cuts == []
    assert troubles >= len(EVERY_CUT)
    assert {media.sha256 for media in stored} == {media.sha256 for media in claim.deliverable}
    assert home.backend.intake.busy == frozenset()


def test_a_bit_that_falls_over_on_the_way_is_found_in_the_end(home: Service, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4",))
    (video,) = read_claim(directory).deliverable
    with (
        Ledger(None) as ledger,
        cutting(home.url, Cut(flip_after_bytes=VIDEO_BYTES // 2)) as proxy,
        TusDestination(proxy.url, home.backend.api_key) as destination,
    ):
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    (blob,) = (home.backend.data / "blobs").rglob("*-*")
    assert sha256(blob.read_bytes()) == video.sha256


def test_a_backend_without_room_is_waited_for(tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=VIDEO_BYTES)
    room_bytes = [0]
    with (
        Ledger(None) as ledger,
        served(tmp_path / "data", free_bytes=lambda _: room_bytes[0]) as small,
        TusDestination(small.url, small.backend.api_key) as destination,
    ):
        waiting = deliver(directory, destination, ledger)
        assert (waiting.status, waiting.last_error) == (DeliveryStatus.WAITING, "destination_full")
        room_bytes[0] = 10**12
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE


def test_a_caller_that_goes_away_is_no_fault_of_the_backend(home: Service, caplog: pytest.LogCaptureFixture) -> None:
    head = f"POST /api/v1/sdk_upload/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {home.backend.api_key}\r\n"
    host, _, port = home.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as caller:
        caller.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        caller.shutdown(socket.SHUT_WR)
        assert not caller.recv(1000).startswith(b"HTTP/1.1 5")
    with home.client(home.backend.api_key) as client:
        assert client.get("recording/").status_code == 200
    assert caplog.records == []


def test_an_answer_that_was_lost_is_no_reason_to_send_again(home: Service, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4",))
    claim = read_claim(directory)
    (video,) = claim.deliverable
    with (
        cutting(home.url, Cut(at_answer_after_bytes=VIDEO_BYTES)) as proxy,
        TusDestination(proxy.url, home.backend.api_key) as destination,
    ):
        upload = destination.create(claim)
        with pytest.raises(NetworkTrouble):
            destination.append(upload, video, directory / video.path, 0, ignore)
        assert destination.offset(upload, video) == video.bytes


def test_a_recording_that_was_deleted_there_is_not_sent_again(home: Service, tmp_path: Path) -> None:
    directory = make_recording(tmp_path)
    with home.client(home.backend.api_key) as client:
        upload_recording(home, client, directory)
        client.delete(f"recording/{directory.name}/")
    with TusDestination(home.url, home.backend.api_key) as destination, pytest.raises(Refused) as caught:
        destination.create(read_claim(directory))
    assert caught.value.code == "recording_deleted"


def test_the_size_of_requests_follows_the_line() -> None:
    size = RequestSize()
    assert size.after(size.bytes, 1.0).bytes == 2 * size.bytes
    assert size.after(size.bytes, 10.0) == size
    assert size.after(size.bytes, 30.0).bytes == size.bytes // 2
    assert size.after(1000, 0.1) == size
    for _ in range(20):
        size = size.after(size.bytes, 0.1)
    assert size.bytes == LARGEST_BYTES
    for _ in range(20):
        size = size.halved()
    assert size.bytes == SMALLEST_BYTES
    assert size.is_smallest
