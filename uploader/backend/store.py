"""The backend's index: SQL that runs on SQLite and PostgreSQL alike."""

import dataclasses
import hashlib
import hmac
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from uploader.backend.access_tables import AuditEntry, KeptAnswer
from uploader.backend.among import AMONG
from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.file_locks import Latches
from uploader.backend.paging import Direction, Page, PageRequest, page_of
from uploader.backend.refusal import Reason, Refusal, not_found
from uploader.backend.rows import TABLE_OF, Paged, Row, key_of, plain, plain_value, row_of, status_of
from uploader.backend.search_tables import SEARCH_WORDS
from uploader.backend.tables import DOOMED, FILES, KEYS, RECORDINGS, Doomed, Recording, ResourceStatus, StoredFile
from uploader.backend.transcript_tables import TRANSCRIPTIONS, Transcription
from uploader.backend.transitions import require_legal
from uploader.backend.view_query import QUERIES, SELECT_OF, ShownEndpoint, ShownFile, ShownMedia, ShownRecording
from uploader.backend.webhook_tables import WEBHOOK_DELIVERIES, WebhookDelivery, WebhookMessage

R = TypeVar("R", bound=Row)
A = TypeVar("A", bound=Row | ShownRecording | ShownMedia)
P = TypeVar("P", bound=Paged)
L = TypeVar("L", bound=Paged | ShownRecording | ShownMedia)
S = TypeVar("S", ShownRecording, ShownMedia, ShownFile, ShownEndpoint)

POSTGRESQL = "postgresql"

Observer = Callable[["Transaction", Row | None, Row], None]
"""Is told of every row that was added or changed, before and after, inside the transaction."""


class DatabaseUnavailable(Refusal):
    """Locked for long, full, damaged or no database. ``reason`` is the driver's, and not told to clients."""

    def __init__(self, reason: str) -> None:
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, Reason.DATABASE_UNAVAILABLE)
        self.reason = reason


class Transaction:
    """Reads and writes rows. Used by one thread.

    On SQLite it has the database to itself. On PostgreSQL others go on meanwhile: ``hold`` and ``alone`` keep them from
    what must not change between a look and an act.
    """

    def __init__(self, connection: Connection, observer: Observer | None = None) -> None:
        self._connection = connection
        self._observer = observer
        self.afterwards: set[Callable[[], None]] = set()
        """Called once all of it is there for others to see."""

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def get(self, kind: type[R], row_id: str) -> R | None:
        return self.first(kind, id=row_id)

    def first(self, kind: type[R], **equal: str) -> R | None:
        return next(iter(self.find(kind, **{name: [value] for name, value in equal.items()})), None)

    def hold(self, kind: type[R], row_id: str) -> R | None:
        """As ``get``; nobody else changes that row until this transaction ends."""
        table = TABLE_OF[kind]
        query = table.select().where(table.c.id == row_id).with_for_update(key_share=True)
        return next(iter(self._rows(kind, query)), None)

    def alone(self, *name: str) -> None:
        """Waits for whoever holds the same name, and holds it until this transaction ends; before any row."""
        if self.dialect == POSTGRESQL:
            self._connection.execute(select(func.pg_advisory_xact_lock(lock_number(*name))))

    def hasten(self) -> None:
        """What this transaction writes may be lost in a power cut: it is told before it is durable."""
        if self.dialect == POSTGRESQL:
            self._connection.execute(text("SET LOCAL synchronous_commit TO OFF"))

    def find(self, kind: type[R], **among: Sequence[str]) -> list[R]:
        """Oldest first."""
        table = TABLE_OF[kind]
        wanted = {name: [plain_value(value) for value in values] for name, values in among.items()}
        conditions = [self._is_among(table.c[name], values) for name, values in wanted.items()]
        return self._rows(kind, table.select().where(*conditions).order_by(table.c.created_at, table.c.id))

    def _is_among(self, column: Column[str], values: list[str]) -> ColumnElement[bool]:
        if len(values) == 1:
            return column == values[0]
        return AMONG[self.dialect](column, bindparam(None, values, JSON))

    def shown(self, kind: type[S], ids: Sequence[str]) -> list[S]:
        """What belongs to those, in no order."""
        return [kind._make(row) for row in self._connection.execute(QUERIES[kind, self.dialect], {"ids": ids}).all()]

    def expired_files(self, now: str) -> list[StoredFile]:
        return self._rows(StoredFile, FILES.select().where(FILES.c.media_id.is_(None), FILES.c.expires_at <= now))

    def unread_files(self, kinds: Collection[str], most: int) -> list[StoredFile]:
        """That a manifest vouched for, and whose words are in no index. Oldest first."""
        columns = FILES.c
        unread = columns.id.not_in(select(SEARCH_WORDS.c.file_id))
        query = FILES.select().where(columns.media_id.is_not(None), columns.kind.in_(kinds), unread)
        return self._rows(StoredFile, query.order_by(columns.created_at, columns.id).limit(most))

    def add_words(self, file_id: str, recording_id: str, texts: Sequence[str]) -> None:
        """Unless that file has some. ``texts``: as this database takes them, at least one."""
        columns = SEARCH_WORDS.c
        if self._connection.execute(select(columns.id).where(columns.file_id == file_id).limit(1)).first() is None:
            rows = [{"file_id": file_id, "recording_id": recording_id, "words": text} for text in texts]
            self._connection.execute(SEARCH_WORDS.insert(), rows)

    def expired_recordings(self, now: str, most: int) -> list[Recording]:
        """Held, and none that another transaction holds."""
        columns = RECORDINGS.c
        query = RECORDINGS.select().where(
            columns.expires_at <= now, is_not(columns.status, ResourceStatus.DELETED.value)
        )
        return self._rows(Recording, _queued(query.order_by(columns.expires_at), most))

    def doomed(self, now: str, most: int) -> list[Doomed]:
        """Held, and none that another transaction holds, or is leased."""
        columns = DOOMED.c
        query = DOOMED.select().where(columns.leased_until.is_(None) | (columns.leased_until <= now))
        return self._rows(Doomed, _queued(query.order_by(columns.created_at, columns.id), most))

    def due_deliveries(self, now: str, most: int) -> list[WebhookDelivery]:
        """Held, and none that another transaction holds."""
        columns = WEBHOOK_DELIVERIES.c
        query = WEBHOOK_DELIVERIES.select().where(columns.due_at <= now).order_by(columns.due_at, columns.created_at)
        return self._rows(WebhookDelivery, _queued(query, most))

    def due_transcriptions(self, now: str, most: int) -> list[Transcription]:
        """Held, and none that another transaction holds."""
        columns = TRANSCRIPTIONS.c
        query = TRANSCRIPTIONS.select().where(columns.due_at <= now).order_by(columns.due_at, columns.created_at)
        return self._rows(Transcription, _queued(query, most))

    def next_due_at(self) -> str | None:
        columns = WEBHOOK_DELIVERIES.c
        query = select(columns.due_at).where(columns.due_at.is_not(None)).order_by(columns.due_at).limit(1)
        return self._connection.execute(query).scalar()

    def forget_older(self, kind: type[WebhookMessage | KeptAnswer | AuditEntry], than: str) -> None:
        table = TABLE_OF[kind]
        self._connection.execute(table.delete().where(table.c.created_at < than))

    def page(self, kind: type[L], request: PageRequest, conditions: Sequence[ColumnElement[bool]]) -> Page[L]:
        table = TABLE_OF[kind]
        place = tuple_(table.c.created_at, table.c.id)
        is_older = request.direction is Direction.OLDER
        query = (SELECT_OF[kind] if kind in SELECT_OF else table.select()).where(*conditions).limit(request.rows + 1)
        if request.cursor:
            anchor = (plain_value(request.cursor.created_at), plain_value(request.cursor.id))
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
            row = self.hold(type(row), row.id) or row  # the caller's may be old by now
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

    def _rows(self, kind: type[A], query: Select[Any]) -> list[A]:
        return [row_of(kind, values) for values in self._connection.execute(query).all()]


class Store:
    """Thread-safe."""

    def __init__(self, engine: Engine, observer: Observer | None = None, latches: Latches | None = None) -> None:
        """``latches``: where other processes may have the same database."""
        self._engine = engine
        self._observer = observer
        self.latches = latches

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of it, durably, or nothing. Short: no waiting and no file is read inside.

        Raises ``DatabaseUnavailable``.
        """
        with translated(), self._engine.begin() as connection:
            transaction = Transaction(connection, self._observer)
            yield transaction
        for act in transaction.afterwards:
            act()

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @property
    def is_shared(self) -> bool:
        """Whether processes on several machines may work on it."""
        return self.dialect == POSTGRESQL

    def close(self) -> None:
        if self.latches is not None:
            self.latches.close()
        self._engine.dispose()


def owned(row: P | None, workspace: str) -> P:
    """If it is of that workspace: of another's nothing is told. Raises ``Refusal``."""
    if row is None or row.workspace != workspace:
        raise not_found()
    return row


def is_not(column: ColumnElement[str], value: str) -> ColumnElement[bool]:
    """Worded as the partial indices are: with a parameter none of them would be used."""
    return column != literal(value, literal_execute=True)


def _queued(query: Select[Any], most: int) -> Select[Any]:
    """Of several processes that look into one queue each finds something else. SQLite lets in one at a time."""
    return query.limit(most).with_for_update(skip_locked=True, key_share=True)


def lock_number(*name: str) -> int:
    """What PostgreSQL's advisory locks are called by: 64 bits, with a sign."""
    digest = hashlib.sha256("\0".join(name).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


@contextmanager
def translated() -> Iterator[None]:
    """Raises ``DatabaseUnavailable``, or ``Refusal`` for values that the database cannot hold."""
    try:
        yield
    except DataError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, Reason.INVALID, "A value is out of range.") from error
    except DBAPIError as error:
        raise DatabaseUnavailable(str(error.orig)) from error
    except PoolTimeout as error:
        raise DatabaseUnavailable("pool_exhausted") from error
