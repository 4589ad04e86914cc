"""Versions of the tables: each change is one, an older database is brought up to date, a newer one is left alone."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.uploader.postgresql import Cluster
from uploader.backend.database import DRIVER, open_postgresql, open_sqlite
from uploader.backend.schema import SCHEMA, VERSION
from uploader.backend.search_tables import INDICES
from uploader.backend.store import Store
from uploader.backend.tables import (
    MEDIA,
    TABLES,
    Media,
    Recording,
    Resource,
    ResourceStatus,
    StoredFile,
    Upload,
    UploadStatus,
)
from uploader.errors import DatabaseUnusable

NOW = "2026-11-01T09:00:00.000000Z"

TABLES_OF_VERSION = {6: "521e77329d89fce6"}
"""Whoever changes a table makes another version of it, and notes here what it looks like."""


def test_every_change_of_the_tables_is_another_version() -> None:
    dialect = sqlite.dialect()
    words = [str(CreateTable(table).compile(dialect=dialect)) for table in TABLES.sorted_tables]
    indices = [index for table in TABLES.sorted_tables for index in table.indexes]
    words += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in indices)
    words += [statement for statements in INDICES.values() for statement in statements]
    fingerprint = hashlib.sha256("".join(words).encode()).hexdigest()[:16]
    assert {VERSION: fingerprint} == TABLES_OF_VERSION


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    open_sqlite(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(SCHEMA.insert().values(version=VERSION + 1))
    engine.dispose()
    with pytest.raises(DatabaseUnusable, match="newer"):
        open_sqlite(path)


def test_an_older_one_in_postgresql_is_brought_up_to_date(cluster: Cluster) -> None:
    with cluster.database() as database:
        engine = create_engine(database.url.set(drivername=DRIVER))
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE files DROP COLUMN multipart_id"))
            connection.execute(text("DROP INDEX recordings_present"))
            connection.execute(text("DROP TABLE schema_versions"))
        with closing(open_postgresql(database)) as store, store.transaction() as transaction:
            assert transaction.find(StoredFile) == []
        with engine.begin() as connection:
            found = connection.execute(text("SELECT count(*) FROM pg_indexes WHERE indexname = 'recordings_present'"))
            assert found.scalar() == 1
        engine.dispose()


def delivered(store: Store) -> None:
    """A recording with a transcript, as it came."""
    with store.transaction() as transaction:
        done = ResourceStatus.DONE
        transaction.add(Recording("r", "w", NOW, NOW, NOW, 1, done, None, NOW, {}))
        transaction.add(Upload("u", "w", "r", NOW, UploadStatus.COMPLETE, None, NOW, {}, {}))
        transaction.add(Media("m", "w", "r", Resource.TRANSCRIPT, "json", NOW, done, None, NOW, {"a": "b"}, {}))
        transaction.add(StoredFile("f", "u", "m", "transcript.json", None, None, None, 2, 2, "", NOW, NOW))


def require_room_for_another(store: Store) -> None:
    with store.transaction() as transaction:
        (before,) = transaction.find(Media)
        assert (before.id, before.metadata) == ("m", {"a": "b"})
        transaction.add(replace(before, id="second", data={"provider": {}}))
    with store.transaction() as transaction:
        assert [media.id for media in transaction.find(Media)] == ["m", "second"]
        assert [file.media_id for file in transaction.find(StoredFile)] == ["m"]


def test_a_recording_with_one_transcript_may_have_more(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    with closing(open_sqlite(path)) as store:
        delivered(store)
    with closing(sqlite3.connect(path)) as connection, connection:
        (table,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'media'").fetchone()
        connection.execute("CREATE TABLE before AS SELECT * FROM media")
        connection.execute("DROP TABLE media")
        connection.execute(table.rstrip().removesuffix(")") + ", UNIQUE (recording_id, resource))")
        connection.execute("INSERT INTO media SELECT * FROM before")
        connection.execute("DROP TABLE before")
        connection.execute("UPDATE schema_versions SET version = 4")
    with closing(open_sqlite(path)) as store:
        require_room_for_another(store)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        indices = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'media' AND type = 'index'")
        assert {name for (name,) in indices} >= {index.name for index in MEDIA.indexes}


def test_a_recording_with_one_transcript_may_have_more_in_postgresql(cluster: Cluster) -> None:
    with cluster.database() as database:
        with closing(open_postgresql(database)) as store:
            delivered(store)
        engine = create_engine(database.url.set(drivername=DRIVER))
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE media ADD UNIQUE (recording_id, resource)"))
            connection.execute(text("UPDATE schema_versions SET version = 4"))
        engine.dispose()
        with closing(open_postgresql(database)) as store:
            require_room_for_another(store)
