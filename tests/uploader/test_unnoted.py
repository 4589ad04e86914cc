"""Where what is owed cannot be noted for a while: the disk is full, or belongs to somebody else."""

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from capture.recording import RecordingId
from tests.fakes.recording_directory import make_recording
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.test_loop import FakeNetwork, ignore, opening, running
from uploader.claim import read_claim
from uploader.debts import DEBTS_NAME, note_debt, owe
from uploader.errors import LedgerUnusable
from uploader.lease import LEASE_NAME, is_being_sent, leased
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.session import Progress
from uploader.uploader import Policy, Uploader


class SometimesFull(Ledger):
    """Says so each time that it is asked what is due, as often as it was told to."""

    def __init__(self, path: Path, times: int) -> None:
        super().__init__(path)
        self.has_said_so = threading.Event()
        self._times = times

    def due(self, now_s: float) -> list[Delivery]:
        if self._times:
            self._times -= 1
            self.has_said_so.set()
            raise LedgerUnusable("full")
        return super().due(now_s)


def test_the_loop_outlives_a_full_disk(tmp_path: Path, destination: FakeDestination) -> None:
    directory = make_recording(tmp_path / "recordings")
    done = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.safe_bytes == progress.total_bytes:
            done.set()

    with SometimesFull(tmp_path / "ledger.sqlite", times=1) as ledger:
        owe(directory, destination.name, ledger)
        uploader = Uploader(ledger, opening(destination), watch)
        with running(uploader, tmp_path / "recordings", FakeNetwork()):
            assert ledger.has_said_so.wait(20)
            uploader.wake()
            assert done.wait(20)


class FullAtFirst(Ledger):
    """When it is to be compared with what the recordings say."""

    def __init__(self) -> None:
        super().__init__(None)
        self.has_said_so = threading.Event()

    def find(self, recording_id: RecordingId, destination: str) -> Delivery | None:
        if not self.has_said_so.is_set():
            self.has_said_so.set()
            raise LedgerUnusable("full")
        return super().find(recording_id, destination)


def test_the_loop_begins_though_the_disk_is_full(tmp_path: Path, destination: FakeDestination) -> None:
    note_debt(make_recording(tmp_path / "recordings"), destination.name)
    done = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.safe_bytes == progress.total_bytes:
            done.set()

    with FullAtFirst() as ledger:
        uploader = Uploader(ledger, opening(destination), watch)
        with running(uploader, tmp_path / "recordings", FakeNetwork()):
            assert ledger.has_said_so.wait(20)
            uploader.wake()
            assert done.wait(20)


@pytest.mark.parametrize("name", [LEASE_NAME, DEBTS_NAME])
def test_a_recording_whose_folder_takes_no_notes_holds_up_no_other(
    tmp_path: Path, destination: FakeDestination, ledger: Ledger, policy: Policy, name: str
) -> None:
    stubborn, other = (make_recording(tmp_path / "recordings") for _ in range(2))
    for directory in (stubborn, other):
        ledger.owe(read_claim(directory).recording_id, directory, destination.name)
    (stubborn / name).mkdir()  # where a file is to be
    first, second = Uploader(ledger, opening(destination), ignore, policy).deliver_due()
    assert (first.status, first.last_error) == (DeliveryStatus.WAITING, "ledger_unusable")
    assert second.status is DeliveryStatus.COMPLETE


def test_a_lease_that_cannot_be_taken(recording: Path) -> None:
    (recording / LEASE_NAME).mkdir()
    with pytest.raises(LedgerUnusable):
        is_being_sent(recording)


def test_who_only_looks_is_in_nobodys_way(recording: Path) -> None:
    """It holds the lease for the moment that it takes to see that it is free."""
    with ExitStack() as looking:
        assert looking.enter_context(leased(recording))
        with leased(recording, sleep=lambda _: looking.close()) as is_ours:
            assert is_ours
    with leased(recording), leased(recording, sleep=lambda _: None) as is_ours:
        assert not is_ours
