"""``python -m capture worker``: records one meeting at a time, driven by lines of JSON."""

import argparse
import logging
import sys

from capture.clock import MonotonicClock
from capture.worker import LOG_FORMAT, Outbox, Worker


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m capture", description=__doc__)
    parser.add_argument("verb", choices=["worker"])
    parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=LOG_FORMAT)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text stream, but for who replaces it
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # as above
    outbox = Outbox(sys.stdout)
    Worker(sys.stdin, outbox, MonotonicClock()).run()
    outbox.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
