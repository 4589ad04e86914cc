"""What the user has to say of a recording while it is made: moments to find again, and that the others know of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from capture.dates import Dates
from capture.events import Announced, Event, Marked
from capture.manifest import Mark
from capture.participants.log import wall_clock_text
from capture.recording import NS_PER_S, Consent, ConsentStatus, Meeting
from capture.timeline import Timeline

ASKED_FOR = "recording asked for"
"""The mark at the end of what was kept from before."""


class Notes:
    """Main thread only."""

    def __init__(self, meeting: Meeting, timeline: Timeline, dates: Dates, emit: Callable[[Event], None]) -> None:
        self.meeting = meeting
        """With what was said of consent."""
        self.marks: list[Mark] = []
        self._timeline = timeline
        self._dates = dates
        self._emit = emit

    def mark(self, text: str | None) -> None:
        at_ns = self._timeline.now_ns()
        self.marks.append(Mark(round(at_ns / NS_PER_S, 3), text))
        self._emit(Marked(text, at_ns))

    def announce(self, by: str | None, text: str | None) -> None:
        """The others were told that they are recorded."""
        told = Announced(by, text, self._timeline.now_ns())
        self.meeting = with_consent(self.meeting, told, self._dates.of)
        self._emit(told)


def with_consent(meeting: Meeting, told: Announced, wall_clock: Callable[[int], datetime]) -> Meeting:
    """``wall_clock`` tells the date and time of an instant of the timeline."""
    at = wall_clock_text(wall_clock(told.at_ns))
    return replace(meeting, consent=Consent(ConsentStatus.ANNOUNCED, told.by, told.text, at))
