"""One attempt and its one policy, against a destination that fails as it is told."""

from pathlib import Path

import pytest

from capture.manifest import read_manifest
from tests.fakes.recording_directory import make_recording, with_media
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.rig import FakeWallClock, Service
from uploader.claim import Claim, read_claim
from uploader.debts import owe, read_debts
from uploader.destinations.base import RemoteUpload, StoredMedia
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
from uploader.session import Progress, Session
from uploader.uploader import Policy, deliver


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


def test_what_grows_and_is_owed_while_it_is_sent_is_sent_again(ledger: Ledger, recording: Path) -> None:
    manifest = read_manifest(recording)
    with_media(recording, manifest.media[:-1])

    class Growing(FakeDestination):
        def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
            if len(claim.media) < len(manifest.media):
                with_media(recording, manifest.media)
                owe(recording, self.name, ledger)
            return super().complete(upload, claim)

    destination = Growing()
    assert deliver(recording, destination, ledger, ignore).status is DeliveryStatus.QUEUED
    (due,) = ledger.due(0.0)
    assert due.directory == recording
    assert deliver(recording, destination, ledger, ignore).status is DeliveryStatus.COMPLETE
    assert ledger.due(0.0) == []
    assert "upload" + manifest.media[-1].path in destination.stored


def test_how_fast_it_goes_is_told_while_it_goes(destination: FakeDestination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=1_000_000, paths=("video_mixed.mp4",))
    clock, seen = FakeWallClock(), list[Progress]()

    def watch(progress: Progress) -> None:
        clock.now_s += 1.0
        seen.append(progress)

    Session(directory, destination, watch, now_s=clock).deliver()
    assert seen[0].rate_bytes_per_s is None
    assert seen[-1].rate_bytes_per_s == pytest.approx(50_000, rel=0.2)
    half = next(progress for progress in seen if progress.sent_bytes == 500_000)
    assert half.remaining_s == pytest.approx(10.0, rel=0.3)
    assert {progress.destination for progress in seen} == {destination.name}


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
        ("create", Refused("recording_id_taken")),
        ("append", Refused("too_large")),
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


@pytest.mark.parametrize("trouble", [NetworkTrouble(), Refused("not_yours")])
def test_trouble_while_tidying_up_does_not_hide_the_reason(
    destination: FakeDestination, ledger: Ledger, recording: Path, trouble: UploaderError
) -> None:
    destination.troubles = [("append", Refused("too_large")), ("abort", trouble)]
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


def test_a_token_that_expires_on_the_way_is_refreshed(
    destination: FakeDestination, ledger: Ledger, recording: Path, policy: Policy
) -> None:
    destination.troubles = [("append", AuthenticationFailed()), ("complete", AuthenticationFailed())]
    delivery = deliver(recording, destination, ledger, ignore, policy)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.COMPLETE, 1)
    assert destination.calls.count("create") == 3


def test_a_token_that_never_is_good_pauses_and_keeps_what_was_sent(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy
) -> None:
    directory = make_recording(tmp_path)
    destination.troubles = [("complete", AuthenticationFailed())] * 2
    delivery = deliver(directory, destination, ledger, ignore, policy)
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.WAITING, "authentication_failed")
    assert (destination.aborted, destination.calls.count("create")) == (0, 2)
    ledger.resume(destination.name)
    assert deliver(directory, destination, ledger, ignore, policy).status is DeliveryStatus.COMPLETE


def test_what_is_paid_is_noted_in_the_recording(destination: FakeDestination, ledger: Ledger, recording: Path) -> None:
    deliver(recording, destination, ledger)
    (debt,) = read_debts(recording)
    assert debt.is_paid(read_claim(recording))


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
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.WAITING, "authentication_failed")
    assert set(blobs.rglob("*-*")) == before
    with service.client(service.backend.api_key) as client:
        assert client.get(f"recording/{recording.name}/").status_code == 404
