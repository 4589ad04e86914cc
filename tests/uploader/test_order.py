"""Whose turn it is: small objects before large ones, one sender for each recording, and the user's rules."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import time
from pathlib import Path

import pytest

from capture.recording import MediaObject, RecordingStatus
from tests.fakes.recording_directory import make_recording
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.rig import FakeWallClock
from uploader.claim import Claim, read_claim
from uploader.destinations.base import Destination, OnSent, RemoteUpload
from uploader.gate import LOOK_S, RuledGate
from uploader.lease import is_being_sent, leased
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import HELD_S, Judge
from uploader.rules import Circumstances, Hold, Metered, PowerSource, Rules
from uploader.session import Progress
from uploader.uploader import Policy, Uploader

LARGE = 3_000_000
FAR = "https://host.example"
USUAL = Circumstances(Metered.NO, PowerSource.MAINS, time(12))


class Ordered(FakeDestination):
    """Notes what arrives, in its order: the recording, and whether it is large."""

    name = FAR
    stretch_bytes = 1_000_000

    def __init__(self) -> None:
        super().__init__()
        self.order: list[tuple[str, bool]] = []

    def create(self, claim: Claim) -> RemoteUpload:
        super().create(claim)
        return RemoteUpload(claim.recording_id, claim.recording_id, "token")

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        at = super().append(upload, media, source, offset, on_sent)
        self.order.append((upload.recording_id, media.bytes >= LARGE))
        return at


@pytest.fixture
def ordered() -> Ordered:
    return Ordered()


def opening(destination: Destination) -> Callable[[str], AbstractContextManager[Destination]]:
    @contextmanager
    def opened(_: str) -> Iterator[Destination]:
        yield destination

    return opened


def owed(folder: Path, ledger: Ledger) -> Path:
    directory = make_recording(folder, video_bytes=LARGE)
    ledger.owe(read_claim(directory).recording_id, directory, FAR)
    return directory


def test_what_is_small_goes_first_of_every_recording(ordered: Ordered, ledger: Ledger, tmp_path: Path) -> None:
    for _ in range(3):
        owed(tmp_path, ledger)
    done = Uploader(ledger, opening(ordered)).deliver_due()
    assert [each.status for each in done] == [DeliveryStatus.COMPLETE] * 3
    sizes = [is_large for _, is_large in ordered.order]
    assert sizes == sorted(sizes)
    assert all(each.attempts == 1 for each in done)


def test_a_large_one_gives_way_to_what_comes_meanwhile(ordered: Ordered, ledger: Ledger, tmp_path: Path) -> None:
    first, later = owed(tmp_path, ledger), list[Path]()

    def add(progress: Progress) -> None:
        if progress.sent_bytes > LARGE / 2 and not later:
            later.append(owed(tmp_path, ledger))

    done = Uploader(ledger, opening(ordered), add).deliver_due()
    assert [each.status for each in done] == [DeliveryStatus.COMPLETE] * 2
    small_of_later = ordered.order.index((later[0].name, False))
    last_large_of_first = len(ordered.order) - 1 - ordered.order[::-1].index((first.name, True))
    assert small_of_later < last_large_of_first
    assert ordered.order.count((first.name, True)) == LARGE // ordered.stretch_bytes


def test_what_somebody_else_sends_is_left_to_them(ordered: Ordered, ledger: Ledger, tmp_path: Path) -> None:
    directory = owed(tmp_path, ledger)
    uploader = Uploader(ledger, opening(ordered))
    with leased(directory) as is_ours:
        assert is_ours
        assert is_being_sent(directory)
        (left,) = uploader.deliver_due()
        assert left.status is DeliveryStatus.SENDING
        assert ledger.due(0.0)[0].status is DeliveryStatus.QUEUED
    assert ordered.calls == []
    assert not is_being_sent(directory)
    assert [each.status for each in uploader.deliver_due()] == [DeliveryStatus.COMPLETE]


def test_two_uploaders_send_each_byte_once(ordered: Ordered, ledger: Ledger, tmp_path: Path) -> None:
    """Each waits for what the other does, and both come to their end."""
    wanted = {(read_claim(owed(tmp_path, ledger)).recording_id, FAR) for _ in range(2)}
    threads = [
        threading.Thread(target=Uploader(ledger, opening(ordered)).deliver_all, args=(wanted,)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.open_deliveries() == []
    assert len([each for each in ordered.order if each[1]]) == 2 * LARGE // ordered.stretch_bytes


def test_what_is_still_being_made_waits(ordered: Ordered, ledger: Ledger, tmp_path: Path, policy: Policy) -> None:
    directory = make_recording(tmp_path, status=RecordingStatus.RECORDING)
    ledger.owe(read_claim(directory).recording_id, directory, FAR)
    (waiting,) = Uploader(ledger, opening(ordered), policy=policy).deliver_due()
    assert (waiting.status, waiting.last_error) == (DeliveryStatus.WAITING, "recording_unfinished")
    assert ordered.calls == []


def test_a_rule_holds_all_up_and_says_which(
    ordered: Ordered, ledger: Ledger, tmp_path: Path, clock: FakeWallClock
) -> None:
    for _ in range(2):
        owed(tmp_path, ledger)
    rules, seen = [Rules(frozenset({Hold.PAUSED}))], list[Progress]()
    policy = Policy(Judge(), clock, RuledGate(lambda: rules[0], lambda: USUAL, clock))
    uploader = Uploader(ledger, opening(ordered), seen.append, policy)
    (held,) = uploader.deliver_due()
    assert (held.status, held.last_error, held.attempts) == (DeliveryStatus.WAITING, "deliveries_paused", 0)
    assert held.due_at_s == clock.now_s + HELD_S
    assert {each.last_error for each in ledger.open_deliveries()} == {"deliveries_paused"}
    assert [progress.waiting_for for progress in seen] == ["deliveries_paused"]
    assert ordered.calls == []
    rules[0] = Rules()
    clock.now_s += HELD_S
    assert [each.status for each in uploader.deliver_due()] == [DeliveryStatus.COMPLETE] * 2


def test_a_rule_stops_what_is_under_way_and_nothing_is_lost(
    ordered: Ordered, ledger: Ledger, tmp_path: Path, clock: FakeWallClock
) -> None:
    owed(tmp_path, ledger)
    found, metered = [USUAL], Circumstances(Metered.YES, PowerSource.MAINS, time(12))
    coming = [metered]
    policy = Policy(Judge(), clock, RuledGate(lambda: Rules(frozenset({Hold.METERED})), lambda: found[0], clock))

    def roam(progress: Progress) -> None:
        if progress.safe_bytes > LARGE / 2 and coming:
            found[0] = coming.pop()
            clock.now_s += LOOK_S

    uploader = Uploader(ledger, opening(ordered), roam, policy)
    (held,) = uploader.deliver_due()
    assert (held.last_error, held.bytes_sent > LARGE / 2) == ("metered_network", True)
    found[0] = USUAL
    clock.now_s += HELD_S
    assert [each.status for each in uploader.deliver_due()] == [DeliveryStatus.COMPLETE]
    assert len([each for each in ordered.order if each[1]]) == LARGE // ordered.stretch_bytes
