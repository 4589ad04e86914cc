"""The shapes of bodies and answers as JSON Schema; what is an enum in the code is read from there."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from capture.recording import MediaFormat, MediaKind, MediaStatus, RecordingStatus
from uploader.backend.api_keys import Scope
from uploader.backend.completion import ACCOUNT
from uploader.backend.intake import MAX_FILE_BYTES
from uploader.backend.part_store import MOST_PARTS
from uploader.backend.parts import SIGNED_AT_ONCE
from uploader.backend.progress import Progress
from uploader.backend.recording_config import RTMP_EVENTS, SCHEMES, SECTIONS, STREAMED, TOLD
from uploader.backend.refusal import Reason
from uploader.backend.resources import PARTED, SCREENSHARE, SHORTCUTS, WEBCAM
from uploader.backend.retention import DEFAULT_HOURS, MOST_HOURS
from uploader.backend.tables import EndpointType, RealtimeStatus, Resource, ResourceStatus, UploadStatus
from uploader.backend.transcript_requests import OPTIONS, SEPARATE_STREAMS, OptionNames
from uploader.backend.web_address import address_pattern
from uploader.backend.webhook_outbox import EVENTS, TEST_EVENT
from uploader.backend.webhook_tables import DeliveryStatus, WebhookStatus
from uploader.claim import LARGEST_COUNT

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
UUID: Schema = {"type": "string", "format": "uuid"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}
ANYTHING: Schema = {}
ANY_OBJECT: Schema = {"type": "object"}
INNER_PATH: Schema = {
    "type": "string",
    "pattern": r'^(?!\.{1,2}(?:/|$))[^\\:\u0000"/]+(?:/(?!\.{1,2}(?:/|$))[^\\:\u0000"/]+)*$',
}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": sorted(str(value) for value in values)}


def or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def shape(**properties: Schema) -> Schema:
    """Of an answer: every field is always there."""
    return {"type": "object", "required": list(properties), "properties": properties}


def fields(required: Iterable[str] = (), **properties: Schema) -> Schema:
    """Of a body: what is not named as required may be left out, and unknown fields are passed over."""
    needed = list(required)
    return {"type": "object", "properties": properties} | ({"required": needed} if needed else {})


def page(of: str) -> Schema:
    return shape(next=or_null(ADDRESS), previous=or_null(ADDRESS), results=list_of(ref(of)))


def _status(codes: type[StrEnum]) -> Schema:
    return shape(code=one_of(codes), sub_code=or_null(TEXT), updated_at=MOMENT)


MENTION = shape(id=TEXT, metadata=TEXTS)

ERROR: Schema = {
    **shape(code=one_of(Reason), detail=TEXT),
    "properties": {
        "code": one_of(Reason),
        "detail": TEXT,
        "offset": {**COUNT, "description": "Where the file really ends."},
        "max_bytes": COUNT,
        "media": {
            **list_of(fields(["path"], path=TEXT, offset=COUNT, sha256=SHA256)),
            "description": "What of the manifest is missing, or differs from what is stored.",
        },
    },
}

FAULTS: Schema = {
    "type": "object",
    "description": "Messages by the name of the field.",
    "minProperties": 1,
    "additionalProperties": {**list_of(TEXT), "minItems": 1},
}

RETENTION: Schema = {
    "anyOf": [
        fields(["type"], type={"const": "forever"}),
        fields(
            ["type"],
            type={"const": "timed"},
            hours={"type": "integer", "minimum": 1, "maximum": MOST_HOURS, "default": DEFAULT_HOURS},
        ),
    ]
}


def _realtime_request(kind: EndpointType) -> Schema:
    told: list[Schema] = [{"type": "string", "pattern": "^(?:" + "|".join(TOLD).replace(".", r"\.") + ")"}]
    streamed: list[Schema] = [one_of(STREAMED)] if kind is not EndpointType.WEBHOOK else []
    named = {"anyOf": [*told, *streamed]} if kind is not EndpointType.RTMP else one_of(RTMP_EVENTS)
    events = {"type": "array", "minItems": 1, "items": named}
    told_of = {"events": events}
    if kind in SCHEMES:
        told_of["url"] = {"type": "string", "pattern": address_pattern(SCHEMES[kind])}
    shared = {"type": {"const": kind.value}, "metadata": or_null(TEXTS)}
    nested = {"config": {**fields(told_of, **told_of), "description": "As older clients have it."}}
    return {"anyOf": [fields(["type", *told_of], **shared, **told_of), fields(["type", "config"], **shared, **nested)]}


def _recording_config() -> Schema:
    section = or_null(fields(metadata=or_null(TEXTS)))
    return fields(
        metadata=or_null(TEXTS),
        retention={"anyOf": [*RETENTION["anyOf"], {"type": "null"}]},
        realtime_endpoints={
            "type": ["array", "null"],
            "items": {"anyOf": [_realtime_request(kind) for kind in EndpointType]},
        },
        **dict.fromkeys(SECTIONS, section),
    )


def _media(resource: Resource, *, is_shortcut: bool) -> Schema:
    data: dict[str, Schema] = {"download_url": or_null(ADDRESS)}
    more: dict[str, Schema] = {} if is_shortcut else {"recording": ref("Mention")}
    match resource:
        case Resource.PARTICIPANT_EVENTS:
            kinds = (MediaKind.PARTICIPANT_EVENTS, MediaKind.SPEAKER_TIMELINE, MediaKind.PARTICIPANTS)
            data = {f"{kind}_download_url": or_null(ADDRESS) for kind in kinds}
        case Resource.MEETING_METADATA:
            zoom = or_null(shape(meeting_uuid=or_null(TEXT)))
            data = {"title": or_null(TEXT), "zoom": zoom, **data}
        case Resource.TRANSCRIPT:
            data["provider_data_download_url"] = or_null(ADDRESS)
            more |= {"provider": ANY_OBJECT, "diarization": or_null(ANY_OBJECT)}
    return shape(
        id=UUID,
        created_at=MOMENT,
        status=_status(ResourceStatus),
        metadata=TEXTS,
        data=shape(**data),
        format=one_of(MediaFormat),
        **more,
    )


def media_name(resource: Resource) -> str:
    return "".join(part.capitalize() for part in resource.split("_"))


def _media_schemas() -> dict[str, Schema]:
    whole = {media_name(resource): _media(resource, is_shortcut=False) for resource in Resource}
    return whole | {f"{media_name(each)}Shortcut": _media(each, is_shortcut=True) for each in SHORTCUTS}


def _claim() -> Schema:
    measured = {"done", "deleted"}
    always = {
        "kind": one_of(MediaKind),
        "format": one_of(MediaFormat),
        "path": INNER_PATH,
        "bytes": {**COUNT, "maximum": LARGEST_COUNT},
    }
    needed = [*always, "status"]
    entry = {
        "anyOf": [
            fields([*needed, "sha256"], **always, status=one_of(measured), sha256=SHA256),
            fields(needed, **always, status=one_of(set(MediaStatus) - measured), sha256=or_null(TEXT)),
        ]
    }
    return {
        **fields(
            ["spec", "status", "media"],
            spec=fields(["id"], id={**TEXT, "minLength": 1}),
            status=fields(["code"], code=one_of(RecordingStatus), sub_code=or_null(TEXT)),
            started_at=or_null(MOMENT),
            completed_at=or_null(MOMENT),
            duration_ns={**COUNT, "maximum": LARGEST_COUNT},
            media=list_of(entry),
        ),
        "description": "The manifest of a recording: recording.json, as the recorder wrote it.",
    }


def _recording() -> Schema:
    shortcuts = {each.value: or_null(ref(f"{media_name(each)}Shortcut")) for each in SHORTCUTS}
    return shape(
        id=UUID,
        created_at=MOMENT,
        started_at=or_null(MOMENT),
        completed_at=or_null(MOMENT),
        status=_status(ResourceStatus),
        media_shortcuts=shape(**shortcuts),
        realtime_endpoints=list_of(ref("Mention")),
        bot={"type": "null"},
        desktop_sdk_upload=or_null(ref("Mention")),
        expires_at=or_null(MOMENT),
        metadata=TEXTS,
    )


def _uploads() -> dict[str, Schema]:
    return {
        "Upload": shape(
            id=UUID,
            status=_status(UploadStatus),
            recording_id=UUID,
            upload_token={**TEXT, "description": "Good for this upload alone, for an hour or two."},
            created_at=MOMENT,
            metadata=TEXTS,
        ),
        "UploadRequest": fields(
            recording_id={**or_null(UUID), "description": "The recording's on the machine that made it."},
            recording_config=or_null(ref("RecordingConfig")),
            metadata=or_null(TEXTS),
        ),
        "RecordingConfig": _recording_config(),
        "Claim": _claim(),
        "Verified": shape(
            media=list_of(
                shape(path=TEXT, kind=one_of(MediaKind), sha256=SHA256, bytes=COUNT, verified={"const": True})
            ),
            recording=ref("Recording"),
        ),
        "ProgressRequest": fields(
            ["code"],
            code=one_of(Progress),
            failed_endpoints={**or_null(TEXTS), "description": "Reasons by the ids of realtime endpoints."},
        ),
        "Progress": shape(recording=shape(id=UUID, status=_status(ResourceStatus))),
        "PartsRequest": fields(
            ["path", "sha256", "bytes"],
            path=INNER_PATH,
            sha256=SHA256,
            bytes={**COUNT, "maximum": MAX_FILE_BYTES},
            kind=or_null(one_of(MediaKind)),
        ),
        "Parts": shape(part_bytes=COUNT, parts=list_of(shape(number=COUNT, bytes=COUNT))),
        "SignRequest": fields(
            ["path", "sha256", "numbers"],
            path=INNER_PATH,
            sha256=SHA256,
            numbers={
                "type": "array",
                "minItems": 1,
                "maxItems": SIGNED_AT_ONCE,
                "items": {"type": "integer", "minimum": 1, "maximum": MOST_PARTS},
            },
        ),
        "Signed": shape(urls=list_of(shape(number=COUNT, url=ADDRESS))),
    }


def _administration() -> dict[str, Schema]:
    key = {
        "id": TEXT,
        "name": or_null(TEXT),
        "scopes": list_of(one_of(Scope)),
        "created_at": MOMENT,
        "revoked_at": or_null(MOMENT),
    }
    return {
        "Workspace": shape(id=TEXT, created_at=MOMENT, retention=RETENTION),
        "WorkspaceChange": fields(retention={"anyOf": [*RETENTION["anyOf"], {"type": "null"}]}),
        "ApiKey": shape(**key),
        "NewApiKey": shape(**key, key=TEXT),
        "ApiKeyRequest": fields(
            name=or_null(TEXT), scopes={"type": ["array", "null"], "minItems": 1, "items": one_of(Scope)}
        ),
        "AuditEntry": shape(
            id=UUID, workspace=TEXT, created_at=MOMENT, key_id=TEXT, method=TEXT, path=TEXT, answer=COUNT
        ),
    }


def _webhooks() -> dict[str, Schema]:
    endpoint = {
        "id": UUID,
        "created_at": MOMENT,
        "url": TEXT,
        "events": list_of(one_of(EVENTS)),
        "status": one_of(WebhookStatus),
        "failing_since": or_null(MOMENT),
        "updated_at": MOMENT,
        "metadata": TEXTS,
    }
    changes = {
        "url": {"type": "string", "pattern": address_pattern(("http", "https"))},
        "events": list_of(one_of(EVENTS)),
        "status": one_of(WebhookStatus),
        "metadata": or_null(TEXTS),
    }
    delivery = {
        "id": UUID,
        "message_id": TEXT,
        "endpoint_id": UUID,
        "event": one_of(EVENTS | {TEST_EVENT}),
        "created_at": MOMENT,
        "status": one_of(DeliveryStatus),
        "attempts": COUNT,
        "next_attempt_at": or_null(MOMENT),
        "updated_at": MOMENT,
    }
    attempt = shape(created_at=MOMENT, answer=or_null(COUNT), error=or_null(TEXT))
    return {
        "WebhookEndpoint": shape(**endpoint),
        "NewWebhookEndpoint": shape(**endpoint, secret=TEXT),
        "WebhookEndpointRequest": fields(["url"], **changes),
        "WebhookEndpointChange": fields(**changes),
        "WebhookSecret": shape(secret=TEXT),
        "WebhookDelivery": shape(**delivery),
        "WebhookDeliveryLog": shape(**delivery, body=or_null(TEXT), log=list_of(attempt)),
        "RecoverRequest": fields(since=or_null(MOMENT)),
        "Recovered": shape(replayed=COUNT),
    }


def _parts() -> Schema:
    part = {
        "id": UUID,
        "participant": ANY_OBJECT,
        "start_timestamp": shape(absolute=or_null(MOMENT), relative={"type": "number"}),
        "duration": {"type": "number"},
        "download_url": ADDRESS,
    }
    return list_of(fields(part, **part, type=one_of({WEBCAM, SCREENSHARE})))


def _transcript_request() -> Schema:
    """Of the providers those can be asked for whose engine is where the backend runs."""
    only: Schema = {"additionalProperties": {"type": "null"}}
    providers = [{**only, **fields([name], **{name: _provider(names)})} for name, names in OPTIONS.items()]
    diarization = fields(**{SEPARATE_STREAMS: {"type": "boolean", "default": False}})
    return fields(
        ["provider"], provider={"anyOf": providers}, diarization=or_null(diarization), metadata=or_null(TEXTS)
    )


def _provider(names: OptionNames) -> Schema:
    options = {names.language: or_null(TEXT), **dict.fromkeys(names.key_terms, or_null(list_of(TEXT)))}
    if spelling := names.spelling:
        texts = {spelling.find: list_of(TEXT), spelling.replacement: TEXT}
        options[spelling.option] = or_null(list_of(fields(texts, **texts)))
    return fields(**options, **{key: {"enum": [False, None]} for key in names.refused})


def _realtime_endpoint() -> Schema:
    return shape(
        id=UUID,
        created_at=MOMENT,
        recording=ref("Mention"),
        metadata=TEXTS,
        type=one_of(EndpointType),
        status=_status(RealtimeStatus),
        url=or_null(TEXT),
        events=list_of(TEXT),
    )


def components() -> dict[str, Schema]:
    """By their names."""
    parted = ", ".join(sorted(PARTED))
    return {
        "Health": shape(status={"const": "ok"}),
        "Error": ERROR,
        "Faults": FAULTS,
        "Mention": MENTION,
        "Recording": _recording(),
        "Account": shape(duration_s={"type": "number", "minimum": 0}, **dict.fromkeys(ACCOUNT, ANYTHING)),
        "RealtimeEndpoint": _realtime_endpoint(),
        "MetadataChange": fields(metadata=or_null(TEXTS)),
        "PartFiles": {**_parts(), "description": f"Of {parted}: one entry for each side's own file."},
        **_media_schemas(),
        "TranscriptRequest": _transcript_request(),
        **_uploads(),
        **_administration(),
        **_webhooks(),
    }
