"""tus 1.0.0 below ``/sdk_upload/{id}/media/``: resumable uploads of the files that make up one recording."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from uploader.backend import Backend
from uploader.backend.bodies import body_pieces, pace_of
from uploader.backend.calls import CLIENT_CLOSED_REQUEST, Endpoint, allowed_methods, base_url, not_allowed, refused
from uploader.backend.intake import Announcement
from uploader.backend.reception import Reception
from uploader.backend.refusal import Reason, Refusal, conflict
from uploader.backend.tables import StoredFile, Upload
from uploader.backend.tus_headers import (
    CAPABILITIES,
    UPLOAD_LENGTH,
    UPLOAD_OFFSET,
    VERSION,
    announcement,
    bad_header,
    checksum,
    concatenated,
    number,
    require_body_type,
    require_version,
    upload_length,
)

TusHandler = Callable[[Backend, Request], Awaitable[Response]]


def tus_endpoint(backend: Backend, handlers: Mapping[str, TusHandler]) -> Endpoint:
    """Authorised by the upload's token alone; every answer says which tus it speaks."""
    allow = allowed_methods(handlers)

    async def answer(request: Request) -> Response:
        method = request.headers.get("x-http-method-override", request.method).upper()
        if method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={**CAPABILITIES, "Allow": allow})
        try:
            require_version(request.headers)
            handler = handlers.get(method)
            if handler is None:
                raise not_allowed(allow)
            backend.access.require_upload_token(request.headers.get("authorization"), request.path_params["upload_id"])
            response = await handler(backend, request)
        except Refusal as refusal:
            response = refused(refusal)
        response.headers["Tus-Resumable"] = VERSION
        return response

    return answer


async def create(backend: Backend, request: Request) -> Response:
    """``POST``; a body of the right type is the beginning of the file."""
    upload_id = request.path_params["upload_id"]
    upload = await run_in_threadpool(backend.intake.open_upload, upload_id)
    announced, parts = announcement(request.headers), concatenated(request.headers)
    if parts is None:
        file = await run_in_threadpool(_placed, backend, upload, announced)
    else:
        file = await run_in_threadpool(backend.intake.concatenate, upload, announced, parts)
    headers = {"Location": f"{base_url(request)}/api/v1/sdk_upload/{upload_id}/media/{file.id}/"}
    if parts is None and "content-type" in request.headers:
        require_body_type(request.headers)
        if file.offset == 0:
            file = await _append(backend, request, file.id, 0)
        headers[UPLOAD_OFFSET] = str(file.offset)
    return Response(status_code=HTTPStatus.CREATED, headers={**headers, **_expiry(file)})


def _placed(backend: Backend, upload: Upload, announced: Announcement) -> StoredFile:
    """A new file is refused outright where the disk has no room for it."""
    known = backend.intake.placed(upload, announced)
    if known:
        return known
    backend.contents.require_room(announced.length or 0)
    return backend.intake.place(upload, announced)


async def head(backend: Backend, request: Request) -> Response:
    file = await _file(backend, request)
    headers = {"Cache-Control": "no-store", UPLOAD_OFFSET: str(file.offset), **_expiry(file)}
    headers |= {"Upload-Defer-Length": "1"} if file.length is None else {UPLOAD_LENGTH: str(file.length)}
    if file.tus_metadata:
        headers["Upload-Metadata"] = file.tus_metadata
    return Response(headers=headers)


async def patch(backend: Backend, request: Request) -> Response:
    require_body_type(request.headers)
    offset = number(request.headers, UPLOAD_OFFSET)
    if offset is None:
        raise bad_header(UPLOAD_OFFSET)
    file = await _append(backend, request, request.path_params["file_id"], offset)
    headers = {UPLOAD_OFFSET: str(file.offset), **_expiry(file)}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)


async def terminate(backend: Backend, request: Request) -> Response:
    file = await _file(backend, request)
    await run_in_threadpool(backend.intake.withdraw, file)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _file(backend: Backend, request: Request, file_id: str = "") -> StoredFile:
    """The one that the path names, if no other. Raises ``Refusal``."""
    path = request.path_params
    await run_in_threadpool(backend.intake.open_upload, path["upload_id"])
    return await run_in_threadpool(backend.intake.file, path["upload_id"], file_id or path["file_id"])


async def _append(backend: Backend, request: Request, file_id: str, offset: int) -> StoredFile:
    with backend.intake.lock(file_id):
        file = await _file(backend, request, file_id)
        if offset != file.offset:
            raise conflict(Reason.OFFSET_MISMATCH, "Upload-Offset is not where this file ends.", offset=file.offset)
        try:
            return await _receive(backend, request, _with_length(file, upload_length(request.headers)))
        except Refusal:
            await _file(backend, request, file_id)  # if it was deleted meanwhile, that is the answer
            raise


def _with_length(file: StoredFile, length: int | None) -> StoredFile:
    """A deferred length is told once, and not below what is here already."""
    if length in {None, file.length}:
        return file
    if file.length is not None or length is None or length < file.offset:
        raise bad_header(UPLOAD_LENGTH)
    return replace(file, length=length)


async def _receive(backend: Backend, request: Request, file: StoredFile) -> StoredFile:
    reception = Reception(backend, file, checksum(request.headers))
    reception.require_room_for(number(request.headers, "content-length"))
    try:
        async for piece in body_pieces(request, pace_of(request)):
            await run_in_threadpool(reception.write, piece)
        reception.verify()
    except ClientDisconnect as error:
        raise Refusal(CLIENT_CLOSED_REQUEST, Reason.CLIENT_DISCONNECTED, "Closed half-way.") from error
    finally:
        await run_in_threadpool(reception.close)
    return reception.file


def _expiry(file: StoredFile) -> dict[str, str]:
    """A file that a complete recording is made of does not expire."""
    if file.media_id is not None:
        return {}
    return {"Upload-Expires": format_datetime(datetime.fromisoformat(file.expires_at), usegmt=True)}
