"""What the database holds for searching: the words of each stored document, as they are compared."""

from dataclasses import dataclass, field

from sqlalchemy import Column, ForeignKey, Table

from uploader.backend.tables import TABLES, TEXT

SEARCH_TEXTS = Table(
    "search_texts",
    TABLES,
    Column("id", TEXT, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("recording_id", TEXT, ForeignKey("recordings.id"), nullable=False, index=True),
    Column("created_at", TEXT, nullable=False),
    Column("folded", TEXT, nullable=False),
)


@dataclass(frozen=True, slots=True)
class SearchText:
    """``id`` is the file's, with which it goes. ``folded``: without case, and in one form of each letter."""

    id: str
    recording_id: str
    created_at: str
    folded: str = field(repr=False)
