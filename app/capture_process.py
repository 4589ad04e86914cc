"""The worker process that records, seen from outside: commands go in, events come out."""

import json
import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from capture.commands import Command
from capture.errors import ProtocolError
from capture.events import Ended, Error, Event
from capture.media import Repaired
from capture.program import ENVIRONMENT, Program, command_of
from capture.recording import RecordingStatus
from capture.wire import decode_event, encode_command, from_document

LOG_NAME = "worker.log"

logger = logging.getLogger(__name__)

COMMAND = command_of(Program.CAPTURE)

FAREWELL_S = 30.0
"""For a worker that was told to end: closing the files of a long recording and hashing them."""


class CaptureProcess:
    """In a process group of its own, so that a Ctrl-C at the terminal reaches it only through us.

    ``send`` is thread-safe and may be called from a signal handler; ``events`` is for one thread.
    """

    def __init__(self, log: Path) -> None:
        """Raises ``OSError``. ``log`` takes what the worker has to say for people."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as log_file:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*COMMAND, "worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                encoding="utf-8",
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, command: Command) -> None:
        """Into the void where the worker is gone: its events tell of that."""
        with suppress(BrokenPipeError, ValueError):
            stream = _pipe(self._process.stdin)
            stream.write(encode_command(command) + "\n")
            stream.flush()

    def events(self) -> Iterator[Event]:
        """As they come, until the worker is gone."""
        for line in _pipe(self._process.stdout):
            try:
                event = decode_event(line)
            except ProtocolError as error:  # a driver that prints must not end a recording
                logger.warning("the worker said what is no event: %s", error)
                continue
            if event is not None:
                yield event

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> int:
        """End of input: the worker finishes what it does, and is killed if it cannot. Its exit status; idempotent."""
        with suppress(BrokenPipeError):
            _pipe(self._process.stdin).close()
        try:
            return self._process.wait(FAREWELL_S)
        except subprocess.TimeoutExpired:
            logger.error("the worker did not end by itself")  # noqa: TRY400 - there is nothing to trace
            self._process.kill()
            return self._process.wait()
        finally:
            _pipe(self._process.stdout).close()


def recover(directory: Path) -> bool:
    """Closes a recording whose worker died. Whether anything was saved."""
    last = last_words(directory)
    return isinstance(last, Ended) and last.status is not RecordingStatus.FAILED


def last_words(directory: Path) -> Ended | Error:
    """Recovers it in a process of its own, as what a crash left may crash a decoder: how it ended, or why not."""
    try:
        answer = decode_event(_answer("recover", str(directory)))
    except ProtocolError:
        answer = None
    if isinstance(answer, Ended | Error):
        return answer
    return Error("recovery_failed", "the process that was to recover it died", {"folder": str(directory)})


def repair(file: Path, output: Path | None) -> Repaired | Error:
    """Mends a media file in a process of its own: what became of it, or why nothing could."""
    answer = _answer("repair", str(file), *([] if output is None else ["--output", str(output)]))
    try:
        return from_document(json.loads(answer), Repaired)
    except (ValueError, ProtocolError):
        pass
    try:
        error = decode_event(answer)
    except ProtocolError:
        error = None
    if isinstance(error, Error):
        return error
    return Error("not_repairable", "it makes the decoder crash", {"path": str(file)})


def _answer(verb: str, *arguments: str) -> str:
    """What a by-hand verb of the worker's program prints; nothing where it died before."""
    command = [*COMMAND, verb, *arguments]
    environment = os.environ | ENVIRONMENT
    pipe, void = subprocess.PIPE, subprocess.DEVNULL
    done = subprocess.run(command, env=environment, stdout=pipe, stderr=void, encoding="utf-8", check=False)  # noqa: S603 - our own program
    if not done.stdout:
        logger.warning("%s ended with status %d", verb, done.returncode)
    return done.stdout


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        message = "the pipe was not opened"
        raise ValueError(message)
    return stream
