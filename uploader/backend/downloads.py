"""Signed downloads: whole files, ranges of them, and the lists of parts."""

from collections.abc import Iterator
from http import HTTPStatus
from types import MappingProxyType

from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from capture.recording import MediaKind
from uploader.backend import Backend
from uploader.backend.calls import Call
from uploader.backend.completion import MAX_DOCUMENT_BYTES as MAX_PARTICIPANTS_BYTES
from uploader.backend.contents import key_of
from uploader.backend.ranges import Span, Unsatisfiable, requested_span
from uploader.backend.refusal import Reason, Refusal, not_found
from uploader.backend.resources import Shapes
from uploader.backend.search import MAX_DOCUMENT_BYTES
from uploader.backend.signing import Subject
from uploader.backend.tables import Media, ResourceStatus, StoredFile
from uploader.backend.views import view_of

PIECE_BYTES = 1024 * 1024

PROVIDER_DATA = "provider_data"
"""What a file without a kind holds."""

CONTENT_TYPES = MappingProxyType(
    {"mp4": "video/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg", "json": "application/json"}
)


def download(call: Call) -> Response:
    """``GET /download/{subject}/{id}/``: whoever holds a valid address may read."""
    subject = next((subject for subject in Subject if subject == call.path["subject"]), None)
    if subject is None:
        raise not_found()
    subject_id = call.path["id"]
    query = call.query
    call.backend.signer.check(subject, subject_id, query.get("expires", ""), query.get("signature", ""))
    return _file(call, subject_id) if subject is Subject.FILE else _parts(call, subject_id)


def _parts(call: Call, media_id: str) -> Response:
    with call.backend.store.transaction() as transaction:
        media = transaction.get(Media, media_id)
        if media is None or media.status is not ResourceStatus.DONE:
            raise not_found()
        view = view_of(transaction, media.recording_id)
        file = next((file for file in view.files if file.kind == MediaKind.PARTICIPANTS), None)
        participants = transaction.get(StoredFile, file.id) if file else None
    shapes = Shapes(call.backend.signer.addresses(call.base_url))
    parts = shapes.parts(view, view.one(media.id), _read(call.backend, participants))
    return JSONResponse(parts, headers={"Cache-Control": "private"})


def _read(backend: Backend, file: StoredFile | None) -> bytes:
    return backend.contents.read(file) if file and file.offset <= MAX_PARTICIPANTS_BYTES else b"[]"


def _file(call: Call, file_id: str) -> Response:
    with call.backend.store.transaction() as transaction:
        file = transaction.get(StoredFile, file_id)
    if file is None or file.media_id is None or file.stored_sha256 is None or file.length is None:
        raise not_found()
    if not call.backend.intake.durable(file).finished:
        raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, Reason.FILE_DAMAGED)
    headers = _headers(file)
    if file.multipart_id is not None and not _is_document(file):
        return RedirectResponse(_address(call, file, headers), HTTPStatus.TEMPORARY_REDIRECT)
    if _is_known(call.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    span = _span(call, file.length, headers["ETag"])
    if span is None:
        return _body(call, file, Span(0, file.length), headers, HTTPStatus.OK)
    headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{file.length}"
    return _body(call, file, span, headers, HTTPStatus.PARTIAL_CONTENT)


def _is_document(file: StoredFile) -> bool:
    """A page of ours reads it, and could not from another server."""
    return file.path.endswith(".json") and file.offset <= MAX_DOCUMENT_BYTES


def _address(call: Call, file: StoredFile, headers: dict[str, str]) -> str:
    """The store itself answers, ranges too."""
    shown = {name: headers[name] for name in ("Content-Type", "Content-Disposition")}
    return call.backend.contents.store.address(key_of(file), shown)


def _span(call: Call, size_bytes: int, etag: str) -> Span | None:
    """A stale ``If-Range`` (or one by date, which is never told here) asks for the whole file."""
    if call.headers.get("if-range", etag) != etag:
        return None
    try:
        return requested_span(call.headers.get("range"), size_bytes)
    except Unsatisfiable as error:
        headers = {"Content-Range": f"bytes */{size_bytes}"}
        raise Refusal(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, Reason.RANGE_NOT_SATISFIABLE, headers=headers
        ) from error


def _is_known(if_none_match: str | None, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    return "*" in tags or etag in tags


def _headers(file: StoredFile) -> dict[str, str]:
    """The name offered for saving is the kind's; nothing that a sender chose gets into a header."""
    suffix = next((suffix for suffix in CONTENT_TYPES if file.path.endswith(f".{suffix}")), "")
    stem = file.kind or PROVIDER_DATA
    name = f"{stem}.{suffix}" if suffix else stem
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Type": CONTENT_TYPES.get(suffix, "application/octet-stream"),
        "ETag": f'"{file.stored_sha256}"',
        "X-Content-Type-Options": "nosniff",
    }


def _body(call: Call, file: StoredFile, span: Span, headers: dict[str, str], status: HTTPStatus) -> Response:
    headers["Content-Length"] = str(span.length)
    if call.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_pieces(call.backend, file, span), status, headers)


def _pieces(backend: Backend, file: StoredFile, span: Span) -> Iterator[bytes]:
    if file.multipart_id is not None:
        yield backend.contents.read(file)[span.start : span.stop]
        return
    with backend.blobs.open(file.id) as reader:
        reader.seek(span.start)
        left = span.length
        while left and (piece := reader.read(min(left, PIECE_BYTES))):
            left -= len(piece)
            yield piece
