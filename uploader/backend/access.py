"""Who is calling: a workspace by its API key, or one upload by its token."""

from collections.abc import Callable
from http import HTTPStatus

from uploader.backend.api_keys import ApiKey, Scope
from uploader.backend.keys import SigningKey, key_digest, presented_key
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.store import Store


class Access:
    """Reads ``Authorization`` headers. Thread-safe; everything raises ``Refusal``."""

    def __init__(self, store: Store, signing_key: SigningKey, now_s: Callable[[], float]) -> None:
        """``now_s`` is wall time."""
        self._store = store
        self._signing_key = signing_key
        self._now_s = now_s

    def upload_token(self, upload_id: str) -> str:
        return self._signing_key.upload_token(upload_id, self._now_s())

    def key(self, authorization: str | None) -> ApiKey | None:
        """``None`` where there is none that is known; an upload's token is no key."""
        presented = presented_key(authorization)
        if not presented:
            return None
        with self._store.transaction() as transaction:
            return transaction.key_of(key_digest(presented))

    def workspace(self, authorization: str | None) -> str:
        """Of a key that may write."""
        return self.admit(self.key(authorization), authorization, Scope.WRITE)

    def admit(self, key: ApiKey | None, authorization: str | None, scope: Scope) -> str:
        """The workspace of ``key``, which ``authorization`` gave, if it may do that."""
        if key is None:
            _required(authorization)
            raise _failed()
        if not key.may(scope):
            raise Refusal(HTTPStatus.FORBIDDEN, Reason.PERMISSION_DENIED, f"This key lacks the scope {scope}.")
        return key.workspace

    def require_upload_token(self, authorization: str | None, upload_id: str) -> None:
        if not self._is_upload_token(_required(authorization), upload_id):
            raise _failed()

    def workspace_or_upload_token(self, authorization: str | None, upload_id: str) -> str | None:
        """The workspace of a key that may write, or ``None`` for the upload's own token."""
        if self._is_upload_token(_required(authorization), upload_id):
            return None
        return self.admit(self.key(authorization), authorization, Scope.WRITE)

    def _is_upload_token(self, key: str, upload_id: str) -> bool:
        return self._signing_key.is_upload_token(key, upload_id, self._now_s())


def _required(authorization: str | None) -> str:
    key = presented_key(authorization)
    if not key:
        raise _unauthorized(Reason.NOT_AUTHENTICATED, "Authentication credentials were not provided.")
    return key


def _failed() -> Refusal:
    return _unauthorized(Reason.AUTHENTICATION_FAILED, "Invalid token.")


def _unauthorized(code: Reason, detail: str) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, code, detail, headers={"WWW-Authenticate": "Token"})
