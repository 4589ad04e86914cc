"""From HTTP requests to plain functions and back: bodies are read on the event loop, the rest runs in threads."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL, Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Send
from starlette.types import Scope as AsgiScope

from uploader.backend import Backend
from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.bodies import whole_body
from uploader.backend.forms import read_body
from uploader.backend.refusal import InvalidFields, Reason, Refusal
from uploader.backend.security_log import note

LOG = logging.getLogger(__name__)

MOST_METADATA = 65_536
"""Characters, of names and values together."""

SCOPES = MappingProxyType({"POST": Scope.WRITE, "PUT": Scope.WRITE, "PATCH": Scope.WRITE, "DELETE": Scope.DELETE})


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read to its end."""

    backend: Backend
    method: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Headers
    url: URL
    base_url: str
    body: bytes
    key: ApiKey | None

    @property
    def authorization(self) -> str | None:
        return self.headers.get("authorization")

    def workspace(self, scope: Scope | None = None) -> str:
        """Whose key it is; which may do what ``scope`` says, else what the method does. Raises ``Refusal``."""
        return self.backend.access.admit(self.key, self.authorization, scope or SCOPES.get(self.method, Scope.READ))

    def document(self) -> dict[str, Any]:
        """The object of the body, JSON or a form's; an empty body is an empty object. Raises ``Refusal``."""
        try:
            document = read_body(self.body, self.headers.get("content-type", ""))
        except ValueError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, Reason.PARSE_ERROR, "The body is not JSON.") from error
        if not isinstance(document, dict):
            raise Refusal(HTTPStatus.BAD_REQUEST, Reason.PARSE_ERROR, "A JSON object is expected.")
        return document


CLIENT_CLOSED_REQUEST = 499
"""Nobody is left to read it; proxies write it into their logs for the same case."""

Handler = Callable[[Call], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(backend: Backend, handlers: Mapping[str, Handler]) -> Endpoint:
    """Answers each method by its own function; ``HEAD`` by that of ``GET``."""
    allow = allowed_methods(handlers)

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allow})
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise not_allowed(allow)
        return await run_in_threadpool(_answer, handler, await _call(backend, request))

    return answer


def _answer(handler: Handler, call: Call) -> Response:
    known = replace(call, key=call.backend.access.key(call.authorization))
    return call.backend.admission.answer(known, handler)


def allowed_methods(handlers: Mapping[str, object]) -> str:
    heads = ["HEAD"] if "GET" in handlers and "HEAD" not in handlers else []
    return ", ".join([*handlers, *heads, "OPTIONS"])


def not_allowed(allow: str) -> Refusal:
    return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, Reason.METHOD_NOT_ALLOWED, headers={"Allow": allow})


async def _call(backend: Backend, request: Request) -> Call:
    return Call(
        backend=backend,
        method=request.method,
        path=request.path_params,
        query=request.query_params,
        headers=request.headers,
        url=request.url,
        base_url=base_url(request),
        body=await _body(request),
        key=None,
    )


def base_url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


async def _body(request: Request) -> bytes:
    try:
        return await whole_body(request)
    except ClientDisconnect as error:
        raise Refusal(CLIENT_CLOSED_REQUEST, Reason.CLIENT_DISCONNECTED, "Closed half-way.") from error


class RefusedResponse(JSONResponse):
    """Notes itself in the security log, if it should."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.body, refusal.status, refusal.headers)
        self._code = refusal.code

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        note(scope, self.status_code, self._code)
        await super().__call__(scope, receive, send)


def refused(refusal: Refusal) -> Response:
    if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("answered %d %s", refusal.status, refusal.code, exc_info=refusal)
    return RefusedResponse(refusal)


def string_map(document: Mapping[str, Any], name: str, where: str = "") -> dict[str, str]:
    """An optional field that maps texts to texts, and is told in every list. Raises ``Refusal``."""
    value = document.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise InvalidFields({where + name: ["A map of texts to texts is expected."]})
    if sum(len(key) + len(text) for key, text in value.items()) > MOST_METADATA:
        raise InvalidFields({where + name: [f"No more than {MOST_METADATA} characters are kept."]})
    return value
