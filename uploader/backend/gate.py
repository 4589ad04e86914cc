"""What every request passes first: it is for us, it is one request and no more, and its path is spelt as ours are."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from uploader.backend.calls import refused
from uploader.backend.refusal import Reason, Refusal

API = "/api/v1"
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
SLASHES = re.compile("/{2,}")
LEGACY = re.compile(rf"^{API}/sdk-upload/")

MOST_HEADERS = 100
MOST_HEADER_BYTES = 32 * 1024
"""Far more than any client or proxy sends; the longest field of ours is ``Upload-Metadata``."""

ONCE = ("host", "content-length", "transfer-encoding", "authorization")
"""Of which two readers may each believe another one."""

CLOSE = {"Connection": "close"}


class Gate:
    """Refuses foreign ``Host`` names, so that no web page can reach a loopback backend by a name of its own.

    Refuses what a proxy in front may read as other requests than we do. Makes one path of each that clients are known
    to ask for: doubled slashes, none at the end, the older spelling.
    """

    def __init__(self, application: ASGIApp, hosts: frozenset[str]) -> None:
        self._application = application
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await refused(refusal)(scope, receive, send)
            return
        path = LEGACY.sub(f"{API}/sdk_upload/", SLASHES.sub("/", scope["path"] + "/"))
        await self._application({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        if (
            len(headers) > MOST_HEADERS
            or sum(len(name) + len(value) for name, value in headers.raw) > MOST_HEADER_BYTES
        ):
            return Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, Reason.HEADERS_TOO_LARGE, headers=CLOSE)
        if not self._is_ours(scope, headers):
            return Refusal(HTTPStatus.BAD_REQUEST, Reason.UNKNOWN_HOST)
        if _is_ambiguous(headers):
            return Refusal(HTTPStatus.BAD_REQUEST, Reason.AMBIGUOUS_REQUEST, headers=CLOSE)
        if headers.get("content-encoding", "identity").lower() != "identity":
            return Refusal(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Reason.UNSUPPORTED_ENCODING, "Bodies are taken as they are."
            )
        return None

    def _is_ours(self, scope: Scope, headers: Headers) -> bool:
        """The very address that was connected to needs no name, so no foreign name can stand for it."""
        host = host_name(headers.get("host", ""))
        server = scope.get("server")
        return host in self._hosts or (server is not None and host == server[0])


def _is_ambiguous(headers: Headers) -> bool:
    is_both = "content-length" in headers and "transfer-encoding" in headers
    return is_both or any(len(headers.getlist(name)) > 1 for name in ONCE)


def host_name(header: str) -> str:
    """Without its port, and without the brackets of an IPv6 address."""
    if header.startswith("["):
        name, bracket, _ = header[1:].partition("]")
        return name.lower() if bracket else ""
    return header.partition(":")[0].lower()
