"""What is put is delivered as long as the app runs, whatever stands in its way for a while."""

import queue
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.courier import Courier
from app.delivery_ledger import open_ledger
from app.messages import Failure
from app.paths import Paths, find_paths
from app.situation import News, Sending, Troubled
from capture.recording import RecordingId
from tests.fakes.recording_directory import make_recording
from uploader.debts import DEBTS_NAME, LOCK_NAME, note_debt
from uploader.ledger import DeliveryStatus

LIMIT_S = 30.0


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "base")


@pytest.fixture
def directory(paths: Paths) -> Path:
    return make_recording(paths.recordings)


@pytest.fixture
def news() -> "queue.SimpleQueue[News]":
    return queue.SimpleQueue()


def wait_for(news: "queue.SimpleQueue[News]", wanted: Callable[[News], bool]) -> None:
    while not wanted(news.get(timeout=LIMIT_S)):
        pass


def told_of(code: str) -> Callable[[News], bool]:
    return lambda news: isinstance(news, Troubled) and news.message is not None and news.message.code == code


def statuses(paths: Paths) -> set[DeliveryStatus]:
    with open_ledger(paths) as ledger:
        found = [ledger.deliveries(RecordingId(path.name)) for path in paths.recordings.iterdir()]
        return {each.status for deliveries in found for each in deliveries}


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections, and says nothing ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def nothing() -> None:
    """Was sent of it before."""


def test_it_ends_though_a_server_never_answers(
    paths: Paths, directory: Path, news: "queue.SimpleQueue[News]", silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_API_KEY", "some key")
    courier = Courier(silent, paths, news.put, farewell_s=0.1)
    courier.start()
    courier.put(directory, nothing)
    wait_for(news, lambda each: each == Sending(1))
    courier.stop()
    assert statuses(paths) <= {DeliveryStatus.QUEUED, DeliveryStatus.SENDING}


def test_what_is_owed_goes_though_the_ledger_was_deleted(
    paths: Paths, directory: Path, news: "queue.SimpleQueue[News]"
) -> None:
    note_debt(directory, "local")
    courier = Courier(None, paths, news.put)
    courier.start()
    wait_for(news, lambda each: each == Troubled(None))  # one has arrived
    courier.stop()
    assert statuses(paths) == {DeliveryStatus.COMPLETE}


def test_what_went_wrong_before_is_no_reason_not_to_deliver(
    paths: Paths, directory: Path, news: "queue.SimpleQueue[News]"
) -> None:
    def break_off() -> None:
        raise Failure("credentials_unreadable", path="there")

    courier = Courier("local", paths, news.put)
    courier.start()
    courier.put(directory, break_off)
    wait_for(news, told_of("credentials_unreadable"))
    wait_for(news, lambda each: each == Troubled(None))
    courier.stop()
    assert statuses(paths) == {DeliveryStatus.COMPLETE}


def test_what_cannot_be_noted_is_tried_again(paths: Paths, directory: Path, news: "queue.SimpleQueue[News]") -> None:
    (directory / LOCK_NAME).mkdir()  # where a file is to be
    courier = Courier("local", paths, news.put, again_s=0.05)
    courier.start()
    courier.put(directory, nothing)
    wait_for(news, told_of("ledger_unusable"))
    (directory / LOCK_NAME).rmdir()
    wait_for(news, lambda each: each == Troubled(None))
    courier.stop()
    assert statuses(paths) == {DeliveryStatus.COMPLETE}
    assert (directory / DEBTS_NAME).exists()


def test_what_was_deleted_meanwhile_is_owed_to_nobody(
    paths: Paths, directory: Path, news: "queue.SimpleQueue[News]"
) -> None:
    courier = Courier("local", paths, news.put)
    courier.start()
    shutil.rmtree(directory)
    courier.put(directory, nothing)
    courier.stop()
    assert news.empty()
    assert not directory.exists()
