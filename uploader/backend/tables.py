"""What the backend's database holds, and the frozen rows that come out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, MetaData, String, Table, text

from capture.recording import MediaKind

TABLES = MetaData()

TEXT = String().with_variant(String(collation="C"), "postgresql")
"""Compared byte by byte, as SQLite does it and times of day are meant, in whatever language the database is."""


def _only(condition: str) -> Mapping[str, Any]:
    """For an index of few among many rows. Queries must word it alike, as a text and not as a parameter."""
    return MappingProxyType({f"{dialect}_where": text(condition) for dialect in ("postgresql", "sqlite")})


PRESENT, UNVOUCHED = _only("status != 'deleted'"), _only("media_id IS NULL")

KEYS = Table(
    "keys",
    TABLES,
    Column("digest", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("name", TEXT),
    Column("scopes", JSON),
    Column("revoked_at", TEXT),
)

RECORDINGS = Table(
    "recordings",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("started_at", TEXT),
    Column("completed_at", TEXT),
    Column("duration_ns", BigInteger, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("sub_code", TEXT),
    Column("updated_at", TEXT, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("expires_at", TEXT),
    Column("account", JSON),
    Index("recordings_by_age", "workspace", "created_at", "id"),
    Index("recordings_by_status", "workspace", "status", "created_at", "id"),
    Index("recordings_present", "workspace", "created_at", "id", **PRESENT),
    Index("recordings_by_expiry", "expires_at", **PRESENT),
)

UPLOADS = Table(
    "uploads",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("recording_id", TEXT, ForeignKey("recordings.id"), nullable=False, unique=True),
    Column("created_at", TEXT, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("sub_code", TEXT),
    Column("updated_at", TEXT, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("recording_config", JSON, nullable=False),
    Index("uploads_by_age", "workspace", "created_at", "id"),
)

MEDIA = Table(
    "media",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("recording_id", TEXT, ForeignKey("recordings.id"), nullable=False),
    Column("resource", TEXT, nullable=False),
    Column("format", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("sub_code", TEXT),
    Column("updated_at", TEXT, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("data", JSON, nullable=False),
    Index("media_of_recording", "recording_id", "workspace", "resource", "created_at", "id"),
    Index("media_by_age", "workspace", "resource", "created_at", "id"),
    Index("media_by_status", "workspace", "resource", "status", "created_at", "id"),
    Index("media_present", "workspace", "resource", "created_at", "id", **PRESENT),
)

FILES = Table(
    "files",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("upload_id", TEXT, ForeignKey("uploads.id"), nullable=False, index=True),
    Column("media_id", TEXT, ForeignKey("media.id"), index=True),
    Column("path", TEXT, nullable=False),
    Column("kind", TEXT),
    Column("sha256", TEXT),
    Column("stored_sha256", TEXT),
    Column("length", BigInteger),
    Column("offset", BigInteger, nullable=False),
    Column("tus_metadata", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("expires_at", TEXT, nullable=False),
    Column("multipart_id", TEXT),
    Column("part_bytes", BigInteger),
    Index("files_by_expiry", "expires_at", **UNVOUCHED),
)


REALTIME_ENDPOINTS = Table(
    "realtime_endpoints",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("workspace", TEXT, nullable=False),
    Column("recording_id", TEXT, ForeignKey("recordings.id"), nullable=False, index=True),
    Column("created_at", TEXT, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("url", TEXT),
    Column("events", JSON, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("sub_code", TEXT),
    Column("updated_at", TEXT, nullable=False),
    Column("metadata", JSON, nullable=False),
    Index("realtime_endpoints_by_age", "workspace", "created_at", "id"),
    Index("realtime_endpoints_by_status", "workspace", "status", "created_at", "id"),
    Index("realtime_endpoints_by_type", "workspace", "type", "created_at", "id"),
    Index("realtime_endpoints_present", "workspace", "created_at", "id", **PRESENT),
)

DOOMED = Table(
    "doomed",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("upload_id", TEXT, nullable=False),
    Column("multipart_id", TEXT),
    Column("created_at", TEXT, nullable=False),
    Column("leased_until", TEXT),
)


class UploadStatus(StrEnum):
    PENDING = "pending"
    UPLOADING = "uploading"
    COMPLETE = "complete"
    FAILED = "failed"


class ResourceStatus(StrEnum):
    """Of a recording as the API tells it, and of its media objects."""

    PROCESSING = "processing"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    DELETED = "deleted"


class EndpointType(StrEnum):
    """Where live events of a recording go to."""

    RTMP = "rtmp"
    WEBSOCKET = "websocket"
    WEBHOOK = "webhook"
    DESKTOP_SDK_CALLBACK = "desktop_sdk_callback"


class RealtimeStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DELETED = "deleted"


class Resource(StrEnum):
    """The media objects of the API; one may be made of several files."""

    VIDEO_MIXED = "video_mixed"
    VIDEO_SEPARATE = "video_separate"
    AUDIO_MIXED = "audio_mixed"
    AUDIO_SEPARATE = "audio_separate"
    PARTICIPANT_EVENTS = "participant_events"
    MEETING_METADATA = "meeting_metadata"
    TRANSCRIPT = "transcript"


RESOURCE_OF: Mapping[MediaKind, Resource] = {
    MediaKind.VIDEO_MIXED: Resource.VIDEO_MIXED,
    MediaKind.AUDIO_MIXED: Resource.AUDIO_MIXED,
    MediaKind.AUDIO_SEPARATE: Resource.AUDIO_SEPARATE,
    MediaKind.VIDEO_SEPARATE: Resource.VIDEO_SEPARATE,
    MediaKind.PARTICIPANT_EVENTS: Resource.PARTICIPANT_EVENTS,
    MediaKind.PARTICIPANTS: Resource.PARTICIPANT_EVENTS,
    MediaKind.SPEAKER_TIMELINE: Resource.PARTICIPANT_EVENTS,
    MediaKind.MEETING_METADATA: Resource.MEETING_METADATA,
    MediaKind.TRANSCRIPT: Resource.TRANSCRIPT,
}


@dataclass(frozen=True, slots=True)
class Recording:
    """All times of day here and below: ISO 8601, UTC, with microseconds, so that they sort as text."""

    id: str
    workspace: str
    created_at: str
    started_at: str | None
    completed_at: str | None
    duration_ns: int
    status: ResourceStatus
    sub_code: str | None
    updated_at: str
    metadata: Mapping[str, str]
    expires_at: str | None = None
    account: Mapping[str, Any] | None = field(default=None, repr=False)
    """What its recorder tells of it beside the media; see ``completion``."""


@dataclass(frozen=True, slots=True)
class Upload:
    id: str
    workspace: str
    recording_id: str
    created_at: str
    status: UploadStatus
    sub_code: str | None
    updated_at: str
    metadata: Mapping[str, str]
    recording_config: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Media:
    """A recording has one of each resource, and of transcripts also those that were made here."""

    id: str
    workspace: str
    recording_id: str
    resource: Resource
    format: str
    created_at: str
    status: ResourceStatus
    sub_code: str | None
    updated_at: str
    metadata: Mapping[str, str]
    data: Mapping[str, Any]

    @property
    def is_made_here(self) -> bool:
        """A transcript that was asked for here, rather than one that its sender had."""
        return "provider" in self.data


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of an upload. ``sha256`` is what its sender announced, ``stored_sha256`` what its bytes gave.

    ``media_id`` is set once a manifest vouched for it. ``multipart_id``: of its parts, where it is in a store;
    ``part_bytes``: of each, where they come through the backend and not straight from a sender.
    """

    id: str
    upload_id: str
    media_id: str | None
    path: str
    kind: MediaKind | None
    sha256: str | None
    stored_sha256: str | None
    length: int | None
    offset: int
    tus_metadata: str
    created_at: str
    expires_at: str
    multipart_id: str | None = None
    part_bytes: int | None = None

    @property
    def finished(self) -> bool:
        return self.offset == self.length


@dataclass(frozen=True, slots=True)
class RealtimeEndpoint:
    """``url`` may let in whoever knows it; a callback has none. The sender delivers, and tells what became of it."""

    id: str
    workspace: str
    recording_id: str
    created_at: str
    type: EndpointType
    url: str | None = field(repr=False)
    events: Sequence[str]
    status: RealtimeStatus
    sub_code: str | None
    updated_at: str
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doomed:
    """Bytes that nothing leads to any more, until they are gone. ``id`` was the file's.

    ``leased_until``: somebody takes them away now, unless he has died.
    """

    id: str
    upload_id: str
    multipart_id: str | None
    created_at: str
    leased_until: str | None = None
