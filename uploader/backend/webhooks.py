"""``/webhook_endpoint/`` and ``/webhook_delivery/``: who is told what, what became of it, and once more."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import ColumnElement, select
from starlette.responses import JSONResponse, Response

from uploader.backend.api_keys import Scope
from uploader.backend.calls import Call, string_map
from uploader.backend.json_text import json_text
from uploader.backend.lists import (
    created_between,
    moment,
    one_of,
    page_request,
    page_response,
    requested_uuid,
    uuid_filter,
)
from uploader.backend.refusal import InvalidFields
from uploader.backend.store import Transaction, owned
from uploader.backend.web_address import is_address
from uploader.backend.webhook_outbox import EVENTS, TEST_EVENT, delivery_of, message_of
from uploader.backend.webhook_tables import (
    WEBHOOK_DELIVERIES,
    WEBHOOK_ENDPOINTS,
    WEBHOOK_MESSAGES,
    DeliveryStatus,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookStatus,
)
from uploader.times import iso_utc

T = TypeVar("T", WebhookEndpoint, WebhookDelivery)


def list_endpoints(call: Call) -> Response:
    workspace = call.workspace(Scope.ADMIN)
    with call.backend.store.transaction() as transaction:
        page = transaction.page(WebhookEndpoint, page_request(call), [WEBHOOK_ENDPOINTS.c.workspace == workspace])
    return page_response(call, page, (json_text(_endpoint_json(endpoint)) for endpoint in page.rows))


def create_endpoint(call: Call) -> Response:
    """The secret is told here, and at ``secret/``."""
    workspace = call.workspace(Scope.ADMIN)
    document = call.document()
    if "url" not in document:
        raise InvalidFields({"url": ["This field is required."]})
    now = iso_utc(call.backend.now_s())
    endpoint = WebhookEndpoint(
        id=str(uuid4()),
        workspace=workspace,
        created_at=now,
        updated_at=now,
        failing_since=None,
        **({"events": [], "status": WebhookStatus.ACTIVE, "metadata": {}} | _changes(document)),
    )
    with call.backend.store.transaction() as transaction:
        transaction.add(endpoint)
    shape = {**_endpoint_json(endpoint), "secret": call.backend.signing_key.webhook_secret(endpoint.id)}
    return JSONResponse(shape, HTTPStatus.CREATED)


def retrieve_endpoint(call: Call) -> Response:
    with _owned(call, WebhookEndpoint) as (_, endpoint):
        return JSONResponse(_endpoint_json(endpoint))


def change_endpoint(call: Call) -> Response:
    """``url``, ``events``, ``status`` and ``metadata``; enabled again, it has failed for no time."""
    with _owned(call, WebhookEndpoint) as (transaction, endpoint):
        changes = _changes(call.document())
        if changes.get("status") is WebhookStatus.ACTIVE:
            changes["failing_since"] = None
        changed = transaction.change(endpoint, updated_at=iso_utc(call.backend.now_s()), **changes)
    return JSONResponse(_endpoint_json(changed))


def delete_endpoint(call: Call) -> Response:
    with _owned(call, WebhookEndpoint) as (transaction, endpoint):
        transaction.remove(endpoint)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def secret(call: Call) -> Response:
    with _owned(call, WebhookEndpoint) as (_, endpoint):
        return JSONResponse({"secret": call.backend.signing_key.webhook_secret(endpoint.id)})


def send_test(call: Call) -> Response:
    """One message of no meaning, to this endpoint alone, whatever it wants."""
    now = iso_utc(call.backend.now_s())
    with _owned(call, WebhookEndpoint) as (transaction, endpoint):
        data = {"data": {"code": "test", "sub_code": None, "updated_at": now}}
        message = message_of(endpoint.workspace, TEST_EVENT, data, now)
        delivery = delivery_of(message, endpoint, now)
        transaction.add(message)
        transaction.add(delivery)
    call.backend.outbox.filled.set()
    return JSONResponse(_delivery_json(delivery), HTTPStatus.ACCEPTED)


def recover(call: Call) -> Response:
    """All that failed for this endpoint ``since`` a moment is sent again."""
    with _owned(call, WebhookEndpoint) as (transaction, endpoint):
        after = moment("since", call.document().get("since")) or ""
        failed = transaction.find(WebhookDelivery, endpoint_id=[endpoint.id], status=[DeliveryStatus.FAILED.value])
        again = [_again(call, transaction, delivery) for delivery in failed if delivery.created_at >= after]
    call.backend.outbox.filled.set()
    return JSONResponse({"replayed": len(again)}, HTTPStatus.ACCEPTED)


def list_deliveries(call: Call) -> Response:
    """Newest first; filters ``endpoint_id``, ``recording_id``, ``event``, ``status_code`` and by age."""
    columns = WEBHOOK_DELIVERIES.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == call.workspace(Scope.ADMIN)]
    conditions += created_between(call, WEBHOOK_DELIVERIES)
    conditions += uuid_filter(call, "endpoint_id", columns.endpoint_id)
    if recording_id := requested_uuid(call, "recording_id"):
        named = WEBHOOK_MESSAGES.c.body.contains(f'"recording":{{"id":"{recording_id}"', autoescape=True)
        conditions.append(columns.message_id.in_(select(WEBHOOK_MESSAGES.c.id).where(named)))
    conditions += one_of(call, "event", columns.event, EVENTS | {TEST_EVENT})
    conditions += one_of(call, "status_code", columns.status, DeliveryStatus)
    with call.backend.store.transaction() as transaction:
        page = transaction.page(WebhookDelivery, page_request(call), conditions)
    return page_response(call, page, (json_text(_delivery_json(delivery)) for delivery in page.rows))


def retrieve_delivery(call: Call) -> Response:
    """With every attempt, and the body as it was sent."""
    with _owned(call, WebhookDelivery) as (transaction, delivery):
        message = transaction.get(WebhookMessage, delivery.message_id)
        attempts = transaction.find(WebhookAttempt, delivery_id=[delivery.id])
    log = [{"created_at": each.created_at, "answer": each.answer, "error": each.error} for each in attempts]
    return JSONResponse({**_delivery_json(delivery), "body": message.body if message else None, "log": log})


def replay(call: Call) -> Response:
    """With the same message id, so that a receiver can tell."""
    with _owned(call, WebhookDelivery) as (transaction, known):
        delivery = _again(call, transaction, known)
    call.backend.outbox.filled.set()
    return JSONResponse(_delivery_json(delivery), HTTPStatus.ACCEPTED)


def _again(call: Call, transaction: Transaction, delivery: WebhookDelivery) -> WebhookDelivery:
    now = iso_utc(call.backend.now_s())
    return transaction.change(delivery, status=DeliveryStatus.PENDING, attempts=0, due_at=now, updated_at=now)


@contextmanager
def _owned(call: Call, kind: type[T]) -> Iterator[tuple[Transaction, T]]:
    """Raises ``Refusal``."""
    workspace = call.workspace(Scope.ADMIN)
    with call.backend.store.transaction() as transaction:
        yield transaction, owned(transaction.get(kind, call.path["id"]), workspace)


def _changes(document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that can be written. Addresses on this machine are welcome. Raises ``Refusal``."""
    faults: dict[str, list[str]] = {}
    changes = {name: document[name] for name in ("url", "events", "status") if name in document}
    if "url" in changes and not is_address(changes["url"], ("http", "https")):
        faults["url"] = ["An http or https address with / before any ? is expected."]
    events = changes.get("events", [])
    if not isinstance(events, list) or not all(isinstance(each, str) and each in EVENTS for each in events):
        faults["events"] = ["A list of known events is expected; an empty one is all of them."]
    if "status" in changes:
        if changes["status"] in list(WebhookStatus):
            changes["status"] = WebhookStatus(changes["status"])
        else:
            faults["status"] = [f"One of {', '.join(WebhookStatus)} is expected."]
    if faults:
        raise InvalidFields(faults)
    return changes | ({"metadata": string_map(document, "metadata")} if "metadata" in document else {})


def _endpoint_json(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "created_at": endpoint.created_at,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "status": endpoint.status,
        "failing_since": endpoint.failing_since,
        "updated_at": endpoint.updated_at,
        "metadata": endpoint.metadata,
    }


def _delivery_json(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "message_id": delivery.message_id,
        "endpoint_id": delivery.endpoint_id,
        "event": delivery.event,
        "created_at": delivery.created_at,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "next_attempt_at": delivery.due_at,
        "updated_at": delivery.updated_at,
    }
