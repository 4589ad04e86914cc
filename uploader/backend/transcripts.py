"""``/recording/{id}/create_transcript/``: another transcript of what is stored."""

from http import HTTPStatus
from uuid import uuid4

from starlette.responses import Response

from capture.recording import MediaFormat, MediaKind
from uploader.backend.calls import Call
from uploader.backend.json_text import json_response
from uploader.backend.refusal import Reason, Refusal, conflict
from uploader.backend.resources import Shapes
from uploader.backend.store import Transaction, owned
from uploader.backend.tables import Media, Recording, Resource, ResourceStatus
from uploader.backend.transcript_requests import Request, read_request
from uploader.backend.transcript_tables import Transcription
from uploader.backend.views import View, view_of
from uploader.times import iso_utc

MOST_TRANSCRIPTS = 10
"""Of one recording, whoever made them."""

SOUND = (MediaKind.AUDIO_SEPARATE, MediaKind.AUDIO_MIXED, MediaKind.VIDEO_MIXED)
NO_ENGINE = (
    "This backend has no engine for transcripts. Choose one where it runs, "
    "as in `afterword config set transcription_engine pocketsphinx`, and start `afterword serve` again."
)


def create(call: Call) -> Response:
    """It is made when its turn comes; webhooks tell of that, or who asks again."""
    workspace = call.workspace()
    transcriber = call.backend.transcriber
    if transcriber is None:
        raise Refusal(HTTPStatus.BAD_REQUEST, Reason.NO_ENGINE, NO_ENGINE)
    request = read_request(call.document(), transcriber.providers)
    now = iso_utc(call.backend.now_s())
    with call.backend.store.transaction() as transaction:
        recording = owned(transaction.hold(Recording, call.path["id"]), workspace)
        _require_ready(view_of(transaction, recording.id))
        media = _begin(transaction, recording, request, now)
        view = view_of(transaction, recording.id)
    call.backend.transcripts_wanted.set()
    return json_response(Shapes(call.backend.signer.addresses(call.base_url)).media(view, view.one(media.id)))


def _require_ready(view: View) -> None:
    """Raises ``Refusal``."""
    if view.recording.status == ResourceStatus.DELETED:
        raise Refusal(HTTPStatus.GONE, Reason.RECORDING_DELETED)
    if view.recording.status in {ResourceStatus.PROCESSING, ResourceStatus.PAUSED}:
        raise conflict(Reason.RECORDING_UNFINISHED, "This recording is not complete yet.")
    if not any(file.kind in SOUND for file in view.files):
        raise conflict(Reason.NOTHING_TO_TRANSCRIBE, "No sound of this recording is stored.")
    present = [media for media in view.media if media.resource == Resource.TRANSCRIPT]
    if sum(media.status != ResourceStatus.DELETED for media in present) >= MOST_TRANSCRIPTS:
        detail = f"A recording has at most {MOST_TRANSCRIPTS} transcripts; delete one to make room."
        raise conflict(Reason.TOO_MANY_TRANSCRIPTS, detail)


def _begin(transaction: Transaction, recording: Recording, request: Request, now: str) -> Media:
    media = Media(
        id=str(uuid4()),
        workspace=recording.workspace,
        recording_id=recording.id,
        resource=Resource.TRANSCRIPT,
        format=MediaFormat.JSON,
        created_at=now,
        status=ResourceStatus.PROCESSING,
        sub_code=None,
        updated_at=now,
        metadata=request.metadata,
        data={"provider": request.provider, "diarization": request.diarization},
    )
    transaction.add(media)
    transaction.add(Transcription(media.id, now, now))
    return media
