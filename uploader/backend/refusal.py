"""What the backend answers when it will not do as asked."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from uploader.errors import UploaderError


class Reason(StrEnum):
    """The ``code`` of every refusal."""

    ALREADY_COMPLETE = "already_complete"
    AMBIGUOUS_REQUEST = "ambiguous_request"
    AUTHENTICATION_FAILED = "authentication_failed"
    CHECKSUM_MISMATCH = "checksum_mismatch"
    CLIENT_DISCONNECTED = "client_disconnected"
    DATABASE_UNAVAILABLE = "database_unavailable"
    DIGEST_MISMATCH = "digest_mismatch"
    EXPIRED = "expired"
    FILE_DAMAGED = "file_damaged"
    HEADERS_TOO_LARGE = "headers_too_large"
    ILLEGAL_TRANSITION = "illegal_transition"
    INSUFFICIENT_STORAGE = "insufficient_storage"
    INTERNAL_ERROR = "internal_error"
    INVALID = "invalid"
    INVALID_HEADER = "invalid_header"
    INVALID_SIGNATURE = "invalid_signature"
    IN_FLIGHT = "in_flight"
    LAST_KEY = "last_key"
    LOCKED = "locked"
    MEDIA_MISSING = "media_missing"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NO_ENGINE = "no_engine"
    NO_STORE = "no_store"
    NOT_AUTHENTICATED = "not_authenticated"
    NOTHING_TO_TRANSCRIBE = "nothing_to_transcribe"
    NOT_FOUND = "not_found"
    OFFSET_MISMATCH = "offset_mismatch"
    PARSE_ERROR = "parse_error"
    PERMISSION_DENIED = "permission_denied"
    RANGE_NOT_SATISFIABLE = "range_not_satisfiable"
    RECORDING_DELETED = "recording_deleted"
    RECORDING_ID_TAKEN = "recording_id_taken"
    RECORDING_UNFINISHED = "recording_unfinished"
    SILENT_SENDER = "silent_sender"
    STORE_UNAVAILABLE = "store_unavailable"
    THROTTLED = "throttled"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_MANY_TRANSCRIPTS = "too_many_transcripts"
    TUS_VERSION = "tus_version"
    UNKNOWN_HOST = "unknown_host"
    UNSUPPORTED_CHECKSUM_ALGORITHM = "unsupported_checksum_algorithm"
    UNSUPPORTED_ENCODING = "unsupported_encoding"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"


class Refusal(UploaderError):
    """An HTTP status and a body: ``{code, detail}`` plus ``data``, or a map of fields to their messages."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.body: dict[str, Any] = {"code": code, "detail": detail or HTTPStatus(status).phrase, **(data or {})}
        self.headers = dict(headers or {})


class InvalidFields(Refusal):
    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, Reason.INVALID)
        self.body = dict(fields)


def not_found(detail: str = "") -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, Reason.NOT_FOUND, detail)


def conflict(code: Reason, detail: str, **data: object) -> Refusal:
    return Refusal(HTTPStatus.CONFLICT, code, detail, data=data)
