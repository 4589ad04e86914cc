"""The ledger of what is owed, as every program of ours opens it. Light: whoever only looks into it sends nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.paths import Paths
from uploader.ledger import Ledger


@contextmanager
def open_ledger(paths: Paths) -> Iterator[Ledger]:
    """One that was lost is built anew from the recordings. Raises ``LedgerUnusable``."""
    with Ledger(paths.ledger) as ledger:
        if ledger.is_empty:
            from uploader.debts import replay  # noqa: PLC0415 - half a second of imports, for who has lost it

            replay(paths.recordings, ledger)
        yield ledger
