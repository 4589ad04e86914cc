"""``afterword meetings``: which meetings go on, how that is known, and why other programs that record are none."""

import argparse
import json
import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from app.console import Console, error_document
from app.messages import ExitStatus, Failure, Message, describe
from app.paths import Paths
from capture.clock import MonotonicClock
from capture.errors import CatalogueInvalid
from capture.meetings import open_probes
from capture.meetings.catalogue import Catalogue, load_catalogue
from capture.meetings.verdicts import Closed, Detected, DetectedMeeting, Skipped, Updated, Verdict
from capture.meetings.watch import MeetingWatch

FIRST_LOOK_S = 0.5
"""By then every probe has told what is so already."""

LAST_LOOK_S = 5.0
"""For whatever is still undecided: a meeting in a browser takes three seconds to be one."""

POLL_S = 0.1


class Stop(Enum):
    """Among the verdicts: the user wants no more."""

    STOP = "stop"


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    verdicts: queue.SimpleQueue[Verdict | Stop] = queue.SimpleQueue()
    clock = MonotonicClock()
    watch = MeetingWatch(open_probes(clock), _catalogue(paths, console), clock, verdicts.put)
    report = Report(console, is_live=options.watch)
    with _stopped_by_signals(lambda: verdicts.put(Stop.STOP)):
        troubles = [describe(error.code, error.reason, error.data) for error in watch.start()]
        if not watch.sees_something:
            watch.stop()
            raise Failure.of(troubles[0]) if troubles else Failure("meetings_unseen")
        for trouble in troubles:
            console.complain_aside(trouble)
        ends = _never if options.watch else _decided(watch)
        for verdict in _until(verdicts, ends):
            report.tell(verdict)
        watch.stop()
    console.document(report.document(troubles), report.text())
    return ExitStatus.DONE


class Report:
    """``is_live``: each verdict is told when it comes, too."""

    def __init__(self, console: Console, *, is_live: bool) -> None:
        self._console = console
        self._is_live = is_live
        self._meetings: dict[str, DetectedMeeting] = {}
        self._skipped: list[Skipped] = []

    def tell(self, verdict: Verdict) -> None:
        match verdict:
            case Detected(meeting=meeting) | Updated(meeting=meeting):
                self._meetings[meeting.id] = meeting
            case Closed(meeting=meeting):
                self._meetings.pop(meeting.id, None)
            case Skipped():
                self._skipped.append(verdict)
        if self._is_live:
            self._console.event(json.dumps(_event(verdict), ensure_ascii=False))
            if not self._console.as_json:
                self._console.say(_line(verdict))

    def document(self, troubles: list[Message]) -> dict[str, Any]:
        return {
            "meetings": [_meeting(meeting) for meeting in self._meetings.values()],
            "skipped": [_skip(skip) for skip in self._skipped],
            "unseen": [error_document(trouble) for trouble in troubles],
        }

    def text(self) -> str:
        lines = [_words(meeting) for meeting in self._meetings.values()] or ["No meeting."]
        if not self._is_live:
            lines += [_line(skip) for skip in self._skipped]
        return "\n".join(lines)


def _catalogue(paths: Paths, console: Console) -> Catalogue:
    """A mistake in the user's own list costs that list only."""
    try:
        return load_catalogue(paths.config)
    except CatalogueInvalid as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
        return load_catalogue()


def _until(verdicts: "queue.SimpleQueue[Verdict | Stop]", ends: Callable[[], bool]) -> Iterator[Verdict]:
    while True:
        try:
            verdict = verdicts.get(timeout=POLL_S) if ends is not _never else verdicts.get()
        except queue.Empty:
            if ends():
                return
            continue
        if isinstance(verdict, Stop):
            return
        yield verdict


def _never() -> bool:
    return False


def _decided(watch: MeetingWatch) -> Callable[[], bool]:
    began_s = time.monotonic()

    def is_decided() -> bool:
        passed_s = time.monotonic() - began_s
        return passed_s >= (LAST_LOOK_S if watch.is_undecided else FIRST_LOOK_S)

    return is_decided


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _event(verdict: Verdict) -> dict[str, Any]:
    match verdict:
        case Detected():
            return {"type": "detected", "offer": verdict.offer, "meeting": _meeting(verdict.meeting)}
        case Updated():
            return {"type": "updated", "meeting": _meeting(verdict.meeting)}
        case Closed():
            return {"type": "closed", "meeting": _meeting(verdict.meeting)}
        case Skipped():
            return {"type": "skipped", **_skip(verdict)}


def _meeting(meeting: DetectedMeeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "platform": meeting.platform,
        "app": meeting.app,
        "title": meeting.title,
        "url": meeting.url,
        "window_id": meeting.window,
        "evidence": list(meeting.evidence),
        "since": _wall_time(meeting.since_ns),
    }


def _skip(skip: Skipped) -> dict[str, Any]:
    return {"app": _name(skip), "pid": skip.program.pid, "reason": skip.reason, "at": _wall_time(skip.at_ns)}


def _name(skip: Skipped) -> str | None:
    return next(iter(skip.program.names), None)


def _wall_time(at_ns: int) -> str:
    """ISO 8601, UTC."""
    age = timedelta(microseconds=(time.monotonic_ns() - at_ns) / 1000)
    return (datetime.now(UTC) - age).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _words(meeting: DetectedMeeting) -> str:
    title = f" \u201c{meeting.title}\u201d" if meeting.title else ""
    return f"{meeting.platform}{title} in {meeting.app}, by {', '.join(meeting.evidence)}"


def _line(verdict: Verdict) -> str:
    match verdict:
        case Detected():
            return f"+ {_words(verdict.meeting)}"
        case Updated():
            return f"~ {_words(verdict.meeting)}"
        case Closed():
            return f"- {_words(verdict.meeting)}"
        case Skipped():
            return f"  {_name(verdict) or 'a program without a name'} is none: {verdict.reason}"
