"""``recording.json``: what a recording directory says of itself; on disk it is always the old one or the new."""

import contextlib
import errno
import json
import os
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from capture.errors import DiskFull, FolderNotWritable, ManifestError, ManifestTooNew, ProtocolError, StorageError
from capture.recording import EndReason, MediaObject, PowerChange, Quality, RecordingSpec, RecordingStatus, Room
from capture.wire import from_document, to_document

MANIFEST_NAME = "recording.json"
MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two pauses: where it lies on the timeline, and when it began by the wall clock (ISO 8601).

    A blank one is a pause that was not cut out.
    """

    start_ns: int
    duration_ns: int
    started_at: str
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class FrameCount:
    captured: int = 0
    repeated: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    start_s: float
    duration_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class AudioReceipt:
    source: str
    device: str
    drift_ms_per_min: float | None
    """``None`` where the recorder ended before it could tell."""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenReceipt:
    """By which means the screen was looked at last, and why not by better ones."""

    source: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class EncoderReceipt:
    """Which encoder of pictures was to be used, which was, and why not the wanted one."""

    wanted: str
    used: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class QualityStep:
    """From then on the picture was recorded like this."""

    at_s: float
    step: Quality
    reason: str


@dataclass(frozen=True, slots=True)
class PowerReceipt:
    """``duration_s``: how long the machine slept, where it woke. ``reason``: what went wrong, where something did."""

    at_s: float
    change: PowerChange
    duration_s: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DiskReceipt:
    """From then on the disk had so much room, or so little."""

    at_s: float
    room: Room
    free_bytes: int


@dataclass(frozen=True, slots=True)
class DeviceChange:
    at_s: float
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class WarningReceipt:
    """What the user was warned of, and when."""

    at_s: float
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment that the user marked."""

    at_s: float
    text: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What really happened."""

    frames: FrameCount = field(default_factory=FrameCount)
    audio: tuple[AudioReceipt, ...] = ()
    devices: tuple[DeviceChange, ...] = ()
    power: tuple[PowerReceipt, ...] = ()
    disk: tuple[DiskReceipt, ...] = ()
    ended_by: EndReason | None = None
    screen: ScreenReceipt | None = None
    encoder: EncoderReceipt | None = None
    quality: tuple[QualityStep, ...] = ()
    warnings: tuple[WarningReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    code: RecordingStatus
    sub_code: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """``started_at`` and ``completed_at`` are wall time, ISO 8601 in UTC; the rest counts from the start."""

    spec: RecordingSpec
    status: Status
    started_at: str
    completed_at: str | None = None
    duration_ns: int = 0
    timeline: tuple[Segment, ...] = ()
    marks: tuple[Mark, ...] = ()
    media: tuple[MediaObject, ...] = ()
    receipt: Receipt = field(default_factory=Receipt)
    version: int = MANIFEST_VERSION


def write_manifest(manifest: Manifest, directory: Path) -> None:
    """Raises ``StorageError``; the manifest that was there before is then still there, whole."""
    write_json(manifest_document(manifest), directory / MANIFEST_NAME)


def manifest_document(manifest: Manifest) -> dict[str, Any]:
    return {"id": manifest.spec.id, **to_document(manifest)}


def read_manifest(directory: Path) -> Manifest:
    """``spec.directory`` of what comes back is where the manifest was found, should the folder have been moved.

    Raises ``ManifestError``, ``ManifestTooNew``.
    """
    path = directory / MANIFEST_NAME
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path}: {error}"
        raise ManifestError(message, path=str(path)) from error
    return parse_manifest(document, directory)


def parse_manifest(document: Any, directory: Path) -> Manifest:  # noqa: ANN401 - a JSON document has no better type
    """``directory`` is where it was found. Raises ``ManifestError``, ``ManifestTooNew``."""
    path = directory / MANIFEST_NAME
    version = document.get("version") if isinstance(document, dict) else None
    if isinstance(version, int) and version > MANIFEST_VERSION:
        message = f"{path} has schema version {version}, newer than {MANIFEST_VERSION}"
        raise ManifestTooNew(message, path=str(path), version=str(version))
    try:
        document["spec"]["directory"] = str(directory)
        manifest = from_document(document, Manifest)
        for date in (manifest.started_at, *(segment.started_at for segment in manifest.timeline)):
            datetime.fromisoformat(date)
    except (ProtocolError, KeyError, TypeError, ValueError) as error:
        message = f"{path}: {error}"
        raise ManifestError(message, path=str(path)) from error
    return manifest


def write_json(document: Any, path: Path) -> None:  # noqa: ANN401 - a JSON document has no better type
    """As ``replace_file``. Half a surrogate pair, as a window's title may hold, is written as JSON's own escape."""
    replace_file(json.dumps(document, ensure_ascii=False, indent=2) + "\n", path)


def replace_file(text: str, path: Path) -> None:
    """Temporary file, fsync, rename, fsync of the folder. Raises ``StorageError``; what was there is then whole."""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error


def sync_folder(folder: Path) -> None:
    """Makes a rename or a new name in ``folder`` survive a power cut, where the system can (Windows cannot)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage_error(error: OSError, path: Path) -> StorageError:
    """The one translation of the system's refusals to write."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(str(error), folder=str(path.parent))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
        return FolderNotWritable(str(error), folder=str(path.parent))
    return StorageError(str(error), folder=str(path.parent))
