"""Transcripts that are made by themselves once a recording has been delivered, where an engine is chosen."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.console import Console
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.settings import read
from app.signals import stopped_by_signals
from app.transcripts import LOG_NAME, TranscriberProcess, Wish, chosen_engine, failure_told, interrupted
from capture.errors import CaptureError
from capture.transcription.choice import EngineChoice
from capture.transcription.process import AWAITED, Task
from capture.transcription.shelf import Shelf
from uploader.errors import UploaderError

Deliver = Callable[[Path], Message | None]
"""Sends a recording again that has grown by its transcript; what stood in the way."""


class LaterTranscripts:
    """One after the other, on a thread of its own. ``put`` is thread-safe. No failure here is anybody else's."""

    def __init__(self, paths: Paths, complain: Callable[[Message], None], deliver: Deliver) -> None:
        """Goes on with what was interrupted the last time. Both are called on that thread, ``complain`` on any."""
        self._paths = paths
        self._complain = complain
        self._deliver = deliver
        self._is_closing = False
        self._hands = threading.Lock()
        self._transcriber: TranscriberProcess | None = None
        self._waiting: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="transcripts", daemon=True)
        self._thread.start()

    def put(self, directory: Path) -> None:
        """That it is due is on the disk when this returns, so that it is made in any case. Once for each recording."""
        choice = self._chosen()
        if choice is not None and not Shelf(directory).all():
            _try(lambda: _note(directory, choice), self._complain)
            self._waiting.put(directory)

    def close(self) -> None:
        """At once: what was understood is kept, and gone on with the next time."""
        with self._hands:
            self._is_closing = True
            if self._transcriber is not None:
                self._transcriber.stop()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        if self._chosen() is not None:
            for place in self._paths.places:
                for directory in sorted(place.glob("*/transcripts")):
                    self._finish(directory.parent)
        while (waiting := self._waiting.get()) is not None:
            self._finish(waiting)

    def _finish(self, directory: Path) -> None:
        """All that is begun of this recording."""
        for choice in _unfinished(directory, self._chosen_again):
            if self._is_closing:
                return
            _try(lambda choice=choice: self._make(directory, choice), self._complain)  # type: ignore[misc] # bound at once

    def _make(self, directory: Path, choice: EngineChoice) -> Message | None:
        transcriber = TranscriberProcess(Task(directory, choice), self._paths.logs / LOG_NAME)
        with self._hands:
            self._transcriber = transcriber
            if self._is_closing:
                transcriber.stop()
        with failure_told(lambda: self._deliver(directory), self._complain):
            about = transcriber.run(lambda _: None)
        with self._hands:
            self._transcriber = None
        return None if about is None else self._deliver(directory)

    def _chosen(self) -> EngineChoice | None:
        return self._chosen_again(Wish())

    def _chosen_again(self, wish: Wish) -> EngineChoice | None:
        try:
            return chosen_engine(read(self._paths.settings).settings, self._paths, wish)
        except Failure as failure:
            self._complain(failure.message)
            return None


def make_now(directory: Path, paths: Paths, console: Console, deliver: Deliver) -> None:
    """While somebody waits, who may stop it with Ctrl-C. Main thread only."""

    def make() -> Message | None:
        choice = chosen_engine(read(paths.settings).settings, paths)
        if choice is None:
            return None
        transcriber = TranscriberProcess(Task(directory, choice, AWAITED), paths.logs / LOG_NAME)
        told = failure_told(lambda: deliver(directory), console.complain_aside)
        with told, stopped_by_signals(transcriber.stop):
            about = transcriber.run(
                lambda progress: console.show(f"Transcribing … {progress.done} of {progress.total} stretches of speech")
            )
        if about is None:
            return describe("transcription_stopped", data={"id": directory.name})
        return deliver(directory)

    _try(make, console.complain_aside)


def _unfinished(directory: Path, chosen: Callable[[Wish], EngineChoice | None]) -> Iterator[EngineChoice]:
    for about in interrupted(directory):
        choice = chosen(Wish(about.engine, about.model, about.language))
        if choice is not None:
            yield replace(choice, model=about.model, language=about.language, key_terms=about.key_terms)


def _note(directory: Path, choice: EngineChoice) -> None:
    from capture.transcription.transcriber import begin  # noqa: PLC0415 - a decoder is not for who has no engine

    begin(directory, choice)


def _try(act: Callable[[], Message | None], complain: Callable[[Message], None]) -> None:
    try:
        trouble = act()
    except Failure as failure:
        trouble = failure.message
    except (CaptureError, UploaderError) as error:
        trouble = describe(error.code, error.reason, error.data)
    if trouble is not None:
        complain(trouble)
