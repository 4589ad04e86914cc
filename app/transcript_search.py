"""Full-text search over all transcripts, in an index that may be deleted at any time: it is made anew."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.library import recording_directories
from app.messages import Failure
from app.paths import Paths
from app.transcript_formats import speaker_name, text_of
from capture.errors import ManifestError
from capture.manifest import read_manifest
from capture.transcription.shelf import read_transcript

INDEX_NAME: Final = "transcript_search.sqlite"
TRANSCRIPT_NAME: Final = "transcript.json"
VERSION: Final = 1
MOST_FOUND: Final = 200

WAITS_S: Final = 300.0
"""For another one that reads all transcripts for the first time."""

SCHEMA = (
    f"PRAGMA user_version = {VERSION}",
    "CREATE TABLE read (recording TEXT PRIMARY KEY, mark TEXT NOT NULL)",
    """CREATE VIRTUAL TABLE said USING fts5(
        text, recording UNINDEXED, start_s UNINDEXED, speaker UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
    )""",
)


@dataclass(frozen=True, slots=True)
class Found:
    """``text`` has what was looked for between ``[`` and ``]``. ``start_s`` from the recording's beginning."""

    recording: str
    title: str | None
    started_at: str
    start_s: float
    speaker: str
    text: str


def search(words: Sequence[str], paths: Paths) -> list[Found]:
    """The best first. Reads what has changed since the last time. Raises ``Failure``."""
    query = _query(words)
    if not query:
        return []
    path = paths.data / INDEX_NAME
    try:
        with closing(_opened(path)) as index:
            there = {path.name: path for path in recording_directories(paths)}
            _refresh(index, there)
            rows = index.execute(
                "SELECT recording, start_s, speaker, snippet(said, 0, '[', ']', '…', 24)"
                " FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?",
                (query, MOST_FOUND),
            ).fetchall()
    except (OSError, sqlite3.Error) as error:
        raise Failure("search_unusable", str(error), path=str(path)) from error
    return [found for row in rows if row[0] in there for found in _found(there[row[0]], *row)]


def _found(directory: Path, recording: str, start_s: float, speaker: str, text: str) -> Iterator[Found]:
    try:
        manifest = read_manifest(directory)
    except ManifestError:  # whoever lists recordings tells of it
        return
    yield Found(recording, manifest.spec.meeting.title, manifest.started_at, start_s, speaker, text)


def _query(words: Sequence[str]) -> str:
    """All of them, as plain words or phrases: what means something to FTS5 means nothing to people."""
    quoted = ('"' + word.replace('"', " ").strip() + '"' for word in words if any(map(str.isalnum, word)))
    return " ".join(quoted)


def _opened(path: Path) -> sqlite3.Connection:
    """What is no index, or of another version, is made anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    index = sqlite3.connect(path, timeout=WAITS_S)
    try:
        _make(index)
    except sqlite3.DatabaseError:
        index.close()
        for stale in (path, *path.parent.glob(f"{path.name}-*")):
            stale.unlink(missing_ok=True)
        index = sqlite3.connect(path, timeout=WAITS_S)
        _make(index)
    return index


def _make(index: sqlite3.Connection) -> None:
    """Where there is none yet: of several that search, one does it. Raises ``sqlite3.DatabaseError``."""
    if _version(index) == VERSION:
        return
    with index:
        index.execute("BEGIN IMMEDIATE")
        if _version(index) != VERSION:
            for statement in SCHEMA:
                index.execute(statement)


def _version(index: sqlite3.Connection) -> int:
    (version,) = index.execute("PRAGMA user_version").fetchone()
    return int(version)


def _refresh(index: sqlite3.Connection, recordings: Mapping[str, Path]) -> None:
    """A transcript is known by its length and date: whatever writes one puts another file in its place."""
    found = {name: directory / TRANSCRIPT_NAME for name, directory in recordings.items()}
    there = {name: _mark(path) for name, path in found.items() if path.exists()}
    if _known(index) == there:
        return
    with index:
        index.execute("BEGIN IMMEDIATE")
        known = _known(index)  # another one may have read them meanwhile
        for recording in known.keys() | there.keys():
            if known.get(recording) != there.get(recording):
                index.execute("DELETE FROM said WHERE recording = ?", (recording,))
                index.execute("DELETE FROM read WHERE recording = ?", (recording,))
                if recording in there:
                    _read(index, found[recording], there[recording])


def _known(index: sqlite3.Connection) -> Mapping[str, str]:
    return dict(index.execute("SELECT recording, mark FROM read").fetchall())


def _read(index: sqlite3.Connection, path: Path, mark: str) -> None:
    recording = path.parent.name
    index.execute("INSERT INTO read VALUES (?, ?)", (recording, mark))
    rows = [
        (
            text_of(entry),
            recording,
            entry["words"][0]["start_timestamp"]["relative"],
            speaker_name(entry["participant"]),
        )
        for entry in read_transcript(path) or ()
        if entry["words"]
    ]
    index.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", rows)


def _mark(path: Path) -> str:
    about = path.stat()
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ino}"
