"""``python -m capture worker`` records, driven by lines of JSON; ``… recover DIR`` saves what a dead worker left."""

import argparse
import json
import logging
import sys
from contextlib import suppress
from pathlib import Path

from capture.clock import MonotonicClock
from capture.errors import CaptureError
from capture.events import Ended, Error
from capture.joining import restore
from capture.recording import EndReason, RecordingStatus
from capture.wire import encode_event, to_document
from capture.worker import LOG_FORMAT, Outbox, Worker


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m capture", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    worker = verbs.add_parser("worker", help="commands on standard input, events on standard output")
    worker.set_defaults(run=_work)
    recovery = verbs.add_parser("recover", help="close a recording whose worker died")
    recovery.add_argument("directory", type=Path, metavar="DIR")
    recovery.set_defaults(run=_recover)
    mending = verbs.add_parser("repair", help="mend a broken media file of anybody's into a new one")
    mending.add_argument("file", type=Path, metavar="FILE")
    mending.add_argument("-o", "--output", type=Path, metavar="OUT")
    mending.set_defaults(run=_repair)
    trial = verbs.add_parser("try-encoder", help="encode a few pictures and say what is wrong")
    trial.add_argument("task", metavar="JSON")
    trial.set_defaults(run=_try_encoder)
    transcriber = verbs.add_parser("transcribe", help="make a transcript; the task is a line of JSON on standard input")
    transcriber.set_defaults(run=_transcribe)
    engine_trial = verbs.add_parser("try-engine", help="open an engine for transcripts, and say what is wrong")
    engine_trial.set_defaults(run=_try_engine)
    listener = verbs.add_parser("listen", help="tell words while they are spoken; events on standard input")
    listener.set_defaults(run=_listen)
    illustrator = verbs.add_parser("illustrate", help="small pictures and loudness of files; tasks on standard input")
    illustrator.set_defaults(run=_illustrate)
    previewer = verbs.add_parser("preview", help="tell levels and small pictures, as lines of standard input wish")
    previewer.set_defaults(run=_preview)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=LOG_FORMAT)
    status: int = options.run(options)
    return status


def _work(_: argparse.Namespace) -> int:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # a text stream, but for who replaces it
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # as above
    outbox = Outbox(sys.stdout)
    Worker(sys.stdin, outbox, MonotonicClock()).run()
    outbox.close()
    with suppress(OSError):  # nobody reads any more: what is left unsaid must not look like a failure
        sys.stdout.close()
    return 0


def _recover(options: argparse.Namespace) -> int:
    """Answers with one event: how the recording ended, or why it could not be recovered."""
    try:
        manifest = restore(options.directory.absolute())
    except CaptureError as error:
        print(encode_event(Error(error.code, error.reason, error.data)))  # noqa: T201 - the answer
        return 1
    status, ended_by = manifest.status.code, manifest.receipt.ended_by or EndReason.CRASH
    print(encode_event(Ended(manifest.spec.id, status, ended_by, manifest.duration_ns)))  # noqa: T201 - the answer
    return 0 if status is not RecordingStatus.FAILED else 1


def _repair(options: argparse.Namespace) -> int:
    """Answers with what became of it, or with the event of an error."""
    from capture.encoding.repair import repair  # noqa: PLC0415 - a worker needs none of it

    try:
        repaired = repair(options.file.absolute(), options.output)
    except CaptureError as error:
        print(encode_event(Error(error.code, error.reason, error.data)))  # noqa: T201 - the answer
        return 1
    print(json.dumps(to_document(repaired)))  # noqa: T201 - the answer
    return 0


def _transcribe(_: argparse.Namespace) -> int:
    from capture.transcription.process import run  # noqa: PLC0415 - a worker needs none of it

    return run(sys.stdin, sys.stdout)


def _try_engine(_: argparse.Namespace) -> int:
    from capture.transcription.process import try_engine  # noqa: PLC0415 - a worker needs none of it

    return try_engine(sys.stdin, sys.stdout)


def _listen(_: argparse.Namespace) -> int:
    from capture.transcription.live import run  # noqa: PLC0415 - a worker needs none of it

    return run(sys.stdin, sys.stdout)


def _preview(_: argparse.Namespace) -> int:
    from capture.preview import run  # noqa: PLC0415 - a worker needs none of it

    return run(sys.stdin, sys.stdout)


def _illustrate(_: argparse.Namespace) -> int:
    from capture.illustrations import run  # noqa: PLC0415 - a worker needs none of it

    return run(sys.stdin, sys.stdout)


def _try_encoder(options: argparse.Namespace) -> int:
    from capture.encoding.trial import try_here  # noqa: PLC0415 - a worker needs none of it

    try:
        try_here(options.task)
    except CaptureError as error:
        print(error)  # noqa: T201 - the answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
