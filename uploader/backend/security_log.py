"""What looks like an attempt on the backend, a line each: what was refused, of which route, to which address.

No path, query or header is in it, for those are what a caller chose, and may hold secrets, titles and names.
"""

import logging
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address

from starlette.types import Scope

from uploader.backend.refusal import Reason

LOG = logging.getLogger("uploader.backend.security")

MOST_LINES = 60
WINDOW_S = 60.0
"""What comes beyond that within it is counted: nobody may fill the disk by being refused."""

TOLD = frozenset(
    {
        Reason.AMBIGUOUS_REQUEST,
        Reason.AUTHENTICATION_FAILED,
        Reason.HEADERS_TOO_LARGE,
        Reason.INVALID_SIGNATURE,
        Reason.PERMISSION_DENIED,
        Reason.SILENT_SENDER,
        Reason.THROTTLED,
        Reason.TOO_LARGE,
        Reason.TOO_LONG,
        Reason.UNKNOWN_HOST,
    }
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Flood(logging.Filter):
    """Lets errors pass, which are our own. Thread-safe."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now_s = now_s
        self._lock = threading.Lock()
        self._until_s = 0.0
        self._lines = 0

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            return True
        with self._lock:
            left_out = 0
            if self._now_s() >= self._until_s:
                left_out = max(self._lines - MOST_LINES, 0)
                self._until_s, self._lines = self._now_s() + WINDOW_S, 0
            self._lines += 1
            if left_out:
                record.msg, record.args = f"{record.getMessage()} ({left_out} lines before it were left out)", ()
            return self._lines <= MOST_LINES


FLOOD = Flood()


def bound_logs() -> None:
    """Also of what the server itself says of requests that are none. Idempotent."""
    for logger in (LOG, logging.getLogger("uvicorn.error")):
        logger.addFilter(FLOOD)


def note(scope: Scope, status: int, code: str) -> None:
    """Of a request that was refused."""
    if code not in TOLD:
        return
    method = scope["method"] if scope["method"] in METHODS else "?"
    LOG.warning("refused %d %s: %s %s from %s", status, code, method, _route(scope), _shown(scope.get("client")))


def note_connection(client: tuple[str, int] | None, why: str) -> None:
    """Of one that was closed."""
    LOG.warning("closed a connection from %s: it %s", _shown(client), why)


def _route(scope: Scope) -> str:
    """The resource alone; where the request matched none, nothing that it says is repeated."""
    if "endpoint" not in scope:
        return "?"
    return str(scope["path"].strip("/").split("/")[2])


def _shown(client: tuple[str, int] | None) -> str:
    """A proxy may have told it, and may have told anything."""
    try:
        return str(ip_address(client[0])) if client else "?"
    except ValueError:
        return "?"
