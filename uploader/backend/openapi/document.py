"""One OpenAPI document out of the table of routes and what is written of each operation."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from uploader.backend.admission import IDEMPOTENT, SECRET_PATHS
from uploader.backend.openapi.operations import Caller, Operation, operations
from uploader.backend.openapi.outgoing import webhooks
from uploader.backend.openapi.schemas import TEXT, Schema, components, ref
from uploader.backend.openapi.transfers import (
    REFUSED_BY_GATE,
    Item,
    download_operation,
    refusals,
    refused_responses,
    tus_operations,
)

API = "/api/v1"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
REFUSED_BY_ALL = frozenset({*REFUSED_BY_GATE, 408, 413, 429, 503})
"""A body too slow or too long, a key that asks too often, a database that does not answer."""

SECURITY: Mapping[Caller, Sequence[Mapping[str, Sequence[str]]]] = {
    Caller.ANYBODY: [],
    Caller.KEY: [{"tokenAuth": []}],
    Caller.UPLOAD_TOKEN: [{"uploadToken": []}],
    Caller.KEY_OR_UPLOAD_TOKEN: [{"tokenAuth": []}, {"uploadToken": []}],
}
REFUSED: Mapping[Caller, frozenset[int]] = {
    Caller.ANYBODY: frozenset(),
    Caller.KEY: frozenset({401, 403}),
    Caller.UPLOAD_TOKEN: frozenset({401}),
    Caller.KEY_OR_UPLOAD_TOKEN: frozenset({401, 403}),
}
AUTHORIZATION = {"type": "apiKey", "in": "header", "name": "Authorization"}
DESCRIPTION = (
    "Recordings, their uploads and their media. Paths end with a slash; without it, with doubled slashes and with "
    "sdk-upload for sdk_upload they lead to the same. HEAD answers as GET does, without a body; OPTIONS tells the "
    "methods. Times are ISO 8601 in UTC. Unknown fields are passed over. Bodies may also be forms."
)


def openapi(routes: Mapping[str, Iterable[str]], base_url: str) -> dict[str, Any]:
    """``routes``: the methods of each path, below ``/api/v1``. Raises ``KeyError`` for one that nobody described."""
    described = {name: _item(name, each) for name, each in operations().items()}
    described |= tus_operations() | {"GET /download/{subject}/{id}/": download_operation()}
    paths: dict[str, dict[str, Any]] = {}
    for path, methods in routes.items():
        shared = {"parameters": [_placeholder(name) for name in PLACEHOLDER.findall(path)]}
        paths[path] = shared if shared["parameters"] else {}
        for method in methods:
            name = f"{method} {path}"
            paths[path][method.lower()] = {"operationId": operation_id(name), **described[name]}
    _link(paths)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Afterword recordings", "version": version("afterword"), "description": DESCRIPTION},
        "servers": [{"url": base_url + API}],
        "paths": paths,
        "webhooks": webhooks(),
        "components": {
            "schemas": components(),
            "responses": refused_responses(_refused(paths)),
            "securitySchemes": {
                "tokenAuth": {**AUTHORIZATION, "description": "A workspace's key; Token before it may be left out."},
                "uploadToken": {**AUTHORIZATION, "description": "upload_token of the upload that the path names."},
            },
        },
    }


def _refused(paths: Mapping[str, Mapping[str, Any]]) -> set[int]:
    operations = [each for item in paths.values() for name, each in item.items() if name != "parameters"]
    found = {status: answer for each in operations for status, answer in each["responses"].items() if "$ref" in answer}
    return {int(status) for status in found}


def operation_id(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_").lower()


def _placeholder(name: str) -> Item:
    schema: Schema = {"enum": ["file", "parts"]} if name == "subject" else {**TEXT, "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _item(name: str, operation: Operation) -> Item:
    method, _, path = name.partition(" ")
    parameters = [{"name": each, "in": "query", "schema": schema} for each, schema in operation.query.items()]
    refused = REFUSED_BY_ALL | REFUSED[operation.caller] | operation.refusals
    may_repeat = method in IDEMPOTENT and operation.caller is not Caller.UPLOAD_TOKEN
    if may_repeat and not (API + path).startswith(SECRET_PATHS):
        parameters.append({"name": "Idempotency-Key", "in": "header", "schema": TEXT})
        refused |= {HTTPStatus.CONFLICT}
    item: dict[str, Any] = {
        "summary": operation.summary,
        "security": SECURITY[operation.caller],
        "responses": {**_answers(operation), **refusals(refused)},
    }
    if parameters:
        item["parameters"] = parameters
    if operation.body:
        item["requestBody"] = _body(operation.body)
    return item


def _answers(operation: Operation) -> dict[str, Item]:
    return {
        str(status): {"description": HTTPStatus(status).phrase}
        | ({"content": {"application/json": {"schema": schema}}} if schema else {})
        for status, schema in operation.answers.items()
    }


def _body(name: str) -> Item:
    return {"content": {"application/json": {"schema": ref(name)}}, "required": "required" in components()[name]}


def _link(paths: Mapping[str, dict[str, Any]]) -> None:
    """From what begins an upload to all that goes on with it, and from every list to its newest entry."""
    begun = _links(paths, "/sdk_upload/{upload_id}/", {"upload_id": "$response.body#/id"})
    begun |= _links(paths, "/recording/{id}/", {"id": "$response.body#/recording_id"})
    for status in ("200", "201"):
        paths["/sdk_upload/"]["post"]["responses"][status]["links"] = begun
    created = _links(paths, "/webhook_endpoint/{id}/", {"id": "$response.body#/id"})
    paths["/webhook_endpoint/"]["post"]["responses"]["201"]["links"] = created
    paths["/api_key/"]["post"]["responses"]["201"]["links"] = _links(
        paths, "/api_key/{id}/", {"id": "$response.body#/id"}
    )
    for path, item in paths.items():
        name = "upload_id" if path == "/sdk_upload/" else "id"
        listed = _links(paths, f"{path}{{{name}}}/", {name: "$response.body#/results/0/id"})
        if listed and "get" in item:
            item["get"]["responses"]["200"]["links"] = listed


def _links(paths: Mapping[str, dict[str, Any]], below: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """To every operation whose path begins so and needs no more than ``parameters``."""
    found = {}
    for path, item in paths.items():
        if path.startswith(below) and set(PLACEHOLDER.findall(path)) == set(parameters):
            for method, operation in item.items():
                if method != "parameters":
                    found[operation["operationId"]] = {
                        "operationId": operation["operationId"],
                        "parameters": dict(parameters),
                    }
    return found
