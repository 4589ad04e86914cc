"""The process that transcribes: a task comes in, how far it is and what came of it go out, as lines of JSON.

It is of low priority, and may be killed at any moment: what was understood is in its journal.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from capture.errors import CaptureError, ProtocolError
from capture.events import Error
from capture.transcription.choice import EngineChoice
from capture.transcription.shelf import About
from capture.wire import from_document, to_document

AWAITED, UNASKED = 5, 19
"""How nice it is: a quarter of a core that others want, too, where somebody waits for it, else what nobody wants."""


@dataclass(frozen=True, slots=True)
class Task:
    directory: Path
    choice: EngineChoice
    niceness: int = UNASKED


@dataclass(frozen=True, slots=True)
class Progress:
    """Stretches of speech."""

    done: int
    total: int


Report = Progress | About | Error

REPORTS: Mapping[str, type[Progress | About | Error]] = {"progress": Progress, "finished": About, "error": Error}


def encode_report(report: Report) -> str:
    kind = next(name for name, shape in REPORTS.items() if isinstance(report, shape))
    return json.dumps({"report": kind, **to_document(report)}, separators=(",", ":"))


def decode_report(line: str) -> Report:
    """Raises ``ProtocolError``."""
    try:
        document = json.loads(line)
        shape = REPORTS[document["report"]]
    except (KeyError, TypeError, ValueError) as error:
        message = "this is no report"
        raise ProtocolError(message) from error
    return from_document(document, shape)


def try_engine(inbox: TextIO, outbox: TextIO) -> int:
    """Opens an engine, model and all, and closes it: the exit status. A line tells of one that cannot be opened."""
    from capture.transcription import open_engine  # noqa: PLC0415 - who starts this process needs none of it

    choice = from_document(json.loads(inbox.readline()), EngineChoice)
    try:
        open_engine(choice).close()
    except CaptureError as error:
        outbox.write(encode_report(Error(error.code, error.reason, error.data)) + "\n")
        return 1
    return 0


def run(inbox: TextIO, outbox: TextIO) -> int:
    """One task. The exit status."""
    from capture.transcription.transcriber import transcribe  # noqa: PLC0415 - who starts this process needs none of it

    def tell(report: Report) -> None:
        outbox.write(encode_report(report) + "\n")
        outbox.flush()

    try:
        task = from_document(json.loads(inbox.readline()), Task)
        if sys.platform != "win32":
            os.nice(task.niceness)
        tell(transcribe(task.directory, task.choice, lambda done, total: tell(Progress(done, total))))
    except CaptureError as error:
        tell(Error(error.code, error.reason, error.data))
        return 1
    return 0
