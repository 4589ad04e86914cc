"""``/sdk_upload/``: where a recording's delivery begins and ends."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call, string_map
from uploader.backend.json_text import JsonText, json_response, json_text
from uploader.backend.lists import page_request, page_response
from uploader.backend.recording_config import check_config
from uploader.backend.refusal import InvalidFields, not_found
from uploader.backend.resources import Shapes, upload_json
from uploader.backend.store import owned
from uploader.backend.tables import UPLOADS, Upload
from uploader.backend.views import view_of
from uploader.claim import parse_claim
from uploader.errors import InvalidManifest


def create(call: Call) -> Response:
    """``recording_id`` is ours: the id that the recording has on the machine that made it."""
    workspace = call.workspace()
    document = call.document()
    config = _recording_config(document)
    metadata = string_map(document, "metadata")
    upload, is_new = call.backend.intake.create_upload(workspace, _recording_id(document), config, metadata)
    return JSONResponse(_shape(call, upload), HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _recording_config(document: dict[str, Any]) -> dict[str, Any]:
    config = document.get("recording_config")
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise InvalidFields({"recording_config": ["An object is expected."]})
    string_map(config, "metadata", "recording_config.")
    check_config(config)
    return config


def _recording_id(document: dict[str, Any]) -> str | None:
    value = document.get("recording_id")
    if value is None:
        return None
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidFields({"recording_id": ["A UUID is expected."]}) from error


def list_all(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        page = transaction.page(Upload, page_request(call), [UPLOADS.c.workspace == workspace])
    return page_response(call, page, (json_text(_shape(call, upload)) for upload in page.rows))


def retrieve(call: Call) -> Response:
    workspace = call.workspace()
    with call.backend.store.transaction() as transaction:
        upload = owned(transaction.get(Upload, call.path["upload_id"]), workspace)
    return JSONResponse(_shape(call, upload))


def complete(call: Call) -> Response:
    """The body is the manifest; the upload's token is enough, for who has it made the recording."""
    upload = _authorized(call)
    try:
        claim = parse_claim(call.document())
    except InvalidManifest as error:
        raise InvalidFields(error.fields) from error
    if call.backend.multiparts is not None:
        call.backend.multiparts.join(upload)
    verified = call.backend.completion.complete(upload.id, claim)
    with call.backend.store.transaction() as transaction:
        view = view_of(transaction, upload.recording_id)
    media = [
        {
            "path": each.media.path,
            "kind": each.media.kind,
            "sha256": each.file.stored_sha256,
            "bytes": each.file.offset,
            "verified": True,
        }
        for each in verified
    ]
    recording = Shapes(call.backend.signer.addresses(call.base_url)).recording(view)
    return json_response(JsonText(f'{{"media":{json_text(media)},"recording":{recording}}}'))


def _authorized(call: Call) -> Upload:
    upload_id = call.path["upload_id"]
    workspace = call.backend.access.workspace_or_upload_token(call.authorization, upload_id)
    upload = call.backend.intake.open_upload(upload_id)
    if workspace not in {None, upload.workspace}:
        raise not_found()
    return upload


def _shape(call: Call, upload: Upload) -> dict[str, Any]:
    return upload_json(upload, call.backend.access.upload_token(upload.id))
