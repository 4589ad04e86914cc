"""Opens the database of a backend: a SQLite file of its own, or one in PostgreSQL that several processes share."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from uploader.backend.file_locks import Latches
from uploader.backend.latches import AdvisoryLatches
from uploader.backend.locations import DatabaseLocation
from uploader.backend.schema import SchemaTooNew, bring_up_to_date
from uploader.backend.store import DatabaseUnavailable, Observer, Store, translated
from uploader.errors import DatabaseUnusable

BUSY_TIMEOUT_S = 30
"""Far longer than any transaction here; another process may hold the database."""

DRIVER = "postgresql+psycopg"
POOL, OVERFLOW = 8, 24
"""Connections of one process: those that stay, and those that come and go. PostgreSQL admits 100 unless told."""

SESSION = f"-c lock_timeout={BUSY_TIMEOUT_S}s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
CONNECT_TIMEOUT_S = 10

_decoder = json.JSONDecoder()


def _parsed(column: str | bytes) -> Any:  # noqa: ANN401 - a JSON document has no better type
    """Written by ourselves, without space around it: half the time of ``json.loads``, which a page calls 500 times."""
    text = column if isinstance(column, str) else column.decode()
    return _decoder.raw_decode(text)[0] if text != "{}" else {}


COMMON: Mapping[str, Any] = {"hide_parameters": True, "json_deserializer": _parsed}


def open_sqlite(path: Path, observer: Observer | None = None) -> Store:
    """Raises ``DatabaseUnavailable``, and ``DatabaseUnusable`` for one that a newer version made."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S}, **COMMON)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return _opened(engine, observer)


def open_postgresql(location: DatabaseLocation, observer: Observer | None = None) -> Store:
    """Raises ``DatabaseUnusable``."""
    with _named():
        engine = create_engine(
            location.url.set(drivername=DRIVER),
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "options": SESSION},
            pool_size=POOL,
            max_overflow=OVERFLOW,
            pool_pre_ping=True,
            **COMMON,
        )
        return _opened(engine, observer, AdvisoryLatches(engine))


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise DatabaseUnusable(str(error)) from error
    except DatabaseUnavailable as error:
        raise DatabaseUnusable(error.reason) from error
    except (ArgumentError, SQLAlchemyError) as error:
        raise DatabaseUnusable(type(error).__name__) from error


def _opened(engine: Engine, observer: Observer | None, latches: Latches | None = None) -> Store:
    with ExitStack() as undo, translated():
        undo.callback(engine.dispose)
        try:
            with engine.begin() as connection:
                bring_up_to_date(connection)
        except SchemaTooNew as error:
            raise DatabaseUnusable(str(error)) from error
        undo.pop_all()
    return Store(engine, observer, latches)


def _set_pragmas(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """Claims the write lock at once: SQLite may refuse a reader that turns writer half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
