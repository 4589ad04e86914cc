"""``/video_mixed/``, ``/transcript/`` and the others: the media objects of recordings."""

from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy import ColumnElement
from starlette.responses import Response

from uploader.backend.calls import Call, Handler, string_map
from uploader.backend.json_text import json_response
from uploader.backend.lists import created_between, page_request, page_response, status_is, uuid_filter
from uploader.backend.refusal import not_found
from uploader.backend.resources import Shapes
from uploader.backend.store import Transaction, owned
from uploader.backend.tables import MEDIA, Media, Resource, ResourceStatus
from uploader.backend.view_query import ShownMedia
from uploader.backend.views import view_of, views_of_media

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
        page = transaction.page(ShownMedia, page_request(call), conditions)
        views = views_of_media(transaction, page.rows)
    return page_response(call, page, map(_shapes(call).media, views, page.rows))


def _retrieve(call: Call, resource: Resource) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        media = _media(call, transaction, workspace, resource)
        view = view_of(transaction, media.recording_id)
    return json_response(_shapes(call).media(view, view.one(media.id)))


def _change(call: Call, resource: Resource) -> Response:
    """Only ``metadata`` can be written."""
    workspace = call.workspace()
    document = call.document()
    metadata = string_map(document, "metadata")
    with call.backend.store.transaction() as transaction:
        media = _media(call, transaction, workspace, resource)
        if "metadata" in document:
            transaction.change(media, metadata=metadata)
        view = view_of(transaction, media.recording_id)
    return json_response(_shapes(call).media(view, view.one(media.id)))


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


def _shapes(call: Call) -> Shapes:
    return Shapes(call.backend.signer.addresses(call.base_url))
