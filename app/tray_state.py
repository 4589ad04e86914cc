"""What the tray shows, from how things stand. Pure, but for the language that Qt speaks at the moment."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.flow_events import StopReason
from app.flow_state import Ending, Idle, Offered, Over, Recording, Stopping
from app.icons import Icon
from app.language import said
from app.situation import Situation, Take
from capture.meetings.verdicts import UNKNOWN_PLATFORM, DetectedMeeting
from capture.recording import NS_PER_S, RecordingStatus, Side

translate = QCoreApplication.translate


class Act(StrEnum):
    """What can be done about a recording, in the order of the menu."""

    RECORD = "record"
    NOT_NOW = "not_now"
    NEVER = "never"
    KEEP = "keep"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    MUTE = "mute"
    UNMUTE = "unmute"
    MARK = "mark"
    UNDO = "undo"


class Click(StrEnum):
    """What a click on the icon does."""

    RECORD = "record"
    PILL = "pill"
    """Shows what is recorded, with the ways to pause and stop it: one click must not end a recording."""
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class TrayState:
    """``headline`` is the menu's first line; ``warnings`` are whole sentences."""

    icon: Icon
    headline: str
    warnings: tuple[str, ...]
    acts: frozenset[Act]
    click: Click

    @property
    def tooltip(self) -> str:
        return "\n".join((f"Afterword: {self.headline}", *self.warnings))


def tray_state(situation: Situation) -> TrayState:
    return TrayState(
        icon=_icon(situation),
        headline=_headline(situation),
        warnings=_warnings(situation),
        acts=acts_of(situation),
        click=_click(situation),
    )


def acts_of(situation: Situation) -> frozenset[Act]:
    """Those that make sense now."""
    acts: set[Act] = set()
    match situation.phase:
        case Idle():
            acts |= {Act.RECORD}
        case Offered():
            acts |= {Act.RECORD, Act.NOT_NOW, Act.NEVER}
        case Recording():
            acts |= {Act.STOP} | _acts_in(situation)
        case Ending():
            acts |= {Act.STOP, Act.KEEP} | _acts_in(situation)
        case Stopping(reason=StopReason.USER | StopReason.MEETING_ENDED, goes_on=False):
            acts |= {Act.UNDO}
    if situation.stopped is not None and isinstance(situation.phase, Idle | Offered):
        acts.add(Act.UNDO)
    return frozenset(acts)


def _acts_in(situation: Situation) -> set[Act]:
    """Only once the recorder has begun: before, nobody would hear."""
    if situation.take is None:
        return set()
    is_paused = situation.take.status is RecordingStatus.PAUSED
    mute = Act.UNMUTE if Side.MICROPHONE in situation.muted else Act.MUTE
    return {Act.RESUME, mute} if is_paused else {Act.PAUSE, Act.MARK, mute}


def _icon(situation: Situation) -> Icon:
    take = situation.take
    match situation.phase:
        case Recording() | Ending() if take is not None and take.status is RecordingStatus.PAUSED:
            return Icon.PAUSED
        case Recording() | Ending() if take is not None and take.troubles:
            return Icon.ATTENTION
        case Recording() | Ending() | Stopping():
            return Icon.RECORDING
        case Offered():
            return Icon.OFFERED
    if situation.trouble is not None:
        return Icon.ATTENTION
    return Icon.DELIVERING if situation.sending else Icon.IDLE


def _click(situation: Situation) -> Click:
    match situation.phase:
        case Idle() | Offered():
            return Click.RECORD
        case Recording() | Ending() if situation.take is not None:
            return Click.PILL
    return Click.MENU


def _headline(situation: Situation) -> str:
    match situation.phase:
        case Recording() | Ending():
            return _recording_line(situation)
        case Stopping(goes_on=goes_on):
            going_on, finishing = translate("tray", "Going on …"), translate("tray", "Finishing the recording …")
            return going_on if goes_on else finishing
        case Offered(meeting=meeting):
            return meeting_line(meeting)
        case Over():
            return translate("tray", "Ending …")
    return _idle_line(situation)


def _recording_line(situation: Situation) -> str:
    if situation.take is None:
        return translate("tray", "Starting to record …")
    if situation.take.status is RecordingStatus.PAUSED:
        line = translate("tray", "Paused, {elapsed}")
    elif isinstance(situation.phase, Ending):
        line = translate("tray", "The meeting is over, {elapsed}")
    elif Side.MICROPHONE in situation.muted:
        line = translate("tray", "Recording without your microphone, {elapsed}")
    else:
        line = translate("tray", "Recording, {elapsed}")
    return line.format(elapsed=elapsed_text(situation.take))


def _idle_line(situation: Situation) -> str:
    if situation.kept_ns is not None:
        line = translate("tray", "Listening: the last {seconds} s are kept in memory, nothing is written")
        return line.format(seconds=situation.kept_ns // NS_PER_S)
    if situation.sending == 1:
        return translate("tray", "Delivering a recording …")
    if situation.sending:
        return translate("tray", "Delivering {count} recordings …").format(count=situation.sending)
    return translate("tray", "Not recording")


def _warnings(situation: Situation) -> tuple[str, ...]:
    standing = () if situation.take is None else tuple(said(each.words) for each in situation.take.troubles)
    return standing if situation.trouble is None else (*standing, said(situation.trouble.message))


def elapsed_text(take: Take) -> str:
    minutes, seconds = divmod(take.elapsed_ns // NS_PER_S, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def meeting_line(meeting: DetectedMeeting) -> str:
    if meeting.platform == UNKNOWN_PLATFORM:
        return translate("tray", "Meeting in {app} detected").format(app=meeting.app)
    return translate("tray", "{platform} meeting detected").format(platform=platform_name(meeting))


def platform_name(meeting: DetectedMeeting) -> str:
    """For people: the app's own where it is the platform's, else made of the platform's word."""
    words = meeting.platform.replace("_", " ")
    return meeting.app if words.casefold() in meeting.app.casefold() else words.title()
