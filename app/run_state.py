"""What one can ask the program that runs to do, and how it then says that it stands. Light: for verbs that only ask."""

from enum import StrEnum


class Verb(StrEnum):
    START = "start"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    STATUS = "status"
    MUTE = "mute"
    UNMUTE = "unmute"
    MARK = "mark"
    SHOW = "show"
    """Comes to the front: a second one was started."""


class RunState(StrEnum):
    IDLE = "idle"
    OFFERED = "offered"
    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"
    STOPPING = "stopping"


RUNNING = frozenset({RunState.STARTING, RunState.RECORDING, RunState.PAUSED})
