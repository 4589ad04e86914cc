"""What goes out of a watched recording until it is delivered, to a real backend, from files that grow."""

import argparse
import queue
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from app import delivery
from app.console import Console
from app.desk import Desk
from app.later_delivery import Done, LaterDelivery
from app.outgoing import outgoing_of
from app.paths import Paths, find_paths
from app.settings import Settings
from app.watch_view import WatchView
from capture.events import FilesSynced
from capture.manifest import read_manifest
from tests.fakes.clock import FakeClock
from tests.uploader.making import GROWING, LIMIT_S, Making, Watched
from tests.uploader.realtime.listeners import Listener, spoke, webhook
from tests.uploader.rig import Service, served, sha256
from uploader.backend.tables import Recording, ResourceStatus
from uploader.destinations.growing import GrowingDestination
from uploader.lease import is_being_sent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with served(tmp_path / "server") as service:
        monkeypatch.setenv("AFTERWORD_API_KEY", service.backend.api_key)
        yield service


@pytest.fixture
def hook() -> Iterator[Listener]:
    with webhook() as listener:
        yield listener


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "base")


@pytest.fixture
def making(paths: Paths) -> Making:
    return Making(paths.recordings)


@pytest.fixture
def senders(monkeypatch: pytest.MonkeyPatch) -> "queue.SimpleQueue[Watched]":
    """Whatever is opened for a recording that grows."""
    opened: queue.SimpleQueue[Watched] = queue.SimpleQueue()
    open_growing: Callable[..., AbstractContextManager[GrowingDestination]] = delivery.open_growing

    def look_at(*arguments: object) -> AbstractContextManager[GrowingDestination]:
        watched = Watched(partial(open_growing, *arguments))
        opened.put(watched)
        return watched.opened()

    monkeypatch.setattr(delivery, "open_growing", look_at)
    return opened


@dataclass(frozen=True)
class Office:
    """A desk with all that belongs to it."""

    desk: Desk
    delivery: LaterDelivery
    making: Making

    def begin(self) -> None:
        self.desk.begin(read_manifest(self.making.directory).spec)

    def deliver(self) -> Done:
        self.desk.deliver(self.making.directory)
        (done,) = self.delivery.close()
        return done


@pytest.fixture
def office(home: Service, hook: Listener, paths: Paths, making: Making) -> Office:
    options = argparse.Namespace(destination=home.url, no_deliver=False, realtime=[hook.url], realtime_events=None)
    console = Console(as_json=True)
    outgoing = outgoing_of(options, Settings(), paths, console)
    view = WatchView(console, FakeClock(), "")
    later = LaterDelivery(outgoing.destination, paths, console, view.on_done)
    return Office(Desk(view, outgoing, later, paths), later, making)


def send(office: Office, senders: "queue.SimpleQueue[Watched]") -> None:
    """Returns when all that has grown is there."""
    durable_bytes = office.making.grow()
    office.desk.on_recording_event(FilesSynced(durable_bytes))
    senders.get(timeout=LIMIT_S).wait_for(durable_bytes)


def status(service: Service, making: Making) -> ResourceStatus | None:
    with service.backend.store.transaction() as transaction:
        recording = transaction.get(Recording, making.directory.name)
    return None if recording is None else recording.status


def blobs(service: Service) -> set[str]:
    return {sha256(path.read_bytes()) for path in (service.backend.data / "blobs").rglob("*-*")}


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_it_is_sent_while_it_is_made_and_nobodys_until_it_is_delivered(
    office: Office, home: Service, senders: "queue.SimpleQueue[Watched]", *, is_taken_back: bool
) -> None:
    """A stop that is taken back puts other files in the place of what was sent."""
    making = office.making
    office.begin()
    send(office, senders)
    making.close()
    if is_taken_back:
        for path in GROWING:
            making.change(path, 50_000)
        making.close()
    assert is_being_sent(making.directory)
    assert status(home, making) is ResourceStatus.PROCESSING
    done = office.deliver()
    assert (done.trouble, done.document["delivery"]["status"]) == (None, "complete")
    assert not is_being_sent(making.directory)
    assert status(home, making) is ResourceStatus.DONE
    assert blobs(home) == {media.sha256 for media in read_manifest(making.directory).media}


def test_what_was_told_arrives_before_it_is_delivered(office: Office, hook: Listener) -> None:
    office.begin()
    office.desk.on_recording_event(spoke(1))
    assert hook.next().at_s == 1
    office.desk.on_recording_event(spoke(2))  # after a stop that was taken back
    office.making.close()
    assert office.deliver().trouble is None
    assert [each.at_s for each in hook.all()] == [2]


def test_what_never_began_is_closed_when_the_next_one_begins(
    office: Office, home: Service, senders: "queue.SimpleQueue[Watched]"
) -> None:
    office.begin()
    send(office, senders)
    assert is_being_sent(office.making.directory)
    following = Making(office.making.directory.parent)
    replace(office, making=following).begin()
    assert not is_being_sent(office.making.directory)
    office.desk.close()
    assert office.delivery.close() == []
    assert status(home, following) is None
