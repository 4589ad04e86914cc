"""The process that makes what lists and players show of a recording: a small picture, and how loud it was when.

Tasks come in as lines of JSON, one answer goes out for each. It may be killed at any moment: files appear when whole.
"""

import json
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TextIO

from capture.errors import CaptureError, ProtocolError
from capture.manifest import storage_error
from capture.wire import from_document, to_document

NICENESS: Final = 10
LOUDNESS_VALUES: Final = 2000
"""As many as a wide window has columns."""


class IllustrationKind(StrEnum):
    THUMBNAIL = "thumbnail"
    """A JPEG of a video."""
    LOUDNESS = "loudness"
    """``LOUDNESS_VALUES`` bytes: the peaks of a sound, 255 for full scale."""


@dataclass(frozen=True, slots=True)
class IllustrationTask:
    kind: IllustrationKind
    media: Path
    output: Path


@dataclass(frozen=True, slots=True)
class IllustrationAnswer:
    """``trouble``: why there is none."""

    output: Path
    trouble: str | None = None


def run(inbox: TextIO, outbox: TextIO) -> int:
    """Until the end of ``inbox``."""
    if sys.platform != "win32":
        os.nice(NICENESS)
    for line in inbox:
        answer = _answer(from_document(json.loads(line), IllustrationTask))
        outbox.write(json.dumps(to_document(answer)) + "\n")
        outbox.flush()
    return 0


def decode_answer(line: str) -> IllustrationAnswer:
    """Raises ``ProtocolError``."""
    try:
        document = json.loads(line)
    except ValueError as error:
        message = "this is no answer"
        raise ProtocolError(message) from error
    return from_document(document, IllustrationAnswer)


def _answer(task: IllustrationTask) -> IllustrationAnswer:
    from capture.encoding.illustration import peaks, thumbnail  # noqa: PLC0415 - FFmpeg, for this process only

    try:
        made = thumbnail(task.media) if task.kind is IllustrationKind.THUMBNAIL else peaks(task.media, LOUDNESS_VALUES)
        _put(made, task.output)
    except CaptureError as error:
        return IllustrationAnswer(task.output, error.reason or error.code)
    return IllustrationAnswer(task.output)


def _put(content: bytes, output: Path) -> None:
    """Raises ``StorageError``. It can be made again: nothing is synced."""
    temporary = output.with_name(f"{output.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(output)
    except OSError as error:
        raise storage_error(error, output) from error
