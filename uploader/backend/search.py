"""Which recordings hold certain words: in their titles, among their people, in chats and transcripts.

The words of a document are stored with it; the index can be deleted, and is made again of the documents.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, column, false, intersect, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from capture.recording import MediaKind
from uploader.backend.contents import Contents
from uploader.backend.refusal import InvalidFields
from uploader.backend.search_tables import SEARCH_WORDS
from uploader.backend.store import Store, Transaction
from uploader.backend.tables import RECORDINGS, Media, StoredFile
from uploader.backend.words import parts, words
from uploader.documents import read_document

MAX_QUERY_CHARACTERS = 200
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
"""A transcript takes 2 MB an hour, with the times of its words; a sender may call anything one."""

AT_ONCE = 20
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another. ``is_open``: the last of them may go on."""

    words: Sequence[str]
    is_open: bool


def phrases(query: str) -> list[Phrase]:
    """What stands in quotation marks, and every other word, of which the last is still being typed, maybe."""
    terms = TERM.findall(query)
    found = [Phrase(words(quoted or bare), is_open=False) for quoted, bare in terms]
    if terms and terms[-1][1]:
        found[-1] = Phrase(found[-1].words, is_open=True)
    return found


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Thread-safe."""

    store: Store
    contents: Contents

    def conditions(self, query: str) -> list[ColumnElement[bool]]:
        """Of recordings that hold every word and phrase, anywhere. Raises ``Refusal``."""
        if len(query) > MAX_QUERY_CHARACTERS:
            raise InvalidFields({"search": [f"At most {MAX_QUERY_CHARACTERS} characters are expected."]})
        asked = phrases(query)
        holders = [HOLDERS[self.store.dialect](phrase) for phrase in asked if phrase.words]
        if asked and not holders:
            return [false()]
        return [RECORDINGS.c.id.in_(intersect(*holders))] if holders else []

    def catch_up(self) -> None:
        """Reads what an older version stored. Raises ``Refusal``."""
        while files := self._unread():
            for file in files:
                self._add(file, self.read(file, file.kind))

    def read(self, file: StoredFile, kind: MediaKind | None) -> list[str]:
        """The words of one that is stored; what is no document of its ``kind`` has none. Raises ``Refusal``."""
        if kind is None or kind not in READERS or file.offset > MAX_DOCUMENT_BYTES:
            return []
        try:
            document = read_document(self.contents.read(file))
        except (FileNotFoundError, ValueError):  # deleted meanwhile, or no document
            return []
        return words(" ".join(READERS[kind](document)))

    def _unread(self) -> list[StoredFile]:
        with self.store.transaction() as transaction:
            return transaction.unread_files([kind.value for kind in READERS], AT_ONCE)

    def _add(self, file: StoredFile, found: Sequence[str]) -> None:
        """Unless it was deleted, or somebody else has read it."""
        with self.store.transaction() as transaction:
            known = transaction.hold(StoredFile, file.id)
            media = transaction.get(Media, known.media_id) if known and known.media_id else None
            if media is not None:
                add_words(transaction, file.id, media.recording_id, found)


def add_words(transaction: Transaction, file_id: str, recording_id: str, found: Sequence[str]) -> None:
    """Once for each file."""
    stored = DOCUMENTS[transaction.dialect]
    each = parts(found, MAX_QUERY_CHARACTERS)
    transaction.add_words(file_id, recording_id, [stored(part) for part in each])


def _phrase_in_postgresql(phrase: Phrase) -> Select[Any]:
    wanted = " <-> ".join(f"'{word}'" for word in phrase.words) + (":*" if phrase.is_open else "")
    columns = SEARCH_WORDS.c
    return select(columns.recording_id).where(columns.words.bool_op("@@")(cast(wanted, TSQUERY)))


def _phrase_in_sqlite(phrase: Phrase) -> Select[Any]:
    wanted = f'"{" ".join(phrase.words)}"' + (" *" if phrase.is_open else "")
    index = table("search_index", column("rowid"), column("search_index"))
    found = select(index.c.rowid).where(index.c.search_index.match(wanted))
    return select(SEARCH_WORDS.c.recording_id).where(SEARCH_WORDS.c.id.in_(found))


HOLDERS: Mapping[str, Callable[[Phrase], Select[Any]]] = MappingProxyType(
    {"postgresql": _phrase_in_postgresql, "sqlite": _phrase_in_sqlite}
)
"""By dialect: the ids of recordings where a phrase stands. Words are letters and digits, and no syntax of either."""

DOCUMENTS: Mapping[str, Callable[[Sequence[str]], str]] = MappingProxyType(
    {
        "postgresql": lambda found: " ".join(f"'{word}':{place}" for place, word in enumerate(found, 1)),
        "sqlite": " ".join,
    }
)
"""By dialect: as it takes the words of a document."""


def _title(document: object) -> Iterator[str]:
    yield from _field(document, "title")
    yield from _field(document, "platform")


def _names(document: object) -> Iterator[str]:
    for participant in _list(document):
        yield from _field(participant, "name")
        yield from _field(participant, "email")


def _chat(document: object) -> Iterator[str]:
    for event in _list(document):
        if isinstance(event, dict):
            yield from _field(event.get("data"), "text")


def _words(document: object) -> Iterator[str]:
    for utterance in _list(document):
        if isinstance(utterance, dict):
            for word in _list(utterance.get("words")):
                yield from _field(word, "text")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _field(value: object, name: str) -> Iterator[str]:
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, str):
        yield found


READERS: Mapping[MediaKind, Callable[[object], Iterator[str]]] = MappingProxyType(
    {
        MediaKind.MEETING_METADATA: _title,
        MediaKind.PARTICIPANTS: _names,
        MediaKind.PARTICIPANT_EVENTS: _chat,
        MediaKind.TRANSCRIPT: _words,
    }
)
