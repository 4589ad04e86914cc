"""``events.ndjson``: a recording's story, written down as it happens. The manifest tells it once all is over."""

import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.errors import ManifestError, ProtocolError
from capture.events import Disk, Event, FilesSynced, Level, Log, SegmentBegan, Speech
from capture.manifest import Manifest, manifest_document, parse_manifest, storage_error
from capture.recording import NS_PER_S
from capture.wire import decode_event, encode_event

logger = logging.getLogger(__name__)

JOURNAL_NAME = "events.ndjson"
LONGEST_LINE_BYTES = 2**20
LONGEST_NS = 366 * 24 * 3600 * NS_PER_S
OF_THE_MOMENT = Level | Disk | FilesSynced | Log | Speech
"""Told to who watches; no recording is made of these. Who spoke is told of participants too."""


class Journal:
    """One line for each event, handed to the system at once: only a power cut takes what ``sync`` has not seen.

    Thread-safe. What cannot be written is not, and a recording does not end for that: its files come first.
    """

    def __init__(self, directory: Path) -> None:
        """Goes on where a journal is there already, after a line that was torn. Raises ``StorageError``."""
        path = directory / JOURNAL_NAME
        self._lock = threading.Lock()
        self._is_synced = True
        try:
            is_torn = path.exists() and not path.read_bytes().endswith(b"\n")
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise storage_error(error, path) from error
        self._write(b"\n" if is_torn else b"")

    def open(self, manifest: Manifest) -> None:
        """How the manifest stands at the start: what a recording without one is made whole from."""
        self._write_line(json.dumps({"type": "manifest", "manifest": manifest_document(manifest)}))

    def add(self, event: Event) -> None:
        if not isinstance(event, OF_THE_MOMENT):
            self._write_line(encode_event(event))

    def sync(self) -> None:
        """Makes it survive a power cut. May take as long as the disk does: not for a thread that is in a hurry."""
        with self._lock:
            if self._is_synced or self._file.closed:
                return
            self._is_synced = True
            descriptor = os.dup(self._file.fileno())
        try:
            os.fsync(descriptor)
        except OSError as error:
            logger.warning("the journal does not reach the disk: %s", error)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Idempotent. What comes later is not written."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write_line(self, line: str) -> None:
        self._write(line.encode() + b"\n")

    def _write(self, data: bytes) -> None:
        with self._lock:
            if self._file.closed:
                return
            self._is_synced = False
            try:
                is_whole = self._file.write(data) == len(data)
            except OSError as error:
                logger.warning("the journal ends here: %s", error)
                is_whole = False
            if not is_whole:  # another line behind half a one would be lost too
                self._file.close()


@dataclass(frozen=True, slots=True)
class Story:
    """``opened`` is the manifest as it stood at the start, where that can be read."""

    opened: Manifest | None
    events: tuple[Event, ...]


def read_journal(directory: Path) -> Story:
    """What can be read: torn and foreign lines are passed over. Raises ``StorageError``."""
    path = directory / JOURNAL_NAME
    opened: Manifest | None = None
    events: list[Event] = []
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE_BYTES):
                entry = _entry(line, directory)
                if isinstance(entry, Manifest):
                    opened = opened or entry
                elif entry is not None:
                    events.append(entry)
    except FileNotFoundError:
        return Story(None, ())
    except OSError as error:
        raise storage_error(error, path) from error
    return Story(opened, tuple(events))


def _entry(line: bytes, directory: Path) -> Event | Manifest | None:
    try:
        document = json.loads(line)
        if _is_manifest(document):
            return parse_manifest(document.get("manifest"), directory)
        event = decode_event(line.decode())
        return event if _is_plausible(event) else None
    except (ValueError, ProtocolError, ManifestError, RecursionError) as error:
        logger.warning("a line of the journal says nothing: %s", type(error).__name__)  # it may hold names
        return None


def _is_plausible(event: Event | None) -> bool:
    """Times of a recording, and dates that are some."""
    if isinstance(event, SegmentBegan):
        datetime.fromisoformat(event.started_at)
    spans_ns = (getattr(event, name, 0) or 0 for name in ("at_ns", "duration_ns"))
    return all(0 <= span_ns < LONGEST_NS for span_ns in spans_ns)


def _is_manifest(document: object) -> bool:
    return isinstance(document, Mapping) and document.get("type") == "manifest"
