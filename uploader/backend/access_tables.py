"""What the database holds of callers: workspaces, what was done by whose key, answers that may be wanted again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, Table

from uploader.backend.tables import TABLES, TEXT

WORKSPACES = Table(
    "workspaces",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("created_at", TEXT, nullable=False),
    Column("retention", JSON),
)

AUDIT = Table(
    "audit",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("key_id", TEXT, nullable=False),
    Column("method", TEXT, nullable=False),
    Column("path", TEXT, nullable=False),
    Column("answer", Integer, nullable=False),
    Index("audit_by_age", "workspace", "created_at", "id"),
)

ANSWERS = Table(
    "answers",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("created_at", TEXT, nullable=False, index=True),
    Column("answer", Integer),
    Column("content_type", TEXT),
    Column("body", TEXT),
)


SIGNING_KEYS = Table(
    "signing_keys",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("created_at", TEXT, nullable=False),
)


REQUEST_TIMES = Table(
    "request_times",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("created_at", TEXT, nullable=False),
    Column("times_s", JSON, nullable=False),
)


@dataclass(frozen=True, slots=True)
class RequestTimes:
    """Of one workspace to one route, within the last minute; ``id`` is a digest of both. Oldest first."""

    id: str
    created_at: str
    times_s: Sequence[float]


@dataclass(frozen=True, slots=True)
class SigningKeyMark:
    """``id`` gives the key away to nobody, and tells it from another: all processes must have the same."""

    id: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """``retention``: the default for its recordings, as the API spells it."""

    id: str
    created_at: str
    retention: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was changed, or tried to be. ``path`` is without its query."""

    id: str
    workspace: str
    created_at: str
    key_id: str
    method: str
    path: str
    answer: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """To a request with an ``Idempotency-Key``; ``answer`` is ``None`` as long as it is worked on.

    ``id`` is a digest of who asked what with which key.
    """

    id: str
    created_at: str
    answer: int | None = None
    content_type: str | None = None
    body: str | None = field(default=None, repr=False)
