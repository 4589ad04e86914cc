"""Download addresses: they need no key, name no file, and expire."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from uploader.backend.keys import SigningKey
from uploader.backend.refusal import Reason, Refusal

VALID_S = 5 * 3600
"""What clients of such APIs count on; long enough to watch a long meeting, which asks for range after range."""


class Subject(StrEnum):
    """What an address leads to: one stored file, or the list of the parts of a media object."""

    FILE = "file"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class DownloadSigner:
    key: SigningKey
    now_s: Callable[[], float]

    def address(self, base_url: str, subject: Subject, subject_id: str) -> str:
        expires = str(int(self.now_s()) + VALID_S)
        signature = self._sign(subject, subject_id, expires)
        return f"{base_url}/api/v1/download/{subject}/{subject_id}/?expires={expires}&signature={signature}"

    def check(self, subject: Subject, subject_id: str, expires: str, signature: str) -> None:
        """Raises ``Refusal``."""
        if not self.key.verify("download", f"{subject}:{subject_id}:{expires}", signature):
            raise Refusal(HTTPStatus.FORBIDDEN, Reason.INVALID_SIGNATURE)
        if int(expires) <= self.now_s():
            raise Refusal(HTTPStatus.FORBIDDEN, Reason.EXPIRED, "Ask for the recording again to get a fresh address.")

    def _sign(self, subject: Subject, subject_id: str, expires: str) -> str:
        return self.key.sign("download", f"{subject}:{subject_id}:{expires}")
