"""A transcript that was made becomes one that is stored."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from capture.recording import MediaKind
from uploader.backend import Backend
from uploader.backend.search import add_words
from uploader.backend.spelling import Spelling, respelled
from uploader.backend.tables import Media, Recording, ResourceStatus, StoredFile, Upload
from uploader.backend.transcript_tables import Transcription
from uploader.backend.transcription import Made
from uploader.times import iso_utc

RESPELLED = "respelled"


def spelled(made: Made, spellings: Sequence[Spelling]) -> Made:
    """What the engine wrote is left as it is, for it may be read again. Raises ``OSError``."""
    if not spellings:
        return made
    transcript = made.transcript.parent / RESPELLED / made.transcript.name
    transcript.parent.mkdir(exist_ok=True)
    transcript.write_text(json.dumps(respelled(json.loads(made.transcript.read_bytes()), spellings)), "utf-8")
    return replace(made, transcript=transcript)


def keep(backend: Backend, job: Transcription, made: Made) -> None:
    """All of it or nothing: nothing where it was deleted meanwhile. Raises ``Refusal``, ``OSError``."""
    with backend.store.transaction() as transaction:
        media = transaction.get(Media, job.id)
        upload = transaction.first(Upload, recording_id=media.recording_id) if media else None
    files: list[StoredFile] = []
    try:
        if upload is not None:
            for path, kind in ((made.transcript, MediaKind.TRANSCRIPT), (made.provider_data, None)):
                files.append(_stored(backend, _row(backend, job, upload, path, kind), path))
        is_kept = _publish(backend, job, files, [backend.search.read(file, file.kind) for file in files])
    except BaseException:
        _drop(backend, files)
        raise
    if not is_kept:
        _drop(backend, files)


def _row(backend: Backend, job: Transcription, upload: Upload, path: Path, kind: MediaKind | None) -> StoredFile:
    now = iso_utc(backend.now_s())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return StoredFile(
        id=str(uuid4()),
        upload_id=upload.id,
        media_id=job.id,
        path=f"transcripts/{job.id}/{path.name}",
        kind=kind,
        sha256=digest,
        stored_sha256=digest,
        length=path.stat().st_size,
        offset=path.stat().st_size,
        tus_metadata="",
        created_at=now,
        expires_at=now,
    )


def _stored(backend: Backend, file: StoredFile, path: Path) -> StoredFile:
    created = backend.contents.create(file)
    backend.contents.adopt(created, path)
    return created


def _publish(backend: Backend, job: Transcription, files: list[StoredFile], words: Sequence[Sequence[str]]) -> bool:
    now = iso_utc(backend.now_s())
    with backend.store.transaction() as transaction:
        media = transaction.get(Media, job.id)
        if media is None:
            return False
        transaction.hold(Recording, media.recording_id)  # as whoever deletes it, and in that order
        media = transaction.hold(Media, job.id)
        is_wanted = media is not None and media.status is ResourceStatus.PROCESSING
        if media is not None and is_wanted:
            for file, found in zip(files, words, strict=True):
                transaction.add(file)
                if file.kind is not None:
                    add_words(transaction, file.id, media.recording_id, found)
            transaction.change(media, status=ResourceStatus.DONE, updated_at=now)
        transaction.remove(job)
    return is_wanted


def _drop(backend: Backend, files: list[StoredFile]) -> None:
    for file in files:
        backend.contents.remove(file)
