"""What is read to show recordings: no column that nobody sees, by statements that are made once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Column, Select, bindparam, select

from uploader.backend.among import AMONG
from uploader.backend.tables import FILES, MEDIA, REALTIME_ENDPOINTS, UPLOADS

Queries = Mapping[str, Select[Any]]
"""One by dialect, of rows whose key is among ``ids``."""


def _by(key: Column[str], *columns: Column[Any]) -> Queries:
    ids = bindparam("ids", type_=JSON)
    return MappingProxyType({dialect: select(*columns).where(among(key, ids)) for dialect, among in AMONG.items()})


_upload, _file, _endpoint = UPLOADS.c, FILES.c, REALTIME_ENDPOINTS.c
UPLOADS_OF = _by(_upload.recording_id, _upload.id, _upload.recording_id, _upload.metadata, _upload.recording_config)
MEDIA_OF = _by(MEDIA.c.recording_id, *MEDIA.c)
FILES_OF = _by(_file.media_id, _file.id, _file.media_id, _file.kind, _file.path, _file.length)
ENDPOINTS_OF = _by(
    _endpoint.recording_id, _endpoint.recording_id, _endpoint.created_at, _endpoint.id, _endpoint.metadata
)
