"""``recording_config``: what an upload is asked to be, checked when it is opened."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from uploader.backend.refusal import InvalidFields
from uploader.backend.retention import retention_of
from uploader.backend.tables import EndpointType, RealtimeEndpoint, RealtimeStatus, Upload
from uploader.backend.web_address import is_address

TOLD = ("participant_events.", "transcript.")
STREAMED = ("audio_mixed_raw.data", "audio_separate_raw.data", "video_separate_png.data", "video_separate_h264.data")
RTMP_EVENTS = ("video_mixed_flv.data",)
SCHEMES: Mapping[EndpointType, tuple[str, ...]] = {
    EndpointType.WEBHOOK: ("http", "https"),
    EndpointType.WEBSOCKET: ("ws", "wss"),
    EndpointType.RTMP: ("rtmp", "rtmps"),
}
SECTIONS = (
    *("video_mixed_mp4", "video_mixed_flv", "audio_mixed_mp3", "audio_mixed_raw", "participant_events"),
    *("meeting_metadata", "transcript", "video_separate_mp4", "video_separate_h264", "video_separate_png"),
    *("audio_separate_raw", "audio_separate_mp3"),
)


def check_config(config: Mapping[str, Any]) -> None:
    """Unknown keys are passed over. Raises ``Refusal`` that names every field at fault."""
    faults: dict[str, list[str]] = {}
    for name in SECTIONS:
        section = config.get(name)
        if section is not None and not isinstance(section, dict):
            faults[f"recording_config.{name}"] = ["An object is expected."]
        elif section and not is_map_of_texts(section.get("metadata", {})):
            faults[f"recording_config.{name}.metadata"] = ["A map of texts to texts is expected."]
    retention = config.get("retention")
    if retention is not None and retention_of(retention) is None:
        faults["recording_config.retention"] = ['{"type": "timed", "hours": 1 or more} or {"type": "forever"}.']
    objection = _endpoints_objection(config.get("realtime_endpoints"))
    if objection:
        faults["recording_config.realtime_endpoints"] = [objection]
    if faults:
        raise InvalidFields(faults)


def is_map_of_texts(value: object) -> bool:
    return value is None or (isinstance(value, dict) and all(isinstance(text, str) for text in value.values()))


def _endpoints_objection(entries: object) -> str | None:
    if entries is None:
        return None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return "A list of objects is expected."
    return next(filter(None, map(_endpoint_objection, entries)), None)


def _endpoint_objection(entry: Mapping[str, Any]) -> str | None:
    if entry.get("type") not in list(EndpointType):
        return f"type: one of {', '.join(EndpointType)} is expected."
    kind = EndpointType(entry["type"])
    url, events = _part(entry, "url"), _part(entry, "events")
    if not isinstance(events, list) or not events or not all(_is_allowed(kind, name) for name in events):
        return f"events: a list of those that a {kind} takes is expected."
    if not is_map_of_texts(entry.get("metadata")):
        return "metadata: a map of texts to texts is expected."
    return None if kind not in SCHEMES or is_address(url, SCHEMES[kind]) else "url: an address with / before any ?."


def _part(entry: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - a sender may write anything
    """Older clients nest it."""
    nested = entry.get("config")
    return nested.get(name) if isinstance(nested, dict) and name not in entry else entry.get(name)


def _is_allowed(kind: EndpointType, event: object) -> bool:
    if not isinstance(event, str):
        return False
    if kind is EndpointType.RTMP:
        return event in RTMP_EVENTS
    return event.startswith(TOLD) or (kind is not EndpointType.WEBHOOK and event in STREAMED)


def endpoints_of(upload: Upload) -> list[RealtimeEndpoint]:
    """As they begin; the configuration was checked."""
    return [
        RealtimeEndpoint(
            id=str(uuid4()),
            workspace=upload.workspace,
            recording_id=upload.recording_id,
            created_at=upload.created_at,
            type=EndpointType(entry["type"]),
            url=_part(entry, "url") if entry["type"] in SCHEMES else None,
            events=_part(entry, "events"),
            status=RealtimeStatus.RUNNING,
            sub_code=None,
            updated_at=upload.created_at,
            metadata=entry.get("metadata") or {},
        )
        for entry in upload.recording_config.get("realtime_endpoints") or []
    ]
