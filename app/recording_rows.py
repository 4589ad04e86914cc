"""What a list shows of each recording, read anew where something has changed. For one thread that may wait."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.delivery_document import status_of, trouble_of, waited_for
from app.delivery_ledger import open_ledger
from app.messages import Message, describe
from app.paths import Paths
from capture.errors import ManifestError
from capture.manifest import MANIFEST_NAME, Manifest, read_manifest
from capture.recording import MediaKind, MediaStatus, RecordingId, RecordingStatus
from uploader.errors import LedgerUnusable
from uploader.ledger import Delivery, DeliveryStatus

SHOWN_KINDS: Final = (
    MediaKind.VIDEO_MIXED,
    MediaKind.AUDIO_MIXED,
    MediaKind.TRANSCRIPT,
    MediaKind.PARTICIPANT_EVENTS,
    MediaKind.MEETING_METADATA,
)
BATCH: Final = 100
SEEN_NAME: Final = ".seen"
"""In a recording that broke off, once somebody has seen what was saved of it."""

BROKEN_OFF: Final = {RecordingStatus.INTERRUPTED, RecordingStatus.FAILED}

Mark = tuple[int, int, int]
Marks = Mapping[RecordingId, tuple[Path, Mark]]
"""Where each recording lies, and what its manifest looked like."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """How far a recording is on its way. ``waiting_for`` as in ``delivery_document``."""

    destination: str
    status: DeliveryStatus
    sent_bytes: int
    total_bytes: int
    rate_bytes_per_s: float | None = None
    waiting_for: str | None = None
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``started_at`` in local time. ``trouble``: why nothing else is known of it."""

    recording_id: RecordingId
    directory: Path
    title: str = field(default="", repr=False)
    started_at: datetime | None = None
    duration_ns: int = 0
    app: str | None = None
    status: RecordingStatus | None = None
    media: Mapping[MediaKind, MediaStatus] = field(default_factory=dict)
    paths: Mapping[MediaKind, str] = field(default_factory=dict)
    """Of those that are there."""
    people: tuple[str, ...] = field(default=(), repr=False)
    bytes: int = 0
    is_news: bool = False
    """It broke off, and nobody has seen yet what was saved."""
    shipment: Shipment | None = None
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    rows: tuple[Row, ...] = ()
    gone: frozenset[RecordingId] = frozenset()


class RecordingRows:
    """``changes`` tells first all there is, the latest first, then what is different from the time before."""

    def __init__(self, paths: Paths, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """``is_cancelled`` is asked before each recording is read."""
        self._paths = paths
        self._is_cancelled = is_cancelled
        self._marks: dict[RecordingId, tuple[Path, Mark]] = {}
        self._rows: dict[RecordingId, Row] = {}
        self._shipments: Mapping[RecordingId, Shipment] = {}
        self._ledger_mark: tuple[Mark | None, ...] = ()
        self._is_moving = False

    def changes(self) -> Iterator[Change]:
        """In pieces: between two of them one can stop."""
        shipments, self._shipments = self._shipments, self._read_shipments()
        marks: Marks = {name: mark for place in reversed(self._paths.places) for name, mark in _marks(place)}
        gone = self._rows.keys() - marks.keys()
        for recording_id in gone:
            del self._rows[recording_id], self._marks[recording_id]
        if gone:
            yield Change(gone=frozenset(gone))
        changed = [each for each, mark in marks.items() if self._marks.get(each) != mark]
        changed.sort(key=lambda each: marks[each][1], reverse=True)
        moved = {each for each in self._rows if shipments.get(each) != self._shipments.get(each)} - set(changed)
        wanted = [*moved, *changed]
        for first in range(0, len(wanted), BATCH):
            rows = tuple(self._read(wanted[first : first + BATCH], marks))
            if self._is_cancelled():
                return
            for row in rows:
                self._rows[row.recording_id] = row
                self._marks[row.recording_id] = marks[row.recording_id]
            yield Change(rows)

    def _read(self, wanted: Sequence[RecordingId], marks: Marks) -> Iterator[Row]:
        for each in wanted:
            if self._is_cancelled():
                return
            yield read_row(marks[each][0], self._shipments.get(each))

    def _read_shipments(self) -> Mapping[RecordingId, Shipment]:
        """Only where the ledger was written; who sends may die without a word."""
        names = (self._paths.ledger, self._paths.ledger.with_name(f"{self._paths.ledger.name}-wal"))
        marks = tuple(_mark(each) for each in names)
        if marks == self._ledger_mark and not self._is_moving:
            return self._shipments
        if not self._paths.ledger.exists():
            return {}
        try:
            with open_ledger(self._paths) as ledger:
                found = {each.recording_id: shipment_of(each) for each in ledger.all()}
        except LedgerUnusable:  # whoever delivers tells of it
            return self._shipments
        self._ledger_mark = marks
        self._is_moving = any(each.status in {DeliveryStatus.SENDING, DeliveryStatus.QUEUED} for each in found.values())
        return found


def shipment_of(delivery: Delivery) -> Shipment:
    """Raises ``LedgerUnusable``."""
    if delivery.status is DeliveryStatus.COMPLETE:
        return Shipment(delivery.destination, delivery.status, delivery.bytes_sent, delivery.bytes_total)
    status = status_of(delivery)
    return Shipment(
        delivery.destination,
        status,
        delivery.bytes_sent,
        delivery.bytes_total,
        delivery.rate_bytes_per_s if status is DeliveryStatus.SENDING else None,
        waited_for(delivery),
        None if status in {DeliveryStatus.SENDING, DeliveryStatus.QUEUED} else trouble_of(delivery),
    )


def read_row(directory: Path, shipment: Shipment | None) -> Row:
    recording_id = RecordingId(directory.name)
    try:
        manifest = read_manifest(directory)
    except ManifestError as error:
        return Row(recording_id, directory, trouble=describe(error.code, error.reason, error.data), shipment=shipment)
    return Row(
        recording_id,
        directory,
        title=manifest.spec.meeting.title or "",
        started_at=datetime.fromisoformat(manifest.started_at).astimezone(),
        duration_ns=manifest.duration_ns,
        app=manifest.spec.meeting.app or manifest.spec.meeting.platform,
        status=manifest.status.code,
        media={each.kind: each.status for each in manifest.media},
        paths={each.kind: each.path for each in manifest.media if each.status is MediaStatus.DONE},
        people=_people(directory),
        bytes=sum(each.bytes for each in manifest.media if each.status is MediaStatus.DONE),
        is_news=_is_news(manifest),
        shipment=shipment,
    )


def mark_seen(directory: Path) -> None:
    """Raises ``OSError``. The manifest looks changed, so that whoever lists recordings looks again."""
    (directory / SEEN_NAME).touch()
    os.utime(directory / MANIFEST_NAME)


def _is_news(manifest: Manifest) -> bool:
    return manifest.status.code in BROKEN_OFF and not (manifest.spec.directory / SEEN_NAME).exists()


def _people(directory: Path) -> tuple[str, ...]:
    """Empty where that file says nothing."""
    try:
        found = json.loads((directory / "participants.json").read_bytes())
        return tuple(str(each["name"]) for each in found if each["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _marks(folder: Path) -> Iterator[tuple[RecordingId, tuple[Path, Mark]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # it is not there yet, or not any more
        return
    for entry in entries:
        directory = Path(entry.path)
        mark = _mark(directory / MANIFEST_NAME)
        if mark is not None:
            yield RecordingId(entry.name), (directory, mark)


def _mark(path: Path) -> Mark | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino
