"""The backend's index: SQL that runs on SQLite and PostgreSQL alike."""

import dataclasses
import hmac
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    Table,
    create_engine,
    event,
    inspect,
    tuple_,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from capture.recording import MediaKind
from uploader.backend.paging import Direction, Page, PageRequest, page_of
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import (
    FILES,
    KEYS,
    MEDIA,
    RECORDINGS,
    TABLES,
    UPLOADS,
    Media,
    Recording,
    Resource,
    ResourceStatus,
    StoredFile,
    Upload,
    UploadStatus,
)

R = TypeVar("R", Recording, Upload, Media, StoredFile)
P = TypeVar("P", Recording, Upload, Media)

BUSY_TIMEOUT_S = 30
"""Far longer than any transaction here; another process may hold the database."""

TABLE_OF: Mapping[type, Table] = {Recording: RECORDINGS, Upload: UPLOADS, Media: MEDIA, StoredFile: FILES}

ENUMS: Mapping[tuple[type, str], Callable[[str], Any]] = {
    (Recording, "status"): ResourceStatus,
    (Upload, "status"): UploadStatus,
    (Media, "status"): ResourceStatus,
    (Media, "resource"): Resource,
    (StoredFile, "kind"): MediaKind,
}


class DatabaseUnavailable(Refusal):
    """Locked for long, full, damaged or no database. ``reason`` is the driver's, and not told to clients."""

    def __init__(self, reason: str) -> None:
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, Reason.DATABASE_UNAVAILABLE)
        self.reason = reason


class Transaction:
    """Reads and writes rows. Used by one thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def add(self, row: Recording | Upload | Media | StoredFile) -> None:
        values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
        self._connection.execute(TABLE_OF[type(row)].insert().values(_plain(values)))

    def change(self, row: R, **changes: Any) -> R:  # noqa: ANN401 - column values are of many types
        if not changes:
            return row
        table = TABLE_OF[type(row)]
        self._connection.execute(table.update().where(table.c.id == row.id).values(_plain(changes)))
        return dataclasses.replace(row, **changes)

    def remove(self, row: StoredFile) -> None:
        self._connection.execute(FILES.delete().where(FILES.c.id == row.id))

    def workspace_of(self, key_digest: str) -> str | None:
        """How long the look-up of a digest takes says nothing of the key behind it."""
        query = KEYS.select().where(KEYS.c.digest == key_digest)
        row = self._connection.execute(query).mappings().first()
        return row["workspace"] if row and hmac.compare_digest(row["digest"], key_digest) else None

    def add_key(self, key_digest: str, workspace: str, created_at: str) -> None:
        self._connection.execute(KEYS.insert().values(digest=key_digest, workspace=workspace, created_at=created_at))

    def _rows(self, kind: type[R], query: Select[Any]) -> list[R]:
        return [_row(kind, values) for values in self._connection.execute(query).mappings()]


class Store:
    """Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of it, durably, or nothing. Short: no waiting and no file is read inside.

        Raises ``DatabaseUnavailable``.
        """
        with _translated(), self._engine.begin() as connection:
            yield Transaction(connection)

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise DatabaseUnavailable(str(error.orig)) from error


def open_sqlite(path: Path) -> Store:
    """Raises ``DatabaseUnavailable``."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    with ExitStack() as undo, _translated():
        undo.callback(engine.dispose)
        TABLES.create_all(engine)
        _add_columns(engine)
        undo.pop_all()
    return Store(engine)


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


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Drivers differ in what they make of an enum; a text is a text to all."""
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


def _row(kind: type[R], values: RowMapping) -> R:
    fields = {str(name): value for name, value in values.items()}
    for name, value in fields.items():
        if (kind, name) in ENUMS and value is not None:
            fields[name] = ENUMS[kind, name](value)
    return kind(**fields)
