"""Which status may follow which; what was deleted stays so."""

from collections.abc import Mapping
from enum import StrEnum

from uploader.backend.refusal import Reason, conflict
from uploader.backend.tables import RealtimeStatus, ResourceStatus, UploadStatus

LEGAL: Mapping[StrEnum, frozenset[StrEnum]] = {
    ResourceStatus.PROCESSING: frozenset(
        {ResourceStatus.PAUSED, ResourceStatus.DONE, ResourceStatus.FAILED, ResourceStatus.DELETED}
    ),
    ResourceStatus.PAUSED: frozenset(
        {ResourceStatus.PROCESSING, ResourceStatus.DONE, ResourceStatus.FAILED, ResourceStatus.DELETED}
    ),
    ResourceStatus.DONE: frozenset({ResourceStatus.DELETED}),
    ResourceStatus.FAILED: frozenset({ResourceStatus.PROCESSING, ResourceStatus.DONE, ResourceStatus.DELETED}),
    ResourceStatus.DELETED: frozenset(),
    UploadStatus.PENDING: frozenset({UploadStatus.UPLOADING, UploadStatus.COMPLETE, UploadStatus.FAILED}),
    UploadStatus.UPLOADING: frozenset({UploadStatus.COMPLETE, UploadStatus.FAILED}),
    UploadStatus.FAILED: frozenset({UploadStatus.COMPLETE}),
    UploadStatus.COMPLETE: frozenset(),
    RealtimeStatus.RUNNING: frozenset({RealtimeStatus.DONE, RealtimeStatus.FAILED, RealtimeStatus.DELETED}),
    RealtimeStatus.DONE: frozenset({RealtimeStatus.DELETED}),
    RealtimeStatus.FAILED: frozenset({RealtimeStatus.DELETED}),
    RealtimeStatus.DELETED: frozenset(),
}
"""A failed recording may be mended and delivered after all."""


def require_legal(before: StrEnum, after: StrEnum) -> None:
    """Raises ``Refusal``."""
    if after is not before and after not in LEGAL[before]:
        raise conflict(Reason.ILLEGAL_TRANSITION, f"What is {before} cannot become {after}.")
