"""Which status may follow which; what was deleted stays so."""

from collections.abc import Mapping
from enum import StrEnum

from uploader.backend.refusal import Reason, conflict
from uploader.backend.tables import RealtimeStatus, ResourceStatus, UploadStatus
from uploader.backend.webhook_tables import DeliveryStatus, WebhookStatus

RESOURCE: Mapping[StrEnum, frozenset[StrEnum]] = {
    ResourceStatus.PROCESSING: frozenset(
        {ResourceStatus.PAUSED, ResourceStatus.DONE, ResourceStatus.FAILED, ResourceStatus.DELETED}
    ),
    ResourceStatus.PAUSED: frozenset(
        {ResourceStatus.PROCESSING, ResourceStatus.DONE, ResourceStatus.FAILED, ResourceStatus.DELETED}
    ),
    ResourceStatus.DONE: frozenset({ResourceStatus.DELETED}),
    ResourceStatus.FAILED: frozenset({ResourceStatus.PROCESSING, ResourceStatus.DONE, ResourceStatus.DELETED}),
    ResourceStatus.DELETED: frozenset(),
}
"""A failed recording may be mended and delivered after all."""

UPLOAD: Mapping[StrEnum, frozenset[StrEnum]] = {
    UploadStatus.PENDING: frozenset({UploadStatus.UPLOADING, UploadStatus.COMPLETE, UploadStatus.FAILED}),
    UploadStatus.UPLOADING: frozenset({UploadStatus.COMPLETE, UploadStatus.FAILED}),
    UploadStatus.FAILED: frozenset({UploadStatus.COMPLETE}),
    UploadStatus.COMPLETE: frozenset(),
}

REALTIME: Mapping[StrEnum, frozenset[StrEnum]] = {
    RealtimeStatus.RUNNING: frozenset({RealtimeStatus.DONE, RealtimeStatus.FAILED, RealtimeStatus.DELETED}),
    RealtimeStatus.DONE: frozenset({RealtimeStatus.DELETED}),
    RealtimeStatus.FAILED: frozenset({RealtimeStatus.DELETED}),
    RealtimeStatus.DELETED: frozenset(),
}

LEGAL: Mapping[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]] = {
    ResourceStatus: RESOURCE,
    UploadStatus: UPLOAD,
    RealtimeStatus: REALTIME,
    DeliveryStatus: {status: frozenset(DeliveryStatus) for status in DeliveryStatus},
    WebhookStatus: {status: frozenset(WebhookStatus) for status in WebhookStatus},
}
"""By their type first: a text enum's members equal those of another that are spelt alike."""


def require_legal(before: StrEnum, after: StrEnum) -> None:
    """Raises ``Refusal``."""
    if after is not before and after not in LEGAL[type(before)][before]:
        raise conflict(Reason.ILLEGAL_TRANSITION, f"What is {before} cannot become {after}.")
