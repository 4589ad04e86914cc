"""What may be asked of the worker: the other union of its protocol.

Each class's ``type`` is its tag on the wire.
"""

from dataclasses import dataclass
from typing import ClassVar

from capture.recording import RecordingSpec, Side


@dataclass(frozen=True, slots=True)
class Arm:
    """Opens the sources and keeps the last ``preroll_ns`` in memory, for a ``Start`` with the same sources.

    ``Discard`` forgets it, as do all commands that would end a recording.
    """

    type: ClassVar[str] = "arm"
    spec: RecordingSpec
    preroll_ns: int


@dataclass(frozen=True, slots=True)
class Start:
    type: ClassVar[str] = "start"
    spec: RecordingSpec


@dataclass(frozen=True, slots=True)
class Pause:
    type: ClassVar[str] = "pause"


@dataclass(frozen=True, slots=True)
class Resume:
    type: ClassVar[str] = "resume"


@dataclass(frozen=True, slots=True)
class Mute:
    """Silences one side in the recording only; ``muted`` false lifts it."""

    type: ClassVar[str] = "mute"
    side: Side
    muted: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    type: ClassVar[str] = "mark"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Announce:
    """Puts into the meeting's metadata that the others were told that they are recorded."""

    type: ClassVar[str] = "announce"
    by: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    type: ClassVar[str] = "stop"


@dataclass(frozen=True, slots=True)
class Discard:
    """Ends the recording and deletes it, or forgets what was kept for one: the user's own word."""

    type: ClassVar[str] = "discard"


@dataclass(frozen=True, slots=True)
class Shutdown:
    type: ClassVar[str] = "shutdown"


Command = Arm | Start | Pause | Resume | Mute | Mark | Announce | Stop | Discard | Shutdown
