"""What is owed to whom. A convenience only: the notes in the recordings' own directories bring it back."""

import dataclasses
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.recording import RecordingId
from uploader.errors import LedgerUnusable
from uploader.file_lock import FileLock

SCHEMA_VERSION = 2
"""A ledger of another version is emptied, and filled again from the recordings."""

SCHEMA = """
CREATE TABLE deliveries (
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
    rate_bytes_per_s REAL,
    error_data TEXT NOT NULL,
    PRIMARY KEY (recording_id, destination)
);
CREATE TABLE pauses (destination TEXT PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE addresses (
    destination TEXT NOT NULL,
    recording_id TEXT NOT NULL,
    object TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (destination, recording_id, object)
);
"""

FARTHEST_S = 2 * 3600.0
"""No retry lies farther ahead. One that seems to was noted before the wall clock was set back, and is due."""

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
    """``destination`` is an address without secrets, ``last_error`` a code, ``due_at_s`` wall time since the epoch.

    ``rate_bytes_per_s``: while it is being sent. ``error_data``: what the words for ``last_error`` are filled with.
    """

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
    rate_bytes_per_s: float | None = None
    error_data: Mapping[str, str] = field(default_factory=dict)


COLUMNS = tuple(field.name for field in dataclasses.fields(Delivery))
OPEN = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.WAITING)
OPEN_ONES = "status IN (?, ?, ?) AND destination NOT IN (SELECT destination FROM pauses)"


class Ledger:
    """Thread-safe. A delivery that was ``sending`` when a process died is due again."""

    def __init__(self, path: Path | None) -> None:
        """``None`` keeps it in memory. What is no ledger any more is put aside. Raises ``LedgerUnusable``."""
        self._lock = threading.Lock()
        try:
            self._connection = _opened(path)
        except (OSError, sqlite3.Error) as error:
            raise LedgerUnusable(str(error)) from error

    @contextmanager
    def _statements(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises ``LedgerUnusable``."""
        try:
            with self._lock, self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise LedgerUnusable(str(error)) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_empty(self) -> bool:
        """Nothing was ever owed, or it was lost."""
        return not self._find("TRUE LIMIT 1")

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
        row = dataclasses.asdict(delivery)
        row |= {"directory": str(delivery.directory), "error_data": json.dumps(dict(delivery.error_data))}
        places = ", ".join("?" for _ in COLUMNS)
        with self._statements() as connection:
            connection.execute(f"REPLACE INTO deliveries ({', '.join(COLUMNS)}) VALUES ({places})", [*row.values()])  # noqa: S608 - constants only

    def delivery(self, recording_id: RecordingId) -> Delivery | None:
        """The one that something happened to last, where there are several destinations."""
        return next(iter(self._find("recording_id = ? ORDER BY rowid DESC", recording_id)), None)

    def deliveries(self, recording_id: RecordingId) -> list[Delivery]:
        """To every destination, in the order of their names."""
        return self._find("recording_id = ? ORDER BY destination", recording_id)

    def all(self) -> list[Delivery]:
        """For each recording the one that something happened to last comes last."""
        return self._find("TRUE ORDER BY rowid")

    def find(self, recording_id: RecordingId, destination: str) -> Delivery | None:
        return next(iter(self._find("recording_id = ? AND destination = ?", recording_id, destination)), None)

    def due(self, now_s: float) -> list[Delivery]:
        """The longest due first; nothing for a destination that is paused."""
        condition = f"{OPEN_ONES} AND (due_at_s <= ? OR due_at_s > ?) ORDER BY due_at_s, rowid"
        return self._find(condition, *OPEN, now_s, now_s + FARTHEST_S)

    def open_deliveries(self) -> list[Delivery]:
        """The next due first; none to a destination that is paused."""
        return self._find(f"{OPEN_ONES} ORDER BY due_at_s", *OPEN)

    def next_due_s(self) -> float | None:
        """When the next open delivery is due, to a destination that is not paused."""
        return next((each.due_at_s for each in self.open_deliveries()), None)

    def postpone(self, destination: str, code: str, due_at_s: float) -> None:
        """All that is due there waits until then, for the same reason."""
        self._change(
            "UPDATE deliveries SET status = ?, last_error = ?, due_at_s = ?"
            " WHERE destination = ? AND status IN (?, ?, ?) AND due_at_s < ?",
            *(DeliveryStatus.WAITING, code, due_at_s, destination, *OPEN, due_at_s),
        )

    def hasten(self, codes: Collection[str]) -> None:
        """What waits because of any of ``codes`` is due now."""
        places = ", ".join("?" for _ in codes)
        condition = f"status = ? AND last_error IN ({places})"
        self._change(f"UPDATE deliveries SET due_at_s = 0 WHERE {condition}", DeliveryStatus.WAITING, *codes)  # noqa: S608 - places only

    def pause(self, destination: str, code: str) -> None:
        """Nothing is due there until ``resume``."""
        self._change("REPLACE INTO pauses (destination, code) VALUES (?, ?)", destination, code)

    def resume(self, destination: str) -> None:
        """What waited there is due now."""
        self._change("DELETE FROM pauses WHERE destination = ?", destination)
        self._change(
            "UPDATE deliveries SET due_at_s = 0 WHERE destination = ? AND status = ?",
            *(destination, DeliveryStatus.WAITING),
        )

    def paused(self) -> Mapping[str, str]:
        """Why, by destination."""
        with self._statements() as connection:
            return dict(connection.execute("SELECT destination, code FROM pauses").fetchall())

    def move(self, recording_id: RecordingId, directory: Path) -> None:
        """It lies there now; what is owed of it stays owed."""
        self._change("UPDATE deliveries SET directory = ? WHERE recording_id = ?", str(directory), recording_id)

    def forget(self, recording_id: RecordingId) -> None:
        """It was deleted here: nothing is owed any more."""
        for table in ("deliveries", "addresses"):
            self._change(f"DELETE FROM {table} WHERE recording_id = ?", recording_id)  # noqa: S608 - constants only

    def address(self, destination: str, recording_id: RecordingId, media: str) -> str | None:
        """Where the bytes of a media object are sent to, as that destination told before. Whoever has it may write."""
        query = "SELECT address FROM addresses WHERE destination = ? AND recording_id = ? AND object = ?"
        with self._statements() as connection:
            row = connection.execute(query, (destination, recording_id, media)).fetchone()
        return str(row[0]) if row else None

    def keep_address(self, destination: str, recording_id: RecordingId, media: str, address: str | None) -> None:
        """Durable when this returns; ``None`` forgets it."""
        key = (destination, recording_id, media)
        if address is None:
            self._change("DELETE FROM addresses WHERE destination = ? AND recording_id = ? AND object = ?", *key)
        else:
            self._change("REPLACE INTO addresses VALUES (?, ?, ?, ?)", *key, address)

    def _change(self, statement: str, *values: str | float) -> None:
        with self._statements() as connection:
            connection.execute(statement, values)

    def _find(self, condition: str, *values: str | float) -> list[Delivery]:
        query = f"SELECT {', '.join(COLUMNS)} FROM deliveries WHERE {condition}"  # noqa: S608 - constants only
        with self._statements() as connection:
            rows = connection.execute(query, values).fetchall()
        return [_delivery(row) for row in rows]


def _opened(path: Path | None) -> sqlite3.Connection:
    """What is no database is put aside, with the journal that belongs to it."""
    if path is None:
        return _connected(":memory:")
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock")):  # a database that becomes one waits for nobody
        return _provided(path)


def _provided(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)  # the addresses in it are keys to what they lead to
    try:
        return _connected(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for suffix in ("-shm", "-wal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.replace(path.with_name(path.name + ".broken"))
        path.touch(mode=0o600)
        return _connected(path)


def _connected(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA fullfsync=ON"):
            connection.execute(statement)
        _provide_tables(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _provide_tables(connection: sqlite3.Connection) -> None:
    """One transaction, begun before looking: two programs may start at once."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            return
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        statements = [f"DROP TABLE {name}" for (name,) in tables]
        statements += [*filter(str.strip, SCHEMA.split(";")), f"PRAGMA user_version = {SCHEMA_VERSION}"]
        for statement in statements:
            connection.execute(statement)


def _delivery(row: sqlite3.Row) -> Delivery:
    values = dict(zip(row.keys(), row, strict=True))
    values |= {"directory": Path(row["directory"]), "status": DeliveryStatus(row["status"])}
    return Delivery(**values | {"error_data": json.loads(row["error_data"])})
