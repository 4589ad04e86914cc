"""How things stand, for whoever shows it or is asked. Pure: a situation and a piece of news make the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app import troubles
from app.flow_state import Ending, Idle, Offered, Over, Phase, Preroll, Recording, State, Stopped
from app.messages import Message
from app.recorder_inbox import Order
from app.recording_rules import AutoRecord
from app.troubles import Troubles
from capture.commands import Mute
from capture.events import Announced, Armed, Ended, Event, Level, Started, Status
from capture.meetings.verdicts import DetectedMeeting
from capture.recording import RecordingId, RecordingStatus, Side

AT_REST = Idle | Offered | Over
"""Nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Take:
    """The recording that runs. ``elapsed_ns``: of the recording, so without its pauses. ``levels_dbfs``: the last."""

    recording_id: RecordingId
    status: RecordingStatus = RecordingStatus.RECORDING
    elapsed_ns: int = 0
    levels_dbfs: Mapping[Side, float] = field(default_factory=dict)
    troubles: Troubles = ()
    is_announced: bool = False
    """The others were told."""


@dataclass(frozen=True, slots=True)
class Situation:
    """``take`` is there from the moment that the recorder has begun until its files are closed.

    ``kept_ns``: so much is kept in memory, and the microphone is open for it. ``stopped``: the last recording, as long
    as it can be gone on with. ``sending``: recordings under way to where they are delivered.
    """

    phase: Phase = field(default_factory=Idle)
    rule: AutoRecord = AutoRecord.OFF
    take: Take | None = None
    muted: frozenset[Side] = frozenset()
    kept_ns: int | None = None
    stopped: Stopped | None = None
    sending: int = 0
    trouble: Message | None = None
    """The last that was none of a recording's; until the next recording begins, or somebody has seen to it."""

    @property
    def meeting(self) -> DetectedMeeting | None:
        match self.phase:
            case Offered(meeting=meeting) | Recording(meeting=meeting) | Ending(recording=Recording(meeting=meeting)):
                return meeting
        return None


@dataclass(frozen=True, slots=True)
class Sending:
    """So many recordings are on their way."""

    count: int


@dataclass(frozen=True, slots=True)
class Troubled:
    """``None``: somebody has seen to it, or it is over."""

    message: Message | None


News = State | Event | Order | Sending | Troubled


def after(before: Situation, news: News) -> Situation:
    match news:
        case State():
            return _decided(before, news)
        case Started() | Ended() | Armed():
            return _recorded(before, news)
        case Mute(side=side, muted=muted):
            others = before.muted - {side}
            return replace(before, muted=others | {side} if muted else others)
        case Sending(count=count):
            return replace(before, sending=count)
        case Troubled(message=message):
            return replace(before, trouble=message)
    return before if before.take is None else replace(before, take=_taken(before.take, news))


def _recorded(before: Situation, news: Started | Ended | Armed) -> Situation:
    match news:
        case Armed(preroll_ns=preroll_ns):
            return replace(before, kept_ns=preroll_ns)
        case Started(recording_id=recording_id) if not isinstance(before.phase, AT_REST):
            return replace(before, take=Take(recording_id), kept_ns=None, trouble=None)
    return replace(before, take=None)


def _decided(before: Situation, state: State) -> Situation:
    """The recorder's own news may lag behind what was decided, and never outlives it."""
    is_still = isinstance(state.phase, AT_REST)
    return replace(
        before,
        phase=state.phase,
        rule=state.rules.default,
        take=None if is_still else before.take,
        muted=frozenset() if is_still else before.muted,
        kept_ns=before.kept_ns if state.preroll is Preroll.ARMED else None,
        stopped=state.stopped,
    )


def _taken(take: Take, news: Event | Order) -> Take:
    match news:
        case Level(side=side, rms_dbfs=rms_dbfs, at_ns=at_ns):
            levels = {**take.levels_dbfs, side: rms_dbfs}
            standing = troubles.after(take.troubles, news)
            return replace(take, elapsed_ns=max(take.elapsed_ns, at_ns), levels_dbfs=levels, troubles=standing)
        case Status(status=status):
            return replace(take, status=status)
        case Announced():
            return replace(take, is_announced=True)
        case _ if not isinstance(news, Order):
            return replace(take, troubles=troubles.after(take.troubles, news))
    return take
