"""The viewer of recordings at ``/``: plain files from ``resources/viewer``, which call the API as anybody does."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import files
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from uploader.backend import Backend
from uploader.backend.refusal import not_found

FOLDER = "viewer"
PAGE = "index.html"
TYPES = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }
)


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes = field(repr=False)
    headers: Mapping[str, str]


def routes(backend: Backend) -> list[Route]:
    """Every file is read now, and kept."""
    assets = dict(_assets(_policy(backend)))

    async def page(request: Request) -> Response:
        return _answer(request, assets[PAGE])

    async def asset(request: Request) -> Response:
        found = assets.get(request.path_params["name"])
        if found is None:
            raise not_found()
        return _answer(request, found)

    return [_route("/", page), _route(f"/{FOLDER}/{{name}}/", asset)]


def _route(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, answer, methods=["GET"])


def _assets(policy: str) -> Iterator[tuple[str, Asset]]:
    for file in files("resources").joinpath(FOLDER).iterdir():
        suffix = PurePosixPath(file.name).suffix
        if suffix in TYPES:
            content = file.read_bytes()
            yield file.name, Asset(content, _headers(content, TYPES[suffix], policy))


def _headers(content: bytes, content_type: str, policy: str) -> Mapping[str, str]:
    return {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": policy,
        "Content-Type": content_type,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def _policy(backend: Backend) -> str:
    """Nothing but this server's own, no script or style within the page, and no text that becomes markup."""
    sources = " ".join(["'self'", *_store_origin(backend)])
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"media-src {sources}",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _store_origin(backend: Backend) -> Iterator[str]:
    """Sound and picture may lie in a store, to which downloads are redirected."""
    if backend.contents.parts is not None:
        address = urlsplit(backend.contents.parts.address(PAGE, {}))
        yield f"{address.scheme}://{address.netloc}"


def _answer(request: Request, asset: Asset) -> Response:
    """A newer version of this program is seen at once: each file is asked for anew, and mostly not sent."""
    if request.headers.get("if-none-match") == asset.headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=dict(asset.headers))
    return Response(asset.content, headers=dict(asset.headers))
