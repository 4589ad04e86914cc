"""The loop over what is due, against destinations that fail as they are told."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.rig import FakeWallClock
from uploader.claim import Claim, read_claim
from uploader.debts import note_debt, owe
from uploader.destinations.base import Destination, RemoteUpload, StoredMedia
from uploader.errors import (
    AuthenticationFailed,
    CaptivePortal,
    DatabaseUnusable,
    DestinationFull,
    DestinationTrouble,
    InvalidLocation,
    KeyMissing,
    NetworkTrouble,
    Refused,
    StoreUnusable,
    UnknownDestination,
    UploaderError,
)
from uploader.ledger import DeliveryStatus, Ledger
from uploader.network.base import OnChange
from uploader.retry import Backoff, Judge
from uploader.session import Progress
from uploader.uploader import Policy, Uploader, key_of


def ignore(_: Progress) -> None:
    pass


OpenFake = Callable[[str], AbstractContextManager[Destination]]


def opening(destination: FakeDestination) -> OpenFake:
    return lambda _: nullcontext(destination)


def test_the_loop_takes_what_is_due(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy, clock: FakeWallClock
) -> None:
    directories = [make_recording(tmp_path) for _ in range(2)]
    for directory in directories:
        ledger.owe(read_claim(directory).recording_id, directory, destination.name)
    destination.troubles = [("create", DestinationTrouble())]
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


def refusing(error: UploaderError) -> OpenFake:
    @contextmanager
    def refuse(_: str) -> Iterator[Destination]:
        raise error
        yield

    return refuse


def test_a_destination_that_cannot_be_opened(ledger: Ledger, recording: Path, policy: Policy) -> None:
    owe(recording, "nowhere", ledger)
    (delivery,) = Uploader(ledger, refusing(UnknownDestination("nowhere")), ignore, policy).deliver_due()
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "unknown_destination")
    assert delivery.error_data == {"reason": "nowhere"}


@pytest.mark.parametrize("error", [StoreUnusable("no keys"), DatabaseUnusable("newer"), InvalidLocation("not_s3")])
def test_a_backend_of_this_machine_that_cannot_be_opened_until_somebody_mends_it(
    ledger: Ledger, recording: Path, policy: Policy, error: UploaderError
) -> None:
    owe(recording, "local", ledger)
    (delivery,) = Uploader(ledger, refusing(error), ignore, policy).deliver_due()
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.WAITING, error.code)


def test_a_key_that_is_refused_pauses_all_that_goes_there(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy, clock: FakeWallClock
) -> None:
    for directory in (make_recording(tmp_path), make_recording(tmp_path)):
        owe(directory, destination.name, ledger)
    destination.troubles = [("create", AuthenticationFailed())]
    uploader = Uploader(ledger, opening(destination), ignore, policy)
    (refused,) = uploader.deliver_due()
    assert (refused.status, refused.last_error) == (DeliveryStatus.WAITING, "authentication_failed")
    assert ledger.paused() == {destination.name: "authentication_failed"}
    clock.now_s += 1e6
    assert uploader.deliver_due() == []
    ledger.resume(destination.name)
    assert [each.status for each in uploader.deliver_due()] == [DeliveryStatus.COMPLETE] * 2


def test_a_missing_key_pauses_too(ledger: Ledger, recording: Path, policy: Policy) -> None:
    owe(recording, "https://host.example", ledger)
    missing = KeyMissing(destination="https://host.example")
    Uploader(ledger, refusing(missing), ignore, policy).deliver_due()
    assert ledger.paused() == {"https://host.example": "key_missing"}


@pytest.mark.parametrize("error", [NetworkTrouble(), CaptivePortal(), DestinationFull()])
def test_what_hits_all_is_not_tried_again_for_each(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, policy: Policy, error: UploaderError
) -> None:
    for _ in range(5):
        owe(make_recording(tmp_path, video_bytes=10), destination.name, ledger)
    destination.troubles = [("create", error)]
    (tried,) = Uploader(ledger, opening(destination), ignore, policy).deliver_due()
    waiting = ledger.due(tried.due_at_s)
    assert {(each.status, each.last_error) for each in waiting} == {(DeliveryStatus.WAITING, error.code)}
    assert len(waiting) == 5


class FakeNetwork:
    """Changes when it is told to."""

    def __init__(self) -> None:
        self.watched = threading.Event()
        self.change: OnChange = lambda: None

    @contextmanager
    def watching(self, on_change: OnChange) -> Iterator[None]:
        self.change = on_change
        self.watched.set()
        yield
        self.change = lambda: None


@contextmanager
def running(uploader: Uploader, recordings: Path, network: FakeNetwork) -> Iterator[None]:
    thread = threading.Thread(target=uploader.run, args=(recordings, network))
    thread.start()
    try:
        yield
    finally:
        uploader.stop()
        thread.join(20)
    assert not thread.is_alive()


def test_a_network_that_returns_is_used_at_once(ledger: Ledger, tmp_path: Path) -> None:
    directory = make_recording(tmp_path / "recordings")
    tried, done, network = threading.Event(), threading.Event(), FakeNetwork()
    patient = Policy(Judge(Backoff(base_s=300.0, uniform=lambda _, high: high)))

    class Watched(FakeDestination):
        def create(self, claim: Claim) -> RemoteUpload:
            tried.set()
            return super().create(claim)

        def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
            done.set()
            return super().complete(upload, claim)

    watched = Watched()
    watched.troubles = [("create", NetworkTrouble())]
    uploader = Uploader(ledger, opening(watched), ignore, patient)
    with running(uploader, tmp_path / "recordings", network):
        assert network.watched.wait(20)
        owe(directory, watched.name, ledger)
        uploader.wake()
        assert tried.wait(20)
        while not done.wait(0.05):
            network.change()
    assert watched.calls.count("create") == 2


def test_a_start_replays_what_the_recordings_say(destination: FakeDestination, ledger: Ledger, tmp_path: Path) -> None:
    directory = make_recording(tmp_path / "recordings")
    note_debt(directory, destination.name)
    done = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.safe_bytes == progress.total_bytes:
            done.set()

    with running(Uploader(ledger, opening(destination), watch), tmp_path / "recordings", FakeNetwork()):
        assert done.wait(20)


def test_what_is_wanted_is_waited_for_and_the_rest_is_left(
    destination: FakeDestination, ledger: Ledger, tmp_path: Path, clock: FakeWallClock
) -> None:
    at_once = Policy(Judge(Backoff(base_s=0.0)), clock)
    wanted, other = (owe(make_recording(tmp_path), destination.name, ledger) for _ in range(2))
    destination.troubles = [
        ("create", DestinationTrouble()),
        ("append", DestinationTrouble()),
        ("offset", DestinationTrouble()),
    ]
    Uploader(ledger, opening(destination), ignore, at_once).deliver_all({key_of(wanted)}, FakeNetwork())
    statuses = [ledger.find(each.recording_id, each.destination) for each in (wanted, other)]
    assert [each and each.status for each in statuses] == [DeliveryStatus.COMPLETE, DeliveryStatus.QUEUED]


@pytest.mark.parametrize("error", [Refused(), AuthenticationFailed()])
def test_waiting_ends_where_nothing_more_will_happen(
    destination: FakeDestination, ledger: Ledger, recording: Path, policy: Policy, error: UploaderError
) -> None:
    owed = owe(recording, destination.name, ledger)
    destination.troubles = [("create", error)]
    Uploader(ledger, opening(destination), ignore, policy).deliver_all({key_of(owed)}, FakeNetwork())
    assert destination.calls == ["create"]


def test_one_recording_is_owed_to_two_independently(ledger: Ledger, recording: Path, policy: Policy) -> None:
    good, bad = FakeDestination(), FakeDestination()
    bad.troubles = [("create", NetworkTrouble())]
    both = {"good": good, "bad": bad}
    for name in both:
        owe(recording, name, ledger)
    Uploader(ledger, lambda name: nullcontext(both[name]), ignore, policy).deliver_due()
    statuses = {each.destination: each.status for each in ledger.deliveries(read_claim(recording).recording_id)}
    assert statuses == {"good": DeliveryStatus.COMPLETE, "bad": DeliveryStatus.WAITING}


DAY_S = 24 * 3600.0


def test_a_day_offline_costs_little(tmp_path: Path, clock: FakeWallClock, caplog: pytest.LogCaptureFixture) -> None:
    """With twenty recordings that wait, and a restart every seventy minutes."""
    chance = random.Random(7)
    policy = Policy(Judge(Backoff(uniform=chance.uniform)), clock)
    destination = FakeDestination()
    directories = [make_recording(tmp_path / "recordings", video_bytes=10) for _ in range(20)]
    end_s, restarts = clock.now_s + DAY_S, 0
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for directory in directories:
            owe(directory, destination.name, ledger)
    while clock.now_s < end_s:
        restart_s = clock.now_s + DAY_S / 20
        restarts += 1
        with Ledger(tmp_path / "ledger.sqlite") as ledger:
            uploader = Uploader(ledger, opening(destination), ignore, policy)
            uploader.network_changed()
            while clock.now_s < restart_s:
                destination.troubles = [("create", NetworkTrouble())]
                uploader.deliver_due()
                due_at_s = ledger.next_due_s()
                assert due_at_s is not None
                clock.now_s = max(due_at_s, clock.now_s)
    assert restarts >= 20
    assert 100 < len(destination.calls) < 1500
    assert len(caplog.records) <= len(directories) + restarts
    destination.troubles = []
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        uploader = Uploader(ledger, opening(destination), ignore, policy)
        uploader.network_changed()
        assert {each.status for each in uploader.deliver_due()} == {DeliveryStatus.COMPLETE}
        assert ledger.next_due_s() is None


def test_the_loop_runs_in_a_thread_until_it_is_stopped(
    destination: FakeDestination, ledger: Ledger, recording: Path, tmp_path: Path
) -> None:
    done = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.safe_bytes == progress.total_bytes:
            done.set()

    uploader = Uploader(ledger, opening(destination), watch)
    with running(uploader, tmp_path / "none", FakeNetwork()):
        ledger.owe(read_claim(recording).recording_id, recording, destination.name)
        uploader.wake()
        assert done.wait(20)
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
