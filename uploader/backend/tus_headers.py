"""The headers of tus 1.0.0, checked and turned into values. Everything here raises ``Refusal``."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from starlette.datastructures import Headers

from capture.recording import MediaKind
from uploader.backend.intake import MAX_FILE_BYTES, Announcement
from uploader.backend.ranges import MAX_DIGITS
from uploader.backend.refusal import Reason, Refusal
from uploader.claim import is_inner_path

VERSION = "1.0.0"
UPLOAD_OFFSET = "Upload-Offset"
UPLOAD_LENGTH = "Upload-Length"
UPLOAD_METADATA = "Upload-Metadata"
UPLOAD_CONCAT = "Upload-Concat"
PARTIAL = "partial"
EXTENSIONS = "creation,creation-with-upload,creation-defer-length,checksum,concatenation,expiration,termination"
CHECKSUM_ALGORITHMS = ("sha256", "sha1")
BODY_TYPE = "application/offset+octet-stream"
SHA256 = re.compile(r"[0-9a-f]{64}")

CAPABILITIES: Mapping[str, str] = MappingProxyType(
    {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(MAX_FILE_BYTES),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUM_ALGORITHMS),
    }
)


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes


def require_version(headers: Headers) -> None:
    if headers.get("tus-resumable") != VERSION:
        raise Refusal(HTTPStatus.PRECONDITION_FAILED, Reason.TUS_VERSION, headers={"Tus-Version": VERSION})


def require_body_type(headers: Headers) -> None:
    if headers.get("content-type") != BODY_TYPE:
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Reason.UNSUPPORTED_MEDIA_TYPE, f"{BODY_TYPE} is expected.")


def number(headers: Headers, name: str) -> int | None:
    text = headers.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise bad_header(name)
    return int(text)


def upload_length(headers: Headers) -> int | None:
    length = number(headers, UPLOAD_LENGTH)
    if (length or 0) > MAX_FILE_BYTES:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.TOO_LARGE, data={"max_bytes": MAX_FILE_BYTES})
    return length


def bad_header(name: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, Reason.INVALID_HEADER, f"{name} is missing or makes no sense.")


def checksum(headers: Headers) -> Checksum | None:
    text = headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    if algorithm not in CHECKSUM_ALGORITHMS:
        raise Refusal(HTTPStatus.BAD_REQUEST, Reason.UNSUPPORTED_CHECKSUM_ALGORITHM)
    return Checksum(algorithm, _decoded(encoded, "Upload-Checksum"))


def announcement(headers: Headers) -> Announcement:
    """A part has no path: it is no media object."""
    length = upload_length(headers)
    deferred = headers.get("upload-defer-length")
    told = [length, deferred, concatenated(headers)]
    if deferred not in {None, "1"} or told.count(None) != len(told) - 1:
        raise bad_header(UPLOAD_LENGTH)
    metadata = headers.get(UPLOAD_METADATA, "")
    fields = _metadata(metadata)
    path, kind, sha256 = fields.get("filename", ""), fields.get("kind"), fields.get("sha256")
    if path and not is_inner_path(path):
        raise bad_header(UPLOAD_METADATA)
    if sha256 is not None and not SHA256.fullmatch(sha256):
        raise bad_header(UPLOAD_METADATA)
    is_part = headers.get(UPLOAD_CONCAT) == PARTIAL
    return Announcement("" if is_part else path, _kind(kind), sha256, length, metadata)


def concatenated(headers: Headers) -> tuple[str, ...] | None:
    """The ids of the parts that the new file is made of; ``None`` where it is made of a body to come."""
    text = headers.get(UPLOAD_CONCAT, PARTIAL)
    if text == PARTIAL:
        return None
    kind, _, addresses = text.partition(";")
    parts = tuple(address.rstrip("/").rpartition("/")[2] for address in addresses.split())
    if kind != "final" or not parts:
        raise bad_header(UPLOAD_CONCAT)
    return parts


def _kind(text: str | None) -> MediaKind | None:
    if text is None:
        return None
    try:
        return MediaKind(text)
    except ValueError as error:
        raise bad_header(UPLOAD_METADATA) from error


def _metadata(header: str) -> dict[str, str]:
    pairs = [pair.strip().partition(" ") for pair in header.split(",") if pair.strip()]
    decoded = {key: _decoded(value, UPLOAD_METADATA) for key, _, value in pairs}
    try:
        return {key: value.decode() for key, value in decoded.items()}
    except UnicodeDecodeError as error:
        raise bad_header(UPLOAD_METADATA) from error


def _decoded(encoded: str, name: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise bad_header(name) from error
