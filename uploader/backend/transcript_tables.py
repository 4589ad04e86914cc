"""The queue of transcripts that were asked for."""

from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from uploader.backend.tables import TABLES, TEXT

TRANSCRIPTIONS = Table(
    "transcriptions",
    TABLES,
    Column("id", TEXT, ForeignKey("media.id"), primary_key=True),
    Column("created_at", TEXT, nullable=False),
    Column("due_at", TEXT, nullable=False),
    Column("put_off", Integer, nullable=False),
    Index("transcriptions_due", "due_at", "created_at"),
)


@dataclass(frozen=True, slots=True)
class Transcription:
    """One that is not over. ``id`` is the media object's.

    ``due_at``: nobody else takes it before; while somebody works on it that is moved on and on. ``put_off``: how often.
    """

    id: str
    created_at: str
    due_at: str
    put_off: int = 0
