"""``/video_mixed/``, ``/transcript/`` and the others: the media objects of recordings."""

from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy import ColumnElement
from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call, Handler, string_map
from uploader.backend.lists import created_between, page_request, page_response, status_is, uuid_filter
from uploader.backend.refusal import not_found
from uploader.backend.resources import Shapes
from uploader.backend.store import Transaction, owned
from uploader.backend.tables import MEDIA, Media, Recording, Resource, ResourceStatus
from uploader.backend.views import View, view_of, views_of

STATUSES = frozenset(ResourceStatus) - {ResourceStatus.PAUSED}


def media_handlers(resource: Resource) -> tuple[Mapping[str, Handler], Mapping[str, Handler]]:
    """What the list and the single object of one kind answer to."""
    return {"GET": lambda call: _list_all(call, resource)}, {
        "GET": lambda call: _retrieve(call, resource),
        "PATCH": lambda call: _change(call, resource),
        "DELETE": lambda call: _delete(call, resource),
    }


def _list_all(call: Call, resource: Resource) -> Response:
    workspace = call.workspace()
    columns = MEDIA.c
    conditions: list[ColumnElement[bool]] = [columns.workspace == workspace, columns.resource == resource.value]
    conditions += created_between(call, MEDIA) + uuid_filter(call, "recording_id", columns.recording_id)
    conditions.append(status_is(call, columns.status, STATUSES, ResourceStatus.DELETED.value))
    with call.backend.store.transaction() as transaction:
        page = transaction.page(Media, page_request(call), conditions)
        recordings = transaction.find(Recording, id=[media.recording_id for media in page.rows])
        views = {view.recording.id: view for view in views_of(transaction, recordings, page.rows)}
    shapes = _shapes(call)
    return page_response(call, page, [shapes.media(views[media.recording_id], media) for media in page.rows])


def _retrieve(call: Call, resource: Resource) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        media = _media(call, transaction, workspace, resource)
        view = _view(transaction, media)
    return JSONResponse(_shapes(call).media(view, media))


def _change(call: Call, resource: Resource) -> Response:
    """Only ``metadata`` can be written."""
    workspace = call.workspace()
    document = call.document()
    metadata = string_map(document, "metadata")
    with call.backend.store.transaction() as transaction:
        media = _media(call, transaction, workspace, resource)
        if "metadata" in document:
            media = transaction.change(media, metadata=metadata)
        view = _view(transaction, media)
    return JSONResponse(_shapes(call).media(view, media))


def _delete(call: Call, resource: Resource) -> Response:
    """Its bytes go, too; the recording and its other media stay."""
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        media = _media(call, transaction, workspace, resource)
    call.backend.intake.erasure.media(media)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _media(call: Call, transaction: Transaction, workspace: str, resource: Resource) -> Media:
    media = owned(transaction.get(Media, call.path["id"]), workspace)
    if media.resource is not resource:
        raise not_found()
    return media


def _view(transaction: Transaction, media: Media) -> View:
    recording = transaction.get(Recording, media.recording_id)
    if recording is None:
        raise not_found()
    return view_of(transaction, recording)


def _shapes(call: Call) -> Shapes:
    return Shapes(call.backend.signer, call.base_url)
