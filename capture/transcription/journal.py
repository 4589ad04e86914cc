"""What a transcription has understood so far, a line each: whatever ends it, the next one goes on from there."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from capture.errors import ProtocolError
from capture.manifest import storage_error
from capture.transcription.assembly import Understood
from capture.wire import from_document, to_document

JOURNAL_NAME = "stretches.ndjson"


class StretchJournal:
    """One process at a time."""

    def __init__(self, folder: Path) -> None:
        """Raises ``StorageError``."""
        self._path = folder / JOURNAL_NAME
        try:
            self.known = tuple(_whole_lines(self._path))
            self._file = self._path.open("ab")
            self._file.truncate(sum(length for _, length in self.known))
        except OSError as error:
            raise storage_error(error, self._path) from error

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What was there when it was opened."""
        return tuple(each for each, _ in self.known)

    def add(self, understood: Understood) -> None:
        """Durable when this returns. Raises ``StorageError``."""
        line = json.dumps(to_document(understood), separators=(",", ":")).encode() + b"\n"
        try:
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise storage_error(error, self._path) from error

    def close(self) -> None:
        self._file.close()


def _whole_lines(path: Path) -> Iterator[tuple[Understood, int]]:
    """Each with its length in bytes, up to the first that makes no sense: that one was torn."""
    if not path.exists():
        return
    for line in path.read_bytes().splitlines(keepends=True):
        try:
            understood = from_document(json.loads(line), Understood)
        except (ValueError, ProtocolError):
            return
        if not line.endswith(b"\n"):
            return
        yield understood, len(line)
