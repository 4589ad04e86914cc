import sqlite3
import stat
import threading
from contextlib import closing
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


def test_what_lies_at_its_place_and_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerUnusable):
        Ledger(tmp_path / "file" / "ledger.sqlite")


def test_a_broken_ledger_that_cannot_be_put_aside(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, " * 100)
    (tmp_path / "ledger.sqlite.broken").mkdir()
    with pytest.raises(LedgerUnusable):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_ledger_of_another_version_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE deliveries (recording_id TEXT)")
        connection.execute("INSERT INTO deliveries VALUES ('x')")
    with Ledger(path) as ledger:
        assert ledger.due(0.0) == []
        assert ledger.owe(ID, FOLDER, "local") == ledger.delivery(ID)


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.owe(ID, FOLDER, "local")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_a_wall_clock_that_was_set_back_delays_nothing() -> None:
    with Ledger(None) as ledger:
        waiting = replace(ledger.owe(ID, FOLDER, "local"), status=DeliveryStatus.WAITING, due_at_s=2_000_000_000.0)
        ledger.record(waiting)
        assert ledger.due(1_000_000_000.0) == [waiting]
        assert ledger.due(1_999_999_000.0) == []


def test_a_paused_destination_is_left_alone_and_the_others_are_not() -> None:
    with Ledger(None) as ledger:
        there = ledger.owe(ID, FOLDER, "https://host.example")
        local = ledger.owe(ID, FOLDER, "local")
        ledger.record(replace(there, status=DeliveryStatus.WAITING, due_at_s=50.0))
        ledger.pause("https://host.example", "authentication_failed")
        assert ledger.due(100.0) == [local]
        assert ledger.next_due_s() == 0.0
        assert ledger.paused() == {"https://host.example": "authentication_failed"}
        ledger.resume("https://host.example")
        assert ledger.paused() == {}
        assert {each.destination for each in ledger.due(0.0)} == {"https://host.example", "local"}


def test_one_that_is_out_of_reach_is_out_of_reach_for_all() -> None:
    with Ledger(None) as ledger:
        for recording_id in (ID, OTHER):
            ledger.owe(recording_id, FOLDER, "https://host.example")
        local = ledger.owe(ID, FOLDER, "local")
        ledger.record(replace(ledger.owe(RecordingId("paid"), FOLDER, "local"), status=DeliveryStatus.COMPLETE))
        ledger.postpone("https://host.example", "network_trouble", 70.0)
        assert ledger.due(69.0) == [local]
        assert {each.last_error for each in ledger.due(70.0)} == {None, "network_trouble"}
        ledger.hasten({"destination_trouble"})
        assert ledger.due(69.0) == [local]
        ledger.hasten({"captive_portal", "network_trouble"})
        assert len(ledger.due(1.0)) == 3


def test_an_address_is_kept_until_it_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.keep_address("local", ID, "video_mixed.mp4", "http://host.example/1")
    with Ledger(path) as ledger:
        assert ledger.address("local", ID, "video_mixed.mp4") == "http://host.example/1"
        assert ledger.address("local", OTHER, "video_mixed.mp4") is None
        ledger.keep_address("local", ID, "video_mixed.mp4", None)
        assert ledger.address("local", ID, "video_mixed.mp4") is None


def test_a_deleted_recording_is_owed_to_nobody() -> None:
    with Ledger(None) as ledger:
        ledger.owe(ID, FOLDER, "local")
        kept = ledger.owe(OTHER, FOLDER, "local")
        ledger.keep_address("local", ID, "video_mixed.mp4", "http://host.example/1")
        ledger.forget(ID)
        assert ledger.due(0.0) == [kept]
        assert ledger.address("local", ID, "video_mixed.mp4") is None


def test_two_programs_make_one_ledger(tmp_path: Path) -> None:
    opened: list[Ledger] = []

    def start() -> None:
        opened.append(Ledger(tmp_path / "ledger.sqlite"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, ledger in enumerate(opened):
        ledger.owe(RecordingId(str(number)), FOLDER, "local")
    assert len(opened[0].due(0.0)) == len(opened) == 8
    for ledger in opened:
        ledger.close()
