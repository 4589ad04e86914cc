"""A recording that is sent while it is made, against a real backend; its files grow as the recorder's do."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import time
from pathlib import Path

import pytest

from tests.fakes.recording_directory import KINDS
from tests.uploader.making import GROWING, LIMIT_S, Making, Watched, started
from tests.uploader.rig import FakeWallClock, Service, open_upload, served, sha256
from uploader.claim import read_claim
from uploader.destinations.growing import GrowingDestination
from uploader.destinations.plain_tus import PlainOptions, PlainTusDestination
from uploader.destinations.tus import TusDestination
from uploader.destinations.tus_client import TusOptions
from uploader.errors import KeyMissing, NetworkTrouble
from uploader.gate import RuledGate
from uploader.lease import is_being_sent, leased
from uploader.ledger import DeliveryStatus, Ledger
from uploader.live import LiveDelivery
from uploader.rules import Circumstances, Hold, Metered, PowerSource, Rules
from uploader.session import Assurance, Progress
from uploader.uploader import deliver

AT_NOON = Circumstances(Metered.NO, PowerSource.MAINS, time(12))


@pytest.fixture
def making(tmp_path: Path) -> Making:
    return Making(tmp_path / "recordings")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Service]:
    with served(tmp_path / "server") as service:
        yield service


def ours(service: Service, ledger: Ledger) -> Callable[[], TusDestination]:
    return lambda: TusDestination(service.url, service.backend.api_key, options=TusOptions(addresses=ledger))


def plain(service: Service, ledger: Ledger) -> Callable[[], PlainTusDestination]:
    """Our own backend, as a tus server that knows nothing of recordings."""
    with service.client(service.backend.api_key) as client:
        upload = open_upload(client)
    options = PlainOptions(tus=TusOptions(headers={"Authorization": f"Token {upload['upload_token']}"}))
    return lambda: PlainTusDestination(f"{service.url}/api/v1/sdk_upload/{upload['id']}/media/", ledger, options)


Kind = Callable[[Service, Ledger], Callable[[], AbstractContextManager[GrowingDestination]]]


def blobs(service: Service) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (service.backend.data / "blobs").rglob("*-*")}


@pytest.mark.parametrize("kind", [ours, plain])
def test_little_is_left_to_send_when_it_ends(kind: Kind, making: Making, home: Service, ledger: Ledger) -> None:
    opening = kind(home, ledger)
    watched = Watched(opening)
    live = started(making, ledger, watched)
    for _ in range(3):
        durable_bytes = making.grow()
        live.grew(durable_bytes)
        watched.wait_for(durable_bytes)
    making.close()
    live.finish()
    seen: list[Progress] = []
    with opening() as destination:
        delivery = deliver(making.directory, destination, ledger, seen.append)
    assert delivery.status is DeliveryStatus.COMPLETE, delivery
    claim = read_claim(making.directory)
    sent = sorted(sha256(data) for data in blobs(home).values())
    assert set(sent) >= {media.sha256 for media in claim.deliverable}
    known_bytes = sum(durable_bytes.values())
    small_bytes = sum(media.bytes for media in claim.deliverable if media.path not in GROWING)
    jumps = [after.safe_bytes - before.sent_bytes for before, after in itertools.pairwise(seen)]
    assert max(jumps) > 0.9 * known_bytes / len(GROWING)
    assert claim.bytes_total - known_bytes - small_bytes < 1000


def test_the_backend_tells_the_digests_of_what_was_sent_in_parts(making: Making, home: Service, ledger: Ledger) -> None:
    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched)
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    making.close()
    live.finish()
    with ours(home, ledger)() as destination:
        deliver(making.directory, destination, ledger)
        held = {media.path: media.sha256 for media in destination.held(read_claim(making.directory))}
    assert held == {media.path: media.sha256 for media in read_claim(making.directory).deliverable}
    assert len(blobs(home)) == len(held)
    assert Assurance.VERIFIED in (making.directory / "delivery.json").read_text()


def test_what_was_changed_meanwhile_is_sent_anew(making: Making, home: Service, ledger: Ledger) -> None:
    """As where a recorder died, and the files of two were joined."""
    opening = plain(home, ledger)
    watched = Watched(opening)
    live = started(making, ledger, watched)
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    for path in GROWING:
        making.change(path, 50_000)
    making.close()
    live.finish()
    assert blobs(home) == {}
    with opening() as destination:
        assert deliver(making.directory, destination, ledger).status is DeliveryStatus.COMPLETE
    stored = {sha256(data) for data in blobs(home).values()}
    assert stored == {media.sha256 for media in read_claim(making.directory).deliverable}


def test_what_is_shorter_in_the_end_is_sent_anew(making: Making, home: Service, ledger: Ledger) -> None:
    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched)
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    for path in GROWING:
        with (making.directory / path).open("r+b") as file:
            file.truncate(100_000)
    making.close()
    live.finish()
    with ours(home, ledger)() as destination:
        assert deliver(making.directory, destination, ledger).status is DeliveryStatus.COMPLETE


def test_a_sender_that_died_leaves_nothing_in_the_way(making: Making, home: Service, ledger: Ledger) -> None:
    """``finish`` was never called."""
    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched)
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    live._stopped()
    making.change("video_mixed.mp4", 50_000)
    making.close()
    with ours(home, ledger)() as destination:
        assert deliver(making.directory, destination, ledger).status is DeliveryStatus.COMPLETE
    assert len(blobs(home)) == len(KINDS)


def test_what_is_discarded_is_discarded_there_too(making: Making, home: Service, ledger: Ledger) -> None:
    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched)
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    assert len(blobs(home)) == len(GROWING)
    live.discard()
    assert blobs(home) == {}
    assert ledger.due(0.0) == []


def test_what_is_discarded_is_owed_to_nobody_though_nobody_was_reached(making: Making, ledger: Ledger) -> None:
    tried = threading.Event()

    @contextmanager
    def unreachable() -> Iterator[GrowingDestination]:
        tried.set()
        raise NetworkTrouble
        yield

    live = LiveDelivery(making.directory, ledger, "https://there.example", unreachable)
    live.grew(making.grow())
    assert tried.wait(LIMIT_S)
    live.discard()
    assert ledger.open_deliveries() == []


def test_a_network_that_comes_and_goes(making: Making, home: Service, ledger: Ledger) -> None:
    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched)
    watched.troubles = [NetworkTrouble(), NetworkTrouble()]
    durable_bytes = making.grow()
    live.grew(durable_bytes)
    watched.wait_for(durable_bytes)
    live.discard()
    assert watched.troubles == []


def test_a_token_that_expires_while_it_is_made(tmp_path: Path, making: Making, ledger: Ledger) -> None:
    clock = FakeWallClock()
    with served(tmp_path / "server", now_s=clock) as home:
        watched = Watched(ours(home, ledger))
        live = started(making, ledger, watched)
        for _ in range(2):
            durable_bytes = making.grow()
            live.grew(durable_bytes)
            watched.wait_for(durable_bytes)
            clock.now_s += 3 * 3600
        live.discard()


def test_a_rule_holds_it_up(making: Making, home: Service, ledger: Ledger) -> None:
    asked = threading.Event()

    def rules() -> Rules:
        asked.set()
        return Rules(frozenset({Hold.PAUSED}))

    watched = Watched(ours(home, ledger))
    live = started(making, ledger, watched, gate=RuledGate(rules, lambda: AT_NOON))
    live.grew(making.grow())
    assert asked.wait(LIMIT_S)
    making.close()
    live.finish()
    assert blobs(home) == {}
    with ours(home, ledger)() as destination:
        assert deliver(making.directory, destination, ledger).status is DeliveryStatus.COMPLETE


def test_what_cannot_be_sent_is_nobody_elses_to_deliver_before_its_end(
    making: Making, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = threading.Event()
    monkeypatch.setattr("uploader.live.logger.warning", lambda *_: said.set())

    def locked() -> TusDestination:
        raise KeyMissing

    live = LiveDelivery(making.directory, ledger, "https://host.example", locked)
    live.grew(making.grow())
    assert said.wait(LIMIT_S)
    making.close()
    assert is_being_sent(making.directory)
    live.finish()
    assert not is_being_sent(making.directory)


def test_one_that_never_grew_has_nothing_to_finish(making: Making, home: Service, ledger: Ledger) -> None:
    live = started(making, ledger, Watched(ours(home, ledger)))
    live.finish()
    live.discard()
    assert ledger.due(0.0) == []


def test_somebody_else_sends_it(making: Making, home: Service, ledger: Ledger) -> None:
    watched = Watched(ours(home, ledger))
    with leased(making.directory) as is_ours:
        assert is_ours
        live = started(making, ledger, watched)
        live.grew(making.grow())
        live.finish()
    assert blobs(home) == {}
