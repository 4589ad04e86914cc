"""What is owed to whom. A convenience only: once lost, owe everything again, for destinations know what they have."""

import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.recording import RecordingId
from uploader.errors import LedgerUnusable

SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    recording_id TEXT NOT NULL,
    destination TEXT NOT NULL,
    directory TEXT NOT NULL,
    status TEXT NOT NULL,
    bytes_sent INTEGER NOT NULL,
    bytes_total INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    upload_id TEXT,
    due_at_s REAL NOT NULL,
    PRIMARY KEY (recording_id, destination)
)
"""

BUSY_TIMEOUT_S = 30.0


class DeliveryStatus(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    WAITING = "waiting"
    """For the next attempt."""
    COMPLETE = "complete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """``destination`` is an address without secrets, ``last_error`` a code, ``due_at_s`` wall time since the epoch."""

    recording_id: RecordingId
    destination: str
    directory: Path
    status: DeliveryStatus = DeliveryStatus.QUEUED
    bytes_sent: int = 0
    bytes_total: int = 0
    attempts: int = 0
    last_error: str | None = None
    upload_id: str | None = None
    due_at_s: float = 0.0


COLUMNS = tuple(field.name for field in dataclasses.fields(Delivery))
OPEN = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.WAITING)


class Ledger:
    """Thread-safe. A delivery that was ``sending`` when a process died is due again."""

    def __init__(self, path: Path | None) -> None:
        """``None`` keeps it in memory. What is no ledger any more is put aside. Raises ``LedgerUnusable``."""
        self._lock = threading.Lock()
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError as error:
            raise LedgerUnusable(str(error)) from error
        except sqlite3.DatabaseError:
            if path is None:
                raise
            path.replace(path.with_name(path.name + ".broken"))
            self._connection = _opened(path)

    @contextmanager
    def _statements(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises ``LedgerUnusable``."""
        try:
            with self._lock, self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise LedgerUnusable(str(error)) from error

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def owe(self, recording_id: RecordingId, directory: Path, destination: str) -> Delivery:
        """What is owed already stays so; what failed, or was paid before the recording grew, is due again."""
        known = self._find("recording_id = ? AND destination = ?", recording_id, destination)
        if known and known[0].status in OPEN and known[0].directory == directory:
            return known[0]
        delivery = Delivery(recording_id, destination, directory)
        self.record(delivery)
        return delivery

    def record(self, delivery: Delivery) -> None:
        """Durable when this returns."""
        values = [str(value) if isinstance(value, Path) else value for value in dataclasses.astuple(delivery)]
        places = ", ".join("?" for _ in COLUMNS)
        with self._statements() as connection:
            connection.execute(f"REPLACE INTO deliveries ({', '.join(COLUMNS)}) VALUES ({places})", values)  # noqa: S608 - constants only

    def delivery(self, recording_id: RecordingId) -> Delivery | None:
        """The one that something happened to last, where there are several destinations."""
        return next(iter(self._find("recording_id = ? ORDER BY rowid DESC", recording_id)), None)

    def due(self, now_s: float) -> list[Delivery]:
        """The longest due first."""
        return self._find("status IN (?, ?, ?) AND due_at_s <= ? ORDER BY due_at_s, rowid", *OPEN, now_s)

    def next_due_s(self) -> float | None:
        """When the next open delivery is due."""
        found = self._find("status IN (?, ?, ?) ORDER BY due_at_s LIMIT 1", *OPEN)
        return found[0].due_at_s if found else None

    def _find(self, condition: str, *values: str | float) -> list[Delivery]:
        query = f"SELECT {', '.join(COLUMNS)} FROM deliveries WHERE {condition}"  # noqa: S608 - constants only
        with self._statements() as connection:
            rows = connection.execute(query, values).fetchall()
        return [_delivery(row) for row in rows]


def _opened(path: Path | None) -> sqlite3.Connection:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=BUSY_TIMEOUT_S, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", SCHEMA):
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _delivery(row: sqlite3.Row) -> Delivery:
    values = dict(zip(row.keys(), row, strict=True))
    values |= {"directory": Path(row["directory"]), "status": DeliveryStatus(row["status"])}
    return Delivery(**values)
