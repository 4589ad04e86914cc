"""Who is calling: a workspace by its API key, or one upload by its token."""

from collections.abc import Callable
from http import HTTPStatus

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

    def workspace(self, authorization: str | None) -> str:
        workspace = self._workspace(_required(authorization))
        if workspace is None:
            raise _failed()
        return workspace

    def require_upload_token(self, authorization: str | None, upload_id: str) -> None:
        if not self._is_upload_token(_required(authorization), upload_id):
            raise _failed()

    def workspace_or_upload_token(self, authorization: str | None, upload_id: str) -> str | None:
        """The workspace, or ``None`` for the upload's own token."""
        key = _required(authorization)
        return None if self._is_upload_token(key, upload_id) else self.workspace(authorization)

    def _is_upload_token(self, key: str, upload_id: str) -> bool:
        return self._signing_key.is_upload_token(key, upload_id, self._now_s())

    def _workspace(self, key: str) -> str | None:
        with self._store.transaction() as transaction:
            return transaction.workspace_of(key_digest(key))


def _required(authorization: str | None) -> str:
    key = presented_key(authorization)
    if not key:
        raise _unauthorized(Reason.NOT_AUTHENTICATED, "Authentication credentials were not provided.")
    return key


def _failed() -> Refusal:
    return _unauthorized(Reason.AUTHENTICATION_FAILED, "Invalid token.")


def _unauthorized(code: Reason, detail: str) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, code, detail, headers={"WWW-Authenticate": "Token"})
