"""The vocabulary that all of Afterword shares. Standard library only, no input or output.

A *recording* is the container; its *media objects* are the products that are delivered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NewType

RecordingId = NewType("RecordingId", str)
DeviceId = NewType("DeviceId", str)
"""Stable across restarts where the system offers such a name."""

DEFAULT_DEVICE = DeviceId("default")
"""Whatever the system calls its default when the recording starts."""

SYNTHETIC_DEVICE = DeviceId("synthetic")
"""The built-in test signal, a flash and a beep at the same instant."""

NS_PER_S = 1_000_000_000


class RecordingStatus(StrEnum):
    RECORDING = "recording"
    PAUSED = "paused"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    """Ended by a crash, a full disk or a lost machine; what survived is intact."""
    FAILED = "failed"
    """Nothing playable came out."""


RECORDING_TRANSITIONS: Mapping[RecordingStatus, frozenset[RecordingStatus]] = {
    RecordingStatus.RECORDING: frozenset(
        {RecordingStatus.PAUSED, RecordingStatus.COMPLETE, RecordingStatus.INTERRUPTED, RecordingStatus.FAILED}
    ),
    RecordingStatus.PAUSED: frozenset(
        {RecordingStatus.RECORDING, RecordingStatus.COMPLETE, RecordingStatus.INTERRUPTED, RecordingStatus.FAILED}
    ),
    RecordingStatus.COMPLETE: frozenset(),
    RecordingStatus.INTERRUPTED: frozenset({RecordingStatus.COMPLETE}),
    RecordingStatus.FAILED: frozenset(),
}


class MediaStatus(StrEnum):
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"
    DELETED = "deleted"


MEDIA_TRANSITIONS: Mapping[MediaStatus, frozenset[MediaStatus]] = {
    MediaStatus.PROCESSING: frozenset({MediaStatus.DONE, MediaStatus.FAILED}),
    MediaStatus.DONE: frozenset({MediaStatus.DELETED}),
    MediaStatus.FAILED: frozenset({MediaStatus.PROCESSING, MediaStatus.DELETED}),
    MediaStatus.DELETED: frozenset(),
}


class MediaKind(StrEnum):
    VIDEO_MIXED = "video_mixed"
    AUDIO_MIXED = "audio_mixed"
    AUDIO_SEPARATE = "audio_separate"
    VIDEO_SEPARATE = "video_separate"
    """No recorder here makes one; backends take it from others."""
    PARTICIPANT_EVENTS = "participant_events"
    PARTICIPANTS = "participants"
    SPEAKER_TIMELINE = "speaker_timeline"
    MEETING_METADATA = "meeting_metadata"
    TRANSCRIPT = "transcript"


class MediaFormat(StrEnum):
    MP4 = "mp4"
    MP3 = "mp3"
    OGG = "ogg"
    JSON = "json"


class Side(StrEnum):
    """Where a sound comes from: this end of the meeting, or the other."""

    MICROPHONE = "microphone"
    SYSTEM = "system"


class EndReason(StrEnum):
    """Why a recording came to its end; the receipt's ``ended_by``."""

    DURATION = "duration"
    STOP = "stop"
    END_OF_INPUT = "end_of_input"
    SIGNAL = "signal"
    SOURCE_LOST = "source_lost"
    WINDOW_CLOSED = "window_closed"
    DISK_FULL = "disk_full"
    STORAGE = "storage"
    ENCODER = "encoder"
    CRASH = "crash"


class PauseMode(StrEnum):
    """What a pause leaves in the recording."""

    CUT = "cut"
    """Nothing: what follows joins on to what was before."""
    BLANK = "blank"
    """Its length, black and silent."""


class EchoMode(StrEnum):
    """What the mix does with the loudspeaker's sound in the microphone. The separate files are left as they are."""

    KEEP = "keep"
    CANCEL = "cancel"
    """Takes it out; needs the extra ``echo``."""


class Quality(StrEnum):
    """How well the picture is recorded, from all that was asked for to none of it. Each gives up all before it too."""

    FULL = "full"
    HALF_RATE = "half_rate"
    QUARTER_RATE = "quarter_rate"
    COARSE = "coarse"
    """Less detail."""
    AUDIO_ONLY = "audio_only"
    """The last picture stands."""


class Room(StrEnum):
    """How much the disk has left for a recording, from enough to none."""

    AMPLE = "ample"
    SCARCE = "scarce"
    """The picture is recorded coarsely."""
    SHORT = "short"
    """The picture stands, the sound goes on."""
    GONE = "gone"
    """What is left is needed to close the files: the recording ends."""


class PowerChange(StrEnum):
    """What became of the machine that records."""

    SLEPT = "slept"
    WOKE = "woke"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    UNWATCHED = "unwatched"
    """Nobody tells of any of these, from now on."""


class LiveMedia(StrEnum):
    """What of a recording can be heard and seen while it runs."""

    SOUND = "sound"
    """Both sides mixed."""
    SIDES = "sides"
    """The sound of each side by itself."""
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class MediaObject:
    """One file of a recording. ``path`` is relative to the recording's directory, with forward slashes.

    ``sub_code``: why one that failed did.
    """

    kind: MediaKind
    format: MediaFormat
    path: str
    bytes: int
    sha256: str
    status: MediaStatus
    sub_code: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    id: int
    name: str | None = field(repr=False)
    is_host: bool | None
    platform: str | None = "desktop"
    extra_data: Mapping[str, str] | None = None
    email: str | None = field(default=None, repr=False)


LOCAL_PARTICIPANT_ID = 100
REMOTE_PARTICIPANT_ID = 200
"""All remote sound, as long as nothing better is known."""


class ParticipantAction(StrEnum):
    JOIN = "join"
    LEAVE = "leave"
    UPDATE = "update"
    SPEECH_ON = "speech_on"
    SPEECH_OFF = "speech_off"
    WEBCAM_ON = "webcam_on"
    WEBCAM_OFF = "webcam_off"
    SCREENSHARE_ON = "screenshare_on"
    SCREENSHARE_OFF = "screenshare_off"
    CHAT_MESSAGE = "chat_message"


class ConsentStatus(StrEnum):
    NONE = "none"
    """Nobody said anything of it to this program."""
    ANNOUNCED = "announced"
    """The user says that the others were told."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who told the others that they are recorded, in which words, and when: wall time, ISO 8601 in UTC."""

    status: ConsentStatus = ConsentStatus.NONE
    by: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is known of the meeting itself; every field may be unknown."""

    title: str | None = field(default=None, repr=False)
    platform: str | None = None
    url: str | None = field(default=None, repr=False)
    app: str | None = None
    evidence: tuple[str, ...] = ()
    consent: Consent = field(default_factory=Consent)


@dataclass(frozen=True, slots=True)
class Monitor:
    """One screen, by the ``id`` that ``devices`` lists."""

    id: str


@dataclass(frozen=True, slots=True)
class AllMonitors:
    """The box around every screen."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in physical pixels of the whole desktop."""

    x_px: int
    y_px: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Window:
    """One window, by the ``id`` that ``devices`` lists. What lies above it is not recorded."""

    id: str


@dataclass(frozen=True, slots=True)
class TestPattern:
    """The built-in picture, for tests and for looking at the program without recording anything real."""

    __test__ = False  # the name begins like a test case's

    width_px: int = 640
    height_px: int = 360


ScreenTarget = Monitor | AllMonitors | Region | Window | TestPattern


@dataclass(frozen=True, slots=True)
class RecordingSpec:
    """What is to be recorded, and where to. ``None`` for a target or device means: leave that out."""

    id: RecordingId
    directory: Path
    screen: ScreenTarget | None
    microphone: DeviceId | None = DEFAULT_DEVICE
    system_audio: DeviceId | None = DEFAULT_DEVICE
    duration_ns: int | None = None
    frame_rate_fps: int = 30
    profile: str = "balanced"
    pause_mode: PauseMode = PauseMode.CUT
    echo_mode: EchoMode = EchoMode.KEEP
    ends_with_window: bool = False
    """Whether the recording of a ``Window`` ends when it is closed; else sound goes on and the last picture stands."""
    excluded_windows: tuple[Window, ...] = ()
    """Never seen in the recording of a screen: what lies beneath them is."""
    participant_name: str | None = field(default=None, repr=False)
    screen_permits: Path | None = None
    """Where a desktop's leave to see its screen is kept, so that it asks only once."""
    encoder_trials: Path | None = None
    """Where it is kept which encoders work here, so that this is found out only once."""
    own_lists: Path | None = None
    """The folder where the user keeps lists of meeting programs, and of how their windows tell who is there."""
    meeting: Meeting = field(default_factory=Meeting)
    live_media: tuple[LiveMedia, ...] = ()
    """What the worker also tells as it happens."""
    follows: Path | None = None
    """The directory of the recording that this one goes on with: its pictures keep the size that they have there."""
