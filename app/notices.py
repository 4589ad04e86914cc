"""What the desktop's notifications tell: only what has just become so. Pure, but for the language of the moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.language import said
from app.situation import Situation
from app.tray_state import platform_name
from capture.meetings.verdicts import UNKNOWN_PLATFORM, DetectedMeeting

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    text: str


def notices(before: Situation, now: Situation) -> Iterator[Notice]:
    if before.take is None and now.take is not None and now.meeting is not None:
        yield _began(now.meeting)
    if now.take is not None:
        known = () if before.take is None else before.take.troubles
        yield from (Notice(said(each.words), said(each.hint)) for each in now.take.troubles if each not in known)
    if now.trouble is not None and now.trouble != before.trouble:
        yield Notice(said(now.trouble.message), said(now.trouble.hint))


def _began(meeting: DetectedMeeting) -> Notice:
    """No title of a meeting: a notification may be seen by those whom the screen is shared with."""
    name = meeting.app if meeting.platform == UNKNOWN_PLATFORM else platform_name(meeting)
    text = translate("notice", "The {platform} meeting is recorded.").format(platform=name)
    return Notice(translate("notice", "Recording"), text)
