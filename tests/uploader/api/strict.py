"""The API's own document, made strict: a field that it does not name is a fault, and not only one that is missing."""

from typing import Any


def strict(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which answers may hold nothing but what is described; requests stay as they are."""
    schemas = document["components"]["schemas"]
    requests = _requests(document)
    answers = {name: schema if name in requests else closed(schema) for name, schema in schemas.items()}
    return {**document, "components": {**document["components"], "schemas": answers}}


def _requests(document: dict[str, Any]) -> set[str]:
    """What bodies refer to, and all that those refer to."""
    schemas = document["components"]["schemas"]
    found: set[str] = set()
    waiting = {name for item in document["paths"].values() for name in _references(_bodies(item))}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_references(schemas[name])) - found
    return found


def _bodies(item: dict[str, Any]) -> list[Any]:
    return [each["requestBody"] for each in item.values() if isinstance(each, dict) and "requestBody" in each]


def _references(value: object) -> list[str]:
    match value:
        case {"$ref": str(address)}:
            return [address.rpartition("/")[2]]
        case dict():
            return [name for each in value.values() for name in _references(each)]
        case list():
            return [name for each in value for name in _references(each)]
    return []


def closed(value: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Without room for fields that are not named."""
    match value:
        case {"properties": dict(properties)}:
            inner = {name: closed(each) for name, each in properties.items()}
            return {"additionalProperties": False, **value, "properties": inner}
        case dict():
            return {name: closed(each) for name, each in value.items()}
        case list():
            return [closed(each) for each in value]
    return value
