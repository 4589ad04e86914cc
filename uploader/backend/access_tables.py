"""What the database holds of callers: workspaces, what was done by whose key, answers that may be wanted again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from uploader.backend.tables import TABLES

WORKSPACES = Table(
    "workspaces",
    TABLES,
    Column("id", String, primary_key=True),
    Column("created_at", String, nullable=False),
    Column("retention", JSON),
)

AUDIT = Table(
    "audit",
    TABLES,
    Column("id", String, primary_key=True),
    Column("workspace", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("method", String, nullable=False),
    Column("path", String, nullable=False),
    Column("answer", Integer, nullable=False),
    Index("audit_by_age", "workspace", "created_at", "id"),
)

ANSWERS = Table(
    "answers",
    TABLES,
    Column("id", String, primary_key=True),
    Column("created_at", String, nullable=False, index=True),
    Column("answer", Integer),
    Column("content_type", String),
    Column("body", String),
)


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
