"""Makes the transcripts that were asked for, one after another, for as long as a backend is served."""

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from uploader.backend import Backend
from uploader.backend.refusal import Reason, Refusal
from uploader.backend.store import Transaction
from uploader.backend.tables import Media, Recording, ResourceStatus, StoredFile
from uploader.backend.transcript_folder import Stored, lay_out, sound_of
from uploader.backend.transcript_keeping import keep, spelled
from uploader.backend.transcript_requests import hearing_of, spellings_of, wish_of
from uploader.backend.transcript_tables import Transcription
from uploader.backend.transcription import Made, Transcriber, TranscriptFailed, TranscriptPutOff, Work
from uploader.file_lock import FileLock
from uploader.times import iso_utc

logger = logging.getLogger(__name__)

LOOK_S = 30.0
"""Other processes write into the same database without a word."""

LEASE_S = 60.0
"""Whoever worked on it has died, if he has not been heard of for so long."""

WATCH_S = 1.0
RENEW_S = 15.0

DELAY_S, LONGEST_DELAY_S = 1.0, 60.0
MOST_DELAYS = 10
"""What is put off more often has failed: some six minutes, in which whatever a killed server left has ended."""

FOLDER = "transcribing"


class TranscriptQueue:
    """A context manager: a thread of its own for as long as it is open. Without a transcriber it does nothing."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._folder = backend.data / FOLDER
        self._wake = backend.transcripts_wanted
        self._is_over = threading.Event()
        self._guard = threading.Lock()
        self._work: Work | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._backend.transcriber is not None:
            run, transcriber = self._run, self._backend.transcriber
            self._thread = threading.Thread(target=run, args=(transcriber,), name="backend-transcripts", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is being made is stopped, and gone on with when a backend is served again."""
        self._is_over.set()
        self._wake.set()
        with self._guard:
            if self._work is not None:
                self._work.stop()
        if self._thread is not None:
            self._thread.join()

    def _run(self, transcriber: Transcriber) -> None:
        self._folder.mkdir(exist_ok=True)
        lock = FileLock(self._folder / ".lock")
        is_alone = lock.try_take() and not self._backend.store.is_shared
        while not self._is_over.is_set():
            self._wake.clear()
            wait_s = LOOK_S
            try:
                if is_alone:  # then whoever had leased them is dead
                    self._free_all()
                    is_alone = False
                wait_s = self._round(transcriber)
            except (Refusal, OSError) as error:  # the disk is full, or a store away: later it may not be
                logger.warning("transcripts are put off: %s", getattr(error, "code", type(error).__name__))
            except Exception:  # the top of a thread
                logger.exception("transcripts are put off")
            self._wake.wait(wait_s)
        lock.release()

    def _free_all(self) -> None:
        now = self._now()
        with self._backend.store.transaction() as transaction:
            for job in transaction.find(Transcription):
                transaction.change(job, due_at=now)

    def _round(self, transcriber: Transcriber) -> float:
        """Gives the seconds until the next."""
        while not self._is_over.is_set() and (job := self._lease()):
            self._make(job, transcriber)
        with self._backend.store.transaction() as transaction:
            due = [job.due_at for job in transaction.find(Transcription)]
        return DELAY_S if due else LOOK_S

    def _lease(self) -> Transcription | None:
        with self._backend.store.transaction() as transaction:
            for job in transaction.due_transcriptions(self._now(), 1):
                return transaction.change(job, due_at=self._now(LEASE_S))
        return None

    def _make(self, job: Transcription, transcriber: Transcriber) -> None:
        folder = self._folder / job.id
        with self._backend.store.transaction() as transaction:
            media = transaction.get(Media, job.id)
            stored = _stored(transaction, media.recording_id) if media else None
        if media is None or stored is None or media.status is not ResourceStatus.PROCESSING:
            self._end(job)
            return
        try:
            made = self._made(job, stored, media, transcriber)
            if made is None:
                self._stopped(job)
                return
            keep(self._backend, job, spelled(made, spellings_of(media.data["provider"])))
        except TranscriptPutOff as trouble:
            self._put_off(job, trouble)
        except TranscriptFailed as trouble:
            self._fail(job, trouble.code)
        except (Refusal, OSError):
            raise
        except Exception:  # nobody knows what it is, so that nobody would mend it by trying again
            logger.exception("transcript=%s", job.id)
            self._fail(job, Reason.INTERNAL_ERROR)
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def _made(self, job: Transcription, stored: Stored, media: Media, transcriber: Transcriber) -> Made | None:
        """``None`` where it was stopped."""
        sound = sound_of(stored, hearing_of(media.data["diarization"]))
        folder = self._folder / job.id
        try:
            lay_out(stored, sound, self._backend.contents, folder)
        except FileNotFoundError as error:  # deleted meanwhile, as the next look will tell
            raise TranscriptPutOff("sound_missing") from error
        begun = transcriber.begin(folder, wish_of(media.data["provider"]), sound.hearing)
        with self._begun(begun) as work, self._watched(job, work):
            return work.result()

    @contextmanager
    def _begun(self, work: Work) -> Iterator[Work]:
        with self._guard:
            self._work = work
            if self._is_over.is_set():
                work.stop()
        try:
            yield work
        finally:
            with self._guard:
                self._work = None

    @contextmanager
    def _watched(self, job: Transcription, work: Work) -> Iterator[None]:
        """Stops it when its transcript is deleted; tells others that somebody works on it."""
        is_over = threading.Event()

        def watch() -> None:
            renewed_s = self._backend.now_s()
            while not is_over.wait(WATCH_S):
                try:
                    if not self._is_wanted(job):
                        work.stop()
                        return
                    if not 0 <= self._backend.now_s() - renewed_s < RENEW_S:
                        self._renew(job)
                        renewed_s = self._backend.now_s()
                except Refusal:  # the database is locked: the next look may find it open
                    continue
                except Exception:  # the top of a thread
                    logger.exception("transcript=%s", job.id)

        watcher = threading.Thread(target=watch, name="transcript-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            is_over.set()
            watcher.join()

    def _is_wanted(self, job: Transcription) -> bool:
        with self._backend.store.transaction() as transaction:
            media = transaction.get(Media, job.id)
        return media is not None and media.status is ResourceStatus.PROCESSING

    def _renew(self, job: Transcription) -> None:
        with self._backend.store.transaction() as transaction:
            transaction.change(job, due_at=self._now(LEASE_S))

    def _stopped(self, job: Transcription) -> None:
        """Because it was deleted, or the server ends: then whoever takes it next goes on."""
        if not self._is_wanted(job):
            self._end(job)
            return
        with self._backend.store.transaction() as transaction:
            transaction.change(job, due_at=self._now())

    def _put_off(self, job: Transcription, trouble: TranscriptPutOff) -> None:
        if job.put_off >= MOST_DELAYS:
            self._fail(job, trouble.code)
            return
        logger.warning("transcript=%s is put off: %s", job.id, trouble.code)
        delay_s = min(DELAY_S * 2**job.put_off, LONGEST_DELAY_S)
        with self._backend.store.transaction() as transaction:
            transaction.change(job, due_at=self._now(delay_s), put_off=job.put_off + 1)

    def _fail(self, job: Transcription, code: str) -> None:
        """Unless it was deleted meanwhile."""
        with self._backend.store.transaction() as transaction:
            media = transaction.hold(Media, job.id)
            if media is not None and media.status is ResourceStatus.PROCESSING:
                transaction.change(media, status=ResourceStatus.FAILED, sub_code=code, updated_at=self._now())
        self._end(job)

    def _end(self, job: Transcription) -> None:
        """Its folder first: what is left of it without a row nobody would find."""
        shutil.rmtree(self._folder / job.id, ignore_errors=True)
        with self._backend.store.transaction() as transaction:
            transaction.remove(job)

    def _now(self, later_s: float = 0.0) -> str:
        return iso_utc(self._backend.now_s() + later_s)


def _stored(transaction: Transaction, recording_id: str) -> Stored | None:
    recording = transaction.get(Recording, recording_id)
    media = transaction.find(Media, recording_id=[recording_id])
    files = transaction.find(StoredFile, media_id=[each.id for each in media])
    return Stored(recording, files) if recording else None
