"""Which recordings hold certain words: in their titles, among their people, in chats and transcripts.

The index is made of the documents as they were stored, whenever some are not in it yet; it can be deleted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, select

from capture.recording import MediaKind
from uploader.backend.contents import Contents
from uploader.backend.refusal import InvalidFields
from uploader.backend.search_tables import SEARCH_TEXTS, SearchText
from uploader.backend.store import Store
from uploader.backend.tables import RECORDINGS, Media, StoredFile
from uploader.documents import read_document

MAX_QUERY_CHARACTERS = 200
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
"""A transcript takes 2 MB an hour, with the times of its words; a sender may call anything one."""

AT_ONCE = 20
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')


def conditions(query: str) -> list[ColumnElement[bool]]:
    """Of recordings that hold every word, or phrase in quotation marks, anywhere. Raises ``Refusal``."""
    if len(query) > MAX_QUERY_CHARACTERS:
        raise InvalidFields({"search": [f"At most {MAX_QUERY_CHARACTERS} characters are expected."]})
    terms = [phrase or word for phrase, word in TERM.findall(folded(query))]
    columns = SEARCH_TEXTS.c
    holders = (select(columns.recording_id).where(columns.folded.contains(term, autoescape=True)) for term in terms)
    return [RECORDINGS.c.id.in_(holder) for holder in holders]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Thread-safe."""

    store: Store
    contents: Contents

    def catch_up(self) -> None:
        """Reads what was stored since. Raises ``StoreUnavailable``."""
        while files := self._unread():
            for file in files:
                self._add(file, folded(" ".join(self._texts(file))))

    def _unread(self) -> list[StoredFile]:
        with self.store.transaction() as transaction:
            return transaction.unread_files([kind.value for kind in READERS], AT_ONCE)

    def _texts(self, file: StoredFile) -> Iterator[str]:
        """A sender may call anything a transcript: what is none has no words."""
        if file.kind is None or file.offset > MAX_DOCUMENT_BYTES:
            return
        try:
            document = read_document(self.contents.read(file))
        except (FileNotFoundError, ValueError):  # deleted meanwhile, or no document
            return
        yield from READERS[file.kind](document)

    def _add(self, file: StoredFile, text: str) -> None:
        """Unless it was deleted, or somebody else has read it."""
        with self.store.transaction() as transaction:
            transaction.alone("words", file.id)
            media = transaction.get(Media, file.media_id) if file.media_id else None
            known = transaction.get(SearchText, file.id)
            if media is not None and known is None and transaction.get(StoredFile, file.id) is not None:
                transaction.add(SearchText(file.id, media.recording_id, file.created_at, text))


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
                yield from (text.strip() for text in _field(word, "text"))


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
