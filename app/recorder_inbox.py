"""What the recorder is told, by the user, by meetings and by its workers. Light: windows and verbs say it."""

import queue
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.flow_events import FlowEvent
from capture.commands import Mark, Mute, Pause, Resume
from capture.recording import RecordingSpec

if TYPE_CHECKING:
    from app.capture_session import Told


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The user has told the others that they are recorded."""


Order = Pause | Resume | Mute | Mark
"""What may be asked of the recording that runs; without one it is passed over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How meetings are recorded. ``template``: id, directory and meeting are filled in for each."""

    template: RecordingSpec
    recordings: Path
    log: Path
    preroll_ns: int
    consent_notice: str = ""


@dataclass(frozen=True, slots=True)
class Replan:
    """From the next recording on. Its ``recordings`` and ``log`` are as before."""

    plan: Plan


Message: TypeAlias = "FlowEvent | Told | ConsentGiven | Order | Replan"
Inbox: TypeAlias = "queue.SimpleQueue[Message]"
