"""JSON that others wrote, made fit to be passed on."""

import json
import math


def read_document(data: bytes) -> object:
    """Raises ``ValueError`` for what is no JSON, or is nested too deeply.

    What no encoder would take back is replaced: half a surrogate pair by a question mark, an infinite number by null.
    """
    try:
        return _encodable(json.loads(data))
    except RecursionError as error:
        message = "nested too deeply"
        raise ValueError(message) from error


def _encodable(value: object) -> object:
    match value:
        case str():
            return encodable_text(value)
        case float() if not math.isfinite(value):
            return None
        case list():
            return [_encodable(entry) for entry in value]
        case dict():
            return {encodable_text(name): _encodable(entry) for name, entry in value.items()}
    return value


def whole_number(value: object) -> int | None:
    """As JSON counts: 2.0 is one, and true is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if type(value) is int else None


def encodable_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
