"""The backend's index: SQL that runs on SQLite and PostgreSQL alike."""

import dataclasses
import hmac
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    create_engine,
    event,
    inspect,
    select,
    tuple_,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from uploader.backend.access_tables import KeptAnswer
from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.paging import Direction, Page, PageRequest, page_of
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.rows import TABLE_OF, Paged, Row, key_of, plain, row_of, status_of
from uploader.backend.search_tables import SEARCH_TEXTS
from uploader.backend.tables import FILES, KEYS, RECORDINGS, TABLES, Recording, ResourceStatus, StoredFile
from uploader.backend.transitions import require_legal
from uploader.backend.webhook_tables import WEBHOOK_DELIVERIES, WebhookDelivery, WebhookMessage

R = TypeVar("R", bound=Row)
P = TypeVar("P", bound=Paged)

Observer = Callable[["Transaction", Row | None, Row], None]
"""Is told of every row that was added or changed, before and after, inside the transaction."""

BUSY_TIMEOUT_S = 30
"""Far longer than any transaction here; another process may hold the database."""


class DatabaseUnavailable(Refusal):
    """Locked for long, full, damaged or no database. ``reason`` is the driver's, and not told to clients."""

    def __init__(self, reason: str) -> None:
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, Reason.DATABASE_UNAVAILABLE)
        self.reason = reason


class Transaction:
    """Reads and writes rows. Used by one thread."""

    def __init__(self, connection: Connection, observer: Observer | None = None) -> None:
        self._connection = connection
        self._observer = observer

    def get(self, kind: type[R], row_id: str) -> R | None:
        return self.first(kind, id=row_id)

    def first(self, kind: type[R], **equal: str) -> R | None:
        return next(iter(self.find(kind, **{name: [value] for name, value in equal.items()})), None)

    def find(self, kind: type[R], **among: Sequence[str]) -> list[R]:
        """Oldest first."""
        table = TABLE_OF[kind]
        query = table.select().where(*(table.c[name].in_(values) for name, values in among.items()))
        return self._rows(kind, query.order_by(table.c.created_at, table.c.id))

    def expired_files(self, now: str) -> list[StoredFile]:
        return self._rows(StoredFile, FILES.select().where(FILES.c.media_id.is_(None), FILES.c.expires_at <= now))

    def unread_files(self, kinds: Collection[str], most: int) -> list[StoredFile]:
        """That a manifest vouched for, and whose words are in no index. Oldest first."""
        columns = FILES.c
        unread = columns.id.not_in(select(SEARCH_TEXTS.c.id))
        query = FILES.select().where(columns.media_id.is_not(None), columns.kind.in_(kinds), unread)
        return self._rows(StoredFile, query.order_by(columns.created_at, columns.id).limit(most))

    def expired_recordings(self, now: str) -> list[Recording]:
        columns = RECORDINGS.c
        query = RECORDINGS.select().where(columns.expires_at <= now, columns.status != ResourceStatus.DELETED.value)
        return self._rows(Recording, query)

    def due_deliveries(self, now: str, most: int) -> list[WebhookDelivery]:
        columns = WEBHOOK_DELIVERIES.c
        query = WEBHOOK_DELIVERIES.select().where(columns.due_at <= now).order_by(columns.due_at, columns.created_at)
        return self._rows(WebhookDelivery, query.limit(most))

    def next_due_at(self) -> str | None:
        columns = WEBHOOK_DELIVERIES.c
        query = select(columns.due_at).where(columns.due_at.is_not(None)).order_by(columns.due_at).limit(1)
        return self._connection.execute(query).scalar()

    def forget_older(self, kind: type[WebhookMessage | KeptAnswer], than: str) -> None:
        table = TABLE_OF[kind]
        self._connection.execute(table.delete().where(table.c.created_at < than))

    def page(self, kind: type[P], request: PageRequest, conditions: Sequence[ColumnElement[bool]]) -> Page[P]:
        table = TABLE_OF[kind]
        place = tuple_(table.c.created_at, table.c.id)
        is_older = request.direction is Direction.OLDER
        query = table.select().where(*conditions).limit(request.rows + 1)
        if request.cursor:
            anchor = (request.cursor.created_at, request.cursor.id)
            query = query.where(place < anchor if is_older else place > anchor)
        columns = (table.c.created_at, table.c.id)
        query = query.order_by(*(column.desc() if is_older else column for column in columns))
        found = self._rows(kind, query)
        return page_of(request, [(row.created_at, row.id, row) for row in found])

    def add(self, row: Row) -> None:
        values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
        self._connection.execute(TABLE_OF[type(row)].insert().values(plain(values)))
        self._observed(None, row)

    def change(self, row: R, **changes: Any) -> R:  # noqa: ANN401 - column values are of many types
        """Raises ``Refusal`` for a status that cannot follow the one before."""
        if not changes:
            return row
        if "status" in changes:
            row = self.get(type(row), row.id) or row  # the caller's may be old by now
            require_legal(status_of(row), changes["status"])
        table = TABLE_OF[type(row)]
        self._connection.execute(table.update().where(table.c.id == row.id).values(plain(changes)))
        changed = dataclasses.replace(row, **changes)
        self._observed(row, changed)
        return changed

    def _observed(self, before: Row | None, after: Row) -> None:
        if self._observer:
            self._observer(self, before, after)

    def remove(self, row: Row) -> None:
        table = TABLE_OF[type(row)]
        self._connection.execute(table.delete().where(table.c.id == row.id))

    def key_of(self, key_digest: str) -> ApiKey | None:
        """How long the look-up of a digest takes says nothing of the key behind it. A revoked key opens nothing."""
        query = KEYS.select().where(KEYS.c.digest == key_digest, KEYS.c.revoked_at.is_(None))
        row = self._connection.execute(query).mappings().first()
        return key_of(row) if row and hmac.compare_digest(row["digest"], key_digest) else None

    def workspace_of(self, key_digest: str) -> str | None:
        key = self.key_of(key_digest)
        return key.workspace if key else None

    def keys_of(self, workspace: str) -> list[ApiKey]:
        """Oldest first."""
        query = KEYS.select().where(KEYS.c.workspace == workspace).order_by(KEYS.c.created_at, KEYS.c.digest)
        return [key_of(row) for row in self._connection.execute(query).mappings()]

    def add_key(
        self,
        key_digest: str,
        workspace: str,
        created_at: str,
        *,
        name: str | None = None,
        scopes: Collection[Scope] | None = None,
    ) -> ApiKey:
        """Without ``scopes`` it may do anything within its workspace."""
        key = ApiKey(key_digest, workspace, created_at, name, None if scopes is None else frozenset(scopes), None)
        listed = None if scopes is None else sorted(scope.value for scope in scopes)
        values = {"digest": key_digest, "workspace": workspace, "created_at": created_at, "name": name}
        self._connection.execute(KEYS.insert().values(**values, scopes=listed))
        return key

    def revoke_key(self, key: ApiKey, now: str) -> None:
        self._connection.execute(KEYS.update().where(KEYS.c.digest == key.digest).values(revoked_at=now))

    def _rows(self, kind: type[R], query: Select[Any]) -> list[R]:
        return [row_of(kind, values) for values in self._connection.execute(query).mappings()]


class Store:
    """Thread-safe."""

    def __init__(self, engine: Engine, observer: Observer | None = None) -> None:
        self._engine = engine
        self._observer = observer

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of it, durably, or nothing. Short: no waiting and no file is read inside.

        Raises ``DatabaseUnavailable``.
        """
        with _translated(), self._engine.begin() as connection:
            yield Transaction(connection, self._observer)

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise DatabaseUnavailable(str(error.orig)) from error


def open_sqlite(path: Path, observer: Observer | None = None) -> Store:
    """Raises ``DatabaseUnavailable``."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    with ExitStack() as undo, _translated():
        undo.callback(engine.dispose)
        TABLES.create_all(engine)
        _add_columns(engine)
        undo.pop_all()
    return Store(engine, observer)


def _add_columns(engine: Engine) -> None:
    """To a database of an older version those that came later. They may be empty."""
    with engine.begin() as connection:
        for table in TABLES.sorted_tables:
            known = {column["name"] for column in inspect(connection).get_columns(table.name)}
            for column in table.columns:
                if column.name not in known:
                    kind = column.type.compile(engine.dialect)
                    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}")


def _set_pragmas(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """Claims the write lock at once: SQLite may refuse a reader that turns writer half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
