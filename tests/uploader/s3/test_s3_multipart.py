"""Against S3 servers of others: rclone's, which verifies signatures, and moto's, which knows S3's semantics."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import make_recording
from tests.uploader.faults import Answer, Cut, cutting, scripted
from tests.uploader.rig import sha256
from tests.uploader.s3.backend import KEY, PART_BYTES, SigningBackend, signing_backend
from tests.uploader.s3.store import Store
from uploader.claim import read_claim
from uploader.debts import read_debts
from uploader.destinations.base import RemoteUpload
from uploader.destinations.s3_multipart import S3MultipartDestination
from uploader.errors import (
    DestinationTrouble,
    DigestMismatch,
    NetworkTrouble,
    Refused,
    UnknownAnswer,
    UploaderError,
    UploadMoved,
)
from uploader.ledger import DeliveryStatus, Ledger
from uploader.session import Assurance
from uploader.uploader import deliver

VIDEO_BYTES = 2 * PART_BYTES + 100_000

pytestmark = pytest.mark.timeout(400)  # the first use installs what is tested against


def ignore(_: int) -> None:
    pass


@pytest.fixture
def backend(store: Store) -> Iterator[SigningBackend]:
    with signing_backend(store) as backend:
        yield backend


@pytest.fixture
def destination(backend: SigningBackend) -> Iterator[S3MultipartDestination]:
    with S3MultipartDestination(f"s3+{backend.url}", KEY) as destination:
        yield destination


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4", "participants.json"))


def begin(destination: S3MultipartDestination, directory: Path) -> tuple[RemoteUpload, MediaObject, Path]:
    claim = read_claim(directory)
    video = claim.deliverable[-1]
    upload = destination.create(claim)
    assert destination.offset(upload, video) == 0
    return upload, video, directory / video.path


def stored(backend: SigningBackend, media: MediaObject) -> bytes:
    (key,) = [key for key in backend.objects if key.endswith(media.path)]
    return backend.store.read(key)


def test_a_whole_recording(backend: SigningBackend, destination: S3MultipartDestination, directory: Path) -> None:
    with Ledger(None) as ledger:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    for media in read_claim(directory).deliverable:
        assert sha256(stored(backend, media)) == media.sha256
    assert [debt.assurance for debt in read_debts(directory)] == [Assurance.VERIFIED]


def test_an_empty_media_object(backend: SigningBackend, destination: S3MultipartDestination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=0, paths=("video_mixed.mp4",))
    with Ledger(None) as ledger:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    assert stored(backend, read_claim(directory).deliverable[0]) == b""


def test_whole_parts_survive_the_sender(
    backend: SigningBackend, destination: S3MultipartDestination, directory: Path
) -> None:
    upload, video, source = begin(destination, directory)
    assert destination.append(upload, video, source, 0, ignore) == PART_BYTES
    with S3MultipartDestination(backend.url, KEY) as another:
        assert another.offset(another.create(read_claim(directory)), video) == PART_BYTES
        with pytest.raises(UploadMoved):
            another.append(upload, video, source, 1, ignore)


def test_an_address_that_has_expired_is_signed_anew(
    backend: SigningBackend, destination: S3MultipartDestination, directory: Path
) -> None:
    """Only one of the servers looks at the time; with the other there is nothing to mend."""
    backend.signed_ago = [timedelta(hours=2)]
    upload, video, source = begin(destination, directory)
    assert destination.append(upload, video, source, 0, ignore) == PART_BYTES


def test_a_broken_connection_costs_one_part(
    backend: SigningBackend, destination: S3MultipartDestination, directory: Path, store: Store
) -> None:
    with cutting(store.endpoint, Cut(after_bytes=PART_BYTES // 2)) as proxy:
        upload, video, source = begin(destination, directory)
        straight = backend.store
        backend.store = Store(proxy.url)
        sent: list[int] = []
        with pytest.raises((NetworkTrouble, DestinationTrouble)):
            destination.append(upload, video, source, 0, sent.append)
        backend.store = straight
        assert sum(sent) < 2 * PART_BYTES
    assert destination.offset(upload, video) == 0
    assert destination.append(upload, video, source, 0, ignore) == PART_BYTES


def test_wrong_bytes_are_found_out(
    backend: SigningBackend, destination: S3MultipartDestination, directory: Path
) -> None:
    changed = bytearray((directory / "video_mixed.mp4").read_bytes())
    changed[PART_BYTES + 3] ^= 1
    (directory / "video_mixed.mp4").write_bytes(changed)
    claim = read_claim(directory)
    upload = destination.create(claim)
    for media in claim.deliverable:
        offset = destination.offset(upload, media)
        while offset < media.bytes:
            offset = destination.append(upload, media, directory / media.path, offset, ignore)
    with pytest.raises(DigestMismatch) as caught:
        destination.complete(upload, claim)
    assert caught.value.paths == ("video_mixed.mp4",)
    assert backend.objects.keys() != set()


def test_aborting_leaves_nothing(backend: SigningBackend, destination: S3MultipartDestination, directory: Path) -> None:
    upload, video, source = begin(destination, directory)
    destination.append(upload, video, source, 0, ignore)
    destination.abort(upload)
    destination.abort(upload)
    assert backend.objects == {}
    assert destination.offset(upload, video) == 0


def xml(status: int, code: str) -> Answer:
    return Answer(status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code></Error>".encode())


@pytest.mark.parametrize(
    ("answer", "kind", "asked"),
    [
        (xml(403, "AccessDenied"), DestinationTrouble, 2),
        (xml(403, "RequestTimeTooSkewed"), DestinationTrouble, 2),
        (xml(400, "ExpiredToken"), DestinationTrouble, 2),
        (xml(404, "NoSuchUpload"), UploadMoved, 1),
        (xml(503, "SlowDown"), DestinationTrouble, 1),
        (xml(400, "EntityTooLarge"), Refused, 2),
        (Answer(413), UnknownAnswer, 1),
        (Answer(307, {"Location": "/elsewhere"}), UnknownAnswer, 1),
        (Answer(500, body=b"<html>"), DestinationTrouble, 1),
        (Answer(200), DestinationTrouble, 1),
    ],
)
def test_what_a_store_says(directory: Path, answer: Answer, kind: type[UploaderError], asked: int) -> None:
    """Of an expired signature it cannot be told from other refusals, so each is tried once with a new one."""
    placed = Answer(200, body=b'{"part_bytes": 5242880, "parts": []}')
    with scripted(answer) as broken, scripted(placed) as api, S3MultipartDestination(api.url, KEY) as destination:
        upload = RemoteUpload("u", read_claim(directory).recording_id, "t")
        video = read_claim(directory).deliverable[-1]
        destination.offset(upload, video)
        api.say(Answer(200, body=f'{{"urls": [{{"number": 1, "url": "{broken.url}/1?X-Amz=s"}}]}}'.encode()))
        with pytest.raises(kind) as caught:
            destination.append(upload, video, directory / video.path, 0, ignore)
    assert type(caught.value) is kind
    assert len(broken.asked) == asked
    assert all("Authorization" not in each.headers for each in broken.asked)


@pytest.mark.parametrize(
    "document",
    [
        "[]",
        "{}",
        '{"part_bytes": 0, "parts": []}',
        '{"part_bytes": 1, "parts": []}',
        '{"part_bytes": 9e99, "parts": 3}',
    ],
)
def test_a_backend_that_makes_no_sense(directory: Path, document: str) -> None:
    with scripted(Answer(200, body=document.encode())) as api, S3MultipartDestination(api.url, KEY) as destination:
        upload = RemoteUpload("u", read_claim(directory).recording_id, "t")
        with pytest.raises(DestinationTrouble):
            destination.offset(upload, read_claim(directory).deliverable[-1])


def test_no_secret_is_shown(destination: S3MultipartDestination) -> None:
    assert KEY not in destination.name + repr(destination)
