"""The JSON shapes of the API: every field of a recording, an upload and the media objects is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, REMOTE_PARTICIPANT_ID, MediaKind, Participant, Side
from uploader.backend.signing import DownloadSigner, Subject
from uploader.backend.tables import Media, RealtimeEndpoint, Recording, Resource, ResourceStatus, Upload
from uploader.backend.views import ShownFile, ShownUpload, View
from uploader.documents import read_document

Json = dict[str, Any]

SHORTCUTS = (
    Resource.VIDEO_MIXED,
    Resource.AUDIO_MIXED,
    Resource.TRANSCRIPT,
    Resource.PARTICIPANT_EVENTS,
    Resource.MEETING_METADATA,
)

PARTED = frozenset({Resource.VIDEO_SEPARATE, Resource.AUDIO_SEPARATE})
"""Whose address leads to a list of parts."""

WEBCAM, SCREENSHARE = "webcam", "screenshare"
"""What a separate video shows; its file is named for it."""

PARTICIPANT_OF: Mapping[str, int] = {
    Side.MICROPHONE: LOCAL_PARTICIPANT_ID,
    Side.SYSTEM: REMOTE_PARTICIPANT_ID,
    WEBCAM: LOCAL_PARTICIPANT_ID,
    SCREENSHARE: LOCAL_PARTICIPANT_ID,
}
"""Whose each separate file is, by its name."""


def status_json(row: Recording | Upload | Media | RealtimeEndpoint) -> Json:
    return {"code": row.status, "sub_code": row.sub_code, "updated_at": row.updated_at}


def upload_json(upload: Upload, token: str) -> Json:
    return {
        "id": upload.id,
        "status": status_json(upload),
        "recording_id": upload.recording_id,
        "upload_token": token,
        "created_at": upload.created_at,
        "metadata": upload.metadata,
    }


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes that carry addresses: absolute, and signed where they lead to bytes."""

    signer: DownloadSigner
    base_url: str

    def recording(self, view: View) -> Json:
        recording, upload = view.recording, view.upload
        return {
            "id": recording.id,
            "created_at": recording.created_at,
            "started_at": recording.started_at,
            "completed_at": recording.completed_at,
            "status": status_json(recording),
            "media_shortcuts": {resource: self._shortcut(view, resource) for resource in SHORTCUTS},
            "realtime_endpoints": [{"id": each.id, "metadata": each.metadata} for each in view.endpoints],
            "bot": None,
            "desktop_sdk_upload": {"id": upload.id, "metadata": upload.metadata} if upload else None,
            "expires_at": recording.expires_at,
            "metadata": recording.metadata,
        }

    def media(self, view: View, media: Media) -> Json:
        recording = {"id": view.recording.id, "metadata": view.recording.metadata}
        return {**self._media(view, media), "recording": recording}

    def _shortcut(self, view: View, resource: Resource) -> Json | None:
        media = view.present(resource)
        return self._media(view, media) if media else None

    def _media(self, view: View, media: Media) -> Json:
        shape: Json = {
            "id": media.id,
            "created_at": media.created_at,
            "status": status_json(media),
            "metadata": media.metadata,
            "data": self._data(view, media),
            "format": media.format,
        }
        if media.resource is Resource.TRANSCRIPT:
            shape |= _transcript_options(view.upload, media)
        return shape

    def _data(self, view: View, media: Media) -> Json:
        files = view.files_of(media) if media.status is ResourceStatus.DONE else []
        if media.resource is Resource.PARTICIPANT_EVENTS:
            kinds = (MediaKind.PARTICIPANT_EVENTS, MediaKind.SPEAKER_TIMELINE, MediaKind.PARTICIPANTS)
            return {f"{kind}_download_url": self._file_url(files, kind) for kind in kinds}
        if media.resource in PARTED:
            return {"download_url": self.signer.address(self.base_url, Subject.PARTS, media.id) if files else None}
        url = self._file_url(files, MediaKind(media.resource))
        if media.resource is Resource.MEETING_METADATA:
            return {"title": media.data.get("title"), "zoom": None, "download_url": url}
        if media.resource is Resource.TRANSCRIPT:
            return {"download_url": url, "provider_data_download_url": self._file_url(files, None)}
        return {"download_url": url}

    def _file_url(self, files: Sequence[ShownFile], kind: MediaKind | None) -> str | None:
        """Without a ``kind``: what an engine itself said."""
        file = next((file for file in files if file.kind is kind), None)
        return self.signer.address(self.base_url, Subject.FILE, file.id) if file else None

    def parts(self, view: View, media: Media, participants: bytes) -> list[Json]:
        """One entry for each side's own file; ``participants`` is the recording's own list, as it was stored."""
        known = _by_id(participants)
        return [self._part(view, file, known) for file in sorted(view.files_of(media), key=attrgetter("path"))]

    def _part(self, view: View, file: ShownFile, known: Mapping[int, Json]) -> Json:
        stem = PurePosixPath(file.path).stem
        participant_id = PARTICIPANT_OF.get(stem, REMOTE_PARTICIPANT_ID)
        unknown = asdict(Participant(id=participant_id, name=None, is_host=participant_id == LOCAL_PARTICIPANT_ID))
        shown = {"type": WEBCAM if stem == WEBCAM else SCREENSHARE} if file.kind is MediaKind.VIDEO_SEPARATE else {}
        return {
            "id": file.id,
            "participant": known.get(participant_id, unknown),
            "start_timestamp": {"absolute": view.recording.started_at, "relative": 0.0},
            "duration": view.recording.duration_ns / NS_PER_S,
            "download_url": self.signer.address(self.base_url, Subject.FILE, file.id),
            **shown,
        }


def realtime_json(recording: Recording, endpoint: RealtimeEndpoint) -> Json:
    return {
        "id": endpoint.id,
        "created_at": endpoint.created_at,
        "recording": {"id": recording.id, "metadata": recording.metadata},
        "metadata": endpoint.metadata,
        "type": endpoint.type,
        "status": status_json(endpoint),
        "url": endpoint.url,
        "events": list(endpoint.events),
    }


def _transcript_options(upload: ShownUpload | None, media: Media) -> Json:
    """As they were asked for with it, or when the upload was made."""
    if media.is_made_here:
        return {"provider": media.data["provider"], "diarization": media.data["diarization"]}
    transcript = upload.recording_config.get("transcript") if upload else None
    options = transcript if isinstance(transcript, dict) else {}
    provider, diarization = options.get("provider"), options.get("diarization")
    return {
        "provider": provider if isinstance(provider, dict) else {},
        "diarization": diarization if isinstance(diarization, dict) else None,
    }


def _by_id(participants: bytes) -> dict[int, Json]:
    """The file is a sender's: what is not a list of participants names none."""
    try:
        document = read_document(participants)
    except ValueError:
        return {}
    entries = document if isinstance(document, list) else []
    return {entry["id"]: entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), int)}
