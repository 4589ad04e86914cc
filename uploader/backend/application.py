"""The backend as an ASGI application: every route, and what every request passes first."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from uploader.backend import (
    Backend,
    downloads,
    media,
    parts,
    progress,
    realtime_endpoints,
    recordings,
    transcripts,
    tus,
    uploads,
    viewer,
    webhooks,
    workspaces,
)
from uploader.backend.calls import Call, Endpoint, Handler, endpoint, refused
from uploader.backend.gate import API, LOOPBACK_HOSTS, Gate
from uploader.backend.openapi.document import openapi
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import Resource

ANY_METHOD = ()
"""Each endpoint knows its own, and refuses all others."""


def create_application(backend: Backend, hosts: Iterable[str] = ()) -> ASGIApp:
    """``hosts``: names beside the loopback's own under which requests are answered."""
    application = Starlette(
        routes=[*api_routes(backend), *viewer.routes(backend)],
        exception_handlers={
            Refusal: _refused,
            HTTPException: _http_error,
            HTTPStatus.INTERNAL_SERVER_ERROR: _internal_error,
        },
    )
    application.router.redirect_slashes = False
    return Gate(application, LOOPBACK_HOSTS | {host.lower() for host in hosts})


def api_routes(backend: Backend) -> list[Route]:
    return [Route(API + path, answer, methods=ANY_METHOD) for path, answer in _endpoints(backend).items()]


def _endpoints(backend: Backend) -> dict[str, Endpoint]:
    handlers: dict[str, Mapping[str, Handler]] = {
        "/health/": {"GET": _health},
        "/sdk_upload/": {"GET": uploads.list_all, "POST": uploads.create},
        "/sdk_upload/{upload_id}/": {"GET": uploads.retrieve},
        "/sdk_upload/{upload_id}/complete/": {"POST": uploads.complete},
        "/sdk_upload/{upload_id}/progress/": {"POST": progress.tell},
        "/sdk_upload/{upload_id}/parts/": {"POST": parts.begin, "DELETE": parts.drop},
        "/sdk_upload/{upload_id}/parts/sign/": {"POST": parts.sign},
        "/recording/": {"GET": recordings.list_all},
        "/recording/{id}/": {
            "GET": recordings.retrieve,
            "PATCH": recordings.change,
            "DELETE": recordings.delete,
        },
        "/recording/{id}/account/": {"GET": recordings.account},
        "/recording/{id}/create_transcript/": {"POST": transcripts.create},
        "/realtime_endpoint/": {"GET": realtime_endpoints.list_all},
        "/realtime_endpoint/{id}/": {"GET": realtime_endpoints.retrieve, "PATCH": realtime_endpoints.change},
        "/download/{subject}/{id}/": {"GET": downloads.download},
    }
    for resource in Resource:
        handlers[f"/{resource}/"], handlers[f"/{resource}/{{id}}/"] = media.media_handlers(resource)
    handlers |= _administration()
    files = "/sdk_upload/{upload_id}/media/"
    carriers: dict[str, Mapping[str, tus.TusHandler]] = {
        files: {"POST": tus.create},
        files + "{file_id}/": {"HEAD": tus.head, "PATCH": tus.patch, "DELETE": tus.terminate},
    }
    methods = {path: [*each] for path, each in {**handlers, **carriers, "/openapi.json": ["GET"]}.items()}
    handlers["/openapi.json/"] = {"GET": lambda call: JSONResponse(openapi(methods, call.base_url))}
    return {path: endpoint(backend, each) for path, each in handlers.items()} | {
        path: tus.tus_endpoint(backend, each) for path, each in carriers.items()
    }


def _administration() -> dict[str, Mapping[str, Handler]]:
    endpoint = "/webhook_endpoint/{id}/"
    return {
        "/workspace/": {"GET": workspaces.retrieve, "PATCH": workspaces.change},
        "/api_key/": {"GET": workspaces.list_keys, "POST": workspaces.create_key},
        "/api_key/{id}/": {"DELETE": workspaces.revoke_key},
        "/audit_log/": {"GET": workspaces.list_audit},
        "/webhook_endpoint/": {"GET": webhooks.list_endpoints, "POST": webhooks.create_endpoint},
        endpoint: {
            "GET": webhooks.retrieve_endpoint,
            "PATCH": webhooks.change_endpoint,
            "DELETE": webhooks.delete_endpoint,
        },
        endpoint + "secret/": {"GET": webhooks.secret},
        endpoint + "test/": {"POST": webhooks.send_test},
        endpoint + "recover/": {"POST": webhooks.recover},
        "/webhook_delivery/": {"GET": webhooks.list_deliveries},
        "/webhook_delivery/{id}/": {"GET": webhooks.retrieve_delivery},
        "/webhook_delivery/{id}/replay/": {"POST": webhooks.replay},
    }


def _health(call: Call) -> Response:
    with call.backend.store.transaction():
        return JSONResponse({"status": "ok"})


def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return refused(error)


def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    headers = error.headers if isinstance(error, HTTPException) else None
    return refused(Refusal(status, HTTPStatus(status).name.lower(), headers=headers))


def _internal_error(_: Request, __: Exception) -> Response:
    """The server logs the error itself once this is sent."""
    return refused(Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, Reason.INTERNAL_ERROR))
