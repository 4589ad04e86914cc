"""``/recording/``: what became of uploads."""

from http import HTTPStatus

from sqlalchemy import ColumnElement, false, select
from starlette.responses import JSONResponse, Response

from capture.recording import NS_PER_S
from uploader.backend.calls import Call, string_map
from uploader.backend.completion import ACCOUNT
from uploader.backend.json_text import json_response
from uploader.backend.lists import created_between, page_request, page_response, requested_uuid, status_is
from uploader.backend.resources import Shapes
from uploader.backend.store import Transaction, owned
from uploader.backend.tables import RECORDINGS, UPLOADS, Recording, ResourceStatus
from uploader.backend.view_query import ShownRecording
from uploader.backend.views import view_of, views_of

EMPTY_ACCOUNT = dict.fromkeys(ACCOUNT)


def list_all(call: Call) -> Response:
    """No bot has made any of them: a filter by one finds nothing. ``search`` is ours."""
    workspace = call.workspace()
    columns = RECORDINGS.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == workspace, *created_between(call, RECORDINGS)]
    conditions.append(status_is(call, columns.status, ResourceStatus, ResourceStatus.DELETED.value))
    if words := call.query.get("search"):
        conditions += call.backend.search.conditions(words)
    upload_id = requested_uuid(call, "desktop_sdk_upload_id")
    if upload_id:
        made = select(UPLOADS.c.recording_id).where(UPLOADS.c.id == upload_id)
        conditions.append(columns.id == made.scalar_subquery())
    if requested_uuid(call, "bot_id"):
        conditions.append(false())
    with call.backend.store.transaction() as transaction:
        page = transaction.page(ShownRecording, page_request(call), conditions)
        views = views_of(transaction, page.rows)
    return page_response(call, page, map(_shapes(call).recording, views))


def retrieve(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        view = view_of(transaction, _recording(call, transaction, workspace).id)
    return json_response(_shapes(call).recording(view))


def account(call: Call) -> Response:
    """Ours: what the recorder tells of it. Marks and times of gaps count seconds from the start."""
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        recording = _recording(call, transaction, workspace)
    return JSONResponse({"duration_s": recording.duration_ns / NS_PER_S, **EMPTY_ACCOUNT, **(recording.account or {})})


def change(call: Call) -> Response:
    """Only ``metadata`` can be written."""
    workspace = call.workspace()
    document = call.document()
    metadata = string_map(document, "metadata")
    with call.backend.store.transaction() as transaction:
        recording = _recording(call, transaction, workspace)
        if "metadata" in document:
            transaction.change(recording, metadata=metadata)
        view = view_of(transaction, recording.id)
    return json_response(_shapes(call).recording(view))


def delete(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        recording = _recording(call, transaction, workspace)
    call.backend.intake.erasure.recording(recording)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _recording(call: Call, transaction: Transaction, workspace: str) -> Recording:
    return owned(transaction.get(Recording, call.path["id"]), workspace)


def _shapes(call: Call) -> Shapes:
    return Shapes(call.backend.signer.addresses(call.base_url))
