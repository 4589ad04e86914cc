"""What probes see: who records, who plays, which windows and cameras are in use. Facts only; policy is the detector's.

A fact tells the whole state of one thing from ``at_ns`` on, so that to hear it twice, or late, does no harm.
Times are nanoseconds of the monotonic clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, Protocol

StreamId = NewType("StreamId", str)
WindowId = NewType("WindowId", str)
"""As ``devices`` lists it; where that lists none, ``accessible:`` and a number by which nothing can be recorded."""


class StreamState(StrEnum):
    RUNNING = "running"
    MUTED = "muted"
    """Held all the same."""
    PAUSED = "paused"
    """Opened, but nothing flows: corked."""
    ENDED = "ended"

    @property
    def is_held(self) -> bool:
        return self in {StreamState.RUNNING, StreamState.MUTED}


class Purpose(StrEnum):
    """What a program records for."""

    VOICE = "voice"
    MONITOR = "monitor"
    """It listens to what the machine plays."""
    METER = "meter"
    """It draws a level, as volume controls do."""
    OWN = "own"
    """It is Afterword."""


@dataclass(frozen=True, slots=True)
class Program:
    """``names``: all it is known by, the most reliable first: a sandbox's or bundle's id, file, class, own name.

    ``pid`` is missing where the system does not tell, or tells that of a sandbox's inside.
    """

    names: tuple[str, ...]
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """A program records sound."""

    at_ns: int
    stream: StreamId
    program: Program
    state: StreamState
    purpose: Purpose = Purpose.VOICE


@dataclass(frozen=True, slots=True)
class Playing:
    """A program plays sound."""

    at_ns: int
    stream: StreamId
    program: Program
    state: StreamState


@dataclass(frozen=True, slots=True)
class WindowShown:
    """A window has this title; of a browser that is the title of the tab in front."""

    at_ns: int
    window: WindowId
    program: Program
    title: str = field(repr=False)
    url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WindowGone:
    at_ns: int
    window: WindowId


@dataclass(frozen=True, slots=True)
class CameraHeld:
    """``program`` is missing where a server stands between the two, as PipeWire does."""

    at_ns: int
    camera: str
    program: Program | None


@dataclass(frozen=True, slots=True)
class CameraFree:
    at_ns: int
    camera: str


Fact = Listening | Playing | WindowShown | WindowGone | CameraHeld | CameraFree


class MeetingProbe(Protocol):
    def start(self, on_fact: Callable[[Fact], None]) -> None:
        """First all that is so already, then each change. ``on_fact`` is called on the probe's thread.

        Raises ``SourceUnavailable`` where this cannot be seen here.
        """
        ...

    def stop(self) -> None:
        """Idempotent. Once it returns ``on_fact`` is not called any more."""
        ...
