"""How things stand between meetings and recordings, as ``flow`` sees it. Times are of the monotonic clock."""

from dataclasses import dataclass, field
from enum import Enum

from app.flow_events import StopReason
from app.recording_rules import Rules
from capture.meetings.verdicts import DetectedMeeting, MeetingId
from capture.recording import NS_PER_S

QUIET_NS = 3 * NS_PER_S
"""The other side has said nothing for so long after the meeting ended: longer than between two sentences."""

PATIENCE_NS = 60 * NS_PER_S
"""So long after the meeting whatever is still heard is music, or a film."""


FAREWELL_NS = 60 * NS_PER_S
"""For a recorder to close its files before the app quits without it: twice what it is given to do so."""


@dataclass(frozen=True, slots=True)
class Idle:
    pass


@dataclass(frozen=True, slots=True)
class Offered:
    meeting: DetectedMeeting
    until_ns: int


@dataclass(frozen=True, slots=True)
class Recording:
    """``left_ns``: since when its meeting is over. ``quiet_ns``: since when the other side is silent."""

    meeting: DetectedMeeting | None
    quiet_ns: int | None
    left_ns: int | None = None

    @property
    def end_due_ns(self) -> int | None:
        """When to begin the countdown, if all stays as it is."""
        if self.left_ns is None:
            return None
        longest_ns = self.left_ns + PATIENCE_NS
        return longest_ns if self.quiet_ns is None else min(longest_ns, max(self.left_ns, self.quiet_ns) + QUIET_NS)


@dataclass(frozen=True, slots=True)
class Ending:
    """The countdown."""

    recording: Recording
    until_ns: int


@dataclass(frozen=True, slots=True)
class Stopping:
    """``goes_on``: it was taken back before the files were closed. ``until_ns``: how long it is waited for."""

    recording: Recording
    reason: StopReason
    goes_on: bool = False
    until_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """For good."""


Phase = Idle | Offered | Recording | Ending | Stopping | Over


class Preroll(Enum):
    OFF = "off"
    ARMED = "armed"
    FAILED = "failed"
    """Not tried again before the next candidate."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The last recording, as long as it can be gone on with."""

    meeting: DetectedMeeting | None
    reason: StopReason
    until_ns: int


@dataclass(frozen=True, slots=True)
class State:
    """``live``: the meetings that go on, in their order; of those in ``decided`` it is settled what becomes of them."""

    rules: Rules
    keeps_preroll: bool
    countdown_ns: int = 15 * NS_PER_S
    phase: Phase = field(default_factory=Idle)
    preroll: Preroll = Preroll.OFF
    candidates: frozenset[str] = frozenset()
    live: tuple[DetectedMeeting, ...] = ()
    decided: frozenset[MeetingId] = frozenset()
    stopped: Stopped | None = None
    farewell_ns: int = FAREWELL_NS
    """How long a recorder is waited for once somebody quits."""


def due_ns(state: State) -> int | None:
    """When a ``Tick`` is wanted."""
    dues = [state.stopped.until_ns] if state.stopped is not None else []
    match state.phase:
        case Offered(until_ns=until_ns) | Ending(until_ns=until_ns) | Stopping(until_ns=int(until_ns)):
            dues.append(until_ns)
        case Recording(end_due_ns=int(end_due_ns)):
            dues.append(end_due_ns)
    return min(dues, default=None)
