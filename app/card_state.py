"""Which card is to be shown, from how things stand. Pure, but for the language that Qt speaks at the moment."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.acts import INTENTS, label
from app.flow_events import StopReason
from app.flow_state import Ending, Idle, Offered, Recording, Stopping
from app.intents import CopyText, Intent, Tell
from app.recorder_inbox import ConsentGiven
from app.situation import Situation
from app.tray_state import Act, meeting_line
from capture.recording import RecordingId

translate = QCoreApplication.translate


class CardKind(StrEnum):
    OFFER = "offer"
    ENDING = "ending"
    CONSENT = "consent"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Button:
    """Without an intent it closes the card, and nothing else."""

    text: str
    intent: Intent | None
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class CardState:
    """``subject`` tells one card from the next of its kind. ``until_ns``: what the seconds left are counted to."""

    kind: CardKind
    subject: str
    title: str
    text: str
    buttons: tuple[Button, ...]
    until_ns: int | None = None


def card_state(situation: Situation, notice: str) -> CardState | None:
    """``notice``: what the user wants to tell the others; empty for nothing."""
    match situation.phase:
        case Ending(until_ns=until_ns):
            return _ending(until_ns)
        case Offered(meeting=meeting, until_ns=until_ns):
            title, text = meeting_line(meeting), meeting.title or translate("card", "Record it?")
            buttons = (_button(Act.RECORD, is_primary=True), _button(Act.NOT_NOW), _button(Act.NEVER))
            return CardState(CardKind.OFFER, meeting.id, title, text, buttons, until_ns)
        case Recording() if situation.take is not None and notice and not situation.take.is_announced:
            return _consent(situation.take.recording_id, notice)
        case Stopping(reason=StopReason.USER | StopReason.MEETING_ENDED, goes_on=False):
            return _stopped(translate("card", "Finishing the recording …"))
        case Idle() if situation.stopped is not None:
            return _stopped(translate("card", "Recording saved"), situation.stopped.until_ns)
    return None


def _ending(until_ns: int) -> CardState:
    title = translate("card", "The meeting is over")
    text = translate("card", "The recording stops in {seconds} s.")
    stop = Button(translate("card", "Stop now"), INTENTS[Act.STOP])
    return CardState(CardKind.ENDING, "", title, text, (_button(Act.KEEP, is_primary=True), stop), until_ns)


def _consent(recording: RecordingId, notice: str) -> CardState:
    title = translate("card", "Tell the others that you record")
    copy = Button(translate("card", "Copy"), CopyText(notice), is_primary=True)
    told = Button(translate("card", "They know"), Tell(ConsentGiven()))
    later = Button(translate("card", "Later"), None)
    return CardState(CardKind.CONSENT, recording, title, notice, (copy, told, later))


def _stopped(title: str, until_ns: int | None = None) -> CardState:
    text = translate("card", "Stopped too early? It can go on.")
    undo, close = (
        Button(translate("card", "Go on recording"), INTENTS[Act.UNDO]),
        Button(translate("card", "Close"), None),
    )
    return CardState(CardKind.STOPPED, title, title, text, (undo, close), until_ns)


def _button(act: Act, *, is_primary: bool = False) -> Button:
    return Button(label(act), INTENTS[act], is_primary)
