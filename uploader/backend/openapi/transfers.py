"""The routes that carry bytes instead of JSON: tus, and downloads."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from uploader.backend.intake import MAX_FILE_BYTES
from uploader.backend.openapi.schemas import COUNT, TEXT, Schema, ref
from uploader.backend.reception import CHECKSUM_MISMATCH
from uploader.backend.tus_headers import BODY_TYPE, CHECKSUM_ALGORITHMS, EXTENSIONS, VERSION

Item = Mapping[str, Any]

LENGTH: Schema = {**COUNT, "maximum": MAX_FILE_BYTES}
REFUSED_BY_GATE = (400, 415, 431)
"""A name that is not the backend's, a body that is packed, a flood of headers."""

REFUSED_BY_ALL = (*REFUSED_BY_GATE, 401, 404, 410, 412, 503)
REFUSED_BY_WRITERS = (408, 409, 413, 423, 460, 507)
DESCRIPTION = (
    f"tus {VERSION} with {EXTENSIONS.replace(',', ', ')}. Authorised by the upload's token alone. Upload-Metadata may "
    "hold kind, filename (the path in the recording's folder) and sha256. Any method may also come as a POST with "
    "X-HTTP-Method-Override. OPTIONS tells the capabilities."
)


def _header(name: str, schema: Schema, *, is_required: bool = False) -> Item:
    return {"name": name, "in": "header", "required": is_required, "schema": schema}


RESUMABLE = _header("Tus-Resumable", {"type": "string", "enum": [VERSION]}, is_required=True)
OFFSET: Mapping[str, Item] = {"Upload-Offset": {"required": True, "schema": COUNT}}
MAYBE_OFFSET: Mapping[str, Item] = {"Upload-Offset": {"schema": COUNT}}
EXPIRES: Mapping[str, Item] = {"Upload-Expires": {"schema": TEXT}}
SPEAKS: Mapping[str, Item] = {"Tus-Resumable": {"required": True, "schema": {"const": VERSION}}}
BODY: Item = {"content": {BODY_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
CHECKSUM = _header("Upload-Checksum", {"type": "string", "pattern": f"^(?:{'|'.join(CHECKSUM_ALGORITHMS)}) "})
CREATION = (
    _header("Upload-Length", LENGTH),
    _header("Upload-Defer-Length", {"type": "string", "enum": ["1"]}),
    _header("Upload-Metadata", TEXT),
    _header("Upload-Concat", {"type": "string", "pattern": "^(?:partial|final;.+)$"}),
    CHECKSUM,
)


def _phrase(status: int) -> str:
    return "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase


def refusals(statuses: Iterable[int]) -> dict[str, Item]:
    """References; ``refused_responses`` has what they lead to."""
    return {str(status): {"$ref": f"#/components/responses/Refusal{status}"} for status in sorted(statuses)}


def refused_responses(statuses: Iterable[int]) -> dict[str, Item]:
    """Only what is wrong with a request may be told by the names of its fields."""
    error, either = ref("Error"), {"anyOf": [ref("Error"), ref("Faults")]}
    return {
        f"Refusal{status}": {
            "description": _phrase(status),
            "content": {"application/json": {"schema": either if status == HTTPStatus.BAD_REQUEST else error}},
        }
        for status in sorted(statuses)
    }


def _tus(
    summary: str, answer: tuple[int, Mapping[str, Item]], parameters: Iterable[Item], *, takes_body: bool, is_head: bool
) -> Item:
    status, headers = answer
    refused = REFUSED_BY_ALL + (REFUSED_BY_WRITERS if takes_body else () if is_head else (409, 423))
    return {
        "summary": summary,
        "description": DESCRIPTION,
        "security": [{"uploadToken": []}],
        "parameters": [RESUMABLE, *parameters],
        **({"requestBody": BODY} if takes_body else {}),
        "responses": {
            str(status): {"description": summary, "headers": {**SPEAKS, **headers}},
            **(_without_body(refused) if is_head else refusals(refused)),
        },
    }


def _without_body(statuses: Iterable[int]) -> dict[str, Item]:
    return {str(status): {"description": _phrase(status)} for status in sorted(statuses)}


def tus_operations() -> dict[str, Item]:
    """By ``METHOD path``."""
    files = "/sdk_upload/{upload_id}/media/"
    file = files + "{file_id}/"
    located = {"Location": {"required": True, "schema": {**TEXT, "format": "uri"}}, **MAYBE_OFFSET, **EXPIRES}
    told = {**OFFSET, **EXPIRES, "Upload-Length": {"schema": COUNT}, "Cache-Control": {"schema": {"const": "no-store"}}}
    patched = (_header("Upload-Offset", COUNT, is_required=True), _header("Upload-Length", LENGTH), CHECKSUM)
    return {
        f"POST {files}": _tus("Creates a file.", (201, located), CREATION, takes_body=True, is_head=False),
        f"HEAD {file}": _tus("Where it ends.", (200, told), (), takes_body=False, is_head=True),
        f"PATCH {file}": _tus("Appends.", (204, {**OFFSET, **EXPIRES}), patched, takes_body=True, is_head=False),
        f"DELETE {file}": _tus("Withdraws it.", (204, {}), (), takes_body=False, is_head=False),
    }


def download_operation() -> Item:
    whole = {"schema": {"type": "string", "format": "binary"}}
    sent = {"content": {"*/*": whole}, "headers": {"ETag": {"schema": TEXT}, "Accept-Ranges": {"schema": TEXT}}}
    return {
        "summary": "A file, or the list of a media object's parts, by a signed address.",
        "description": "Addresses are told as download_url and end after five hours.",
        "security": [],
        "parameters": [
            {"name": "expires", "in": "query", "required": True, "schema": TEXT},
            {"name": "signature", "in": "query", "required": True, "schema": TEXT},
            _header("Range", TEXT),
            _header("If-Range", TEXT),
            _header("If-None-Match", TEXT),
        ],
        "responses": {
            "200": {"description": "All of it.", **sent},
            "206": {"description": "The range.", **sent},
            "304": {"description": "As it is known already."},
            "307": {"description": "To the store that keeps it.", "headers": {"Location": {"schema": TEXT}}},
            **refusals((*REFUSED_BY_GATE, 403, 404, 408, 413, 416, 429, 503)),
        },
    }
