"""``delivery.json`` beside a recording's manifest: to whom it is owed, and who has acknowledged what.

The ledger can be built anew from these notes. A debt is noted before anything is sent, and cleared once paid.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from capture.manifest import MANIFEST_NAME, sync_folder
from capture.recording import MediaStatus
from uploader.claim import Claim, read_claim
from uploader.documents import read_document
from uploader.errors import InvalidManifest, LedgerUnusable
from uploader.file_lock import FileLock
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.session import Assurance, Delivered

DEBTS_NAME = "delivery.json"
LOCK_NAME = f".{DEBTS_NAME}.lock"
VERSION = 1

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Debt:
    """``acknowledged``: SHA-256 by path, of each media object that the destination said it holds, or how one failed.

    Only an assurance of ``verified`` says that the destination has told the same digests itself.
    """

    destination: str
    acknowledged: Mapping[str, str]
    assurance: Assurance | None = None

    def is_paid(self, claim: Claim) -> bool:
        """A recording that has grown since, or was mended, is owed again."""
        return self.acknowledged == digests(claim.as_delivered())


def digests(claim: Claim) -> dict[str, str]:
    """A failure has no bytes to send, but is to be told, too."""
    failed = (media for media in claim.media if media.status is MediaStatus.FAILED)
    return {media.path: media.sha256 for media in claim.deliverable} | {
        media.path: f"{MediaStatus.FAILED}: {media.sub_code}" for media in failed
    }


def read_debts(directory: Path) -> tuple[Debt, ...]:
    """Empty where nothing was noted, or the note makes no sense any more. Raises ``LedgerUnusable``."""
    try:
        document = read_document((directory / DEBTS_NAME).read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LedgerUnusable(str(error)) from error
    except ValueError:
        return ()
    entries = document.get("destinations") if isinstance(document, dict) else None
    if not isinstance(entries, dict):
        return ()
    return tuple(_debt(name, entry) for name, entry in entries.items())


def _debt(destination: str, entry: object) -> Debt:
    fields = entry if isinstance(entry, dict) else {}
    acknowledged, assurance = fields.get("acknowledged"), fields.get("assurance")
    if not isinstance(acknowledged, dict) or assurance not in set(Assurance):
        return Debt(destination, {})
    return Debt(destination, acknowledged, Assurance(assurance))


def note_debt(directory: Path, destination: str) -> None:
    """Durable when this returns. Raises ``LedgerUnusable``."""
    with _noting(directory):
        debts = read_debts(directory)
        if destination not in {debt.destination for debt in debts}:
            _write(directory, (*debts, Debt(destination, {})))


def note_payment(directory: Path, destination: str, delivered: Delivered) -> None:
    """Durable when this returns. Raises ``LedgerUnusable``."""
    with _noting(directory):
        others = [debt for debt in read_debts(directory) if debt.destination != destination]
        _write(directory, (*others, Debt(destination, digests(delivered.claim), delivered.assurance)))


def is_paid(directory: Path, destination: str) -> bool:
    """As its manifest is by now, if there is one. Raises ``InvalidManifest``, ``LedgerUnusable``."""
    if not (directory / MANIFEST_NAME).exists():
        return True
    claim = read_claim(directory)
    return all(debt.is_paid(claim) for debt in read_debts(directory) if debt.destination == destination)


@contextmanager
def _noting(directory: Path) -> Iterator[None]:
    """One at a time: a debt may be noted while another one is paid."""
    try:
        with FileLock(directory / LOCK_NAME):
            yield
    except OSError as error:
        raise LedgerUnusable(str(error)) from error


def _write(directory: Path, debts: tuple[Debt, ...]) -> None:
    """Raises ``OSError``."""
    destinations = {
        debt.destination: {"acknowledged": dict(debt.acknowledged), "assurance": debt.assurance} for debt in debts
    }
    text = json.dumps({"version": VERSION, "destinations": destinations}, indent=2) + "\n"
    path = directory / DEBTS_NAME
    temporary = path.with_name(f".{DEBTS_NAME}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(directory)


def owe(directory: Path, destination: str, ledger: Ledger) -> Delivery:
    """Notes the debt in both places, the recording's own first. Raises ``InvalidManifest`` or ``LedgerUnusable``."""
    claim = read_claim(directory)
    note_debt(directory, destination)
    return ledger.owe(claim.recording_id, directory, destination)


def replay(recordings: Path, ledger: Ledger) -> list[Delivery]:
    """What the recordings say is owed and the ledger does not know; the ledger knows it now.

    A note that cannot be read holds up no other. Raises ``LedgerUnusable``.
    """
    return [delivery for directory in _noted(recordings) for delivery in _replayed(directory, ledger)]


def _noted(recordings: Path) -> Iterator[Path]:
    yield from (path.parent for path in sorted(recordings.glob(f"*/{DEBTS_NAME}")))


def _replayed(directory: Path, ledger: Ledger) -> Iterator[Delivery]:
    if not (directory / MANIFEST_NAME).exists():
        return
    try:
        claim, debts = read_claim(directory), read_debts(directory)
    except InvalidManifest:  # there is nothing that could be delivered; whoever lists recordings tells of it
        return
    except LedgerUnusable as error:
        logger.warning("recording=%s: what is owed cannot be read: %s", directory.name, error.reason)
        return
    for debt in debts:
        known = ledger.find(claim.recording_id, debt.destination)
        if known is None or known.directory != directory:
            yield _restored(claim, directory, debt, ledger)
        elif known.status is DeliveryStatus.COMPLETE and not debt.is_paid(claim) and not claim.is_released:
            yield ledger.owe(claim.recording_id, directory, debt.destination)  # it grew, and nobody lived to note that


def _restored(claim: Claim, directory: Path, debt: Debt, ledger: Ledger) -> Delivery:
    owed = ledger.owe(claim.recording_id, directory, debt.destination)
    if not debt.is_paid(claim):
        return owed
    total_bytes = claim.bytes_total
    paid = replace(owed, status=DeliveryStatus.COMPLETE, bytes_sent=total_bytes, bytes_total=total_bytes)
    ledger.record(paid)
    return paid
