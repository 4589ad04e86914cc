"""What the database holds of webhooks: who wants them, what was told, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table

from uploader.backend.tables import TABLES, TEXT

WEBHOOK_ENDPOINTS = Table(
    "webhook_endpoints",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("url", TEXT, nullable=False),
    Column("events", JSON, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("updated_at", TEXT, nullable=False),
    Column("failing_since", TEXT),
    Column("metadata", JSON, nullable=False),
    Index("webhook_endpoints_by_age", "workspace", "created_at", "id"),
)

WEBHOOK_MESSAGES = Table(
    "webhook_messages",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False, index=True),
    Column("event", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
)

WEBHOOK_DELIVERIES = Table(
    "webhook_deliveries",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("message_id", TEXT, ForeignKey("webhook_messages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("endpoint_id", TEXT, ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", TEXT, nullable=False),
    Column("event", TEXT, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", TEXT, index=True),
    Column("updated_at", TEXT, nullable=False),
    Index("webhook_deliveries_by_age", "workspace", "created_at", "id"),
)

WEBHOOK_ATTEMPTS = Table(
    "webhook_attempts",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("delivery_id", TEXT, ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", TEXT, nullable=False),
    Column("answer", Integer),
    Column("error", TEXT),
)


class WebhookStatus(StrEnum):
    """Of an endpoint. What is disabled is told nothing, until somebody enables it again."""

    ACTIVE = "active"
    DISABLED = "disabled"


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """``events``: those that are wanted; none named is all. ``failing_since``: the first failure after a success."""

    id: str
    workspace: str
    created_at: str
    url: str = field(repr=False)
    events: Sequence[str]
    status: WebhookStatus
    updated_at: str
    failing_since: str | None
    metadata: Mapping[str, str]

    def wants(self, event: str) -> bool:
        return not self.events or event in self.events


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """``body``: JSON as it is sent, the same at every attempt."""

    id: str
    workspace: str
    created_at: str
    event: str
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """One message to one endpoint. ``due_at`` is set as long as it is ``pending``."""

    id: str
    workspace: str
    message_id: str
    endpoint_id: str
    created_at: str
    event: str
    status: DeliveryStatus
    attempts: int
    due_at: str | None
    updated_at: str


@dataclass(frozen=True, slots=True)
class WebhookAttempt:
    """``answer``: the HTTP status; ``error``: why there was none."""

    id: str
    delivery_id: str
    created_at: str
    answer: int | None
    error: str | None
