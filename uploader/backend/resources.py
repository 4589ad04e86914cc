"""The JSON shapes of the API: every field of a recording, an upload and the media objects is written here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, REMOTE_PARTICIPANT_ID, MediaKind, Participant, Side
from uploader.backend.json_text import JsonText, json_text, quoted
from uploader.backend.signing import Addresses, Subject
from uploader.backend.tables import Media, RealtimeEndpoint, Recording, Resource, ResourceStatus, Upload
from uploader.backend.view_query import ShownFile, ShownMedia, ShownRecording
from uploader.backend.views import View
from uploader.documents import read_document

Json = dict[str, Any]

SHORTCUTS = (
    Resource.VIDEO_MIXED,
    Resource.AUDIO_MIXED,
    Resource.TRANSCRIPT,
    Resource.PARTICIPANT_EVENTS,
    Resource.MEETING_METADATA,
)

EVENT_KINDS = (MediaKind.PARTICIPANT_EVENTS, MediaKind.SPEAKER_TIMELINE, MediaKind.PARTICIPANTS)

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
    """Shapes that carry addresses: absolute, and signed where they lead to bytes.

    A page has hundreds of them: they are written as text at once, and what is stored as JSON goes in as it is.
    """

    addresses: Addresses

    def recording(self, view: View) -> JsonText:
        recording, present = view.recording, view.present()
        shortcuts = [f'"{resource}":{self._shortcut(view, present.get(resource))}' for resource in SHORTCUTS]
        endpoints = [_reference(each.id, each.metadata) for each in view.endpoints]
        return JsonText(
            f'{{"id":"{recording.id}","created_at":"{recording.created_at}",'
            f'"started_at":{quoted(recording.started_at)},"completed_at":{quoted(recording.completed_at)},'
            f'"status":{_status(recording)},"media_shortcuts":{{{",".join(shortcuts)}}},'
            f'"realtime_endpoints":[{",".join(endpoints)}],"bot":null,'
            f'"desktop_sdk_upload":{_reference(recording.upload_id, recording.upload_metadata)},'
            f'"expires_at":{quoted(recording.expires_at)},"metadata":{recording.metadata}}}'
        )

    def media(self, view: View, media: ShownMedia) -> JsonText:
        recording = _reference(view.recording.id, view.recording.metadata)
        return JsonText(f'{{{self._media(view, media)},"recording":{recording}}}')

    def _shortcut(self, view: View, media: ShownMedia | None) -> str:
        return f"{{{self._media(view, media)}}}" if media else "null"

    def _media(self, view: View, media: ShownMedia) -> str:
        """The fields, without braces."""
        fields = (
            f'"id":"{media.id}","created_at":"{media.created_at}","status":{_status(media)},'
            f'"metadata":{media.metadata},"data":{self._data(view, media)},"format":{quoted(media.format)}'
        )
        if media.resource != Resource.TRANSCRIPT:
            return fields
        options = _transcript_options(view.recording.recording_config, media)
        return f"{fields},{json_text(options)[1:-1]}"

    def _data(self, view: View, media: ShownMedia) -> str:
        files = view.files_of(media) if media.status == ResourceStatus.DONE else ()
        if media.resource == Resource.PARTICIPANT_EVENTS:
            urls = [f'"{kind}_download_url":{self._file_url(files, kind)}' for kind in EVENT_KINDS]
            return f"{{{','.join(urls)}}}"
        if media.resource in PARTED:
            return f'{{"download_url":{quoted(self.addresses.of(Subject.PARTS, media.id) if files else None)}}}'
        url = self._file_url(files, media.resource)
        if media.resource == Resource.MEETING_METADATA:
            return f'{{"title":{quoted(json.loads(media.data).get("title"))},"zoom":null,"download_url":{url}}}'
        if media.resource == Resource.TRANSCRIPT:
            return f'{{"download_url":{url},"provider_data_download_url":{self._file_url(files, None)}}}'
        return f'{{"download_url":{url}}}'

    def _file_url(self, files: Sequence[ShownFile], kind: str | None) -> str:
        """Without a ``kind``: what an engine itself said. A resource of one file has the name of that file's kind."""
        for file in files:
            if file.kind == kind:
                return quoted(self.addresses.of(Subject.FILE, file.id))
        return "null"

    def parts(self, view: View, media: ShownMedia, participants: bytes) -> list[Json]:
        """One entry for each side's own file; ``participants`` is the recording's own list, as it was stored."""
        known = _by_id(participants)
        return [self._part(view, file, known) for file in sorted(view.files_of(media), key=attrgetter("path"))]

    def _part(self, view: View, file: ShownFile, known: Mapping[int, Json]) -> Json:
        stem = PurePosixPath(file.path).stem
        participant_id = PARTICIPANT_OF.get(stem, REMOTE_PARTICIPANT_ID)
        unknown = asdict(Participant(id=participant_id, name=None, is_host=participant_id == LOCAL_PARTICIPANT_ID))
        shown = {"type": WEBCAM if stem == WEBCAM else SCREENSHARE} if file.kind == MediaKind.VIDEO_SEPARATE else {}
        return {
            "id": file.id,
            "participant": known.get(participant_id, unknown),
            "start_timestamp": {"absolute": view.recording.started_at, "relative": 0.0},
            "duration": view.recording.duration_ns / NS_PER_S,
            "download_url": self.addresses.of(Subject.FILE, file.id),
            **shown,
        }


def _status(row: ShownRecording | ShownMedia) -> str:
    return f'{{"code":"{row.status}","sub_code":{quoted(row.sub_code)},"updated_at":"{row.updated_at}"}}'


def _reference(row_id: str | None, metadata: JsonText | None) -> str:
    return f'{{"id":"{row_id}","metadata":{metadata}}}' if row_id else "null"


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


def _transcript_options(recording_config: JsonText | None, media: ShownMedia) -> Json:
    """As they were asked for with it, or when the upload was made."""
    data = json.loads(media.data)
    if "provider" in data:
        return {"provider": data["provider"], "diarization": data["diarization"]}
    transcript = json.loads(recording_config or "{}").get("transcript")
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
