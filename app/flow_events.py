"""What ``flow`` is told, and what it wants done. Times are nanoseconds of the monotonic clock."""

from dataclasses import dataclass
from enum import StrEnum

from app.recording_rules import Rules
from capture.meetings.verdicts import DetectedMeeting


class Answer(StrEnum):
    """What the user may say at any time; what makes no sense at the moment is passed over."""

    RECORD = "record"
    """Yes to an offer; without one, by hand."""
    NOT_NOW = "not now"
    NEVER = "never"
    """Nor in any other meeting of that platform or app."""
    KEEP = "keep"
    """Goes on although the meeting is over."""
    STOP = "stop"
    UNDO = "undo"
    """Takes back a stop: the same recording goes on."""


@dataclass(frozen=True, slots=True)
class Answered:
    answer: Answer


@dataclass(frozen=True, slots=True)
class Suspected:
    """These apps may have a meeting in a moment; an empty set where none does any more."""

    apps: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeetingBegan:
    """``is_return``: somebody who had dropped out is back."""

    meeting: DetectedMeeting
    is_return: bool = False


@dataclass(frozen=True, slots=True)
class MeetingOver:
    meeting: DetectedMeeting


@dataclass(frozen=True, slots=True)
class RemoteSpeech:
    speaking: bool


@dataclass(frozen=True, slots=True)
class ArmingFailed:
    """Nothing is kept from before the next recording."""


class Outcome(StrEnum):
    WHOLE = "whole"
    """As it was asked for."""
    BROKEN_OFF = "broken_off"
    """By a full disk, a lost source or a crash; what there is was saved."""
    NEVER_BEGAN = "never_began"


@dataclass(frozen=True, slots=True)
class Finished:
    """A recording that was started is closed."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """For meetings that begin from now on. ``None``: as before."""

    rules: Rules
    keeps_preroll: bool | None = None
    countdown_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Quit:
    """The user wants no more; a recording that runs is finished first."""


FlowEvent = (
    Answered
    | Suspected
    | MeetingBegan
    | MeetingOver
    | RemoteSpeech
    | ArmingFailed
    | Finished
    | Tick
    | RulesChanged
    | Quit
)


class NotRecorded(StrEnum):
    """Why a meeting was not recorded."""

    OFF = "off"
    """Auto-record is."""
    IGNORED = "ignored"
    """By the rule for this platform or app."""
    DECLINED = "declined"
    NEVER = "never"
    """Declined for all time."""
    UNANSWERED = "unanswered"
    ENDED_UNANSWERED = "ended_unanswered"
    ALREADY_ASKED = "already_asked"
    """It is the same meeting as shortly before."""
    ALREADY_RECORDING = "already_recording"
    """Whatever is seen and heard of it is in the recording that runs."""
    FAILED = "failed"
    """The recorder could not begin."""
    QUIT = "quit"


class StopReason(StrEnum):
    USER = "user"
    MEETING_ENDED = "meeting_ended"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Arm:
    """Opens the sources, the microphone too, and keeps their last seconds in memory."""


@dataclass(frozen=True, slots=True)
class Disarm:
    """Forgets them."""


@dataclass(frozen=True, slots=True)
class MakeOffer:
    meeting: DetectedMeeting
    until_ns: int


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    meeting: DetectedMeeting


@dataclass(frozen=True, slots=True)
class StartRecording:
    """``meeting`` is missing where none was detected and the user asked for a recording all the same."""

    meeting: DetectedMeeting | None


@dataclass(frozen=True, slots=True)
class ContinueRecording:
    """The one that was stopped last."""


@dataclass(frozen=True, slots=True)
class MarkMoment:
    text: str


@dataclass(frozen=True, slots=True)
class CountDown:
    """The recording stops then, unless somebody says otherwise."""

    until_ns: int


@dataclass(frozen=True, slots=True)
class CancelCountDown:
    pass


@dataclass(frozen=True, slots=True)
class StopRecording:
    reason: StopReason


@dataclass(frozen=True, slots=True)
class Abandon:
    """The recorder has not ended in time: it is killed, and what it leaves is saved by whoever starts next."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """The one that was stopped last: it cannot be gone on with any more."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """From now on, for all meetings of that platform or app."""

    name: str


@dataclass(frozen=True, slots=True)
class PassOver:
    meeting: DetectedMeeting
    reason: NotRecorded


Effect = (
    Arm
    | Disarm
    | MakeOffer
    | WithdrawOffer
    | StartRecording
    | ContinueRecording
    | MarkMoment
    | CountDown
    | CancelCountDown
    | StopRecording
    | Abandon
    | Deliver
    | Ignore
    | PassOver
)
