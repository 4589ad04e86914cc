"""A day with hardly any network, and a restart every seventy minutes: what arrives is what was recorded."""

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import FakeWallClock, Service, served
from uploader.backend.tables import StoredFile
from uploader.claim import read_claim
from uploader.debts import owe, read_debts
from uploader.destinations.base import Destination, OnSent, RemoteUpload
from uploader.destinations.tus import TusDestination
from uploader.errors import NetworkTrouble
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import Backoff, Judge
from uploader.uploader import Policy, Uploader

DAY_S = 24 * 3600.0
RESTARTS = 20
VIDEO_BYTES = 12_000_000
GLIMPSE_BYTES = 300_000


class Network:
    """``left_bytes``: what it will carry before it breaks; ``None`` for all there is."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.left_bytes: int | None = 0
        self.calls = 0

    @contextmanager
    def open(self, _: str) -> Iterator[Destination]:
        self.calls += 1
        self.carry(1)
        with Shaky(self._service, self) as destination:
            yield destination

    def carry(self, size_bytes: int) -> None:
        if self.left_bytes is None:
            return
        self.left_bytes -= size_bytes
        if self.left_bytes < 0:
            message = "ConnectError"
            raise NetworkTrouble(message)


class Shaky(TusDestination):
    def __init__(self, service: Service, network: Network) -> None:
        super().__init__(service.url, service.backend.api_key)
        self._network = network

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        def sent(size_bytes: int) -> None:
            on_sent(size_bytes)
            self._network.carry(size_bytes)

        return super().append(upload, media, source, offset, sent)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with served(tmp_path / "backend") as service:
        yield service


def safe_bytes(service: Service) -> int:
    with service.backend.store.transaction() as transaction:
        return sum(file.offset for file in transaction.find(StoredFile))


def offline(network: Network, ledger: Ledger, policy: Policy, clock: FakeWallClock, until_s: float) -> None:
    """Attempts when they are due, and none of them gets anywhere; then a glimpse of the network."""
    uploader = Uploader(ledger, network.open, policy=policy)
    uploader.network_changed()
    while clock.now_s < until_s:
        network.left_bytes = 0
        uploader.deliver_due()
        due_at_s = ledger.next_due_s()
        assert due_at_s is not None
        clock.now_s = max(due_at_s, clock.now_s)
    network.left_bytes = GLIMPSE_BYTES
    uploader.network_changed()
    uploader.deliver_due()


def test_byte_for_byte_and_with_little_ado(
    service: Service, tmp_path: Path, clock: FakeWallClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "uploader")
    policy = Policy(Judge(Backoff(uniform=random.Random(7).uniform)), clock)
    network, path = Network(service), tmp_path / "ledger.sqlite"
    directory = make_recording(tmp_path / "recordings", video_bytes=VIDEO_BYTES)
    with Ledger(path) as ledger:
        owe(directory, service.url, ledger)
    began_s = clock.now_s
    for number in range(1, RESTARTS + 1):
        with Ledger(path) as ledger:
            offline(network, ledger, policy, clock, began_s + number * DAY_S / RESTARTS)
    assert 100 < network.calls < 1500
    assert 0 < safe_bytes(service) < VIDEO_BYTES
    assert len(caplog.records) <= 4 * RESTARTS
    assert sum(file.stat().st_size for file in path.parent.glob("ledger.sqlite*")) < 300_000

    network.left_bytes = None
    with Ledger(path) as ledger:
        uploader = Uploader(ledger, network.open, policy=policy)
        uploader.network_changed()
        while (due_at_s := ledger.next_due_s()) is not None:  # the backend may not know yet that a line has broken
            clock.now_s = max(clock.now_s, due_at_s)
            uploader.deliver_due()
        delivery = ledger.delivery(read_claim(directory).recording_id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.COMPLETE
    assert [debt.is_paid(read_claim(directory)) for debt in read_debts(directory)] == [True]
    with service.backend.store.transaction() as transaction:
        kept = {file.path: service.backend.blobs.read(file.id) for file in transaction.find(StoredFile)}
    assert kept == {media.path: (directory / media.path).read_bytes() for media in read_claim(directory).deliverable}
