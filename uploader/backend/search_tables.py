"""What the database holds for searching: the words of each stored document, in an index of its own kind of them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, Text, event, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from uploader.backend.tables import TABLES, TEXT

SEARCH_WORDS = Table(
    "search_words",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("file_id", TEXT, ForeignKey("files.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("recording_id", TEXT, ForeignKey("recordings.id"), nullable=False),
    Column("words", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
"""A part of a long document each; one without words tells that its document was read. They go with the file."""

INDICES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "postgresql": [
            "CREATE INDEX search_words_of_texts ON search_words USING gin (words)",
            "ALTER TABLE search_words ALTER COLUMN words SET STATISTICS 0",
        ],
        "sqlite": [
            """
            CREATE VIRTUAL TABLE search_index
            USING fts5 (words, content='search_words', content_rowid='id', tokenize='ascii')
            """,
            """
            CREATE TRIGGER search_words_added AFTER INSERT ON search_words BEGIN
                INSERT INTO search_index (rowid, words) VALUES (new.id, new.words);
            END
            """,
            """
            CREATE TRIGGER search_words_removed AFTER DELETE ON search_words BEGIN
                INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words);
            END
            """,
        ],
    }
)
"""By dialect. To FTS5's tokenizer ``ascii`` whatever is not ASCII is a letter, so that our words are its words.
PostgreSQL's planner leaves out what it costs to unpack a text, and for a common word would rather read all of them than
the index: it is not told which words are common.
"""


@event.listens_for(SEARCH_WORDS, "after_create")
def _create_index(_: Table, connection: Connection, **__: object) -> None:
    for statement in INDICES[connection.dialect.name]:
        connection.execute(text(statement))
