"""A transcript that was made after its recording was delivered follows it."""

from pathlib import Path

from app import delivery
from app.console import Console
from app.delivery_ledger import open_ledger
from app.messages import Message
from app.paths import Paths
from uploader.claim import read_claim
from uploader.debts import read_debts


def deliver_again(directory: Path, paths: Paths, console: Console) -> Message | None:
    """To whomever the recording was owed; what stood in the way, if anything did, and it is owed then.

    Raises ``LedgerUnusable``, ``InvalidManifest``.
    """
    trouble: Message | None = None
    claim = read_claim(directory)
    if claim.is_released:  # what is left is never sent, for it would take the place of the whole
        return None
    with open_ledger(paths) as ledger:
        for debt in read_debts(directory):
            if not debt.is_paid(claim):
                trouble = delivery.attempt(directory, debt.destination, paths, ledger, console) or trouble
    return trouble
