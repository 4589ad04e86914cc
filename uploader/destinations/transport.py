"""HTTP as deliveries need it: one connection, one thread, no redirects, and every failure by its own name."""

import logging
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import truststore

from uploader.destinations.pieces import Pace, Stretch, Throughput
from uploader.errors import (
    AuthenticationFailed,
    CaptivePortal,
    CertificateUntrusted,
    DestinationTrouble,
    NetworkTrouble,
    ProxyRefused,
    UnknownDestination,
)

MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""No recordings API says more at a time; whatever stands in between may."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the other end may take: to be found, to take or give any byte at all, to give a whole answer."""

    connect_s: float = 10.0
    silence_s: float = 60.0
    answer_s: float = 300.0
    throughput: Throughput = field(default_factory=Throughput)


@dataclass(frozen=True, slots=True)
class Route:
    """How to get there. ``ca_file`` holds further authorities to trust, in PEM; ``proxy`` may hold a password.

    Without ``proxy`` the environment's is taken, but for addresses of this machine.
    """

    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    limit_bytes_per_s: float | None = None
    patience: Patience = field(default_factory=Patience)


DIRECT = Route()


class Transport:
    """Used by one thread at a time; a context manager, or ``close`` it."""

    def __init__(self, base_url: str, route: Route = DIRECT, *, now_s: Callable[[], float] = time.monotonic) -> None:
        """Raises ``UnknownDestination`` where authorities or proxy are of no use."""
        self._patience = route.patience
        self._pace = Pace(route.limit_bytes_per_s)
        self._now_s = now_s
        self._client = open_client(base_url, route)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Iterator[bytes] | Mapping[str, object] | None = None,
        silence_s: float | None = None,
    ) -> httpx.Response:
        """The answer, whatever its status. A mapping is sent as JSON; ``silence_s`` is for what takes its time.

        Raises ``NetworkTrouble`` in all its kinds, ``DestinationTrouble`` for an endless answer.
        """
        more: dict[str, Any] = {"timeout": httpx.Timeout(silence_s)} if silence_s else {}
        more |= {"json": body} if isinstance(body, Mapping) else {"content": body}
        try:
            request = self._client.build_request(method, url, headers=headers, **more)
            with_body = self._client.send(request, stream=True)
            try:
                return _let_through(self._whole(with_body))
            finally:
                with_body.close()
        except httpx.ProxyError as error:
            raise ProxyRefused(str(error)) from error
        except httpx.ConnectError as error:
            raise unconnected(error) from error
        except httpx.RequestError as error:
            raise NetworkTrouble(type(error).__name__) from error

    def send(
        self, method: str, url: str, headers: Mapping[str, str], stretch: Stretch, on_sent: Callable[[int], None]
    ) -> httpx.Response:
        """As ``request``, with a stretch of a file; also raises ``LocalFileChanged`` and what ``on_sent`` raises."""
        watch = self._patience.throughput.watch(self._now_s)
        pieces = stretch.pieces(self._pace, watch, on_sent)
        return self.request(method, url, {**headers, "Content-Length": str(stretch.length)}, pieces)

    def _whole(self, response: httpx.Response) -> httpx.Response:
        started_s = self._now_s()
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MAX_ANSWER_BYTES or self._now_s() - started_s > self._patience.answer_s:
                raise DestinationTrouble("endless_answer", status=str(response.status_code))
        headers = [(name, value) for name, value in response.headers.raw if name.lower() not in WIRE_HEADERS]
        return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)


WIRE_HEADERS = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})
"""Of how a body travelled, no more of what it is."""


def _let_through(response: httpx.Response) -> httpx.Response:
    """Raises ``CaptivePortal`` for an answer that no API gives, but a network that wants somebody to log in does.

    And ``ProxyRefused``, where it was a proxy who answered.
    """
    if response.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        raise ProxyRefused(str(response.status_code))
    elsewhere = response.is_redirect and _leads_elsewhere(response)
    page = response.is_success and _is_page(response)
    if response.status_code == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED or elsewhere or page:
        raise CaptivePortal(status=str(response.status_code))
    return response


def _leads_elsewhere(response: httpx.Response) -> bool:
    try:
        return response.url.join(response.headers["Location"]).host != response.url.host
    except (KeyError, httpx.InvalidURL):
        return False


def _is_page(response: httpx.Response) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    start = response.content[:64].lstrip().lower()
    told_so = kind in {"text/html", "application/xhtml+xml"} and len(start) > 0  # some call nothing at all a page
    return told_so or start.startswith((b"<!doctype html", b"<html"))


def unconnected(error: httpx.ConnectError) -> NetworkTrouble:
    """Names of hosts stay out of it: who is not reached is the delivery's own destination."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateUntrusted(cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    return NetworkTrouble(type(error).__name__)


def open_client(base_url: str, route: Route) -> httpx.Client:
    """Raises ``UnknownDestination`` where authorities or proxy are of no use."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # below it tells whole addresses, and some are keys
    return httpx.Client(
        base_url=base_url,
        http1=True,
        http2=False,
        timeout=httpx.Timeout(route.patience.silence_s, connect=route.patience.connect_s),
        verify=trust(route.ca_file),
        proxy=_proxy(route.proxy),
        trust_env=not is_loopback(httpx.URL(base_url).host),
        follow_redirects=False,
    )


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """The system's own authorities, as browsers use them, and those of ``ca_file``."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise UnknownDestination(str(ca_file)) from error
    return context


def _proxy(address: str | None) -> httpx.Proxy | None:
    try:
        return httpx.Proxy(address) if address else None
    except (httpx.InvalidURL, ValueError) as error:
        raise UnknownDestination("proxy") from error


def authorization(scheme: str, key: str) -> dict[str, str]:
    """Raises ``AuthenticationFailed`` for what cannot be a key, for no header can hold it."""
    if not fits_header(key):
        raise AuthenticationFailed
    return {"Authorization": f"{scheme} {key}"}


def fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable()


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
