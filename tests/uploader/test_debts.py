"""The notes in the recordings' own directories, and the ledger that is built from them."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from capture.manifest import read_manifest
from capture.recording import MediaStatus
from tests.fakes.recording_directory import describe, make_recording, with_media
from uploader.claim import read_claim
from uploader.debts import DEBTS_NAME, Debt, is_paid, note_debt, note_payment, owe, read_debts, replay
from uploader.errors import LedgerUnusable
from uploader.ledger import DeliveryStatus, Ledger
from uploader.session import Assurance, Delivered


def delivered(directory: Path) -> Delivered:
    return Delivered(read_claim(directory), Assurance.VERIFIED)


def test_a_debt_is_noted_once_and_cleared_when_it_is_paid(recording: Path) -> None:
    note_debt(recording, "local")
    note_debt(recording, "local")
    assert read_debts(recording) == (Debt("local", {}),)
    claim = read_claim(recording)
    note_payment(recording, "local", delivered(recording))
    (debt,) = read_debts(recording)
    assert debt.is_paid(claim)
    note_debt(recording, "local")
    assert read_debts(recording) == (debt,)


def test_each_destination_is_noted_by_itself(recording: Path) -> None:
    note_debt(recording, "local")
    note_debt(recording, "https://host.example")
    note_payment(recording, "local", delivered(recording))
    paid = {debt.destination: debt.is_paid(read_claim(recording)) for debt in read_debts(recording)}
    assert paid == {"local": True, "https://host.example": False}


def test_debts_that_are_noted_at_once_are_all_noted(recording: Path) -> None:
    names = [f"https://{number}.example" for number in range(12)]
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(partial(note_debt, recording), names))
    assert sorted(debt.destination for debt in read_debts(recording)) == sorted(names)


def test_what_has_grown_is_owed_again(recording: Path) -> None:
    before = tuple(describe(recording, path) for path in ("video_mixed.mp4", "participants.json"))
    with_media(recording, before[:1])
    note_payment(recording, "local", delivered(recording))
    with_media(recording, before)
    assert not read_debts(recording)[0].is_paid(read_claim(recording))


def test_what_has_failed_since_is_to_be_told(recording: Path) -> None:
    note_payment(recording, "local", delivered(recording))
    (*media, transcript) = read_manifest(recording).media
    assert transcript.path == "transcript.json"
    failed = replace(transcript, status=MediaStatus.FAILED, sub_code="provider_error", bytes=0, sha256="")
    with_media(recording, (*media, failed))
    assert not is_paid(recording, "local")
    note_payment(recording, "local", delivered(recording))
    assert is_paid(recording, "local")
    with_media(recording, (*media, replace(failed, sub_code="provider_timeout")))
    assert not is_paid(recording, "local")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"destinations": 3}', "[" * 100_000])
def test_a_note_that_makes_no_sense_says_nothing(recording: Path, text: str) -> None:
    (recording / DEBTS_NAME).write_text(text)
    assert read_debts(recording) == ()


def test_a_note_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable):
        note_debt(tmp_path / "gone", "local")


def test_what_grew_and_was_not_noted_is_owed_when_it_is_looked_for(tmp_path: Path, ledger: Ledger) -> None:
    recordings = tmp_path / "recordings"
    directory = make_recording(recordings)
    media = read_manifest(directory).media
    with_media(directory, media[:-1])
    owed = owe(directory, "local", ledger)
    note_payment(directory, "local", delivered(directory))
    ledger.record(replace(owed, status=DeliveryStatus.COMPLETE))
    assert replay(recordings, ledger) == []
    with_media(directory, media)
    assert [each.status for each in replay(recordings, ledger)] == [DeliveryStatus.QUEUED]


def test_a_lost_ledger_is_built_anew(tmp_path: Path) -> None:
    owed, paid, never = (make_recording(tmp_path / "recordings") for _ in range(3))
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        for directory in (owed, paid):
            owe(directory, "https://host.example", ledger)
        owe(owed, "local", ledger)
    note_payment(paid, "https://host.example", delivered(paid))
    path.unlink()
    with Ledger(path) as ledger:
        assert len(replay(tmp_path / "recordings", ledger)) == 3
        assert {(each.directory, each.destination) for each in ledger.due(0.0)} == {
            (owed, "https://host.example"),
            (owed, "local"),
        }
        known = ledger.find(read_claim(paid).recording_id, "https://host.example")
        assert known is not None
        assert (known.status, known.bytes_sent) == (DeliveryStatus.COMPLETE, read_claim(paid).bytes_total)
        assert ledger.delivery(read_claim(never).recording_id) is None
        assert replay(tmp_path / "recordings", ledger) == []


def test_a_directory_without_a_readable_manifest_is_left_out(tmp_path: Path) -> None:
    directories = [make_recording(tmp_path / "recordings") for _ in range(2)]
    for directory in directories:
        note_debt(directory, "local")
    (directories[0] / "recording.json").write_text("{")
    (directories[1] / "recording.json").unlink()
    with Ledger(None) as ledger:
        assert replay(tmp_path / "recordings", ledger) == []
        assert replay(tmp_path / "nowhere", ledger) == []


def test_a_note_that_cannot_be_read_holds_up_no_other(tmp_path: Path) -> None:
    stubborn, other = (make_recording(tmp_path / "recordings") for _ in range(2))
    (stubborn / DEBTS_NAME).mkdir()
    note_debt(other, "local")
    with Ledger(None) as ledger:
        assert [each.directory for each in replay(tmp_path / "recordings", ledger)] == [other]


def test_a_recording_that_was_moved_takes_its_debts_along(tmp_path: Path) -> None:
    directory = make_recording(tmp_path / "here")
    note_debt(directory, "local")
    moved = tmp_path / "there" / directory.name
    shutil.move(directory, moved)
    with Ledger(None) as ledger:
        (delivery,) = replay(tmp_path / "there", ledger)
    assert delivery.directory == moved


def test_the_note_holds_no_secret(recording: Path) -> None:
    note_payment(recording, "local", delivered(recording))
    document = json.loads((recording / DEBTS_NAME).read_text())
    assert document.keys() == {"version", "destinations"}
    assert document["destinations"].keys() == {"local"}
