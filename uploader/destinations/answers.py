"""What an answer of the recordings API says, and what its refusals mean."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx

from uploader.destinations.base import StoredMedia, error_for_status
from uploader.documents import read_document
from uploader.errors import DestinationTrouble, DigestMismatch, Refused, UnknownAnswer, UploaderError
from uploader.retry import retry_after_s


def accepted(response: httpx.Response) -> httpx.Response:
    """Raises what the status says. A redirect is no success: whoever sends one is not the recordings backend."""
    if response.is_success:
        return response
    raise refusal(response)


def refusal(response: httpx.Response) -> UploaderError:
    """What is wrong with us is believed of nobody but a recordings backend, or a tus server: else we would give up."""
    if response.is_redirect:
        return UnknownAnswer(status=str(response.status_code))
    body = _body(response)
    code = body.get("code")
    if code == "digest_mismatch":
        with understood(response):
            return DigestMismatch([str(entry["path"]) for entry in body["media"]])
    after_s = retry_after_s(response.headers.get("Retry-After", ""), time.time())
    error = error_for_status(response.status_code, str(code or ""), after_s)
    if isinstance(error, Refused) and not body and "Tus-Resumable" not in response.headers:
        return UnknownAnswer(retry_after_s=after_s, status=str(response.status_code))
    return error


def refusal_code(response: httpx.Response) -> str:
    return str(_body(response).get("code") or "")


def _body(response: httpx.Response) -> dict[str, Any]:
    """Whatever stands in the way of the backend may answer with anything."""
    try:
        return document_of(response)
    except ValueError:
        return {}


def document_of(response: httpx.Response) -> dict[str, Any]:
    """Raises ``ValueError``."""
    document = read_document(response.content)
    if not isinstance(document, dict):
        message = "not a JSON object"
        raise ValueError(message)  # noqa: TRY004 - it is the answer that is wrong, not a caller
    return document


def offset_of(response: httpx.Response, least: int, most: int) -> int:
    """``Upload-Offset``, which must lie in what is possible."""
    with understood(response):
        offset = int(response.headers["Upload-Offset"])
        if not least <= offset <= most:
            message = f"offset {offset} is not from {least} to {most}"
            raise ValueError(message)
        return offset


def stored_media(response: httpx.Response) -> tuple[StoredMedia, ...]:
    """What the answer to ``complete`` says is there."""
    with understood(response):
        entries = document_of(response)["media"]
        return tuple(StoredMedia(str(entry["path"]), str(entry["sha256"]), int(entry["bytes"])) for entry in entries)


@contextmanager
def understood(response: httpx.Response) -> Iterator[None]:
    """An answer that cannot be read is trouble at the other end: a proxy, or a half-updated server."""
    try:
        yield
    except (KeyError, TypeError, ValueError, httpx.InvalidURL) as error:
        raise DestinationTrouble(str(error), status=str(response.status_code)) from error


def is_gone(response: httpx.Response) -> bool:
    return response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}
