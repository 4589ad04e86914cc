"""What the user wants done, as windows and the tray say it. The application alone carries it out."""

from dataclasses import dataclass
from enum import StrEnum

from app.recorder_inbox import Message
from app.settings import Value
from capture.recording import RecordingId


class WindowName(StrEnum):
    """Its file below ``app/views``."""

    RECORDINGS = "recordings"
    PLAYER = "player"
    SETTINGS = "settings"
    FIRST_RUN = "first_run"
    CHECKUP = "checkup"


@dataclass(frozen=True, slots=True)
class Tell:
    """The recorder: an answer, an order, a moment to mark."""

    message: Message


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """``subject``: the recording that it is to show, where it shows one. ``at_s``: the moment that it is to play."""

    name: WindowName
    subject: RecordingId | None = None
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Remember:
    """A setting. It counts at once, as far as that is possible while a recording runs."""

    key: str
    value: Value


@dataclass(frozen=True, slots=True)
class CopyText:
    """To the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """What the ledger says is owed, now: somebody has noted more."""


@dataclass(frozen=True, slots=True)
class SwitchPill:
    """Shows the pill, or hides it, as long as this recording lasts."""


@dataclass(frozen=True, slots=True)
class DismissTrouble:
    """It was read."""


@dataclass(frozen=True, slots=True)
class AskToQuit:
    """While it records it is asked once more."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Without another question: a recording is finished first."""


Intent = Tell | OpenWindow | Remember | CopyText | Deliver | SwitchPill | DismissTrouble | AskToQuit | Leave
