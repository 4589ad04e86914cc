"""The recordings of this machine, as the command line and the windows show them: manifests joined with deliveries."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.delivery_document import delivery_document, delivery_text
from app.messages import Failure
from app.paths import Paths
from capture.errors import ManifestError
from capture.manifest import MANIFEST_NAME, Manifest, read_manifest
from capture.recording import NS_PER_S
from capture.unfinished import holds_something
from capture.wire import to_document
from uploader.ledger import Ledger

PLAIN_NAME = re.compile(r"[\w-][\w.-]*")


def recording_directory(paths: Paths, recording_id: str) -> Path:
    """Raises ``Failure`` for what is no recording of ours."""
    if PLAIN_NAME.fullmatch(recording_id) is not None:
        for place in paths.places:
            directory = place / recording_id
            if (directory / MANIFEST_NAME).is_file() or holds_something(directory):
                return directory
    raise Failure("unknown_recording", id=recording_id)


def recording_directories(paths: Paths) -> list[Path]:
    """Those with a manifest, wherever they lie; each once, also while it is being moved."""
    found = [path.parent for place in reversed(paths.places) for path in place.glob(f"*/{MANIFEST_NAME}")]
    return list({directory.name: directory for directory in found}.values())


def manifests(paths: Paths) -> Iterator[Manifest | ManifestError]:
    """The newest first; a manifest that cannot be read is listed as the error that it is."""
    found: list[Manifest | ManifestError] = []
    for directory in recording_directories(paths):
        try:
            found.append(read_manifest(directory))
        except ManifestError as error:
            found.append(error)
    yield from sorted(found, key=lambda each: each.started_at if isinstance(each, Manifest) else "", reverse=True)


def recording_document(manifest: Manifest, ledger: Ledger) -> dict[str, Any]:
    """A recording as ``show`` gives it."""
    return {
        "id": manifest.spec.id,
        "title": manifest.spec.meeting.title,
        "platform": manifest.spec.meeting.platform,
        "directory": str(manifest.spec.directory),
        "started_at": manifest.started_at,
        "completed_at": manifest.completed_at,
        "duration_s": round(manifest.duration_ns / NS_PER_S, 3),
        "status": to_document(manifest.status),
        "media": [to_document(media) for media in manifest.media],
        "receipt": to_document(manifest.receipt),
        "delivery": delivery_document(manifest.spec.id, ledger),
    }


def recording_text(document: dict[str, Any]) -> str:
    """The same for people."""
    lines = [
        f"{document['title'] or 'Recording'}  {document['id']}",
        f"  {document['started_at']}  {document['duration_s']:.1f} s  {document['status']['code']}",
        f"  {document['directory']}",
    ]
    lines += [f"  {media['status']:<7} {media['bytes']:>12,}  {media['path']}" for media in document["media"]]
    lines += [f"  {delivery_text(each)}" for each in document["delivery"]["destinations"]]
    return "\n".join(lines)
