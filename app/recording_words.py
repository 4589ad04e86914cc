"""A recording's row in words. For any thread."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.delivery_progress import sized
from app.language import in_full, said
from app.recording_rows import SHOWN_KINDS, Row, Shipment
from app.settings import LOCAL
from capture.recording import NS_PER_S, MediaKind, MediaStatus, RecordingStatus
from uploader.errors import AuthenticationFailed, KeyMissing
from uploader.ledger import DeliveryStatus
from uploader.rules import Hold

translate = QCoreApplication.translate

KEYS: Final = {AuthenticationFailed.code, KeyMissing.code}
MINUTE_S: Final = 60
HOUR_S: Final = 3600

ISOLATED: Final = "\u2068{}\u2069"
"""A name stays one, whichever way it is written, and what stands beside it is not turned round by it."""


def isolated(name: str) -> str:
    return ISOLATED.format(name)


def titled(row: Row) -> str:
    """By its date where nobody gave it a title."""
    if row.title:
        return row.title
    if row.trouble is not None:
        return translate("recordings", "A recording that cannot be read")
    return translate("recordings", "Recording")


def dated(row: Row) -> str:
    if row.started_at is None:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(row.started_at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def clocked(seconds: float) -> str:
    """As in 1:02:03 or 2:03."""
    whole = int(seconds)
    minutes = f"{whole % HOUR_S // MINUTE_S}:{whole % MINUTE_S:02}"
    return minutes if whole < HOUR_S else f"{whole // HOUR_S}:{minutes.zfill(5)}"


def length(row: Row) -> str:
    if row.status in {RecordingStatus.RECORDING, RecordingStatus.PAUSED}:
        return translate("recordings", "being recorded")
    return clocked(row.duration_ns / NS_PER_S) if row.status is not None else ""


def facts(row: Row) -> str:
    """In one line."""
    return "  ·  ".join(filter(None, (dated(row), length(row), isolated(row.app) if row.app else "", _size(row))))


def saved(row: Row) -> str:
    """What there is of one that broke off; else nothing."""
    match row.status:
        case RecordingStatus.INTERRUPTED:
            words = translate("recordings", "It broke off. {length} of it are saved and can be played.")
            return words.format(length=clocked(row.duration_ns / NS_PER_S))
        case RecordingStatus.FAILED:
            return translate("recordings", "It broke off before anything could be played. Its files are kept.")
    return ""


def kind_name(kind: MediaKind) -> str:
    names: Mapping[MediaKind, str] = {
        MediaKind.VIDEO_MIXED: translate("recordings", "Video"),
        MediaKind.AUDIO_MIXED: translate("recordings", "Sound"),
        MediaKind.TRANSCRIPT: translate("recordings", "Transcript"),
        MediaKind.PARTICIPANT_EVENTS: translate("recordings", "People"),
        MediaKind.MEETING_METADATA: translate("recordings", "Details"),
    }
    return names[kind]


def state_name(status: MediaStatus | None) -> str:
    names: Mapping[MediaStatus | None, str] = {
        None: translate("recordings", "none"),
        MediaStatus.PROCESSING: translate("recordings", "in the making"),
        MediaStatus.DONE: translate("recordings", "ready"),
        MediaStatus.FAILED: translate("recordings", "failed"),
        MediaStatus.DELETED: translate("recordings", "not on this machine any more"),
    }
    return names[status]


def media_words(row: Row) -> str:
    return ", ".join(f"{kind_name(kind)}: {state_name(row.media.get(kind))}" for kind in SHOWN_KINDS)


def shipped(shipment: Shipment | None) -> str:
    """Short: beside its bar."""
    if shipment is None:
        return translate("recordings", "On this machine only")
    match shipment.status:
        case DeliveryStatus.COMPLETE:
            return translate("recordings", "Delivered")
        case DeliveryStatus.QUEUED:
            return translate("recordings", "To be delivered")
        case DeliveryStatus.FAILED:
            return translate("recordings", "Not delivered")
        case DeliveryStatus.WAITING:
            return waiting(shipment)
    return amount(shipment)


def waiting(shipment: Shipment) -> str:
    words: Mapping[str | None, str] = {
        "network": translate("recordings", "Waiting for the network"),
        "key": translate("recordings", "Needs a key"),
        Hold.PAUSED: translate("recordings", "Deliveries are paused"),
        Hold.METERED: translate("recordings", "Waiting: metered network"),
        Hold.BATTERY: translate("recordings", "Waiting: on battery"),
        Hold.HOURS: translate("recordings", "Waiting for its time of day"),
    }
    return words.get(shipment.waiting_for, translate("recordings", "Tried again soon"))


def amount(shipment: Shipment) -> str:
    """Bytes, and how fast they go."""
    words = translate("recordings", "{sent} of {total}").format(
        sent=sized(shipment.sent_bytes), total=sized(shipment.total_bytes)
    )
    return f"{words}, {sized(shipment.rate_bytes_per_s)}/s" if shipment.rate_bytes_per_s else words


def destination(shipment: Shipment) -> str:
    """Where it goes, by its name."""
    if shipment.destination == LOCAL:
        return translate("recordings", "This machine's own backend")
    return urlsplit(shipment.destination).hostname or shipment.destination


def attention(row: Row) -> str:
    """What somebody should know or do about it, in a sentence or two; mostly nothing."""
    if row.trouble is not None:
        return in_full(row.trouble)
    parts = [saved(row)]
    shipment = row.shipment
    if shipment is not None and shipment.trouble is not None and shipment.waiting_for not in set(Hold):
        parts += [said(shipment.trouble.message), _comfort(shipment.trouble.code)]
    return " ".join(filter(None, parts))


def _comfort(code: str) -> str:
    """The hints of the command line name its verbs; here are buttons."""
    if code in KEYS:
        return translate("recordings", "It is safe on this machine; a key is given under Settings, Delivery.")
    return translate("recordings", "It is safe on this machine.")


def described(row: Row) -> str:
    """All of it, for who hears it read."""
    parts = (titled(row), dated(row), length(row), row.app, shipped(row.shipment), attention(row), media_words(row))
    return ". ".join(each.rstrip(".") for each in parts if each)


def _size(row: Row) -> str:
    return sized(row.bytes) if row.bytes else ""
