"""Who is there, as a meeting's window shows it at one moment."""

from dataclasses import dataclass, field
from enum import StrEnum

from capture.meetings.accessible import Place


class Mark(StrEnum):
    OWN = "own"
    """The user of this machine."""
    HOST = "host"
    SPEAKING = "speaking"
    CAMERA = "camera"
    SHARING = "sharing"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Attendee:
    place: Place
    name: str = field(repr=False)
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class ChatMessage:
    place: Place
    name: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roll:
    """``shows``: the marks that this program's windows have at all. Names are unique.

    ``is_whole``: whether somebody who is not on it is not there; pictures show only who has room.
    """

    attendees: tuple[Attendee, ...]
    shows: frozenset[Mark] = frozenset()
    messages: tuple[ChatMessage, ...] = ()
    is_whole: bool = True
