"""What the detector says: meetings that began, changed and ended, and why something was none."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from capture.meetings.facts import Program, WindowId

MeetingId = NewType("MeetingId", str)
"""Unique within one detector."""

UNKNOWN_PLATFORM = "unknown"
"""Something is a meeting, and nobody tells on what."""


class Evidence(StrEnum):
    MICROPHONE = "microphone"
    """The program holds it."""
    PLAYBACK = "playback"
    """The program plays sound that began with the call."""
    WINDOW = "window"
    """A window's title, or that of the tab in front, names a meeting."""
    CAMERA = "camera"


class SkipReason(StrEnum):
    """Why a program that records was not taken for a meeting, for now at least."""

    OWN = "own"
    MONITOR = "monitor"
    METER = "meter"
    NOT_FOR_MEETINGS = "not_for_meetings"
    """The program is known, and for something else: a recorder, a screen reader, dictation."""
    UNKNOWN_PROGRAM = "unknown_program"
    TOO_SHORT = "too_short"
    NO_MEETING_WINDOW = "no_meeting_window"
    """The program's windows are seen, and none is a meeting's."""
    ONE_WAY = "one_way"
    """It listens and plays nothing: a voice note, dictation, a test of the microphone."""
    OTHER_SITE = "other_site"
    """The browser showed a page for something else when it took the microphone."""


class Offer(StrEnum):
    """Whether the user is to be asked."""

    DUE = "due"
    MADE = "made"
    """The same meeting as shortly before: somebody who had dropped out is back."""


@dataclass(frozen=True, slots=True)
class DetectedMeeting:
    """``app`` is the program's name for people. ``since_ns``: when its first evidence was seen."""

    id: MeetingId
    platform: str
    app: str
    since_ns: int
    evidence: tuple[Evidence, ...]
    title: str | None = field(default=None, repr=False)
    url: str | None = field(default=None, repr=False)
    window: WindowId | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    at_ns: int
    meeting: DetectedMeeting
    offer: Offer


@dataclass(frozen=True, slots=True)
class Updated:
    at_ns: int
    meeting: DetectedMeeting


@dataclass(frozen=True, slots=True)
class Closed:
    at_ns: int
    meeting: DetectedMeeting


@dataclass(frozen=True, slots=True)
class Skipped:
    at_ns: int
    program: Program
    reason: SkipReason


Verdict = Detected | Updated | Closed | Skipped
