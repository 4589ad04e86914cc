"""How long media are kept: for hours, for ever, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from uploader.backend.access_tables import Workspace
from uploader.backend.erasure import Erasure
from uploader.backend.store import Store, Transaction
from uploader.backend.tables import Upload
from uploader.documents import whole_number
from uploader.times import iso_utc

S_PER_HOUR = 3600
AT_ONCE = 20
DEFAULT_HOURS = 168
MOST_HOURS = 1_000_000
"""A hundred years; the calendar ends somewhere."""


@dataclass(frozen=True, slots=True)
class Retention:
    """``hours`` after a recording turned ``done``; ``None`` is for ever, 0 is zero data retention."""

    hours: int | None


FOREVER = Retention(None)
ZERO = Retention(0)


def retention_of(document: object) -> Retention | None:
    """``None`` where it is none."""
    if not isinstance(document, dict):
        return None
    if document.get("type") == "forever":
        return FOREVER
    hours = whole_number(document.get("hours", DEFAULT_HOURS))
    is_timed = document.get("type") == "timed" and hours is not None and 1 <= hours <= MOST_HOURS
    return Retention(hours) if is_timed else None


def retention_for(transaction: Transaction, upload: Upload) -> Retention:
    """The upload's own; null is zero data retention, and what was left out is the workspace's."""
    config = upload.recording_config
    if "retention" in config:
        return ZERO if config["retention"] is None else retention_of(config["retention"]) or FOREVER
    workspace = transaction.get(Workspace, upload.workspace)
    return (retention_of(workspace.retention) if workspace else None) or FOREVER


def expiry(retention: Retention, now_s: float) -> str | None:
    return None if retention.hours is None else iso_utc(now_s + retention.hours * S_PER_HOUR)


class Expiry:
    """The job that ends what has expired. Thread-safe."""

    def __init__(self, store: Store, erasure: Erasure, now_s: Callable[[], float]) -> None:
        self._store = store
        self._erasure = erasure
        self._now_s = now_s

    def run(self) -> None:
        while self._end_some():
            pass
        self._erasure.finish()

    def _end_some(self) -> bool:
        """Of several processes each ends others."""
        with self._store.transaction() as transaction:
            expired = transaction.expired_recordings(iso_utc(self._now_s()), AT_ONCE)
            for recording in expired:
                self._erasure.end(transaction, recording)
        return bool(expired)
