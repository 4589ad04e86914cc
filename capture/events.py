"""What happens while recording: the union of all that the worker tells.

Each class's ``type`` is its tag on the wire. Times are nanoseconds on the recording's timeline, pauses cut out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from capture.recording import (
    EndReason,
    MediaObject,
    Participant,
    ParticipantAction,
    PowerChange,
    Quality,
    RecordingId,
    RecordingStatus,
    Room,
    Side,
)

PROTOCOL_VERSION = 1


@dataclass(frozen=True, slots=True)
class Ready:
    type: ClassVar[str] = "ready"
    version: int = PROTOCOL_VERSION


@dataclass(frozen=True, slots=True)
class Armed:
    """The sources are open, the microphone too, and nothing is recorded: the last ``preroll_ns`` are in memory."""

    type: ClassVar[str] = "armed"
    recording_id: RecordingId
    preroll_ns: int


@dataclass(frozen=True, slots=True)
class Started:
    """Every source delivers and the files are open. ``started_at`` is wall time, ISO 8601, UTC.

    The recording begins ``preroll_ns`` before it was asked for.
    """

    type: ClassVar[str] = "started"
    recording_id: RecordingId
    started_at: str
    preroll_ns: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    type: ClassVar[str] = "status"
    recording_id: RecordingId
    status: RecordingStatus
    at_ns: int


@dataclass(frozen=True, slots=True)
class Level:
    """Loudness of one side since the last such event, in dBFS; -120 stands for digital silence."""

    type: ClassVar[str] = "level"
    side: Side
    peak_dbfs: float
    rms_dbfs: float
    at_ns: int


@dataclass(frozen=True, slots=True)
class Speech:
    type: ClassVar[str] = "speech"
    side: Side
    speaking: bool
    at_ns: int


@dataclass(frozen=True, slots=True)
class ParticipantChange:
    type: ClassVar[str] = "participant"
    participant: Participant
    action: ParticipantAction
    at_ns: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LiveSound:
    """Told to who asked: Base64 of 16 kHz, 16 bits, one channel, from ``at_ns`` on. Left out where nobody reads it."""

    type: ClassVar[str] = "live_sound"
    buffer: str = field(repr=False)
    at_ns: int
    side: Side | None = None  # both, mixed


@dataclass(frozen=True, slots=True)
class LivePicture:
    """As ``LiveSound``: Base64 of a PNG."""

    type: ClassVar[str] = "live_picture"
    buffer: str = field(repr=False)
    at_ns: int


@dataclass(frozen=True, slots=True)
class WishObeyed:
    """Of a preview: from here on nothing comes of what was looked at and listened to before the wish of ``number``."""

    type: ClassVar[str] = "wish_obeyed"
    number: int


@dataclass(frozen=True, slots=True)
class SourceLost:
    """``source`` is ``screen``, ``microphone`` or ``system``."""

    type: ClassVar[str] = "source_lost"
    source: str
    reason: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class SourceRecovered:
    type: ClassVar[str] = "source_recovered"
    source: str
    device: str
    at_ns: int
    gap_ns: int


@dataclass(frozen=True, slots=True)
class Warned:
    """The recording goes on, but somebody should look: ``code`` tells at what.

    ``source`` as in ``SourceLost``, or ``participants``.
    """

    type: ClassVar[str] = "warning"
    code: str
    source: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class SegmentBegan:
    """The start, the end of a pause, or a pause that stays in the recording. ``started_at`` is wall time."""

    type: ClassVar[str] = "segment"
    at_ns: int
    started_at: str
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class GapFound:
    """One side delivered nothing from ``at_ns`` on, for ``duration_ns``; the recording is silent there."""

    type: ClassVar[str] = "gap"
    side: Side
    at_ns: int
    duration_ns: int
    reason: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A moment that the user marked."""

    type: ClassVar[str] = "marked"
    text: str | None
    at_ns: int


@dataclass(frozen=True, slots=True)
class Announced:
    """The user says that the others were told that they are recorded: ``by`` whom, and in which words."""

    type: ClassVar[str] = "announced"
    by: str | None
    text: str | None
    at_ns: int


@dataclass(frozen=True, slots=True)
class Frames:
    """Totals since the start. ``repeated``: encoded again because nothing had changed; ``dropped``: lost."""

    type: ClassVar[str] = "frames"
    captured: int
    repeated: int
    dropped: int
    at_ns: int


@dataclass(frozen=True, slots=True)
class QualityChanged:
    """The machine cannot keep up with the picture, or can again."""

    type: ClassVar[str] = "quality"
    step: Quality
    reason: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """``duration_ns``: how long the machine slept, where it woke. ``reason``: what went wrong, where something did."""

    type: ClassVar[str] = "power"
    change: PowerChange
    at_ns: int
    duration_ns: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """``full_in_s``: how long it can go on as it did lately; ``None`` where nothing tells."""

    type: ClassVar[str] = "disk"
    free_bytes: int
    written_bytes: int
    full_in_s: float | None


@dataclass(frozen=True, slots=True)
class RoomChanged:
    """The disk gets full, or has room again."""

    type: ClassVar[str] = "room"
    room: Room
    free_bytes: int
    at_ns: int


@dataclass(frozen=True, slots=True)
class FilesSynced:
    """What a power cut leaves of the files that grow: bytes, by their paths as in ``MediaObject``."""

    type: ClassVar[str] = "files_synced"
    durable_bytes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FilesClosed:
    """Sound and picture are whole on the disk; what is left is to measure them and to say so in the manifest."""

    type: ClassVar[str] = "files_closed"
    ended_by: EndReason
    duration_ns: int


@dataclass(frozen=True, slots=True)
class MediaCompleted:
    type: ClassVar[str] = "media_completed"
    media: MediaObject


@dataclass(frozen=True, slots=True)
class Ended:
    """The last word on a recording: its files are closed and its manifest is written."""

    type: ClassVar[str] = "ended"
    recording_id: RecordingId
    status: RecordingStatus
    ended_by: EndReason
    duration_ns: int


@dataclass(frozen=True, slots=True)
class Discarded:
    """The last word on a recording that was not wanted: nothing of it is left."""

    type: ClassVar[str] = "discarded"
    recording_id: RecordingId


@dataclass(frozen=True, slots=True)
class Error:
    type: ClassVar[str] = "error"
    code: str
    reason: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Log:
    type: ClassVar[str] = "log"
    level: str
    message: str


Event = (
    Ready
    | Armed
    | Started
    | Status
    | Level
    | Speech
    | ParticipantChange
    | LiveSound
    | LivePicture
    | WishObeyed
    | SourceLost
    | SourceRecovered
    | Warned
    | SegmentBegan
    | GapFound
    | Marked
    | Announced
    | Frames
    | QualityChanged
    | PowerChanged
    | Disk
    | RoomChanged
    | FilesSynced
    | FilesClosed
    | MediaCompleted
    | Ended
    | Discarded
    | Error
    | Log
)


def later(event: Event, by_ns: int) -> Event:
    """The same, told on a timeline that began so much earlier. What has no instant stays as it is."""
    at_ns: int | None = getattr(event, "at_ns", None)
    if at_ns is None:
        return event
    return replace(event, at_ns=at_ns + by_ns)  # type: ignore[arg-type] # of those that have one
