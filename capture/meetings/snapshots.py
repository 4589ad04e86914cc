"""Systems that do not tell of changes, or tell it in ways that cannot be trusted: looked at again and again."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from capture.clock import Clock
from capture.errors import SourceError
from capture.meetings.facts import (
    CameraFree,
    CameraHeld,
    Fact,
    Listening,
    Playing,
    StreamState,
    WindowGone,
    WindowShown,
)

logger = logging.getLogger(__name__)

Held = Listening | Playing | WindowShown | CameraHeld


class View(Protocol):
    """One thread calls all of it."""

    def open(self) -> None:
        """Raises ``SourceUnavailable``, and then holds nothing."""
        ...

    def look(self, now_ns: int) -> Iterable[Held]:
        """All that is so now. Raises ``SourceUnavailable`` where it cannot be seen this time."""
        ...

    def close(self) -> None: ...


class SnapshotProbe:
    """A ``MeetingProbe`` that tells what has changed from look to look, through the first view that opens."""

    def __init__(self, views: Sequence[Callable[[], View]], clock: Clock, interval_s: float) -> None:
        """``views``: best first. To make one may raise as to open it may."""
        self._views = views
        self._clock = clock
        self._interval_s = interval_s
        self._stopping = threading.Event()
        self._opened = threading.Event()
        self._trouble: SourceError | None = None
        self._thread: threading.Thread | None = None
        self._known: dict[tuple[type[Held], str], Held] = {}

    def start(self, on_fact: Callable[[Fact], None]) -> None:
        self._thread = threading.Thread(target=self._run, args=(on_fact,), name="meeting view", daemon=True)
        self._thread.start()
        self._opened.wait()
        if self._trouble is not None:
            raise self._trouble

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, on_fact: Callable[[Fact], None]) -> None:
        try:
            view = self._open()
        finally:
            self._opened.set()
        if view is None:
            return
        try:
            self._look(view, on_fact)
            while not self._stopping.wait(self._interval_s):
                self._look(view, on_fact)
        finally:
            view.close()

    def _open(self) -> View | None:
        """``None`` with the trouble of the best one."""
        for make in self._views:
            try:
                view = make()
                view.open()
            except SourceError as error:
                self._trouble = self._trouble or error
            else:
                self._trouble = None
                return view
        return None

    def _look(self, view: View, on_fact: Callable[[Fact], None]) -> None:
        now_ns = self._clock.now_ns()
        try:
            held = {_subject(fact): fact for fact in view.look(now_ns)}
        except SourceError as error:
            logger.info("not seen this time: %s", error.reason)
            return
        for subject in [subject for subject in self._known if subject not in held]:
            on_fact(_ended(self._known.pop(subject), now_ns))
        for subject, fact in held.items():
            known = self._known.get(subject)
            if known is None or replace(fact, at_ns=known.at_ns) != known:
                self._known[subject] = fact
                on_fact(fact)


def _subject(fact: Held) -> tuple[type[Held], str]:
    match fact:
        case Listening(stream=name) | Playing(stream=name):
            return type(fact), name
        case WindowShown(window=name):
            return WindowShown, name
        case CameraHeld(camera=name):
            return CameraHeld, name


def _ended(fact: Held, at_ns: int) -> Fact:
    match fact:
        case Listening() | Playing():
            return replace(fact, at_ns=at_ns, state=StreamState.ENDED)
        case WindowShown():
            return WindowGone(at_ns, fact.window)
        case CameraHeld():
            return CameraFree(at_ns, fact.camera)
