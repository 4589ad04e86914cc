"""``/sdk_upload/{id}/progress/``: the sender tells how the recording goes while it is made."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call
from uploader.backend.refusal import InvalidFields, not_found
from uploader.backend.resources import status_json
from uploader.backend.store import Transaction
from uploader.backend.tables import RealtimeEndpoint, RealtimeStatus, Recording, ResourceStatus
from uploader.times import iso_utc


class Progress(StrEnum):
    RECORDING = "recording"
    PAUSED = "paused"
    ENDED = "ended"


def tell(call: Call) -> Response:
    """By the upload's token. ``code`` is of the recording; ``failed_endpoints`` maps ids to the reason of each."""
    upload_id = call.path["upload_id"]
    call.backend.access.require_upload_token(call.authorization, upload_id)
    upload = call.backend.intake.open_upload(upload_id)
    document = call.document()
    code, failed = _code(document), _failed(document)
    now = iso_utc(call.backend.now_s())
    with call.backend.store.transaction() as transaction:
        recording = transaction.hold(Recording, upload.recording_id)
        if recording is None:
            raise not_found()
        recording = _moved(transaction, recording, code, now)
        for endpoint in transaction.find(RealtimeEndpoint, recording_id=[recording.id]):
            if endpoint.id in failed and endpoint.status is RealtimeStatus.RUNNING:
                reason = failed[endpoint.id]
                transaction.change(endpoint, status=RealtimeStatus.FAILED, sub_code=reason, updated_at=now)
    return JSONResponse({"recording": {"id": recording.id, "status": status_json(recording)}})


def _code(document: Mapping[str, Any]) -> Progress:
    if document.get("code") not in list(Progress):
        raise InvalidFields({"code": [f"One of {', '.join(Progress)} is expected."]})
    return Progress(document["code"])


def _failed(document: Mapping[str, Any]) -> Mapping[str, str]:
    failed = document.get("failed_endpoints")
    if failed is None:
        return {}
    if not isinstance(failed, dict) or not all(isinstance(reason, str) for reason in failed.values()):
        raise InvalidFields({"failed_endpoints": ["A map of ids to reasons is expected."]})
    return failed


def _moved(transaction: Transaction, recording: Recording, code: Progress, now: str) -> Recording:
    """Dates are the manifest's in the end; until then they are those of what was told. Raises ``Refusal``."""
    changes: dict[str, Any] = {}
    if recording.started_at is None:
        changes["started_at"] = now
    if code is Progress.ENDED and recording.completed_at is None:
        changes["completed_at"] = now
    status = ResourceStatus.PAUSED if code is Progress.PAUSED else ResourceStatus.PROCESSING
    if status is not recording.status:
        changes |= {"status": status, "updated_at": now}
    return transaction.change(recording, **changes)
