"""Recordings follow into the folder that was chosen for them, one after the other, and can be used meanwhile.

A recording is always whole in a folder that is listed. To another file system it is copied into ``.arriving``, read
back, named, and only then its old folder is put aside in ``.leaving`` and deleted. ``.moved_from`` says in the new one
that the old one is the same, should that have been cut short.
"""

import errno
import hashlib
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from app.delivery_ledger import open_ledger
from app.messages import Failure
from app.paths import Paths
from capture.disk import free_bytes
from capture.errors import ManifestError, RecordingRunning
from capture.lock import LOCK_NAME, Lock, is_running
from capture.manifest import MANIFEST_NAME, read_manifest, replace_file, storage_error, sync_folder
from capture.recording import RecordingId
from capture.unfinished import is_finished
from uploader.file_lock import FileLock
from uploader.lease import leased
from uploader.ledger import Ledger

logger = logging.getLogger(__name__)

ARRIVING: Final = ".arriving"
LEAVING: Final = ".leaving"
ORIGIN_NAME: Final = ".moved_from"
SETTLED: Final = timedelta(minutes=10)
"""For so long after its end a recording stays: its stop can be taken back, and its delivery is being noted."""

PIECE_BYTES: Final = 2**20
SPARE_BYTES: Final = 64 * 2**20
"""Left free for what is recorded meanwhile."""

COPIED_FOR: Final = {errno.EXDEV, errno.EACCES} if sys.platform == "win32" else {errno.EXDEV}
"""Why a folder cannot be renamed to where it shall be; Windows renames none in which a file is open."""


@dataclass(frozen=True, slots=True)
class Progress:
    """In recordings."""

    done: int
    total: int


class Stay(StrEnum):
    """Why a recording is where it was, in words."""

    BUSY = "somebody works on it"
    SENDING = "it is being sent"
    UNFINISHED = "it was not finished"
    JUST_ENDED = "it has only just ended"
    UNREADABLE = "its manifest cannot be read"
    DOUBLE = "there is another one of that name"
    NO_ROOM = "there is no room for it"
    CANCELLED = "moving was ended"


@dataclass(frozen=True, slots=True)
class Moved:
    """``left``: those that stay for now."""

    moved: int
    left: tuple[tuple[RecordingId, Stay], ...] = ()


class _Cancelled(Exception):
    pass


def move_recordings(
    paths: Paths,
    tell: Callable[[Progress], None] = lambda _: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Moved:
    """All that are not where new ones go. What is cancelled or killed goes on the next time.

    Raises ``Failure`` where another program does it, ``StorageError``, ``LedgerUnusable``.
    """
    target = paths.recordings
    try:
        others = [each for each in paths.places if each.is_dir() and not (target.is_dir() and each.samefile(target))]
        waiting = [each for place in others for each in recordings_in(place)]
        if not waiting and not any((place / name).exists() for place in paths.places for name in (ARRIVING, LEAVING)):
            return Moved(0)
        with _alone(paths), open_ledger(paths) as ledger:
            moved = _Removal(target, ledger, is_cancelled).move_all(waiting, tell)
            _tidy(paths, ledger)
    except OSError as error:
        raise storage_error(error, paths.recordings) from error
    return moved


def recordings_in(place: Path) -> list[Path]:
    return sorted(path.parent for path in place.glob(f"*/{MANIFEST_NAME}"))


def _tidy(paths: Paths, ledger: Ledger) -> None:
    """A delivery that began before its recording was moved has noted the old folder."""
    from uploader.debts import replay  # noqa: PLC0415 - half a second of imports, for who has something to move

    replay(paths.recordings, ledger)
    for place in paths.places:
        _clear(place / ARRIVING)
        _clear(place / LEAVING)
    for directory in recordings_in(paths.recordings):
        origin = _origin(directory)
        if origin == str(directory) or (origin is not None and not Path(origin).exists()):
            (directory / ORIGIN_NAME).unlink(missing_ok=True)


@contextmanager
def _alone(paths: Paths) -> Iterator[None]:
    lock = FileLock(paths.data / "moving.lock")
    try:
        is_ours = lock.try_take()
    except OSError as error:
        raise storage_error(error, paths.data) from error
    if not is_ours:
        raise Failure("recordings_moving")
    try:
        yield
    finally:
        lock.release()


class _Removal:
    def __init__(self, target: Path, ledger: Ledger, is_cancelled: Callable[[], bool]) -> None:
        self._target = target
        self._ledger = ledger
        self._is_cancelled = is_cancelled

    def move_all(self, waiting: list[Path], tell: Callable[[Progress], None]) -> Moved:
        left: list[tuple[RecordingId, Stay]] = []
        gone = 0
        for done, directory in enumerate(waiting):
            tell(Progress(done, len(waiting)))
            if not directory.exists():  # somebody has deleted it meanwhile
                gone += 1
                continue
            try:
                reason = self._move(directory)
            except _Cancelled:
                left += [(RecordingId(each.name), Stay.CANCELLED) for each in waiting[done:]]
                return Moved(len(waiting) - len(left) - gone, tuple(left))
            if reason is not None:
                left.append((RecordingId(directory.name), reason))
        tell(Progress(len(waiting), len(waiting)))
        return Moved(len(waiting) - len(left) - gone, tuple(left))

    def _move(self, directory: Path) -> Stay | None:
        """Why it stays."""
        if self._is_cancelled():
            raise _Cancelled
        place = self._target / directory.name
        if place.exists() and str(directory) != _origin(place) and str(place) != _origin(directory):
            return Stay.DOUBLE
        try:
            with Lock(directory) as lock:
                reason = self._carry_unsent(directory, place)
                if reason is None and directory.exists():
                    _remove(directory, lock)
                    (place / ORIGIN_NAME).unlink(missing_ok=True)
                return reason
        except RecordingRunning:
            return Stay.BUSY
        except OSError as error:
            raise storage_error(error, place) from error

    def _carry_unsent(self, directory: Path, place: Path) -> Stay | None:
        from uploader.debts import LOCK_NAME as DEBTS_LOCK_NAME  # noqa: PLC0415 - half a second of imports, for who has something to move

        with leased(directory) as is_ours:
            if not is_ours:
                return Stay.SENDING
            with FileLock(directory / DEBTS_LOCK_NAME):
                return _unready(directory) or self._carry(directory, place)

    def _carry(self, directory: Path, place: Path) -> Stay | None:
        """A copy leaves the old one where it is."""
        if place.exists() and _origin(directory) == str(place):  # it had nearly left there, and comes back
            with Lock(place) as stale:
                _remove(place, stale)
        if not place.exists() and not self._is_renamed(directory, place):
            if not _has_room(directory, self._target):
                return Stay.NO_ROOM
            self._copy(directory, place)
        self._ledger.move(RecordingId(place.name), place)
        return None

    def _is_renamed(self, directory: Path, place: Path) -> bool:
        try:
            directory.rename(place)
        except OSError as error:
            if error.errno in COPIED_FOR:
                return False
            raise
        sync_folder(place.parent)
        sync_folder(directory.parent)
        return True

    def _copy(self, directory: Path, place: Path) -> None:
        arriving = self._target / ARRIVING / directory.name
        _clear(arriving)
        try:
            arriving.mkdir(mode=0o700, parents=True)
            for path in sorted(directory.rglob("*")):
                self._copy_one(path, arriving / path.relative_to(directory))
        except BaseException:
            _clear(arriving)
            raise
        replace_file(str(directory), arriving / ORIGIN_NAME)
        for folder in (arriving, *(each for each in arriving.rglob("*") if each.is_dir())):
            sync_folder(folder)
        arriving.rename(place)
        sync_folder(self._target)

    def _copy_one(self, path: Path, copy: Path) -> None:
        if path.is_symlink():
            copy.symlink_to(path.readlink())
        elif path.is_dir():
            copy.mkdir(mode=0o700)
        else:
            with path.open("rb") as source, copy.open("xb") as target:
                written = self._poured(source, target.write)
                target.flush()
                os.fsync(target.fileno())
            with copy.open("rb") as source:
                if self._poured(source, lambda _: None) != written:
                    raise OSError(errno.EIO, "what was copied reads differently", str(copy))
            shutil.copystat(path, copy)

    def _poured(self, source: BinaryIO, write: Callable[[bytes], object]) -> str:
        """The digest of what went through."""
        digest = hashlib.sha256()
        while piece := source.read(PIECE_BYTES):
            if self._is_cancelled():
                raise _Cancelled
            digest.update(piece)
            write(piece)
        return digest.hexdigest()


def _unready(directory: Path) -> Stay | None:
    """Why it must not be moved yet, by somebody who holds its lock."""
    locks = (each.parent for each in directory.rglob(LOCK_NAME) if each.parent != directory)
    if any(is_running(each) for each in locks):  # a transcript, or a part of it
        return Stay.BUSY
    if not is_finished(directory):
        return Stay.UNFINISHED
    try:
        completed_at = read_manifest(directory).completed_at
    except ManifestError:
        return Stay.UNREADABLE
    if completed_at is not None and datetime.now(UTC) - datetime.fromisoformat(completed_at) < SETTLED:
        return Stay.JUST_ENDED
    return None


def _origin(place: Path) -> str | None:
    try:
        return (place / ORIGIN_NAME).read_text(encoding="utf-8")
    except OSError:
        return None


def _has_room(directory: Path, target: Path) -> bool:
    needed_bytes = sum(each.stat().st_size for each in directory.rglob("*") if each.is_file())
    return free_bytes(target) >= needed_bytes + SPARE_BYTES


def _remove(directory: Path, lock: Lock) -> None:
    """Out of sight at once: what is half deleted would look like a recording that broke off."""
    leaving = directory.parent / LEAVING / directory.name
    leaving.parent.mkdir(exist_ok=True)
    _clear(leaving)
    if sys.platform == "win32":
        lock.release()
    directory.rename(leaving)
    sync_folder(directory.parent)
    lock.release()
    _clear(leaving)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
