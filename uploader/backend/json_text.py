"""JSON as text: what is stored as JSON, and only passed on, need not be taken apart and put together again."""

import json
from json.encoder import encode_basestring
from typing import Any, NewType

from starlette.responses import Response

JsonText = NewType("JsonText", str)

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_text(value: Any) -> JsonText:  # noqa: ANN401 - a JSON document has no better type
    return JsonText(_ENCODER.encode(value))


def quoted(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


def json_response(text: JsonText) -> Response:
    return Response(text, media_type="application/json")
