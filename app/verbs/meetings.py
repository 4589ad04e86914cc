"""``afterword meetings``: which meetings go on, how that is known, and why other programs that record are none."""

import argparse
import json
import queue
import time
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from app.console import Console, error_document
from app.meeting_words import meeting_document, meeting_words, users_catalogue, wall_time
from app.messages import ExitStatus, Failure, Message, describe
from app.paths import Paths
from app.signals import stopped_by_signals
from capture.clock import MonotonicClock
from capture.meetings import open_probes
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
    watch = MeetingWatch(open_probes(clock), users_catalogue(paths, console), clock, verdicts.put)
    report = Report(console, is_live=options.watch)
    with stopped_by_signals(lambda: verdicts.put(Stop.STOP)):
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
            "meetings": [meeting_document(meeting) for meeting in self._meetings.values()],
            "skipped": [_skip(skip) for skip in self._skipped],
            "unseen": [error_document(trouble) for trouble in troubles],
        }

    def text(self) -> str:
        lines = [meeting_words(meeting) for meeting in self._meetings.values()] or ["No meeting."]
        if not self._is_live:
            lines += [_line(skip) for skip in self._skipped]
        return "\n".join(lines)


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


def _event(verdict: Verdict) -> dict[str, Any]:
    match verdict:
        case Detected():
            return {"type": "detected", "offer": verdict.offer, "meeting": meeting_document(verdict.meeting)}
        case Updated():
            return {"type": "updated", "meeting": meeting_document(verdict.meeting)}
        case Closed():
            return {"type": "closed", "meeting": meeting_document(verdict.meeting)}
        case Skipped():
            return {"type": "skipped", **_skip(verdict)}


def _skip(skip: Skipped) -> dict[str, Any]:
    return {"app": _name(skip), "pid": skip.program.pid, "reason": skip.reason, "at": wall_time(skip.at_ns)}


def _name(skip: Skipped) -> str | None:
    return next(iter(skip.program.names), None)


def _line(verdict: Verdict) -> str:
    match verdict:
        case Detected():
            return f"+ {meeting_words(verdict.meeting)}"
        case Updated():
            return f"~ {meeting_words(verdict.meeting)}"
        case Closed():
            return f"- {meeting_words(verdict.meeting)}"
        case Skipped():
            return f"  {_name(verdict) or 'a program without a name'} is none: {verdict.reason}"
