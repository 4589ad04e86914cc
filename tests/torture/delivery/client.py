"""Delivers one recording as the app does, but at once again after each trouble; says in JSON what each cost.

``python -m tests.torture.delivery.client DIRECTORY URL LEDGER REQUEST_BYTES CA_FILE NAME_PORT``, with the key in the
environment. Names are asked for at ``NAME_PORT``.
"""

import json
import os
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from uploader.destinations.pieces import Throughput
from uploader.destinations.request_size import RequestSize
from uploader.destinations.transport import Patience, Route
from uploader.destinations.tus import TusDestination
from uploader.destinations.tus_client import TusOptions
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import Backoff, Judge
from uploader.uploader import Policy, deliver

KEY_VARIABLE = "AFTERWORD_API_KEY"
BREATH_S, LONGEST_BREATH_S = 0.01, 0.2
"""For each attempt that brought nothing forward: a server that is being restarted needs the processor itself."""

LOOK_UP_S = 5.0
PATIENCE = Patience(connect_s=5.0, silence_s=0.8, throughput=Throughput(least_bytes=64 * 1024, window_s=0.8))
AT_ONCE = Policy(Judge(Backoff(base_s=0.0)), now_s=lambda: 0.0)
"""By a clock that stands still: when it is due again is how long it is to wait."""

SMALLEST_PART = 8
"""Of a full request, where requests are refused for their size."""


def main() -> int:
    directory, url, ledger_path, request_bytes, ca_file, name_port = sys.argv[1:]
    size = RequestSize(int(request_bytes), int(request_bytes) // SMALLEST_PART, int(request_bytes))
    route = Route(ca_file=Path(ca_file), patience=PATIENCE)
    ask_names_at(int(name_port), urlsplit(url).hostname or "")
    with Ledger(Path(ledger_path)) as ledger:
        while True:
            with TusDestination(url, os.environ[KEY_VARIABLE], route, TusOptions(size=size)) as destination:
                delivery = deliver(Path(directory), destination, ledger, policy=AT_ONCE)
            wait_s = 0.0 if ledger.paused() else delivery.due_at_s
            line = {"status": delivery.status, "error": delivery.last_error, "wait_s": wait_s}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            if delivery.status is not DeliveryStatus.WAITING:
                return 0 if delivery.status is DeliveryStatus.COMPLETE else 1
            time.sleep(min(BREATH_S * delivery.attempts, LONGEST_BREATH_S))


def ask_names_at(port: int, name: str) -> None:
    """For the system's resolver cannot be told to fail. Its place is taken, for this process."""
    resolve = socket.getaddrinfo

    def look_up(host: str, *rest: int) -> object:
        if host != name:
            return resolve(host, *rest)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(LOOK_UP_S)
            asking.sendto(name.encode(), ("127.0.0.1", port))
            error = int(asking.recv(16))
        if error:
            raise socket.gaierror(error, "no such name")
        return resolve("127.0.0.1", *rest)

    vars(socket)["getaddrinfo"] = look_up


if __name__ == "__main__":
    sys.exit(main())
