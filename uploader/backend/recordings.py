"""``/recording/`` and the media objects of recordings."""

from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy import ColumnElement, select
from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call, Handler, string_map
from uploader.backend.lists import created_between, page_request, page_response, status_is
from uploader.backend.refusal import not_found
from uploader.backend.resources import Shapes
from uploader.backend.store import Transaction
from uploader.backend.tables import MEDIA, RECORDINGS, UPLOADS, Media, Recording, Resource, ResourceStatus
from uploader.backend.views import view_of, views_of


def list_all(call: Call) -> Response:
    workspace = call.workspace()
    columns = RECORDINGS.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == workspace, *created_between(call, RECORDINGS)]
    conditions.append(status_is(call, columns.status, ResourceStatus.DELETED.value))
    upload_id = call.query.get("desktop_sdk_upload_id")
    if upload_id:
        conditions.append(columns.id.in_(select(UPLOADS.c.recording_id).where(UPLOADS.c.id == upload_id)))
    with call.backend.store.transaction() as transaction:
        page = transaction.page(Recording, page_request(call), conditions)
        views = views_of(transaction, page.rows)
    shapes = _shapes(call)
    return page_response(call, page, [shapes.recording(view) for view in views])


def retrieve(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        view = view_of(transaction, _recording(call, transaction, workspace))
    return JSONResponse(_shapes(call).recording(view))


def change(call: Call) -> Response:
    """Only ``metadata`` can be written."""
    workspace = call.workspace()
    document = call.document()
    metadata = string_map(document, "metadata")
    with call.backend.store.transaction() as transaction:
        recording = _recording(call, transaction, workspace)
        if "metadata" in document:
            recording = transaction.change(recording, metadata=metadata)
        view = view_of(transaction, recording)
    return JSONResponse(_shapes(call).recording(view))


def delete(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        recording = _recording(call, transaction, workspace)
    call.backend.intake.delete_recording(recording)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _recording(call: Call, transaction: Transaction, workspace: str) -> Recording:
    recording = transaction.get(Recording, call.path["id"])
    if recording is None or recording.workspace != workspace:
        raise not_found()
    return recording


def media_handlers(resource: Resource) -> tuple[Mapping[str, Handler], Mapping[str, Handler]]:
    """What the list and the single object of one kind answer to."""
    return {"GET": lambda call: _list_media(call, resource)}, {"GET": lambda call: _retrieve_media(call, resource)}


def _list_media(call: Call, resource: Resource) -> Response:
    workspace = call.workspace()
    columns = MEDIA.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == workspace, columns.resource == resource.value]
    conditions += [*created_between(call, MEDIA), status_is(call, columns.status, ResourceStatus.DELETED.value)]
    recording_id = call.query.get("recording_id")
    if recording_id:
        conditions.append(columns.recording_id == recording_id)
    with call.backend.store.transaction() as transaction:
        page = transaction.page(Media, page_request(call), conditions)
        recordings = transaction.find(Recording, id=[media.recording_id for media in page.rows])
        views = {view.recording.id: view for view in views_of(transaction, recordings)}
    shapes = _shapes(call)
    return page_response(call, page, [shapes.media(views[media.recording_id], media) for media in page.rows])


def _retrieve_media(call: Call, resource: Resource) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        media = transaction.get(Media, call.path["id"])
        if media is None or media.resource is not resource or media.workspace != workspace:
            raise not_found()
        recording = transaction.get(Recording, media.recording_id)
        if recording is None:
            raise not_found()
        view = view_of(transaction, recording)
    return JSONResponse(_shapes(call).media(view, media))


def _shapes(call: Call) -> Shapes:
    return Shapes(call.backend.signer, call.base_url)
