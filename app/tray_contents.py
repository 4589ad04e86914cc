"""What the tray's menu lists: the latest recordings with their state, and what there is to record. For any thread."""

from datetime import datetime
from itertools import islice

from PySide6.QtCore import QCoreApplication

from app.library import manifests
from app.paths import Paths
from app.recording_plan import ALL_SCREENS, NO_SCREEN
from app.tray_menu import Choice, Recent
from capture.errors import SourceError
from capture.manifest import Manifest
from capture.recording import NS_PER_S, RecordingId, RecordingStatus
from capture.screen import list_screens
from capture.unfinished import UNFINISHED
from uploader.errors import LedgerUnusable
from uploader.ledger import DeliveryStatus, Ledger

translate = QCoreApplication.translate

SHOWN = 5


def recent(paths: Paths) -> list[Recent]:
    """The newest first. What cannot be read is told of where all are listed."""
    found = (each for each in manifests(paths) if isinstance(each, Manifest))
    shown = list(islice((each for each in found if each.status.code not in UNFINISHED), SHOWN))
    states = _delivery_states(paths, shown)
    return [Recent(each.spec.id, f"{_described(each)}   {states[each.spec.id]}") for each in shown]


def targets() -> list[Choice]:
    """Where the desktop does not tell its screens, it asks which one to share."""
    try:
        screens = [(each.id, each.name) for each in list_screens()]
    except SourceError:
        screens = [("1", translate("targets", "The screen"))]
    choices = [Choice(number, _screen_words(number, name)) for number, name in screens]
    if len(screens) > 1:
        choices.append(Choice(ALL_SCREENS, translate("targets", "All screens")))
    return [*choices, Choice(NO_SCREEN, translate("targets", "Sound only"))]


def _screen_words(number: str, name: str) -> str:
    return name if name and name != number else translate("targets", "Screen {number}").format(number=number)


def _described(manifest: Manifest) -> str:
    began = datetime.fromisoformat(manifest.started_at).astimezone()
    minutes, seconds = divmod(manifest.duration_ns // NS_PER_S, 60)
    name = manifest.spec.meeting.title or began.strftime("%x")
    return f"{name}, {began:%H:%M}, {minutes}:{seconds:02}"


def _delivery_states(paths: Paths, shown: list[Manifest]) -> dict[RecordingId, str]:
    if not paths.ledger.exists():
        return {each.spec.id: _state(each, None) for each in shown}
    try:
        with Ledger(paths.ledger) as ledger:
            found = {each.spec.id: ledger.delivery(each.spec.id) for each in shown}
    except LedgerUnusable:
        found = {}
    statuses = {number: delivery.status for number, delivery in found.items() if delivery is not None}
    return {each.spec.id: _state(each, statuses.get(each.spec.id)) for each in shown}


def _state(manifest: Manifest, delivery: DeliveryStatus | None) -> str:
    if manifest.status.code is RecordingStatus.FAILED:
        return translate("recent", "nothing playable")
    words = {
        None: translate("recent", "on this machine"),
        DeliveryStatus.QUEUED: translate("recent", "to be delivered"),
        DeliveryStatus.SENDING: translate("recent", "being delivered"),
        DeliveryStatus.WAITING: translate("recent", "waiting to be delivered"),
        DeliveryStatus.COMPLETE: translate("recent", "delivered"),
        DeliveryStatus.FAILED: translate("recent", "not delivered"),
    }
    return words[delivery]
