"""Delivers one recording as the app does, but at once again after each trouble; says in JSON what each cost.

``python -m tests.torture.delivery.client DIRECTORY URL LEDGER REQUEST_BYTES``, with the key in the environment.
"""

import json
import os
import sys
import time
from pathlib import Path

from uploader.destinations.pieces import Throughput
from uploader.destinations.transport import Patience, Route
from uploader.destinations.tus import TusDestination
from uploader.destinations.tus_client import TusOptions
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import Backoff, Judge
from uploader.session import Progress
from uploader.uploader import Policy, deliver

KEY_VARIABLE = "AFTERWORD_API_KEY"
BREATH_S = 0.02
PATIENCE = Patience(connect_s=5.0, silence_s=0.6, throughput=Throughput(least_bytes=64 * 1024, window_s=0.6))
AT_ONCE = Policy(Judge(Backoff(base_s=0.0)))


class Meter:
    """What was sent since the destination last said that it has more than before.

    Only that counts: some faults are lies about how much it has.
    """

    def __init__(self) -> None:
        self.worst_resent_bytes = 0
        """Because of one trouble."""
        self._is_begun = False
        self._safe_bytes = 0
        self._unsafe_bytes = 0
        self._seen_bytes = 0

    def begin(self) -> None:
        self._is_begun = False

    def watch(self, progress: Progress) -> None:
        """An upload that is opened again on the way, with another token, begins anew too."""
        gained_bytes = max(progress.safe_bytes - self._safe_bytes, 0)
        if not self._is_begun or progress.sent_bytes < self._seen_bytes:
            self._is_begun = True
            self.worst_resent_bytes = max(self.worst_resent_bytes, self._unsafe_bytes - gained_bytes)
            self._unsafe_bytes = 0
        else:
            self._unsafe_bytes += progress.sent_bytes - self._seen_bytes
        if gained_bytes:
            self._unsafe_bytes = 0
        self._safe_bytes += gained_bytes
        self._seen_bytes = progress.sent_bytes


def main() -> int:
    directory, url, ledger_path, request_bytes = sys.argv[1:]
    options = TusOptions(chunk_bytes=int(request_bytes))
    meter = Meter()
    with (
        Ledger(Path(ledger_path)) as ledger,
        TusDestination(url, os.environ[KEY_VARIABLE], Route(patience=PATIENCE), options) as destination,
    ):
        while True:
            meter.begin()
            delivery = deliver(Path(directory), destination, ledger, meter.watch, AT_ONCE)
            line = {
                "status": delivery.status,
                "error": delivery.last_error,
                "worst_resent_bytes": meter.worst_resent_bytes,
            }
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            if delivery.status is not DeliveryStatus.WAITING:
                return 0 if delivery.status is DeliveryStatus.COMPLETE else 1
            time.sleep(BREATH_S)


if __name__ == "__main__":
    sys.exit(main())
