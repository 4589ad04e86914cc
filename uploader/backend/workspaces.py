"""``/workspace/``, ``/api_key/`` and ``/audit_log/``: who may do what, and who has done what."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement
from starlette.responses import JSONResponse, Response

from uploader.backend.access_tables import AUDIT, AuditEntry, Workspace
from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.calls import Call
from uploader.backend.json_text import json_text
from uploader.backend.keys import key_digest, new_secret
from uploader.backend.lists import created_between, page_request, page_response
from uploader.backend.refusal import InvalidFields, Reason, conflict, not_found
from uploader.backend.retention import retention_of
from uploader.backend.store import Transaction
from uploader.times import iso_utc


def retrieve(call: Call) -> Response:
    workspace_id = call.workspace(Scope.READ)
    with call.backend.store.transaction() as transaction:
        return JSONResponse(_workspace_json(_workspace(transaction, workspace_id, call)))


def change(call: Call) -> Response:
    """``retention``: of recordings that complete from now on and ask for nothing else; null is for ever."""
    workspace_id = call.workspace(Scope.ADMIN)
    document = call.document()
    retention = document.get("retention")
    if retention is not None and retention_of(retention) is None:
        raise InvalidFields({"retention": ['{"type": "timed", "hours": 1 or more} or {"type": "forever"}.']})
    with call.backend.store.transaction() as transaction:
        workspace = _workspace(transaction, workspace_id, call)
        if "retention" in document:
            workspace = transaction.change(workspace, retention=_canonical(retention))
    return JSONResponse(_workspace_json(workspace))


def list_keys(call: Call) -> Response:
    workspace_id = call.workspace(Scope.ADMIN)
    with call.backend.store.transaction() as transaction:
        keys = transaction.keys_of(workspace_id)
    return JSONResponse({"next": None, "previous": None, "results": [_key_json(key) for key in keys]})


def create_key(call: Call) -> Response:
    """The key itself is told this once."""
    workspace_id = call.workspace(Scope.ADMIN)
    document = call.document()
    name, scopes = document.get("name"), document.get("scopes")
    if name is not None and not isinstance(name, str):
        raise InvalidFields({"name": ["A text is expected."]})
    if scopes is not None and not (isinstance(scopes, list) and scopes and all(each in list(Scope) for each in scopes)):
        raise InvalidFields({"scopes": [f"A list of {', '.join(Scope)} is expected."]})
    secret = new_secret()
    with call.backend.store.transaction() as transaction:
        now = iso_utc(call.backend.now_s())
        chosen = None if scopes is None else frozenset(Scope(each) for each in scopes)
        key = transaction.add_key(key_digest(secret), workspace_id, now, name=name, scopes=chosen)
    return JSONResponse({**_key_json(key), "key": secret}, HTTPStatus.CREATED)


def revoke_key(call: Call) -> Response:
    """At once, and for good; a workspace keeps one key that can make others."""
    workspace_id = call.workspace(Scope.ADMIN)
    with call.backend.store.transaction() as transaction:
        transaction.alone("keys", workspace_id)
        keys = [key for key in transaction.keys_of(workspace_id) if key.revoked_at is None]
        key = next((key for key in keys if key.id == call.path["id"]), None)
        if key is None:
            raise not_found()
        if not any(other.may(Scope.ADMIN) for other in keys if other.digest != key.digest):
            raise conflict(Reason.LAST_KEY, "No other key of this workspace could make new ones.")
        transaction.revoke_key(key, iso_utc(call.backend.now_s()))
    return Response(status_code=HTTPStatus.NO_CONTENT)


def list_audit(call: Call) -> Response:
    """What keys of this workspace changed, or tried to; newest first."""
    conditions: list[ColumnElement[bool]] = [AUDIT.c.workspace == call.workspace(Scope.ADMIN)]
    conditions += created_between(call, AUDIT)
    with call.backend.store.transaction() as transaction:
        page = transaction.page(AuditEntry, page_request(call), conditions)
    return page_response(call, page, (json_text(asdict(entry)) for entry in page.rows))


def _workspace(transaction: Transaction, workspace_id: str, call: Call) -> Workspace:
    """Written down when somebody first asks: keys of older versions came without."""
    transaction.alone("workspace", workspace_id)
    workspace = transaction.get(Workspace, workspace_id)
    if workspace is None:
        workspace = Workspace(workspace_id, iso_utc(call.backend.now_s()))
        transaction.add(workspace)
    return workspace


def _canonical(retention: dict[str, Any] | None) -> dict[str, Any] | None:
    """Without what was passed over."""
    known = retention_of(retention)
    if known is None or known.hours is None:
        return retention and {"type": "forever"}
    return {"type": "timed", "hours": known.hours}


def _workspace_json(workspace: Workspace) -> dict[str, Any]:
    retention = workspace.retention or {"type": "forever"}
    return {"id": workspace.id, "created_at": workspace.created_at, "retention": retention}


def _key_json(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(Scope if key.scopes is None else key.scopes),
        "created_at": key.created_at,
        "revoked_at": key.revoked_at,
    }
