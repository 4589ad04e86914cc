"""``/realtime_endpoint/``: where the live events of recordings go to, and what the sender told of it."""

from sqlalchemy import ColumnElement
from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call, string_map
from uploader.backend.json_text import json_text
from uploader.backend.lists import created_between, one_of, page_request, page_response, status_is, uuid_filter
from uploader.backend.refusal import not_found
from uploader.backend.resources import realtime_json
from uploader.backend.store import Transaction, owned
from uploader.backend.tables import REALTIME_ENDPOINTS, EndpointType, RealtimeEndpoint, RealtimeStatus, Recording


def list_all(call: Call) -> Response:
    columns = REALTIME_ENDPOINTS.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == call.workspace()]
    conditions += created_between(call, REALTIME_ENDPOINTS)
    conditions += uuid_filter(call, "recording_id", columns.recording_id)
    conditions += one_of(call, "type", columns.type, EndpointType)
    conditions.append(status_is(call, columns.status, RealtimeStatus, RealtimeStatus.DELETED.value))
    with call.backend.store.transaction() as transaction:
        page = transaction.page(RealtimeEndpoint, page_request(call), conditions)
        found = transaction.find(Recording, id=[endpoint.recording_id for endpoint in page.rows])
    recordings = {recording.id: recording for recording in found}
    shapes = (realtime_json(recordings[each.recording_id], each) for each in page.rows)
    return page_response(call, page, map(json_text, shapes))


def retrieve(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        endpoint = _endpoint(call, transaction, workspace)
        return JSONResponse(realtime_json(_recording(transaction, endpoint), endpoint))


def change(call: Call) -> Response:
    """Only ``metadata`` can be written."""
    workspace = call.workspace()
    document = call.document()
    metadata = string_map(document, "metadata")
    with call.backend.store.transaction() as transaction:
        endpoint = _endpoint(call, transaction, workspace)
        if "metadata" in document:
            endpoint = transaction.change(endpoint, metadata=metadata)
        return JSONResponse(realtime_json(_recording(transaction, endpoint), endpoint))


def _endpoint(call: Call, transaction: Transaction, workspace: str) -> RealtimeEndpoint:
    return owned(transaction.get(RealtimeEndpoint, call.path["id"]), workspace)


def _recording(transaction: Transaction, endpoint: RealtimeEndpoint) -> Recording:
    recording = transaction.get(Recording, endpoint.recording_id)
    if recording is None:
        raise not_found()
    return recording
