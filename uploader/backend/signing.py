"""Download addresses: they need no key, name no file, and expire."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from uploader.backend.keys import SigningKey
from uploader.backend.refusal import Reason, Refusal

VALID_S = 5 * 3600
"""What clients of such APIs count on; long enough to watch a long meeting, which asks for range after range."""

PURPOSE = "download"


class Subject(StrEnum):
    """What an address leads to: one stored file, or the list of the parts of a media object."""

    FILE = "file"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class DownloadSigner:
    key: SigningKey
    now_s: Callable[[], float]

    def addresses(self, base_url: str) -> "Addresses":
        return Addresses(self.key, base_url, int(self.now_s()) + VALID_S)

    def check(self, subject: Subject, subject_id: str, expires: str, signature: str) -> None:
        """Raises ``Refusal``."""
        if not self.key.verify(PURPOSE, _message(subject, subject_id, expires), signature):
            raise Refusal(HTTPStatus.FORBIDDEN, Reason.INVALID_SIGNATURE)
        if int(expires) <= self.now_s():
            raise Refusal(HTTPStatus.FORBIDDEN, Reason.EXPIRED, "Ask for the recording again to get a fresh address.")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Those of one answer, which expire at one moment: ``expires_s`` is wall time."""

    key: SigningKey
    base_url: str
    expires_s: int

    def of(self, subject: Subject, subject_id: str) -> str:
        signature = self.key.sign(PURPOSE, _message(subject, subject_id, self.expires_s))
        query = f"expires={self.expires_s}&signature={signature}"
        return f"{self.base_url}/api/v1/download/{subject}/{subject_id}/?{query}"


def _message(subject: Subject, subject_id: str, expires: str | int) -> str:
    return f"{subject}:{subject_id}:{expires}"
