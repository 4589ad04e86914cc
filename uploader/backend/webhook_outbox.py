"""Webhooks are written down in the very transaction that changes what they tell of; sending them is another's work."""

import json
import threading
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from uploader.backend.rows import Row
from uploader.backend.store import Transaction
from uploader.backend.tables import Media, RealtimeEndpoint, Recording, Resource, Upload
from uploader.backend.webhook_tables import (
    DeliveryStatus,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookStatus,
)

Object = Recording | Media | Upload | RealtimeEndpoint

EVENTS = frozenset(
    {
        *(f"recording.{code}" for code in ("processing", "paused", "done", "failed", "deleted")),
        *(f"{resource}.{code}" for resource in Resource for code in ("processing", "done", "failed", "deleted")),
        *(f"realtime_endpoint.{code}" for code in ("running", "done", "failed")),
        *(f"sdk_upload.{code}" for code in ("recording_started", "recording_ended", "uploading", "complete", "failed")),
    }
)
TEST_EVENT = "webhook_endpoint.test"


class Outbox:
    """Thread-safe. ``filled`` is set when something may be due."""

    def __init__(self) -> None:
        self.filled = threading.Event()

    def observe(self, transaction: Transaction, before: Row | None, after: Row) -> None:
        """An ``Observer`` of the store."""
        if not isinstance(after, Recording | Media | Upload | RealtimeEndpoint):
            return
        if isinstance(after, Recording) and isinstance(before, Recording):
            self._tell_dates(transaction, before, after)
        is_new_upload = before is None and isinstance(after, Upload)
        if not is_new_upload and (before is None or getattr(before, "status", None) is not after.status):
            self._tell(transaction, after, after.status)

    def _tell_dates(self, transaction: Transaction, before: Recording, after: Recording) -> None:
        upload = transaction.first(Upload, recording_id=after.id)
        if upload is None:
            return
        if before.started_at is None and after.started_at is not None:
            self._tell(transaction, upload, "recording_started", after)
        if before.completed_at is None and after.completed_at is not None:
            self._tell(transaction, upload, "recording_ended", after)

    def _tell(self, transaction: Transaction, row: Object, code: str, recording: Recording | None = None) -> None:
        event = f"{_name(row)}.{code}"
        wanted = [each for each in active_endpoints(transaction, row.workspace) if each.wants(event)]
        if event not in EVENTS or not wanted:
            return
        owner = recording or (row if isinstance(row, Recording) else transaction.get(Recording, row.recording_id))
        message = message_of(row.workspace, event, _data(row, code, owner), row.updated_at)
        transaction.add(message)
        for endpoint in wanted:
            transaction.add(delivery_of(message, endpoint, row.updated_at))
        transaction.afterwards.add(self.filled.set)


def active_endpoints(transaction: Transaction, workspace: str) -> list[WebhookEndpoint]:
    return transaction.find(WebhookEndpoint, workspace=[workspace], status=[WebhookStatus.ACTIVE.value])


def message_of(workspace: str, event: str, data: Mapping[str, Any], now: str) -> WebhookMessage:
    body = json.dumps({"event": event, "data": data}, separators=(",", ":"))
    return WebhookMessage(f"msg_{uuid4().hex}", workspace, now, event, body)


def delivery_of(message: WebhookMessage, endpoint: WebhookEndpoint, now: str) -> WebhookDelivery:
    return WebhookDelivery(
        id=str(uuid4()),
        workspace=message.workspace,
        message_id=message.id,
        endpoint_id=endpoint.id,
        created_at=now,
        event=message.event,
        status=DeliveryStatus.PENDING,
        attempts=0,
        due_at=now,
        updated_at=now,
    )


def _name(row: Object) -> str:
    match row:
        case Recording():
            return "recording"
        case Upload():
            return "sdk_upload"
        case RealtimeEndpoint():
            return "realtime_endpoint"
        case Media():
            return row.resource


def _data(row: Object, code: str, recording: Recording | None) -> dict[str, Any]:
    status: dict[str, Any] = {"code": code, "sub_code": row.sub_code, "updated_at": row.updated_at}
    if isinstance(row, RealtimeEndpoint) and code == "failed":
        status["error"] = {"code": row.sub_code, "message": row.sub_code}
    data: dict[str, Any] = {"data": status, "recording": _reference(recording), "bot": None}
    if not isinstance(row, Recording):
        data[_name(row)] = _reference(row)
    return data


def _reference(row: Object | None) -> dict[str, Any] | None:
    return {"id": row.id, "metadata": dict(row.metadata)} if row else None
