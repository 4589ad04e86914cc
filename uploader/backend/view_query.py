"""What is read to show recordings: no column that nobody sees, by statements that are made once.

What is stored as JSON comes as its text, and goes into the answers so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, FromClause, Select, Text, bindparam, cast, select

from uploader.backend.among import AMONG
from uploader.backend.json_text import JsonText
from uploader.backend.tables import FILES, MEDIA, REALTIME_ENDPOINTS, RECORDINGS, UPLOADS


class ShownRecording(NamedTuple):
    """With the upload that it came by."""

    id: str
    created_at: str
    started_at: str | None
    completed_at: str | None
    duration_ns: int
    status: str
    sub_code: str | None
    updated_at: str
    metadata: JsonText
    expires_at: str | None
    upload_id: str | None
    upload_metadata: JsonText | None
    recording_config: JsonText | None


class ShownMedia(NamedTuple):
    id: str
    recording_id: str
    resource: str
    format: str
    created_at: str
    status: str
    sub_code: str | None
    updated_at: str
    metadata: JsonText
    data: JsonText


class ShownFile(NamedTuple):
    """What is told of a stored file; its bytes are found by the whole row."""

    id: str
    media_id: str
    kind: str | None
    path: str
    length: int | None


class ShownEndpoint(NamedTuple):
    recording_id: str
    created_at: str
    id: str
    metadata: JsonText


Shown = ShownRecording | ShownMedia | ShownFile | ShownEndpoint


def _read(source: FromClause, *columns: Column[Any]) -> Select[Any]:
    return select(*(cast(each, Text) if isinstance(each.type, JSON) else each for each in columns)).select_from(source)


_upload, _recording_fields = UPLOADS.c, tuple(name for name in ShownRecording._fields if name in RECORDINGS.c)

SELECT_OF: Mapping[type, Select[Any]] = MappingProxyType(
    {
        ShownRecording: _read(
            RECORDINGS.outerjoin(UPLOADS),
            *(RECORDINGS.c[name] for name in _recording_fields),
            *(_upload.id, _upload.metadata, _upload.recording_config),
        ),
        ShownMedia: _read(MEDIA, *(MEDIA.c[name] for name in ShownMedia._fields)),
        ShownFile: _read(FILES, *(FILES.c[name] for name in ShownFile._fields)),
        ShownEndpoint: _read(REALTIME_ENDPOINTS, *(REALTIME_ENDPOINTS.c[name] for name in ShownEndpoint._fields)),
    }
)

KEY_OF: Mapping[type[Shown], Column[str]] = MappingProxyType(
    {
        ShownRecording: RECORDINGS.c.id,
        ShownMedia: MEDIA.c.recording_id,
        ShownFile: FILES.c.media_id,
        ShownEndpoint: REALTIME_ENDPOINTS.c.recording_id,
    }
)
"""What each is looked up by."""

QUERIES: Mapping[tuple[type, str], Select[Any]] = MappingProxyType(
    {
        (kind, dialect): SELECT_OF[kind].where(among(key, bindparam("ids", type_=JSON)))
        for kind, key in KEY_OF.items()
        for dialect, among in AMONG.items()
    }
)
"""By kind and dialect, of rows whose key is among ``ids``. To build one takes as long as to answer it."""
