"""What each route does, takes and answers, by its method and path."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from uploader.backend.openapi.schemas import (
    TEXT,
    Schema,
    media_name,
    one_of,
    page,
    ref,
)
from uploader.backend.search import MAX_QUERY_CHARACTERS
from uploader.backend.tables import EndpointType, RealtimeStatus, Resource, ResourceStatus
from uploader.backend.webhook_outbox import EVENTS, TEST_EVENT
from uploader.backend.webhook_tables import DeliveryStatus


class Caller(StrEnum):
    """Who may ask."""

    ANYBODY = "anybody"
    KEY = "key"
    UPLOAD_TOKEN = "upload_token"  # noqa: S105 - the name of a kind of caller
    KEY_OR_UPLOAD_TOKEN = "key_or_upload_token"  # noqa: S105 - the name of a kind of caller


@dataclass(frozen=True, slots=True)
class Operation:
    """``answers``: the schema of the body by the status, ``None`` for no body."""

    summary: str
    answers: Mapping[int, Schema | None]
    caller: Caller = Caller.KEY
    query: Mapping[str, Schema] = field(default_factory=dict)
    body: str | None = None
    refusals: frozenset[int] = frozenset()


def _refusing(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


TIME_FILTER: Schema = {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}, {"maxLength": 0}]}
LIMIT: Schema = {**TEXT, "description": "Rows of a page, 1 to 200; 50 for anything that is no number."}
PAGING: Mapping[str, Schema] = {"cursor": {**TEXT, "description": "From the address of next or previous."}}
LISTED: Mapping[str, Schema] = {**PAGING, "limit": LIMIT}
BY_AGE: Mapping[str, Schema] = {**LISTED, "created_at_after": TIME_FILTER, "created_at_before": TIME_FILTER}


def _choice(values: Iterable[str]) -> Schema:
    """A filter that is empty filters nothing."""
    known = one_of(values)
    return {**known, "enum": ["", *known["enum"]]}


def _id_filter() -> Schema:
    return {"type": "string", "anyOf": [{"format": "uuid"}, {"maxLength": 0}]}


def _list(what: str, of: str, **filters: Schema) -> Operation:
    return Operation(f"{what}, newest first.", {200: page(of)}, query={**BY_AGE, **filters}, refusals=_refusing(404))


def _changed(of: str) -> Operation:
    summary = "Replaces the metadata, the only field that can be written."
    return Operation(summary, {200: ref(of)}, body="MetadataChange", refusals=_refusing(400, 404))


UPLOAD_OPERATIONS: Mapping[str, Operation] = {
    "GET /sdk_upload/": Operation(
        "Uploads, newest first.", {200: page("Upload")}, query=LISTED, refusals=_refusing(404)
    ),
    "POST /sdk_upload/": Operation(
        "Begins an upload and its recording; 200 where the recording has one already.",
        {201: ref("Upload"), 200: ref("Upload")},
        body="UploadRequest",
        refusals=_refusing(400, 409),
    ),
    "GET /sdk_upload/{upload_id}/": Operation(
        "An upload, with a fresh token.", {200: ref("Upload")}, refusals=_refusing(404)
    ),
    "POST /sdk_upload/{upload_id}/complete/": Operation(
        "Compares every digest of the manifest with the stored bytes. Idempotent.",
        {200: ref("Verified")},
        caller=Caller.KEY_OR_UPLOAD_TOKEN,
        body="Claim",
        refusals=_refusing(400, 404, 409, 410, 422),
    ),
    "POST /sdk_upload/{upload_id}/progress/": Operation(
        "Tells how the recording goes while it is made.",
        {200: ref("Progress")},
        caller=Caller.UPLOAD_TOKEN,
        body="ProgressRequest",
        refusals=_refusing(400, 404, 409, 410),
    ),
    "POST /sdk_upload/{upload_id}/parts/": Operation(
        "Begins a file in an S3 store, or goes on with it.",
        {200: ref("Parts")},
        caller=Caller.UPLOAD_TOKEN,
        body="PartsRequest",
        refusals=_refusing(400, 404, 410),
    ),
    "DELETE /sdk_upload/{upload_id}/parts/": Operation(
        "Drops what is not complete.", {200: {"type": "object"}}, Caller.UPLOAD_TOKEN, refusals=_refusing(404, 410)
    ),
    "POST /sdk_upload/{upload_id}/parts/sign/": Operation(
        "Addresses for parts of a file that was begun.",
        {200: ref("Signed")},
        caller=Caller.UPLOAD_TOKEN,
        body="SignRequest",
        refusals=_refusing(400, 404, 410),
    ),
}

RECORDING_OPERATIONS: Mapping[str, Operation] = {
    "GET /recording/": _list(
        "Recordings",
        "Recording",
        search={
            **TEXT,
            "maxLength": MAX_QUERY_CHARACTERS,
            "description": "Words, the last of which may go on, and phrases in quotation marks.",
        },
        status_code=_choice(ResourceStatus),
        desktop_sdk_upload_id=_id_filter(),
        bot_id=_id_filter(),
    ),
    "GET /recording/{id}/": Operation("A recording.", {200: ref("Recording")}, refusals=_refusing(404)),
    "GET /recording/{id}/account/": Operation(
        "What its recorder tells of it: pauses, marks, and what went wrong.",
        {200: ref("Account")},
        refusals=_refusing(404),
    ),
    "POST /recording/{id}/create_transcript/": Operation(
        "Has a transcript made of the recording's sound; 400 where this backend has no engine for it.",
        {200: ref("Transcript")},
        body="TranscriptRequest",
        refusals=_refusing(400, 404, 409, 410),
    ),
    "PATCH /recording/{id}/": _changed("Recording"),
    "DELETE /recording/{id}/": Operation(
        "Deletes the media; what was written about them stays.", {204: None}, refusals=_refusing(404)
    ),
    "GET /realtime_endpoint/": _list(
        "Endpoints of live events",
        "RealtimeEndpoint",
        recording_id=_id_filter(),
        status_code=_choice(RealtimeStatus),
        type=_choice(EndpointType),
    ),
    "GET /realtime_endpoint/{id}/": Operation("One.", {200: ref("RealtimeEndpoint")}, refusals=_refusing(404)),
    "PATCH /realtime_endpoint/{id}/": _changed("RealtimeEndpoint"),
}


def _media_operations(resource: Resource) -> dict[str, Operation]:
    name, statuses = media_name(resource), set(ResourceStatus) - {ResourceStatus.PAUSED}
    filters = {"recording_id": _id_filter(), "status_code": _choice(statuses)}
    return {
        f"GET /{resource}/": _list(f"Media objects {resource}", name, **filters),
        f"GET /{resource}/{{id}}/": Operation("A media object.", {200: ref(name)}, refusals=_refusing(404)),
        f"PATCH /{resource}/{{id}}/": _changed(name),
        f"DELETE /{resource}/{{id}}/": Operation("Deletes its bytes.", {204: None}, refusals=_refusing(404)),
    }


ADMINISTRATION_OPERATIONS: Mapping[str, Operation] = {
    "GET /health/": Operation("Whether the database answers.", {200: ref("Health")}, Caller.ANYBODY),
    "GET /openapi.json": Operation("This document.", {200: {"type": "object"}}, Caller.ANYBODY),
    "GET /workspace/": Operation("The key's workspace.", {200: ref("Workspace")}),
    "PATCH /workspace/": Operation(
        "Sets for how long recordings are kept that ask for nothing else.",
        {200: ref("Workspace")},
        body="WorkspaceChange",
        refusals=_refusing(400),
    ),
    "GET /api_key/": Operation("All keys.", {200: page("ApiKey")}),
    "POST /api_key/": Operation(
        "A new key, which is told this once.", {201: ref("NewApiKey")}, body="ApiKeyRequest", refusals=_refusing(400)
    ),
    "DELETE /api_key/{id}/": Operation("Revokes a key.", {204: None}, refusals=_refusing(404, 409)),
    "GET /audit_log/": _list("What keys changed, or tried to", "AuditEntry"),
    "GET /webhook_endpoint/": Operation(
        "Receivers of webhooks.", {200: page("WebhookEndpoint")}, query=LISTED, refusals=_refusing(404)
    ),
    "POST /webhook_endpoint/": Operation(
        "A new one.", {201: ref("NewWebhookEndpoint")}, body="WebhookEndpointRequest", refusals=_refusing(400)
    ),
    "GET /webhook_endpoint/{id}/": Operation("One.", {200: ref("WebhookEndpoint")}, refusals=_refusing(404)),
    "PATCH /webhook_endpoint/{id}/": Operation(
        "Changes it.", {200: ref("WebhookEndpoint")}, body="WebhookEndpointChange", refusals=_refusing(400, 404)
    ),
    "DELETE /webhook_endpoint/{id}/": Operation("It is told nothing more.", {204: None}, refusals=_refusing(404)),
    "GET /webhook_endpoint/{id}/secret/": Operation(
        "With which its webhooks are signed.", {200: ref("WebhookSecret")}, refusals=_refusing(404)
    ),
    "POST /webhook_endpoint/{id}/test/": Operation(
        "Sends it a message of no meaning.", {202: ref("WebhookDelivery")}, refusals=_refusing(404)
    ),
    "POST /webhook_endpoint/{id}/recover/": Operation(
        "Sends again all that failed since a moment.",
        {202: ref("Recovered")},
        body="RecoverRequest",
        refusals=_refusing(400, 404),
    ),
    "GET /webhook_delivery/": _list(
        "Webhooks, and what became of each",
        "WebhookDelivery",
        endpoint_id=_id_filter(),
        event=_choice(EVENTS | {TEST_EVENT}),
        status_code=_choice(DeliveryStatus),
    ),
    "GET /webhook_delivery/{id}/": Operation(
        "One, with its body and every attempt.", {200: ref("WebhookDeliveryLog")}, refusals=_refusing(404)
    ),
    "POST /webhook_delivery/{id}/replay/": Operation(
        "Sends it again, under the same id.", {202: ref("WebhookDelivery")}, refusals=_refusing(404)
    ),
}


def operations() -> dict[str, Operation]:
    """All but those of tus and the downloads, by ``METHOD path``."""
    media: dict[str, Operation] = {}
    for resource in Resource:
        media |= _media_operations(resource)
    return {**ADMINISTRATION_OPERATIONS, **UPLOAD_OPERATIONS, **RECORDING_OPERATIONS, **media}
