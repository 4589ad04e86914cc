"""What every request passes that a key came with: its rate, its ``Idempotency-Key``, and the audit log."""

import hashlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.responses import Response

from uploader.backend.access_tables import AuditEntry, KeptAnswer
from uploader.backend.rates import OwnWindow, Rates, Window
from uploader.backend.refusal import Reason, Refusal, conflict
from uploader.backend.shared_window import SharedWindow
from uploader.backend.store import Store
from uploader.times import iso_utc

if TYPE_CHECKING:
    from uploader.backend.calls import Call, Handler

KEPT_S = 3600.0
"""How long an answer is given again."""

AUDIT_KEPT_S = 365 * 24 * 3600.0
"""Long enough to ask who deleted what last year."""

LEASE_S = 300.0
"""Whoever answered has died, if there is no answer by then."""

ID_PLACE = ["", "api", "v1", "recording", "id", ""].index("id")
IDEMPOTENT = frozenset({"POST", "PUT", "PATCH"})
CHANGING = IDEMPOTENT | {"DELETE"}
SECRET_PATHS = ("/api/v1/api_key/", "/api/v1/webhook_endpoint/", "/api/v1/workspace/")
"""Their answers may hold secrets, and are not written down."""


class Admission:
    """Thread-safe."""

    def __init__(self, store: Store, rates: Rates, now_s: Callable[[], float]) -> None:
        self._store = store
        self._rates = rates
        self._now_s = now_s
        self._window: Window = SharedWindow(store, now_s) if store.is_shared else OwnWindow(now_s)

    def answer(self, call: "Call", handler: "Handler") -> Response:
        """Raises ``Refusal``."""
        if call.key is None:
            return handler(call)
        route = _route(call.url.path)
        self._window.enter((call.key.workspace, call.method, route), self._rates.of(call.method, route))
        if call.method not in CHANGING:
            return handler(call)
        try:
            response = self._once(call, handler)
        except Refusal as refusal:
            self._audit(call, refusal.status)
            raise
        self._audit(call, response.status_code)
        return response

    def prune(self) -> None:
        """The audit log forgets what is older than a year."""
        with self._store.transaction() as transaction:
            transaction.forget_older(AuditEntry, iso_utc(self._now_s() - AUDIT_KEPT_S))

    def _once(self, call: "Call", handler: "Handler") -> Response:
        asked = call.headers.get("idempotency-key")
        is_secret = call.url.path.startswith(SECRET_PATHS)
        if asked is None or is_secret or call.method not in IDEMPOTENT or call.key is None:
            return handler(call)
        parts = [call.key.digest, call.method, call.url.path, asked]
        claimed = self._claim(hashlib.sha256("\n".join(parts).encode()).hexdigest())
        if claimed.answer is not None:
            return _again(claimed)
        try:
            response = handler(call)
        except BaseException:
            self._release(claimed)
            raise
        self._keep(claimed, response)
        return response

    def _claim(self, answer_id: str) -> KeptAnswer:
        """The answer that is known, or a place for one. Raises ``Refusal`` while somebody else makes it."""
        now_s = self._now_s()
        with self._store.transaction() as transaction:
            transaction.alone("answer", answer_id)
            transaction.forget_older(KeptAnswer, iso_utc(now_s - KEPT_S))
            known = transaction.get(KeptAnswer, answer_id)
            if known is not None and known.answer is None and known.created_at < iso_utc(now_s - LEASE_S):
                transaction.remove(known)
                known = None
            if known is None:
                known = KeptAnswer(answer_id, iso_utc(now_s))
                transaction.add(known)
                return known
        if known.answer is None:
            raise conflict(Reason.IN_FLIGHT, "A request with this Idempotency-Key is being answered.")
        return known

    def _keep(self, claimed: KeptAnswer, response: Response) -> None:
        """What went wrong may go better next time."""
        if response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            self._release(claimed)
            return
        with self._store.transaction() as transaction:
            transaction.change(
                claimed,
                answer=response.status_code,
                content_type=response.headers.get("content-type"),
                body=bytes(response.body).decode(),
            )

    def _release(self, claimed: KeptAnswer) -> None:
        with self._store.transaction() as transaction:
            transaction.remove(claimed)

    def _audit(self, call: "Call", answer: int) -> None:
        if call.key is None:
            return
        entry = AuditEntry(
            id=str(uuid4()),
            workspace=call.key.workspace,
            created_at=iso_utc(self._now_s()),
            key_id=call.key.id,
            method=call.method,
            path=call.url.path,
            answer=answer,
        )
        with self._store.transaction() as transaction:
            transaction.add(entry)


def _again(kept: KeptAnswer) -> Response:
    headers: Mapping[str, str] = MappingProxyType({"Idempotent-Replay": "true"})
    return Response(kept.body or "", kept.answer or HTTPStatus.OK, dict(headers), media_type=kept.content_type)


def _route(path: str) -> str:
    """The path, with the id in it left out."""
    parts = path.split("/")
    return "/".join("{id}" if place == ID_PLACE and part else part for place, part in enumerate(parts))
