"""What is known of a recording's deliveries, for programs and for people."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.messages import Message, describe
from capture.recording import RecordingId
from uploader.errors import (
    NETWORK_CODES,
    AuthenticationFailed,
    KeyMissing,
    KeysUnreadable,
    LedgerUnusable,
    RecordingUnfinished,
)
from uploader.lease import is_being_sent
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.rules import HOLD_CODES, Hold
from uploader.session import remaining_s
from uploader.times import iso_utc

KEY_CODES = frozenset({AuthenticationFailed.code, KeyMissing.code, KeysUnreadable.code})

OUR_OWN: Mapping[str, str] = {LedgerUnusable.code: "notes", RecordingUnfinished.code: "recording"}
"""What no destination can help."""

WAITING_FOR = {
    "network": "waiting for network",
    "key": "paused until its key is right",
    "destination": "waiting",
    "notes": "waiting: this machine cannot note what it sends",
    "recording": "waiting for the end of the recording",
    Hold.PAUSED: "waiting: deliveries are paused",
    Hold.METERED: "waiting: metered network",
    Hold.BATTERY: "waiting: on battery",
    Hold.HOURS: "waiting for its time of day",
}


def delivery_document(recording_id: RecordingId, ledger: Ledger) -> dict[str, Any]:
    """The delivery that something happened to last; ``destinations`` has each."""
    last = ledger.delivery(recording_id)
    every = [_document(delivery) for delivery in ledger.deliveries(recording_id)]
    return {**_document(last), "destinations": every}


def _document(delivery: Delivery | None) -> dict[str, Any]:
    known = delivery or Delivery(RecordingId(""), "", Path())
    left_bytes = known.bytes_total - known.bytes_sent
    is_put_off = known.status is DeliveryStatus.WAITING and known.due_at_s > time.time()
    waiting_for = waited_for(known)
    return {
        "status": status_of(known) if delivery else "none",
        "destination": known.destination or None,
        "bytes_sent": known.bytes_sent,
        "bytes_total": known.bytes_total,
        "rate_bytes_per_s": known.rate_bytes_per_s,
        "remaining_s": remaining_s(left_bytes, known.rate_bytes_per_s),
        "waiting_for": waiting_for,
        "next_attempt_at": iso_utc(known.due_at_s) if is_put_off and waiting_for != "key" else None,
        "attempts": known.attempts,
        "last_error": None if known.last_error in HOLD_CODES else known.last_error,
    }


def status_of(delivery: Delivery) -> DeliveryStatus:
    """Whose sender died is not being sent, whatever the ledger says."""
    if delivery.status not in {DeliveryStatus.QUEUED, DeliveryStatus.SENDING}:
        return delivery.status
    return DeliveryStatus.SENDING if is_being_sent(delivery.directory) else DeliveryStatus.QUEUED


def waited_for(delivery: Delivery) -> str | None:
    if delivery.status is not DeliveryStatus.WAITING:
        return None
    if delivery.last_error in HOLD_CODES:
        return delivery.last_error
    if delivery.last_error in NETWORK_CODES:
        return "network"
    if delivery.last_error in KEY_CODES:
        return "key"
    return OUR_OWN.get(delivery.last_error or "", "destination")


def delivery_text(document: dict[str, Any]) -> str:
    """One line; ``document`` is a delivery's."""
    status = WAITING_FOR.get(document["waiting_for"], document["status"])
    trouble = f" ({document['last_error']})" if document["last_error"] else ""
    return f"delivery to {document['destination']}: {status}{trouble}"


def trouble_of(delivery: Delivery) -> Message | None:
    """In words, where it is not complete."""
    if delivery.status is DeliveryStatus.COMPLETE:
        return None
    if status_of(delivery) is DeliveryStatus.SENDING:
        return describe("being_sent")
    data = delivery.error_data
    return describe(delivery.last_error or "delivery_interrupted", data.get("reason", ""), data)
