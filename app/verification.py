"""Whether the files of a recording are still those that were recorded."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.messages import Message, describe
from capture.manifest import Manifest
from capture.media import sha256
from capture.recording import MediaObject, MediaStatus


class FileState(StrEnum):
    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """``media`` is what the manifest says of the file; ``bytes`` and ``sha256`` are what is there."""

    path: Path
    media: MediaObject
    state: FileState
    bytes: int | None = None
    sha256: str | None = None
    reason: str = ""

    def document(self) -> dict[str, Any]:
        return {
            "path": self.media.path,
            "state": self.state,
            "recorded": {"bytes": self.media.bytes, "sha256": self.media.sha256},
            "found": None if self.bytes is None else {"bytes": self.bytes, "sha256": self.sha256},
        }

    def trouble(self) -> Message | None:
        if self.state is FileState.INTACT:
            return None
        data = {"path": str(self.path), "recorded": f"{self.media.bytes:,}", "found": f"{self.bytes or 0:,}"}
        return describe(f"file_{self.state}", self.reason, data)


def verify(manifest: Manifest) -> list[Finding]:
    """Each file that the manifest lists, and that was not deleted on purpose."""
    return [_finding(manifest.spec.directory / media.path, media) for media in manifest.media]


def _finding(path: Path, media: MediaObject) -> Finding:
    if not path.is_file():
        is_meant = media.status is MediaStatus.DELETED
        return Finding(path, media, FileState.INTACT if is_meant else FileState.MISSING)
    try:
        size, digest = path.stat().st_size, sha256(path)
    except OSError as error:
        return Finding(path, media, FileState.UNREADABLE, reason=error.strerror or str(error))
    state = FileState.INTACT if digest == media.sha256 else FileState.CHANGED
    return Finding(path, media, state, size, digest)
