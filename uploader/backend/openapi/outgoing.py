"""The webhooks that are sent, as the document describes them."""

from collections.abc import Mapping
from typing import Any

from uploader.backend.openapi.schemas import MOMENT, TEXT, Schema, or_null, ref, shape
from uploader.backend.webhook_outbox import EVENTS, TEST_EVENT

HEADERS = ("id", "timestamp", "signature")
FAMILIES = ("webhook", "svix")


def webhooks() -> dict[str, Mapping[str, Any]]:
    """By the names of their events."""
    return {event: {"post": _sent(event)} for event in sorted({*EVENTS, TEST_EVENT})}


def _sent(event: str) -> Mapping[str, Any]:
    signed = [
        {"name": f"{family}-{name}", "in": "header", "required": True, "schema": TEXT}
        for family in FAMILIES
        for name in HEADERS
    ]
    return {
        "summary": f"{event}, signed after Standard Webhooks.",
        "parameters": signed,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _body(event)}}},
        "responses": {"2XX": {"description": "Anything else is tried again, eight times in 28 hours."}},
    }


def _body(event: str) -> Schema:
    name, _, code = event.partition(".")
    told = {"code": {"const": code}, "sub_code": or_null(TEXT), "updated_at": MOMENT}
    if event == TEST_EVENT:
        return shape(event={"const": event}, data=shape(data=shape(**told)))
    if event == "realtime_endpoint.failed":
        told["error"] = shape(code=or_null(TEXT), message=or_null(TEXT))
    about: dict[str, Schema] = {"data": shape(**told), "recording": or_null(ref("Mention")), "bot": {"type": "null"}}
    if name != "recording":
        about[name] = ref("Mention")
    return shape(event={"const": event}, data=shape(**about))
