"""Which version of the tables a database has, and the way from each to the present one. There is no way back.

What is merely added (tables, columns that may be empty, indices) is read off ``TABLES``; a ``Step`` is written only for
what is not. So a program of the version before goes on working beside a newer one, and an update needs no standstill.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Column, Connection, Integer, Table, func, inspect, select, text

from uploader.backend.tables import MEDIA, TABLES

VERSION = 6
"""One more with every change of ``TABLES``: a test compares."""

Step = Callable[[Connection], None]


def _several_transcripts(connection: Connection) -> None:
    """A recording had one media object of each resource, by a constraint that SQLite cannot drop alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE media DROP CONSTRAINT IF EXISTS media_recording_id_resource_key"))
        return
    columns = ", ".join(MEDIA.columns.keys())
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))  # files refer to them, and will again
    connection.execute(text("CREATE TEMPORARY TABLE media_before AS SELECT * FROM media"))
    MEDIA.drop(connection)
    MEDIA.create(connection)
    copied = text(f"INSERT INTO media ({columns}) SELECT {columns} FROM media_before")  # noqa: S608 - names of our own
    connection.execute(copied)
    connection.execute(text("DROP TABLE media_before"))


def _indices_of_words(connection: Connection) -> None:
    """Texts were compared from their beginning to their end; their words are read anew."""
    connection.execute(text("DROP TABLE IF EXISTS search_texts"))


STEPS: Mapping[int, Step] = MappingProxyType({5: _several_transcripts, 6: _indices_of_words})
"""By the version that each leads to."""

SCHEMA = Table("schema_versions", TABLES, Column("version", Integer, primary_key=True))

ALONE = 0x61667465
"""Of PostgreSQL's advisory locks the one for changes of the schema: two processes may start at once."""


class SchemaTooNew(Exception):
    """A newer program has changed this database."""

    def __init__(self, found: int) -> None:
        super().__init__(f"schema {found} is newer than {VERSION}")


def bring_up_to_date(connection: Connection) -> None:
    """In the transaction of ``connection``: all of it or nothing. Raises ``SchemaTooNew``."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ALONE)))
    found = _version(connection)
    if found > VERSION:
        raise SchemaTooNew(found)
    if found == VERSION:
        return
    TABLES.create_all(connection)
    _add_missing(connection)
    for version in range(found + 1, VERSION + 1):
        if version in STEPS:
            STEPS[version](connection)
    connection.execute(SCHEMA.insert().values(version=VERSION))


def _version(connection: Connection) -> int:
    """0 for an empty database, and for those from before there were versions."""
    if not inspect(connection).has_table(SCHEMA.name):
        return 0
    return connection.execute(select(func.max(SCHEMA.c.version))).scalar() or 0


def _add_missing(connection: Connection) -> None:
    """To tables that were there before: columns and indices that came later."""
    inspector = inspect(connection)
    quoted = connection.dialect.identifier_preparer.quote
    for table in TABLES.sorted_tables:
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                kind = column.type.compile(connection.dialect)
                statement = f"ALTER TABLE {quoted(table.name)} ADD COLUMN {quoted(column.name)} {kind}"
                connection.execute(text(statement))
        indices = {index["name"] for index in inspector.get_indexes(table.name)}
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.name not in indices:
                index.create(connection)
