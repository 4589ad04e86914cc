"""Sends what the outbox holds: at once, and again after ever longer, until it is taken or eight attempts were made."""

import logging
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import httpx

from uploader.backend.keys import SigningKey
from uploader.backend.store import Store, Transaction
from uploader.backend.webhook_tables import (
    DeliveryStatus,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookStatus,
)
from uploader.destinations.transport import is_loopback, trust
from uploader.times import iso_utc
from uploader.webhook_signature import WebhookSigner

logger = logging.getLogger(__name__)

RETRIES_S = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
"""After each attempt that failed; the schedule of Svix, which receivers of such webhooks know."""

DISABLED_AFTER_S = 5 * 24 * 3600
LEASE_S = 120
"""A sender that dies holds its deliveries for so long."""

AT_ONCE = 4
ANSWER_S = 15.0
KEPT_S = 30 * 24 * 3600
"""For replays and the log."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``answer``: the HTTP status; ``error``: why there was none, without any address."""

    answer: int | None
    error: str | None = None

    @property
    def is_taken(self) -> bool:
        return self.answer is not None and HTTPStatus.OK <= self.answer < HTTPStatus.MULTIPLE_CHOICES


@dataclass(frozen=True, slots=True)
class _Parcel:
    delivery: WebhookDelivery
    message: WebhookMessage
    endpoint: WebhookEndpoint


class WebhookSender:
    """Of several senders on one database each delivery is one's. ``now_s`` is wall time."""

    def __init__(self, store: Store, signing_key: SigningKey, now_s: Callable[[], float]) -> None:
        self._store = store
        self._signing_key = signing_key
        self._now_s = now_s

    def send_due(self, is_over: Callable[[], bool] = lambda: False) -> int:
        """All that is due, a few at a time until ``is_over``; gives how many that were. Blocks while they are sent."""
        sent = 0
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhooks") as pool:
            while not is_over() and (parcels := self._claim()):
                for parcel, outcome in zip(parcels, pool.map(self._send, parcels), strict=True):
                    self._record(parcel, outcome)
                sent += len(parcels)
        return sent

    def next_due_s(self) -> float | None:
        """Wall time."""
        with self._store.transaction() as transaction:
            due_at = transaction.next_due_at()
        return datetime.fromisoformat(due_at).timestamp() if due_at else None

    def prune(self) -> None:
        """What is older than a month, with its log."""
        with self._store.transaction() as transaction:
            transaction.forget_older(WebhookMessage, iso_utc(self._now_s() - KEPT_S))

    def _claim(self) -> list[_Parcel]:
        """Put off first, so that nobody else sends them meanwhile, and they are sent again if this process dies."""
        now_s = self._now_s()
        parcels = []
        with self._store.transaction() as transaction:
            for delivery in transaction.due_deliveries(iso_utc(now_s), AT_ONCE):
                message = transaction.get(WebhookMessage, delivery.message_id)
                endpoint = transaction.get(WebhookEndpoint, delivery.endpoint_id)
                if message is None or endpoint is None or endpoint.status is WebhookStatus.DISABLED:
                    _give_up(transaction, delivery, iso_utc(now_s))
                    continue
                leased = transaction.change(delivery, due_at=iso_utc(now_s + LEASE_S))
                parcels.append(_Parcel(leased, message, endpoint))
        return parcels

    def _send(self, parcel: _Parcel) -> Outcome:
        try:
            body = parcel.message.body.encode()
            signer = WebhookSigner(self._signing_key.webhook_secret(parcel.endpoint.id), self._now_s)
            headers = {"Content-Type": "application/json", **_both(signer.headers(parcel.message.id, body))}
            with _client(parcel.endpoint.url) as client:
                return _posted(client, parcel.endpoint.url, body, headers)
        except (httpx.RequestError, httpx.InvalidURL, ssl.SSLError) as error:
            return Outcome(None, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the top of a thread; an error's own words may hold an address
            logger.error("webhook delivery=%s: %s", parcel.delivery.id, type(error).__name__)  # noqa: TRY400 - the trace would hold the error's own words
            return Outcome(None, type(error).__name__)

    def _record(self, parcel: _Parcel, outcome: Outcome) -> None:
        now_s = self._now_s()
        now = iso_utc(now_s)
        with self._store.transaction() as transaction:
            delivery = transaction.get(WebhookDelivery, parcel.delivery.id)
            endpoint = transaction.get(WebhookEndpoint, parcel.endpoint.id)
            if delivery is None or endpoint is None:
                return
            transaction.add(WebhookAttempt(str(uuid4()), delivery.id, now, outcome.answer, outcome.error))
            attempts = delivery.attempts + 1
            if outcome.is_taken:
                changes: dict[str, object] = {"status": DeliveryStatus.DELIVERED, "due_at": None}
            elif attempts > len(RETRIES_S):
                changes = {"status": DeliveryStatus.FAILED, "due_at": None}
            else:
                changes = {"due_at": iso_utc(now_s + RETRIES_S[attempts - 1])}
            transaction.change(delivery, attempts=attempts, updated_at=now, **changes)
            _judge(transaction, endpoint, now_s, is_taken=outcome.is_taken)


def _give_up(transaction: Transaction, delivery: WebhookDelivery, now: str) -> None:
    transaction.change(delivery, status=DeliveryStatus.FAILED, due_at=None, updated_at=now)


def _judge(transaction: Transaction, endpoint: WebhookEndpoint, now_s: float, *, is_taken: bool) -> None:
    """Disables what has failed for five days, without one success."""
    now = iso_utc(now_s)
    if is_taken:
        if endpoint.failing_since:
            transaction.change(endpoint, failing_since=None)
    elif endpoint.failing_since is None:
        transaction.change(endpoint, failing_since=now)
    elif endpoint.failing_since <= iso_utc(now_s - DISABLED_AFTER_S) and endpoint.status is WebhookStatus.ACTIVE:
        transaction.change(endpoint, status=WebhookStatus.DISABLED, updated_at=now)
        logger.warning("webhook endpoint=%s failed for five days and is disabled", endpoint.id)


def _both(headers: Mapping[str, str]) -> dict[str, str]:
    """Under the names of Standard Webhooks, and under those that older receivers read."""
    return dict(headers) | {name.replace("webhook-", "svix-"): value for name, value in headers.items()}


def _client(url: str) -> httpx.Client:
    is_local = is_loopback(httpx.URL(url).host)
    return httpx.Client(timeout=ANSWER_S, verify=trust(None), trust_env=not is_local, follow_redirects=False)


def _posted(client: httpx.Client, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Its status is all that matters of the answer: the body is not read."""
    with client.stream("POST", url, content=body, headers=headers) as response:
        return Outcome(response.status_code)
