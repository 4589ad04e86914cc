"""What a manifest claims of its recording: the part that sender and receiver must agree on.

Read leniently, because either end may be the newer program: everything else in the document is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from capture.manifest import MANIFEST_NAME
from capture.recording import MediaFormat, MediaKind, MediaObject, MediaStatus, RecordingId, RecordingStatus
from uploader.documents import read_document, whole_number
from uploader.errors import InvalidManifest
from uploader.times import normalized

E = TypeVar("E", bound=StrEnum)

SHA256_DIGITS = 64
MEASURED = {MediaStatus.DONE, MediaStatus.DELETED}
LARGEST_COUNT = 2**63 - 1
"""No database holds a larger number."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``document`` is the manifest as it was read, for passing on."""

    recording_id: RecordingId
    status: RecordingStatus
    sub_code: str | None
    started_at: str | None
    completed_at: str | None
    duration_ns: int
    media: tuple[MediaObject, ...]
    document: Mapping[str, Any] = field(repr=False)

    @property
    def deliverable(self) -> tuple[MediaObject, ...]:
        """The media objects that have bytes to send, smallest first."""
        done = (media for media in self.media if media.status is MediaStatus.DONE)
        return tuple(sorted(done, key=lambda media: media.bytes))

    @property
    def is_released(self) -> bool:
        """Whether part of it was deleted here, because a destination holds it."""
        return any(media.status is MediaStatus.DELETED for media in self.media)

    def as_delivered(self) -> "Claim":
        """As it was before anything of it was released: what a destination should hold."""
        entries = [
            {**entry, "status": MediaStatus.DONE} if entry["status"] == MediaStatus.DELETED else entry
            for entry in self.document["media"]
        ]
        media = tuple(
            replace(media, status=MediaStatus.DONE) if media.status is MediaStatus.DELETED else media
            for media in self.media
        )
        return replace(self, media=media, document={**self.document, "media": entries})

    @property
    def bytes_total(self) -> int:
        return sum(media.bytes for media in self.deliverable)


def read_claim(directory: Path) -> Claim:
    """Raises ``InvalidManifest``."""
    path = directory / MANIFEST_NAME
    try:
        document = read_document(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InvalidManifest({MANIFEST_NAME: [str(error)]}) from error
    return parse_claim(document)


def parse_claim(document: object) -> Claim:
    """Raises ``InvalidManifest`` that names every field at fault."""
    if not isinstance(document, dict):
        raise InvalidManifest({"document": ["An object is expected."]})
    fields = _Fields(document)
    spec, status = fields.section("spec"), fields.section("status")
    claim = Claim(
        recording_id=RecordingId(spec.text("id")),
        status=status.member("code", RecordingStatus),
        sub_code=status.optional_text("sub_code"),
        started_at=fields.moment("started_at"),
        completed_at=fields.moment("completed_at"),
        duration_ns=fields.count("duration_ns", absent=0),
        media=tuple(_media(entry) for entry in fields.entries("media")),
        document=document,
    )
    paths = [media.path for media in claim.media]
    if len(set(paths)) < len(paths):
        fields.fault("media", "Two media objects have the same path.")
    if fields.faults:
        raise InvalidManifest(fields.faults)
    return claim


def _media(entry: "_Fields") -> MediaObject:
    status = entry.member("status", MediaStatus)
    media = MediaObject(
        kind=entry.member("kind", MediaKind),
        format=entry.member("format", MediaFormat),
        path=entry.text("path"),
        bytes=entry.count("bytes"),
        sha256=entry.text("sha256") if status in MEASURED else (entry.optional_text("sha256") or ""),
        status=status,
        sub_code=entry.optional_text("sub_code"),
    )
    if status in MEASURED and not _is_sha256(media.sha256):
        entry.fault("sha256", "64 lower-case hexadecimal digits are expected.")
    if not is_inner_path(media.path):
        entry.fault("path", "A relative path with forward slashes is expected.")
    return media


def _is_sha256(digest: str) -> bool:
    return len(digest) == SHA256_DIGITS and set(digest) <= set("0123456789abcdef")


def is_inner_path(path: str) -> bool:
    """Whether ``path`` stays inside a recording's directory, on every system."""
    parts = path.split("/")
    return all(part not in {"", ".", ".."} for part in parts) and not set(path) & set('\\:\0"')


class _Fields:
    """Reads typed fields of one object; notes what is wrong under its dotted name and goes on."""

    def __init__(
        self, document: Mapping[str, Any], prefix: str = "", faults: dict[str, list[str]] | None = None
    ) -> None:
        self._document = document
        self._prefix = prefix
        self.faults: dict[str, list[str]] = {} if faults is None else faults

    def fault(self, name: str, message: str) -> None:
        self.faults.setdefault(self._prefix + name, []).append(message)

    def section(self, name: str) -> "_Fields":
        value = self._document.get(name)
        if not isinstance(value, dict):
            self.fault(name, "An object is expected.")
            return _Fields({})
        return _Fields(value, f"{self._prefix}{name}.", self.faults)

    def entries(self, name: str) -> list["_Fields"]:
        value = self._document.get(name)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.fault(name, "A list of objects is expected.")
            return []
        return [_Fields(entry, f"{self._prefix}{name}.{i}.", self.faults) for i, entry in enumerate(value)]

    def text(self, name: str) -> str:
        value = self._document.get(name)
        if isinstance(value, str) and value:
            return value
        self.fault(name, "A text is expected.")
        return ""

    def optional_text(self, name: str) -> str | None:
        value = self._document.get(name)
        return None if value is None or value == "" else self.text(name)

    def count(self, name: str, absent: int | None = None) -> int:
        value = whole_number(self._document.get(name, absent))
        if value is not None and 0 <= value <= LARGEST_COUNT:
            return value
        self.fault(name, f"A whole number from 0 to {LARGEST_COUNT} is expected.")
        return 0

    def moment(self, name: str) -> str | None:
        value = self.optional_text(name)
        if value:
            try:
                normalized(value)
            except ValueError:
                self.fault(name, "An ISO 8601 time is expected.")
        return value

    def member(self, name: str, of: type[E]) -> E:
        value = self._document.get(name)
        known = {member.value: member for member in of}
        if isinstance(value, str) and value in known:
            return known[value]
        self.fault(name, f"One of {', '.join(known)} is expected.")
        return next(iter(of))
