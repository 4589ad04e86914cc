"""What can be done about a recording: its words, and what is told to the recorder."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.flow_events import Answer, Answered
from app.intents import Tell
from app.tray_state import Act
from capture.commands import Mark, Mute, Pause, Resume
from capture.recording import Side

translate = QCoreApplication.translate

INTENTS: Mapping[Act, Tell] = {
    Act.RECORD: Tell(Answered(Answer.RECORD)),
    Act.NOT_NOW: Tell(Answered(Answer.NOT_NOW)),
    Act.NEVER: Tell(Answered(Answer.NEVER)),
    Act.KEEP: Tell(Answered(Answer.KEEP)),
    Act.STOP: Tell(Answered(Answer.STOP)),
    Act.UNDO: Tell(Answered(Answer.UNDO)),
    Act.PAUSE: Tell(Pause()),
    Act.RESUME: Tell(Resume()),
    Act.MUTE: Tell(Mute(Side.MICROPHONE)),
    Act.UNMUTE: Tell(Mute(Side.MICROPHONE, muted=False)),
    Act.MARK: Tell(Mark()),
}


def label(act: Act) -> str:
    """On buttons and in menus."""
    words = {
        Act.RECORD: translate("acts", "Record"),
        Act.NOT_NOW: translate("acts", "Not now"),
        Act.NEVER: translate("acts", "Never for this app"),
        Act.KEEP: translate("acts", "Keep recording"),
        Act.STOP: translate("acts", "Stop"),
        Act.UNDO: translate("acts", "Go on with the last recording"),
        Act.PAUSE: translate("acts", "Pause"),
        Act.RESUME: translate("acts", "Resume"),
        Act.MUTE: translate("acts", "Mute my microphone"),
        Act.UNMUTE: translate("acts", "Unmute my microphone"),
        Act.MARK: translate("acts", "Mark this moment"),
    }
    return words[act]


def short_label(act: Act) -> str:
    """Where there is little room; ``label`` goes with it, for who sees only that."""
    words = {
        Act.KEEP: translate("acts", "Keep"),
        Act.MUTE: translate("acts", "Mute"),
        Act.UNMUTE: translate("acts", "Unmute"),
        Act.MARK: translate("acts", "Mark"),
    }
    return words.get(act) or label(act)
