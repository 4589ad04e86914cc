"""The transcripts of a recording: ``transcripts/<id>/`` in its directory, each with what is known of it.

``transcript.json`` beside the manifest is the one that is shown and delivered.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NewType
from uuid import uuid4

from capture.errors import ProtocolError
from capture.manifest import storage_error, write_json
from capture.participants.log import wall_clock_text
from capture.recording import MediaStatus
from capture.transcription.choice import EngineChoice, EngineName
from capture.wire import from_document, to_document

TranscriptId = NewType("TranscriptId", str)

FOLDER: Final = "transcripts"
ABOUT_NAME = "about.json"
ORIGINAL_NAME = "transcript.json"
EDITED_NAME = "edited.json"
PROVIDER_NAME = "provider_data.json"

Transcript = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class About:
    """``processing`` is also one that was interrupted. Times are ISO 8601 in UTC.

    ``sound``: SHA-256 by path of the files that it was made of.
    """

    id: TranscriptId
    engine: EngineName
    created_at: str
    updated_at: str
    sound: Mapping[str, str]
    model: str | None = None
    language: str | None = None
    key_terms: tuple[str, ...] = ()
    status: MediaStatus = MediaStatus.PROCESSING
    sub_code: str | None = None
    words: int = 0

    def is_for(self, choice: EngineChoice, sound: Mapping[str, str]) -> bool:
        """Whether it would be the same once more."""
        mine = (self.engine, self.model, self.language, self.key_terms, dict(self.sound))
        return mine == (choice.engine, choice.model, choice.language, choice.key_terms, dict(sound))


class Shelf:
    """Of one recording; nothing is made by looking at it."""

    def __init__(self, directory: Path) -> None:
        self.folder = directory / FOLDER

    def place(self, transcript_id: TranscriptId) -> Path:
        return self.folder / transcript_id

    def all(self) -> list[About]:
        """The newest first. What makes no sense is passed over."""
        found = [_read(path) for path in self.folder.glob(f"*/{ABOUT_NAME}")]
        return sorted((about for about in found if about), key=lambda about: about.created_at, reverse=True)

    def open(self, choice: EngineChoice, sound: Mapping[str, str]) -> About:
        """A new one, or the like that was not finished. Raises ``StorageError``."""
        unfinished = (about for about in self.all() if about.status is not MediaStatus.DONE)
        known = next((about for about in unfinished if about.is_for(choice, sound)), None)
        now = moment()
        about = known or About(
            id=TranscriptId(str(uuid4())),
            engine=choice.engine,
            created_at=now,
            updated_at=now,
            sound=dict(sound),
            model=choice.model,
            language=choice.language,
            key_terms=choice.key_terms,
        )
        return self.keep(replace(about, status=MediaStatus.PROCESSING, sub_code=None))

    def keep(self, about: About) -> About:
        """As of now. Raises ``StorageError``."""
        about = replace(about, updated_at=moment())
        place = self.place(about.id)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, place) from error
        write_json(to_document(about), place / ABOUT_NAME)
        return about

    def read(self, transcript_id: TranscriptId) -> Transcript | None:
        """As the user edited it, else as the engine made it; ``None`` where there is none."""
        place = self.place(transcript_id)
        path = next((place / name for name in (EDITED_NAME, ORIGINAL_NAME) if (place / name).exists()), None)
        return None if path is None else read_transcript(path)

    def edit(self, transcript_id: TranscriptId, edited: Transcript) -> None:
        """Beside what the engine made, which stays. Raises ``StorageError``."""
        write_json(edited, self.place(transcript_id) / EDITED_NAME)


def read_transcript(path: Path) -> Transcript | None:
    """``None`` where there is none that makes sense."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return document if is_transcript(document) else None


def is_transcript(document: object) -> bool:
    """Whether it has the shape that everything here relies on."""
    try:
        return isinstance(document, list) and all(
            isinstance(word["text"], str)
            and isinstance(word["start_timestamp"]["relative"], int | float)
            and isinstance(entry["participant"]["id"], int)
            for entry in document
            for word in entry["words"]
        )
    except (KeyError, TypeError):
        return False


def count_words(document: Transcript) -> int:
    return sum(len(entry["words"]) for entry in document)


def moment() -> str:
    return wall_clock_text(datetime.now(UTC))  # wall clock: a date, for people


def _read(path: Path) -> About | None:
    try:
        return from_document(json.loads(path.read_bytes()), About)
    except (OSError, ValueError, ProtocolError):
        return None
