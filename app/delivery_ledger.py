"""The ledger of what is owed, as every program of ours opens it. Light: whoever only looks into it sends nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from app.paths import Paths
from uploader.errors import LedgerUnusable
from uploader.ledger import Ledger

logger = logging.getLogger(__name__)


@contextmanager
def open_ledger(paths: Paths) -> Iterator[Ledger]:
    """One that was lost is built anew from the recordings. Raises ``LedgerUnusable``."""
    with Ledger(paths.ledger) as ledger:
        _fill(ledger, paths)
        yield ledger


@contextmanager
def look_into_ledger(paths: Paths) -> Iterator[Ledger]:
    """For whoever changes nothing. Where the ledger cannot be used, as on a full disk, the recordings' notes tell."""
    try:
        found = Ledger(paths.ledger)
    except LedgerUnusable as error:
        logger.warning("the recordings' own notes are read instead of the list of deliveries: %s", error.reason)
        found = Ledger(None)
    with found as ledger:
        _fill(ledger, paths)
        yield ledger


def _fill(ledger: Ledger, paths: Paths) -> None:
    if ledger.is_empty:
        from uploader.debts import replay  # noqa: PLC0415 - half a second of imports, for who has lost it

        for place in reversed(paths.places):  # what is in two of them is in the first
            replay(place, ledger)
