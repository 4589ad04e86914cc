"""From rows of the database to frozen dataclasses, and back."""

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Table

from capture.recording import MediaKind
from uploader.backend.access_tables import (
    ANSWERS,
    AUDIT,
    REQUEST_TIMES,
    SIGNING_KEYS,
    WORKSPACES,
    AuditEntry,
    KeptAnswer,
    RequestTimes,
    SigningKeyMark,
    Workspace,
)
from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.tables import (
    DOOMED,
    FILES,
    MEDIA,
    REALTIME_ENDPOINTS,
    RECORDINGS,
    UPLOADS,
    Doomed,
    EndpointType,
    Media,
    RealtimeEndpoint,
    RealtimeStatus,
    Recording,
    Resource,
    ResourceStatus,
    StoredFile,
    Upload,
    UploadStatus,
)
from uploader.backend.transcript_tables import TRANSCRIPTIONS, Transcription
from uploader.backend.view_query import ShownMedia, ShownRecording
from uploader.backend.webhook_tables import (
    WEBHOOK_ATTEMPTS,
    WEBHOOK_DELIVERIES,
    WEBHOOK_ENDPOINTS,
    WEBHOOK_MESSAGES,
    DeliveryStatus,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookStatus,
)

Paged = Recording | Upload | Media | RealtimeEndpoint | WebhookEndpoint | WebhookDelivery | AuditEntry
Kept = KeptAnswer | WebhookMessage | WebhookAttempt | SigningKeyMark | RequestTimes
Row = Paged | StoredFile | Doomed | Transcription | Workspace | Kept
R = TypeVar("R", bound=Row | ShownRecording | ShownMedia)

TABLE_OF: Mapping[type, Table] = {
    Recording: RECORDINGS,
    Upload: UPLOADS,
    Media: MEDIA,
    ShownRecording: RECORDINGS,
    ShownMedia: MEDIA,
    StoredFile: FILES,
    RealtimeEndpoint: REALTIME_ENDPOINTS,
    Doomed: DOOMED,
    Transcription: TRANSCRIPTIONS,
    Workspace: WORKSPACES,
    AuditEntry: AUDIT,
    KeptAnswer: ANSWERS,
    SigningKeyMark: SIGNING_KEYS,
    RequestTimes: REQUEST_TIMES,
    WebhookEndpoint: WEBHOOK_ENDPOINTS,
    WebhookMessage: WEBHOOK_MESSAGES,
    WebhookDelivery: WEBHOOK_DELIVERIES,
    WebhookAttempt: WEBHOOK_ATTEMPTS,
}

ENUMS: Mapping[tuple[type, str], type[StrEnum]] = {
    (Recording, "status"): ResourceStatus,
    (Upload, "status"): UploadStatus,
    (Media, "status"): ResourceStatus,
    (Media, "resource"): Resource,
    (StoredFile, "kind"): MediaKind,
    (RealtimeEndpoint, "type"): EndpointType,
    (RealtimeEndpoint, "status"): RealtimeStatus,
    (WebhookEndpoint, "status"): WebhookStatus,
    (WebhookDelivery, "status"): DeliveryStatus,
}


MEMBERS_OF: Mapping[type, Sequence[tuple[int, Mapping[str, Any]]]] = MappingProxyType(
    {
        kind: tuple(
            (list(table.columns.keys()).index(name), {member.value: member for member in enum})
            for (owner, name), enum in ENUMS.items()
            if owner is kind
        )
        for kind, table in TABLE_OF.items()
    }
)
"""Of each kind: at which place what becomes a member of an enum. A look-up takes a third of the time of a call."""


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Drivers differ in what they make of an enum; a text is a text to all."""
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:  # noqa: ANN401 - column values are of many types
    """PostgreSQL's texts hold no NUL."""
    if isinstance(value, Enum):
        return value.value
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def row_of(kind: type[R], values: Sequence[Any]) -> R:
    """``values``: as the fields of ``kind`` follow one another, and its table's columns."""
    fields = list(values)
    for place, members in MEMBERS_OF[kind]:
        if fields[place] is not None:
            fields[place] = members[fields[place]]
    return kind(*fields)


def key_of(row: RowMapping) -> ApiKey:
    scopes = None if row["scopes"] is None else frozenset(Scope(scope) for scope in row["scopes"])
    return ApiKey(row["digest"], row["workspace"], row["created_at"], row["name"], scopes, row["revoked_at"])


def status_of(row: Row) -> StrEnum:
    status: StrEnum = row.status  # type: ignore[union-attr]  # whoever changes a status names a row that has one
    return status
