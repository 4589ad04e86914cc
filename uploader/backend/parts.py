"""``/sdk_upload/{id}/parts/``: media objects go straight to the store, by addresses that are signed here."""

from typing import Any

from starlette.responses import JSONResponse, Response

from capture.recording import MediaKind
from uploader.backend.calls import Call
from uploader.backend.intake import MAX_FILE_BYTES, Announcement
from uploader.backend.multiparts import Multiparts, no_store
from uploader.backend.part_store import MOST_PARTS
from uploader.backend.refusal import InvalidFields
from uploader.backend.tables import Upload
from uploader.backend.tus_headers import SHA256
from uploader.claim import is_inner_path
from uploader.documents import whole_number

SIGNED_AT_ONCE = 100


def begin(call: Call) -> Response:
    multiparts, upload = _authorized(call)
    begun = multiparts.begin(upload, _announcement(call.document()))
    parts = [{"number": number, "bytes": size_bytes} for number, size_bytes in sorted(begun.parts.items())]
    return JSONResponse({"part_bytes": begun.part_bytes, "parts": parts})


def sign(call: Call) -> Response:
    multiparts, upload = _authorized(call)
    document = call.document()
    urls = multiparts.sign(upload, _path(document), _sha256(document), _numbers(document))
    return JSONResponse({"urls": [{"number": number, "url": url} for number, url in urls.items()]})


def drop(call: Call) -> Response:
    """What is not complete, wherever it lies."""
    call.backend.intake.withdraw_all(_opened(call).id)
    return JSONResponse({})


def _authorized(call: Call) -> tuple[Multiparts, Upload]:
    upload = _opened(call)
    if call.backend.multiparts is None:
        raise no_store()
    return call.backend.multiparts, upload


def _opened(call: Call) -> Upload:
    """By the upload's token alone."""
    upload_id = call.path["upload_id"]
    call.backend.access.require_upload_token(call.authorization, upload_id)
    return call.backend.intake.open_upload(upload_id)


def _announcement(document: dict[str, Any]) -> Announcement:
    length, kind = whole_number(document.get("bytes")), document.get("kind")
    if length is None or not 0 <= length <= MAX_FILE_BYTES:
        raise InvalidFields({"bytes": [f"A number up to {MAX_FILE_BYTES} is expected."]})
    try:
        known = None if kind is None else MediaKind(kind)
    except ValueError as error:
        raise InvalidFields({"kind": ["There is no such kind."]}) from error
    return Announcement(_path(document), known, _sha256(document), length)


def _path(document: dict[str, Any]) -> str:
    path = document.get("path")
    if not isinstance(path, str) or not is_inner_path(path):
        raise InvalidFields({"path": ["A relative path is expected."]})
    return path


def _sha256(document: dict[str, Any]) -> str:
    sha256 = document.get("sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise InvalidFields({"sha256": ["64 hexadecimal digits are expected."]})
    return sha256


def _numbers(document: dict[str, Any]) -> list[int]:
    numbers = document.get("numbers")
    known = [whole_number(number) or 0 for number in numbers] if isinstance(numbers, list) else []
    if not 0 < len(known) <= SIGNED_AT_ONCE or not all(0 < number <= MOST_PARTS for number in known):
        raise InvalidFields({"numbers": [f"Up to {SIGNED_AT_ONCE} numbers of parts are expected."]})
    return known
