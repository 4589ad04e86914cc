"""Locks between processes, kept by PostgreSQL for as long as one connection lasts: a process that dies holds none."""

import threading

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from uploader.backend.store import lock_number, translated


class AdvisoryLatches:
    """Thread-safe. Everything raises ``DatabaseUnavailable``; with the connection go all locks that it held."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._guard = threading.Lock()

    def take(self, name: str) -> bool:
        with self._guard, translated():
            taken = select(func.pg_try_advisory_lock(lock_number("file", name)))
            try:
                return bool(self._connected().execute(taken).scalar())
            except DBAPIError:
                self._forget()
                raise

    def release(self, name: str) -> None:
        """A lock that went with its connection is free already."""
        with self._guard:
            if self._connection is None:
                return
            try:
                self._connection.execute(select(func.pg_advisory_unlock(lock_number("file", name))))
            except DBAPIError:
                self._forget()

    def close(self) -> None:
        with self._guard:
            self._forget()

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = None
