"""Makes a transcript of a finished recording. Nothing that fails here changes anything else of the recording."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from capture.encoding.speech import SpeechFile
from capture.errors import NothingToTranscribe, ProtocolError, RecordingRunning, TranscriptionFailed
from capture.lock import Lock
from capture.manifest import Manifest, read_manifest, storage_error, write_json, write_manifest
from capture.media import measure
from capture.recording import MediaFormat, MediaKind, MediaObject, MediaStatus, Side
from capture.retelling import wall_clock
from capture.transcription import open_engine
from capture.transcription.assembly import Understood, provider_data, transcript
from capture.transcription.base import TranscriptionEngine
from capture.transcription.choice import EngineChoice
from capture.transcription.hearing import heard_turns
from capture.transcription.journal import StretchJournal
from capture.transcription.shelf import (
    ORIGINAL_NAME,
    PROVIDER_NAME,
    About,
    Shelf,
    Transcript,
    TranscriptId,
    count_words,
)
from capture.transcription.turns import SpokenTurn, Stretch, read_turns, stretches
from capture.unfinished import UNFINISHED

logger = logging.getLogger(__name__)

SOUND: Mapping[Side, str] = {side: f"audio_separate/{side}.ogg" for side in Side}
TIMELINE_NAME = "speaker_timeline.json"
TRANSCRIPT_NAME = "transcript.json"

OpenEngine = Callable[[EngineChoice], TranscriptionEngine]
OnProgress = Callable[[int, int], None]
"""Stretches that are understood, of how many."""


@dataclass(frozen=True, slots=True)
class _Material:
    directory: Path
    manifest: Manifest
    turns: Sequence[SpokenTurn]
    stretches: Sequence[Stretch]
    sound: Mapping[str, str]


def transcribe(
    directory: Path, choice: EngineChoice, on_progress: OnProgress, open_engine: OpenEngine = open_engine
) -> About:
    """Goes on with the like that was not finished. What failed is noted, and raised again.

    Raises ``TranscriptionFailed``, ``ManifestError``, ``RecordingRunning`` (also where it is being transcribed),
    ``StorageError``.
    """
    material = _material(directory)
    shelf = _shelf(directory)
    with Lock(shelf.folder):
        about = shelf.open(choice, material.sound)
        try:
            understood = _understood(material, shelf.place(about.id), choice, on_progress, open_engine)
        except TranscriptionFailed as failure:
            shelf.keep(replace(about, status=MediaStatus.FAILED, sub_code=failure.code))
            _tell_of_failure(directory, failure.code)
            raise
        made = transcript(understood, material.turns, wall_clock(material.manifest))
        place = shelf.place(about.id)
        write_json(provider_data(understood, material.turns, choice.engine, about.created_at), place / PROVIDER_NAME)
        write_json(made, place / ORIGINAL_NAME)
        if made or not _is_good(read_manifest(directory)):
            show(directory, about.id)
        # The last of all: until then whoever comes next goes on with it.
        return shelf.keep(replace(about, status=MediaStatus.DONE, words=count_words(made)))


def begin(directory: Path, choice: EngineChoice) -> None:
    """Only notes that it is to be made. Raises as ``transcribe`` does."""
    material = _material(directory)
    shelf = _shelf(directory)
    with Lock(shelf.folder):
        shelf.open(choice, material.sound)


def show(directory: Path, transcript_id: TranscriptId) -> None:
    """Makes that one ``transcript.json``, for the manifest and for whoever is owed the recording.

    Raises ``ManifestError``, ``RecordingRunning``, ``StorageError``.
    """
    chosen: Transcript | None = Shelf(directory).read(transcript_id)
    if chosen is None:
        return
    with Lock(directory):
        write_json(chosen, directory / TRANSCRIPT_NAME)
        _list(directory, measure(directory / TRANSCRIPT_NAME, TRANSCRIPT_NAME, MediaKind.TRANSCRIPT))


def _shelf(directory: Path) -> Shelf:
    shelf = Shelf(directory)
    try:
        shelf.folder.mkdir(exist_ok=True)
    except OSError as error:
        raise storage_error(error, shelf.folder) from error
    return shelf


def _understood(
    material: _Material, place: Path, choice: EngineChoice, on_progress: OnProgress, open_engine: OpenEngine
) -> list[Understood]:
    """Of all stretches, in order; those in the journal are not listened to again."""
    with closing(StretchJournal(place)) as journal:
        known = {each.stretch: each for each in journal.understood}
        left = [stretch for stretch in material.stretches if stretch not in known]
        done = len(material.stretches) - len(left)
        on_progress(done, len(material.stretches))
        if left:
            with closing(open_engine(choice)) as engine:
                for stretch, sound in _with_files(material.directory, left):
                    speech = sound.between(stretch.start_ns, stretch.end_ns)
                    known[stretch] = Understood(stretch, engine.transcribe(speech))
                    journal.add(known[stretch])
                    done += 1
                    on_progress(done, len(material.stretches))
        return [known[stretch] for stretch in material.stretches]


def _with_files(directory: Path, left: Sequence[Stretch]) -> Iterator[tuple[Stretch, SpeechFile]]:
    """Each file is open while the stretches are gone through."""
    with ExitStack() as stack:
        files = {
            side: stack.enter_context(SpeechFile(directory / SOUND[side]))
            for side in Side
            if any(stretch.side is side for stretch in left)
        }
        for stretch in left:
            yield stretch, files[stretch.side]


def _material(directory: Path) -> _Material:
    """Raises ``NothingToTranscribe``, ``ManifestError``, ``RecordingRunning``."""
    manifest = read_manifest(directory)
    if manifest.status.code in UNFINISHED:
        raise RecordingRunning(id=manifest.spec.id)
    sound = {
        media.path: media.sha256
        for media in manifest.media
        if media.kind is MediaKind.AUDIO_SEPARATE and media.status is MediaStatus.DONE
    }
    present = {side: directory / path for side, path in SOUND.items() if path in sound and (directory / path).is_file()}
    if not present:
        message = "the sound of its sides is not on this machine"
        raise NothingToTranscribe(message)
    turns = _turns(directory, manifest, present)
    return _Material(directory, manifest, turns, stretches(turns, manifest.duration_ns), sound)


def _turns(directory: Path, manifest: Manifest, sound: Mapping[Side, Path]) -> Sequence[SpokenTurn]:
    """As the recorder has noted them, else as they are heard."""
    try:
        turns = read_turns(json.loads((directory / TIMELINE_NAME).read_bytes()), manifest.duration_ns)
    except (OSError, ValueError, ProtocolError) as error:
        logger.warning("recording=%s: who spoke when is listened for: %s", directory.name, type(error).__name__)
        return heard_turns(sound, manifest.duration_ns, manifest.spec.participant_name)
    return [turn for turn in turns if turn.side in sound]


def _is_good(manifest: Manifest) -> bool:
    return any(media.kind is MediaKind.TRANSCRIPT and media.status is MediaStatus.DONE for media in manifest.media)


def _tell_of_failure(directory: Path, code: str) -> None:
    """In the manifest, unless that has a good one."""
    with Lock(directory):
        if not _is_good(read_manifest(directory)):
            failed = MediaObject(
                MediaKind.TRANSCRIPT, MediaFormat.JSON, TRANSCRIPT_NAME, 0, "", MediaStatus.FAILED, code
            )
            _list(directory, failed)


def _list(directory: Path, media: MediaObject) -> None:
    """In place of what the manifest says of the same path. The caller has its lock."""
    manifest = read_manifest(directory)
    others = tuple(each for each in manifest.media if each.path != media.path)
    write_manifest(replace(manifest, media=(*others, media)), directory)
