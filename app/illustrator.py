"""Small pictures and loudness of recordings, made where they are missing, by a process of low priority."""

import json
import os
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from capture.errors import ProtocolError
from capture.illustrations import IllustrationAnswer, IllustrationKind, IllustrationTask, decode_answer
from capture.program import ENVIRONMENT, Program, command_of
from capture.wire import to_document

THUMBNAIL_NAME: Final = ".thumbnail.jpg"
LOUDNESS_NAME: Final = ".loudness"

MOST_WAITING: Final = 100
"""Who scrolls past a recording does not wait for its picture."""

Tell = Callable[[IllustrationAnswer], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    task: IllustrationTask
    tell: Tell


def thumbnail_of(video: Path) -> IllustrationTask:
    """Beside the video, as all that follows: it goes when that goes."""
    return IllustrationTask(IllustrationKind.THUMBNAIL, video, video.parent / THUMBNAIL_NAME)


def loudness_of(sound: Path) -> IllustrationTask:
    return IllustrationTask(IllustrationKind.LOUDNESS, sound, sound.parent / LOUDNESS_NAME)


class Illustrator:
    """``ask`` is thread-safe, and what was asked for last comes first. ``close`` is idempotent."""

    def __init__(self) -> None:
        self._wanted: list[_Wanted] = []
        self._change = threading.Condition()
        self._is_closed = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._work, name="illustrator", daemon=True)
        self._thread.start()

    def ask(self, task: IllustrationTask, tell: Tell) -> None:
        """``tell`` is called on another thread, once the output is there or cannot be made."""
        with self._change:
            self._wanted.append(_Wanted(task, tell))
            del self._wanted[:-MOST_WAITING]
            self._change.notify()

    def close(self) -> None:
        """What is in the making is given up."""
        with self._change:
            self._is_closed = True
            self._wanted.clear()
            if self._process is not None:
                self._process.kill()
            self._change.notify()
        self._thread.join()

    def _work(self) -> None:
        while (wanted := self._next()) is not None:
            wanted.tell(self._made(wanted.task))
        if self._process is not None:
            with self._process:  # its pipes are closed, and it is waited for
                self._process.kill()

    def _next(self) -> _Wanted | None:
        with self._change:
            self._change.wait_for(lambda: self._wanted or self._is_closed)
            return None if self._is_closed else self._wanted.pop()

    def _made(self, task: IllustrationTask) -> IllustrationAnswer:
        if task.output.exists() or not task.output.parent.is_dir():
            return IllustrationAnswer(task.output)
        try:
            return self._asked(task)
        except OSError as error:
            return IllustrationAnswer(task.output, str(error))

    def _asked(self, task: IllustrationTask) -> IllustrationAnswer:
        """A file that makes the process crash costs that process only. Raises ``OSError``."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(to_document(task)) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                with suppress(ProtocolError):  # a library that prints
                    return decode_answer(line)
        process.kill()
        process.wait()  # its pipe was closed before it had ended
        return IllustrationAnswer(task.output, "its reader crashed")

    def _running(self) -> "subprocess.Popen[str]":
        with self._change:
            if self._process is not None and self._process.poll() is None:
                return self._process
            if self._is_closed:
                raise BrokenPipeError
            if self._process is not None:
                with suppress(BrokenPipeError), self._process:
                    pass
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*command_of(Program.CAPTURE), "illustrate"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # FFmpeg's opinion of each file
                encoding="utf-8",
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )
            return self._process
