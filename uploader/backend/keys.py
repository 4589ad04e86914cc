"""Secrets: who may call, and what an upload's token is.

API keys are 256 random bits, so one plain SHA-256 hides them well enough. Upload tokens are derived from the signing
key, so that they need not be stored at all; each opens one upload, for an hour or two.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

TOKEN_PREFIX = "token "  # noqa: S105 - the name of the scheme
SECRET_BYTES = 32

TOKEN_ROUND_S = 3600
"""A token that is asked for twice within an hour is the same, and good for at least another one."""


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_file(path: Path) -> str:
    """The secret kept in ``path`` (mode 0600), made at the first call; of two processes that race, one wins."""
    if not path.exists():
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(new_secret() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
        Path(temporary).unlink()
    return path.read_text(encoding="ascii").strip()


def key_digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def presented_key(header: str | None) -> str | None:
    """The key in an ``Authorization`` header; the scheme's name may be left out."""
    if not header:
        return None
    return header[len(TOKEN_PREFIX) :].strip() if header.lower().startswith(TOKEN_PREFIX) else header.strip()


class SigningKey:
    """One secret, and a separate key derived from it for every purpose."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._keys: dict[str, bytes] = {}

    def sign(self, purpose: str, message: str) -> str:
        key = self._keys.get(purpose)
        if key is None:
            key = self._keys[purpose] = hmac.digest(self._secret, purpose.encode(), "sha256")
        return base64.urlsafe_b64encode(hmac.digest(key, message.encode(), "sha256")).rstrip(b"=").decode()

    def verify(self, purpose: str, message: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(purpose, message).encode(), signature.encode())

    def webhook_secret(self, endpoint_id: str) -> str:
        """As receivers expect it; derived, so that it need not be stored."""
        key = hmac.digest(self._secret, b"webhook", "sha256")
        return "whsec_" + base64.b64encode(hmac.digest(key, endpoint_id.encode(), "sha256")).decode()

    def upload_token(self, upload_id: str, now_s: float) -> str:
        """It says when it expires. ``now_s`` is wall time."""
        expiry = str((int(now_s) // TOKEN_ROUND_S + 2) * TOKEN_ROUND_S)
        return f"{expiry}.{self.sign('upload', f'{upload_id} {expiry}')}"

    def is_upload_token(self, token: str, upload_id: str, now_s: float) -> bool:
        expiry, _, signature = token.partition(".")
        is_ours = self.verify("upload", f"{upload_id} {expiry}", signature)
        return is_ours and now_s < int(expiry)
