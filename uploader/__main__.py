"""``python -m uploader``: runs the recordings backend, or delivers one recording by hand."""

import argparse
import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from uploader.backend import open_backend
from uploader.backend.locations import Places, database_location, media_location
from uploader.backend.server import listen, serve_on
from uploader.destinations.tus import TusDestination
from uploader.errors import UploaderError
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.session import Progress
from uploader.uploader import deliver

KEY_VARIABLE = "AFTERWORD_API_KEY"
DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except UploaderError as error:
        _say(f"{error.code}: {error.reason}" if error.reason else error.code)
        return FAILED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m uploader", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    server = verbs.add_parser("serve", help="run the recordings backend")
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--port", type=int, default=0)
    server.add_argument("--data", type=Path, required=True, metavar="DIR")
    server.add_argument("--database-url", metavar="URL", help="postgresql://…, without a password; default: SQLite")
    server.add_argument("--media-url", metavar="URL", help="s3://bucket/prefix?endpoint=…&region=…; default: files")
    server.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="another name to answer to")
    server.add_argument("--json", action="store_true")
    server.set_defaults(run=_serve)
    sender = verbs.add_parser("deliver", help="send one recording; resumes; the key is read from " + KEY_VARIABLE)
    sender.add_argument("directory", type=Path, metavar="DIR")
    sender.add_argument("--destination", required=True, metavar="URL")
    sender.add_argument("--json", action="store_true")
    sender.set_defaults(run=_deliver)
    return parser


def _serve(options: argparse.Namespace) -> int:
    places = Places(database_location(options.database_url, os.environ), media_location(options.media_url, os.environ))
    with listen(options.host, options.port) as listener, closing(open_backend(options.data, places=places)) as backend:

        def announce(url: str) -> None:
            if options.json:
                _print(json.dumps({"url": url, "api_key": backend.api_key, "transcription": {}}))
            else:
                _print(
                    f"Recordings backend on {url}; its key is in {options.data / 'api_key'}. It makes no transcripts."
                )

        serve_on(listener, backend, announce, hosts=[options.host, *options.allow_host])
    return DONE


def _deliver(options: argparse.Namespace) -> int:
    """Until it is there or cannot be. The state is kept nowhere: the destination knows how far it got."""
    key = os.environ.get(KEY_VARIABLE)
    if not key:
        _say(f"{KEY_VARIABLE} is not set")
        return WRONG_USAGE
    with TusDestination(options.destination, key) as destination, Ledger(None) as ledger:
        delivery = deliver(options.directory, destination, ledger, _show)
        while delivery.status is DeliveryStatus.WAITING and not ledger.paused():
            _say(f"{delivery.last_error}; trying again")
            time.sleep(max(delivery.due_at_s - time.time(), 0.0))
            delivery = deliver(options.directory, destination, ledger, _show)
    _report(delivery, as_json=options.json)
    return DONE if delivery.status is DeliveryStatus.COMPLETE else FAILED


def _show(progress: Progress) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{progress.sent_bytes} of {progress.total_bytes} bytes")


def _report(delivery: Delivery, *, as_json: bool) -> None:
    report = {
        "recording_id": delivery.recording_id,
        "status": delivery.status,
        "destination": delivery.destination,
        "bytes_sent": delivery.bytes_sent,
        "bytes_total": delivery.bytes_total,
        "attempts": delivery.attempts,
        "last_error": delivery.last_error,
    }
    _print(json.dumps(report) if as_json else "\n".join(f"{name}: {value}" for name, value in report.items()))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
