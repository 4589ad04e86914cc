"""The loop and its one policy, against destinations that fail as they are told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import FakeWallClock, Service
from uploader.claim import Claim, read_claim
from uploader.destinations.base import Destination, OnSent, RemoteUpload, StoredMedia
from uploader.destinations.tus import TusDestination
from uploader.errors import (
    AuthenticationFailed,
    DestinationTrouble,
    DigestMismatch,
    InvalidManifest,
    NetworkTrouble,
    Refused,
    UploaderError,
)
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import Backoff
from uploader.session import Progress
from uploader.uploader import Policy, Uploader, deliver


class FakeDestination:
    """Keeps all that is sent in memory; ``troubles`` are raised one by one, each by the next call of that name."""

    name = "fake"
    stretch_bytes = 100_000

    def __init__(self) -> None:
        self.stored: dict[str, bytearray] = {}
        self.troubles: list[tuple[str, UploaderError]] = []
        self.calls: list[str] = []
        self.aborted = 0

    def _called(self, call: str) -> None:
        self.calls.append(call)
        if self.troubles and self.troubles[0][0] == call:
            raise self.troubles.pop(0)[1]

    def create(self, claim: Claim) -> RemoteUpload:
        self._called("create")
        return RemoteUpload("upload", claim.recording_id, "token")

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        self._called("offset")
        return len(self.stored.setdefault(upload.id + media.path, bytearray()))

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        self._called("append")
        stretch = source.read_bytes()[offset : offset + self.stretch_bytes]
        on_sent(len(stretch))
        self.stored[upload.id + media.path] += stretch
        return offset + len(stretch)

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        self._called("complete")
        assert upload.recording_id == claim.recording_id
        return tuple(StoredMedia(media.path, media.sha256, media.bytes) for media in claim.deliverable)

    def abort(self, upload: RemoteUpload) -> None:
        self._called("abort")
        self.aborted += 1
        self.stored = {key: data for key, data in self.stored.items() if not key.startswith(upload.id)}


@pytest.fixture
def destination() -> FakeDestination:
    return FakeDestination()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock(1000.0)


@pytest.fixture
def policy(clock: FakeWallClock) -> Policy:
    return Policy(Backoff(uniform=lambda _, high: high), clock)


def ignore(_: Progress) -> None:
    pass


def test_a_recording_is_delivered(destination: FakeDestination, ledger: Ledger, recording: Path) -> None:
    seen: list[Progress] = []
    delivery = deliver(recording, destination, ledger, seen.append)
    claim = read_claim(recording)
    assert delivery.status is DeliveryStatus.COMPLETE
    assert (delivery.bytes_sent, delivery.bytes_total) == (claim.bytes_total, claim.bytes_total)
    assert (delivery.attempts, delivery.last_error, delivery.upload_id) == (1, None, "upload")
    assert ledger.delivery(claim.recording_id) == delivery
    for media in claim.deliverable:
        assert destination.stored["upload" + media.path] == (recording / media.path).read_bytes()
    safe = [progress.safe_bytes for progress in seen]
    assert safe == sorted(safe)
    assert safe[-1] == claim.bytes_total
    assert all(progress.safe_bytes <= progress.sent_bytes <= progress.total_bytes for progress in seen)


def test_trouble_that_may_pass_waits_longer_each_time(
    destination: FakeDestination, ledger: Ledger, recording: Path, policy: Policy, clock: FakeWallClock
) -> None:
    destination.troubles = [("create", NetworkTrouble())] * 3
    waits = []
    for attempt in range(1, 4):
        delivery = deliver(recording, destination, ledger, ignore, policy)
        assert (delivery.status, delivery.last_error) == (DeliveryStatus.WAITING, "network_trouble")
        assert delivery.attempts == attempt
        waits.append(delivery.due_at_s - clock.now_s)
    assert waits == [2.0, 4.0, 8.0]
    assert deliver(recording, destination, ledger, ignore, policy).status is DeliveryStatus.COMPLETE


def test_progress_makes_the_next_attempt_the_first(
    destination: FakeDestination, ledger: Ledger, recording: Path, policy: Policy
) -> None:
    destination.troubles = [("create", NetworkTrouble())] * 2 + [("complete", DestinationTrouble())]
    deliver(recording, destination, ledger, ignore, policy)
    assert deliver(recording, destination, ledger, ignore, policy).attempts == 2
    moved = deliver(recording, destination, ledger, ignore, policy)
    assert (moved.status, moved.attempts) == (DeliveryStatus.WAITING, 1)
    assert moved.bytes_sent == moved.bytes_total


def test_what_the_destination_asks_for_is_kept(
    destination: FakeDestination, ledger: Ledger, recording: Path, policy: Policy, clock: FakeWallClock
) -> None:
    destination.troubles = [("create", DestinationTrouble(retry_after_s=90.0))]
    assert deliver(recording, destination, ledger, ignore, policy).due_at_s == clock.now_s + 90.0


def test_trouble_in_the_middle_is_no_reason_to_send_again(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy
) -> None:
    directory = make_recording(tmp_path, video_bytes=1_000_000, paths=("video_mixed.mp4",))
    deliveries = []
    for _ in range(3):
        destination.troubles = [("offset", NetworkTrouble())]
        deliveries.append(deliver(directory, destination, ledger, ignore, policy))
    deliver(directory, destination, ledger, ignore, policy)
    assert [delivery.status for delivery in deliveries] == [DeliveryStatus.WAITING] * 3
    assert destination.calls.count("append") == 10


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("create", AuthenticationFailed()),
        ("create", Refused("recording_id_taken")),
        ("append", Refused("too_large")),
        ("append", AuthenticationFailed()),
    ],
)
def test_what_cannot_be_helped_fails_at_once_and_is_tidied_up(
    destination: FakeDestination, ledger: Ledger, recording: Path, call: str, error: UploaderError
) -> None:
    destination.troubles = [(call, error)]
    delivery = deliver(recording, destination, ledger)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, error.code)
    assert destination.aborted == (0 if call == "create" else 1)
    assert destination.stored == {}
    assert ledger.next_due_s() is None


def test_trouble_while_tidying_up_does_not_hide_the_reason(
    destination: FakeDestination, ledger: Ledger, recording: Path
) -> None:
    destination.troubles = [("append", Refused("too_large")), ("abort", NetworkTrouble())]
    delivery = deliver(recording, destination, ledger)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "too_large")


def test_a_copy_that_differs_is_sent_once_more(destination: FakeDestination, ledger: Ledger, recording: Path) -> None:
    destination.troubles = [("complete", DigestMismatch(["video_mixed.mp4"]))]
    assert deliver(recording, destination, ledger).status is DeliveryStatus.COMPLETE
    destination.troubles = [("complete", DigestMismatch(["video_mixed.mp4"]))] * 2
    delivery = deliver(recording, destination, ledger)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "digest_mismatch")


def test_a_destination_that_tells_other_digests_is_not_believed(ledger: Ledger, recording: Path) -> None:
    class Liar(FakeDestination):
        def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
            return super().complete(upload, claim)[1:]

    assert deliver(recording, Liar(), ledger).last_error == "digest_mismatch"


def test_a_file_here_that_is_not_what_the_manifest_says(
    destination: FakeDestination, ledger: Ledger, recording: Path
) -> None:
    video = recording / "video_mixed.mp4"
    data = bytearray(video.read_bytes())
    data[0] ^= 1
    video.write_bytes(data)
    destination.troubles = [("complete", DigestMismatch(["video_mixed.mp4"]))]
    assert deliver(recording, destination, ledger).last_error == "local_file_changed"
    video.write_bytes(data[:-1])
    assert deliver(recording, destination, ledger).last_error == "local_file_changed"
    video.unlink()
    calls = len(destination.calls)
    assert deliver(recording, destination, ledger).last_error == "local_file_changed"
    assert len(destination.calls) == calls


def test_a_folder_that_holds_no_recording(destination: FakeDestination, ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InvalidManifest):
        deliver(tmp_path, destination, ledger)


OpenFake = Callable[[str], AbstractContextManager[Destination]]


def opening(destination: FakeDestination) -> OpenFake:
    return lambda _: nullcontext(destination)


def test_the_loop_takes_what_is_due(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy, clock: FakeWallClock
) -> None:
    directories = [make_recording(tmp_path) for _ in range(2)]
    for directory in directories:
        ledger.owe(read_claim(directory).recording_id, directory, destination.name)
    destination.troubles = [("create", NetworkTrouble())]
    uploader = Uploader(ledger, opening(destination), ignore, policy)
    first, second = uploader.deliver_due()
    assert (first.status, second.status) == (DeliveryStatus.WAITING, DeliveryStatus.COMPLETE)
    assert uploader.deliver_due() == []
    clock.now_s = first.due_at_s
    (again,) = uploader.deliver_due()
    assert again.status is DeliveryStatus.COMPLETE


def test_the_loop_goes_on_after_a_recording_that_cannot_be_read(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy
) -> None:
    good, bad = make_recording(tmp_path), make_recording(tmp_path)
    for directory in (bad, good):
        ledger.owe(read_claim(directory).recording_id, directory, destination.name)
    (bad / "recording.json").write_text("{")
    broken, whole = Uploader(ledger, opening(destination), ignore, policy).deliver_due()
    assert (broken.status, broken.last_error) == (DeliveryStatus.FAILED, "invalid_manifest")
    assert whole.status is DeliveryStatus.COMPLETE


def test_a_destination_that_cannot_be_opened(ledger: Ledger, recording: Path, policy: Policy) -> None:
    ledger.owe(read_claim(recording).recording_id, recording, "nowhere")

    @contextmanager
    def refuse(_: str) -> Iterator[Destination]:
        raise AuthenticationFailed
        yield

    (delivery,) = Uploader(ledger, refuse, ignore, policy).deliver_due()
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "authentication_failed")


def test_the_loop_runs_in_a_thread_until_it_is_stopped(
    destination: FakeDestination, ledger: Ledger, recording: Path
) -> None:
    done = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.safe_bytes == progress.total_bytes:
            done.set()

    uploader = Uploader(ledger, opening(destination), watch)
    thread = threading.Thread(target=uploader.run)
    thread.start()
    ledger.owe(read_claim(recording).recording_id, recording, destination.name)
    uploader.wake()
    assert done.wait(20)
    uploader.stop()
    thread.join(20)
    assert not thread.is_alive()
    delivery = ledger.delivery(read_claim(recording).recording_id)
    assert delivery is not None
    assert delivery.status in {DeliveryStatus.COMPLETE, DeliveryStatus.QUEUED}


def test_stopping_in_the_middle_keeps_the_debt(ledger: Ledger, tmp_path: Path, destination: FakeDestination) -> None:
    directory = make_recording(tmp_path, video_bytes=500_000, paths=("video_mixed.mp4",))
    claim = read_claim(directory)
    ledger.owe(claim.recording_id, directory, destination.name)
    uploaders: list[Uploader] = []

    def stop_half_way(progress: Progress) -> None:
        if progress.safe_bytes >= 200_000:
            uploaders[0].stop()

    uploaders.append(Uploader(ledger, opening(destination), stop_half_way))
    (stopped,) = uploaders[0].deliver_due()
    assert stopped.status is DeliveryStatus.QUEUED
    assert 200_000 <= stopped.bytes_sent < claim.bytes_total
    assert destination.aborted == 0
    (resumed,) = Uploader(ledger, opening(destination)).deliver_due()
    assert resumed.status is DeliveryStatus.COMPLETE
    assert destination.calls.count("append") <= 6


def test_without_its_ledger_a_delivery_goes_on_where_it_was(service: Service, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=2_000_000)
    sent: list[int] = []

    def count(progress: Progress) -> None:
        sent.append(progress.sent_bytes - progress.safe_bytes)

    with TusDestination(service.url, service.backend.api_key) as destination:
        with Ledger(tmp_path / "first.sqlite") as ledger:
            assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
        with Ledger(tmp_path / "second.sqlite") as ledger:
            again = deliver(directory, destination, ledger, count)
    assert again.status is DeliveryStatus.COMPLETE
    assert sum(sent) == 0


def test_a_wrong_key_leaves_nothing_behind(service: Service, recording: Path, ledger: Ledger) -> None:
    blobs = service.backend.data / "blobs"
    before = set(blobs.rglob("*-*"))
    with TusDestination(service.url, "wrong") as destination:
        delivery = deliver(recording, destination, ledger)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "authentication_failed")
    assert set(blobs.rglob("*-*")) == before
    with service.client(service.backend.api_key) as client:
        assert client.get(f"recording/{recording.name}/").status_code == 404
