"""A recording whose worker died: what survived is probed, hashed and listed, and nothing is deleted."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import av
from av.error import FFmpegError

from capture.disk import Headroom
from capture.manifest import Manifest, Status, read_manifest, write_manifest
from capture.media import media_objects
from capture.participants.log import wall_clock_text
from capture.recording import NS_PER_S, EndReason, MediaFormat, MediaObject, MediaStatus, RecordingStatus

logger = logging.getLogger(__name__)

UNFINISHED = {RecordingStatus.RECORDING, RecordingStatus.PAUSED}


def recover(directory: Path) -> Manifest:
    """Makes an unfinished recording ``interrupted``, or ``failed`` where nothing plays. Others stay as they are.

    Raises ``ManifestError``, ``StorageError``.
    """
    manifest = read_manifest(directory)
    if manifest.status.code not in UNFINISHED:
        return manifest
    Headroom(directory).give_back()
    lengths_ns = {}
    media = []
    for found in media_objects(directory):
        lengths_ns[found.path] = _played_ns(directory / found.path, found)
        media.append(found if lengths_ns[found.path] != 0 else replace(found, status=MediaStatus.FAILED))
    duration_ns = max((length or 0 for length in lengths_ns.values()), default=0)
    closed = replace(
        manifest,
        status=Status(RecordingStatus.INTERRUPTED if duration_ns else RecordingStatus.FAILED, EndReason.CRASH),
        completed_at=wall_clock_text(datetime.now(UTC)),
        duration_ns=duration_ns,
        media=tuple(media),
        receipt=replace(manifest.receipt, ended_by=EndReason.CRASH),
    )
    write_manifest(closed, directory)
    return closed


def _played_ns(path: Path, media: MediaObject) -> int | None:
    """How long the file plays, by its packets; 0 where it does not; ``None`` for what is not played."""
    if media.format is MediaFormat.JSON:
        return None
    try:
        with av.open(str(path)) as container:
            ends = [float(packet.pts * packet.time_base) for packet in container.demux() if packet.pts is not None]
    except (FFmpegError, OSError) as error:
        logger.warning("%s cannot be played: %s", path.name, error)
        return 0
    return round(max(ends, default=0.0) * NS_PER_S)
