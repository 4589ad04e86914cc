"""Copies of recordings, or of parts of them, for other programs and people. What is copied appears when it is whole."""

import re
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.messages import Failure
from app.transcript_arguments import TextFormat
from app.transcript_formats import formatted
from capture.manifest import read_manifest, storage_error
from capture.recording import MediaKind, MediaStatus
from capture.transcription.shelf import read_transcript

TRANSCRIPT_NAME: Final = "transcript.json"
LONGEST_NAME: Final = 80
LONGEST_NAME_BYTES: Final = 180
"""A file system takes 255."""

UNFIT: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class Export(StrEnum):
    """Its ending."""

    VIDEO = "mp4"
    SOUND = "mp3"
    TEXT = "txt"
    SUBTITLES = "srt"
    MARKDOWN = "md"
    FOLDER = ""
    """All its files."""


MEDIA: Final = {Export.VIDEO: MediaKind.VIDEO_MIXED, Export.SOUND: MediaKind.AUDIO_MIXED}
TEXTS: Final = {
    Export.TEXT: TextFormat.TEXT,
    Export.SUBTITLES: TextFormat.SRT,
    Export.MARKDOWN: TextFormat.MARKDOWN,
}


def file_name(title: str, what: Export) -> str:
    """One that every system takes."""
    shown = UNFIT.sub(" ", title).strip(" .")[:LONGEST_NAME]
    plain = shown.encode(errors="ignore")[:LONGEST_NAME_BYTES].decode(errors="ignore").strip() or "recording"
    return f"{plain}.{what}" if what else plain


def export(directory: Path, what: Export, target: Path) -> None:
    """``target`` is a file, or the folder to be made. What was there is replaced, but no folder is.

    Raises ``Failure``, ``ManifestError`` and ``StorageError``.
    """
    temporary = target.with_name(f".{uuid4().hex}")
    try:
        if what in TEXTS:
            temporary.write_text(_text(directory, TEXTS[what]), encoding="utf-8")
        elif what in MEDIA:
            shutil.copyfile(_media(directory, MEDIA[what]), temporary)
        else:
            if target.exists():
                raise Failure("output_exists", path=str(target))
            shutil.copytree(directory, temporary, ignore=shutil.ignore_patterns(".*"))
        temporary.replace(target)
    except OSError as error:
        _remove(temporary)
        raise storage_error(error, target) from error


def _media(directory: Path, kind: MediaKind) -> Path:
    for media in read_manifest(directory).media:
        if media.kind is kind and media.status is MediaStatus.DONE:
            return directory / media.path
    raise Failure("unknown_file", path=str(directory / kind))


def _text(directory: Path, form: TextFormat) -> str:
    transcript = read_transcript(directory / TRANSCRIPT_NAME)
    if transcript is None:
        raise Failure("unknown_transcript", id=f"of {directory.name}")
    return formatted(transcript, form, read_manifest(directory).spec.meeting.title)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
