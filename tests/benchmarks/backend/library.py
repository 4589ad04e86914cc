"""A backend's database with as many recordings as a team makes in years, written straight into its tables."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Table

from uploader.backend.tables import FILES, MEDIA, REALTIME_ENDPOINTS, RECORDINGS, UPLOADS
from uploader.times import iso_utc

START_S = 1_700_000_000
APART_S = 300
"""Between two recordings."""

DELETED_UP_TO = 0.4
"""The oldest have expired."""

FAILED_EACH, PROCESSING_EACH, NEIGHBOUR_EACH, ENDPOINT_EACH = 1000, 5000, 10, 5
ROWS_AT_ONCE = 5000
NEIGHBOUR = "another workspace"
KINDS = (("video_mixed", "mp4"), ("audio_mixed", "mp3"), ("participant_events", "json"))

Row = Mapping[str, Any]


def fill(engine: Engine, recordings: int, workspace: str) -> None:
    for numbers in _batches(recordings):
        rows: dict[Table, list[Row]] = {}
        for number in numbers:
            for table, row in _rows(number, recordings, workspace):
                rows.setdefault(table, []).append(row)
        with engine.begin() as connection:
            for table in (RECORDINGS, UPLOADS, MEDIA, FILES, REALTIME_ENDPOINTS):
                connection.execute(table.insert(), rows.get(table) or [])


def _batches(count: int) -> Iterator[Sequence[int]]:
    for begin in range(0, count, ROWS_AT_ONCE):
        yield range(begin, min(begin + ROWS_AT_ONCE, count))


def row_id(kind: str, number: int) -> str:
    """As random as those of real rows, and the same every time."""
    return str(UUID(int=random.Random(f"{kind} {number}").getrandbits(128), version=4))


def created_at(number: int) -> str:
    return iso_utc(START_S + number * APART_S)


def status_of(number: int, recordings: int) -> str:
    if number % FAILED_EACH == 0:
        return "failed"
    if number % PROCESSING_EACH == 1:
        return "processing"
    return "deleted" if number < recordings * DELETED_UP_TO else "done"


def _rows(number: int, recordings: int, workspace: str) -> Iterator[tuple[Table, Row]]:
    recording_id, upload_id = row_id("recording", number), row_id("upload", number)
    now, status = created_at(number), status_of(number, recordings)
    owner = NEIGHBOUR if number % NEIGHBOUR_EACH == 0 and status == "done" else workspace
    common = {"workspace": owner, "created_at": now, "updated_at": now, "sub_code": None}
    times = {"started_at": now, "completed_at": now, "duration_ns": 1_800_000_000_000}
    expiry = {"expires_at": iso_utc(START_S + number * APART_S + 86400), "account": {"marks": []}}
    metadata = {"case": f"A-{number}", "owner": str(number % 50)}
    yield RECORDINGS, {**common, **times, **expiry, "id": recording_id, "status": status, "metadata": metadata}
    upload = {"id": upload_id, "recording_id": recording_id, "status": "complete", "recording_config": {}}
    yield UPLOADS, {**common, **upload, "metadata": metadata}
    for resource, suffix in KINDS:
        media_id = row_id(resource, number)
        media = {"id": media_id, "recording_id": recording_id, "resource": resource, "format": suffix, "data": {}}
        yield MEDIA, {**common, **media, "status": status, "metadata": metadata}
        if status != "deleted":
            yield FILES, _file(number, resource, suffix, upload_id, media_id)
    if number % ENDPOINT_EACH == 0:
        state = "deleted" if status == "deleted" else "done"
        endpoint: Row = {"recording_id": recording_id, "type": "webhook", "events": [], "url": "https://example.com/"}
        yield (
            REALTIME_ENDPOINTS,
            {**common, **endpoint, "id": row_id("endpoint", number), "status": state, "metadata": {}},
        )


def _file(number: int, resource: str, suffix: str, upload_id: str, media_id: str) -> Row:
    return {
        "id": row_id(f"{resource} file", number),
        "upload_id": upload_id,
        "media_id": media_id,
        "path": f"{resource}.{suffix}",
        "kind": resource,
        "sha256": "0" * 64,
        "stored_sha256": "0" * 64,
        "length": 1_000_000,
        "offset": 1_000_000,
        "tus_metadata": "",
        "created_at": created_at(number),
        "expires_at": created_at(number),
    }
