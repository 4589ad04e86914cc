import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from capture.recording import RecordingId
from uploader.errors import LedgerUnusable
from uploader.ledger import Delivery, DeliveryStatus, Ledger

ID = RecordingId("5a0e11aa-7a53-4f0a-9f0e-2f6a0b4c1e0e")
OTHER = RecordingId("7a53aa11-0000-4f0a-9f0e-2f6a0b4c1e0e")
FOLDER = Path("/recordings/one")


def test_what_is_owed_outlives_the_process(tmp_path: Path) -> None:
    with Ledger(tmp_path / "new" / "ledger.sqlite") as ledger:
        delivery = ledger.owe(ID, FOLDER, "local")
        sent = replace(
            delivery, status=DeliveryStatus.WAITING, bytes_sent=7, bytes_total=9, last_error="network_trouble"
        )
        ledger.record(sent)
    with Ledger(tmp_path / "new" / "ledger.sqlite") as ledger:
        assert ledger.delivery(ID) == sent
        assert ledger.delivery(OTHER) is None


def test_a_new_debt_is_queued_and_due_at_once() -> None:
    with Ledger(None) as ledger:
        delivery = ledger.owe(ID, FOLDER, "local")
        assert delivery == Delivery(ID, "local", FOLDER)
        assert delivery.status is DeliveryStatus.QUEUED
        assert ledger.due(0.0) == [delivery]


@pytest.mark.parametrize("status", [DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.WAITING])
def test_owing_an_open_debt_again_changes_nothing(status: DeliveryStatus) -> None:
    with Ledger(None) as ledger:
        open_debt = replace(ledger.owe(ID, FOLDER, "local"), status=status, attempts=3, due_at_s=50.0)
        ledger.record(open_debt)
        assert ledger.owe(ID, FOLDER, "local") == open_debt


@pytest.mark.parametrize("status", [DeliveryStatus.COMPLETE, DeliveryStatus.FAILED])
def test_owing_a_closed_debt_again_opens_it(status: DeliveryStatus) -> None:
    with Ledger(None) as ledger:
        ledger.record(replace(ledger.owe(ID, FOLDER, "local"), status=status, attempts=3))
        assert ledger.owe(ID, FOLDER, "local").status is DeliveryStatus.QUEUED


def test_a_folder_that_was_moved_is_noticed() -> None:
    with Ledger(None) as ledger:
        ledger.owe(ID, FOLDER, "local")
        moved = Path("/elsewhere/one")
        assert ledger.owe(ID, moved, "local").directory == moved
        assert len(ledger.due(0.0)) == 1


def test_what_is_due_and_when() -> None:
    with Ledger(None) as ledger:
        assert ledger.next_due_s() is None
        later = replace(ledger.owe(ID, FOLDER, "local"), status=DeliveryStatus.WAITING, due_at_s=100.0)
        sooner = replace(later, recording_id=OTHER, due_at_s=90.0)
        closed = replace(later, destination="elsewhere", status=DeliveryStatus.COMPLETE, due_at_s=1.0)
        for delivery in (later, sooner, closed):
            ledger.record(delivery)
        assert ledger.next_due_s() == 90.0
        assert ledger.due(89.9) == []
        assert ledger.due(90.0) == [sooner]
        assert ledger.due(100.0) == [sooner, later]


def test_what_was_being_sent_when_the_process_died_is_due() -> None:
    with Ledger(None) as ledger:
        sending = replace(ledger.owe(ID, FOLDER, "local"), status=DeliveryStatus.SENDING)
        ledger.record(sending)
        assert ledger.due(0.0) == [sending]


def test_each_destination_is_owed_by_itself() -> None:
    with Ledger(None) as ledger:
        ledger.owe(ID, FOLDER, "local")
        other = ledger.owe(ID, FOLDER, "https://host.example")
        assert ledger.delivery(ID) == other
        assert {delivery.destination for delivery in ledger.due(0.0)} == {"local", "https://host.example"}


def test_a_file_that_is_no_ledger_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database at all, " * 100)
    with Ledger(path) as ledger:
        assert ledger.owe(ID, FOLDER, "local") == ledger.delivery(ID)
    assert (tmp_path / "ledger.sqlite.broken").read_bytes().startswith(b"not a database")


def test_a_place_where_no_ledger_can_be(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(LedgerUnusable):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_ledger_that_is_closed() -> None:
    ledger = Ledger(None)
    ledger.close()
    with pytest.raises(LedgerUnusable):
        ledger.due(0.0)


def test_nothing_is_lost_between_threads(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ids = [RecordingId(str(number)) for number in range(40)]
        threads = [threading.Thread(target=ledger.owe, args=(each, FOLDER, "local")) for each in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {delivery.recording_id for delivery in ledger.due(0.0)} == set(ids)


def test_every_commit_is_durable(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite"):
        other = sqlite3.connect(tmp_path / "ledger.sqlite")
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.close()
