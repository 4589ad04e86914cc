"""Versions of the tables: each change is one, an older database is brought up to date, a newer one is left alone."""

import hashlib
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.uploader.postgresql import Cluster
from uploader.backend.database import DRIVER, open_postgresql, open_sqlite
from uploader.backend.schema import SCHEMA, VERSION
from uploader.backend.tables import TABLES, StoredFile
from uploader.errors import DatabaseUnusable

TABLES_OF_VERSION = {5: "d5563631b38b1490"}
"""Whoever changes a table makes another version of it, and notes here what it looks like."""


def test_every_change_of_the_tables_is_another_version() -> None:
    dialect = sqlite.dialect()
    words = [str(CreateTable(table).compile(dialect=dialect)) for table in TABLES.sorted_tables]
    indices = [index for table in TABLES.sorted_tables for index in table.indexes]
    words += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in indices)
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
