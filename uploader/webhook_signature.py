"""Signatures that let a receiver know who calls: Standard Webhooks, https://www.standardwebhooks.com."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable, Mapping

from uploader.errors import InvalidWebhookSecret

PREFIX = "whsec_"
LEAST_KEY_BYTES = 16


class WebhookSigner:
    """``secret`` is ``whsec_`` and the key in Base64; ``now_s`` is wall time. Thread-safe.

    Raises ``InvalidWebhookSecret``.
    """

    def __init__(self, secret: str, now_s: Callable[[], float] = time.time) -> None:
        try:
            self._key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            raise InvalidWebhookSecret from None  # its own words may hold the secret
        if not secret.startswith(PREFIX) or len(self._key) < LEAST_KEY_BYTES:
            raise InvalidWebhookSecret
        self._now_s = now_s

    def headers(self, message_id: str, body: bytes) -> Mapping[str, str]:
        """For one attempt. A message that is sent again keeps its id; the body of an upgrade is empty."""
        timestamp = str(int(self._now_s()))
        signed = b".".join([message_id.encode(), timestamp.encode(), body])
        signature = base64.b64encode(hmac.digest(self._key, signed, "sha256")).decode()
        return {
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,{signature}",
        }
