"""A recording and its further parts made one again.

Everything is made anew in a folder beside them, which counts from the moment that its manifest is there. Then it takes
their place, file by file, the manifest last. Whoever dies on the way is followed by somebody who goes on from there.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from capture.encoding.splice import Piece, next_start_ns, splice
from capture.errors import EncoderError, ManifestError
from capture.events import Ended, Event, FilesClosed, Frames, GapFound, ParticipantChange, later
from capture.journal import Journal, read_journal
from capture.lock import LOCK_NAME, Lock
from capture.manifest import MANIFEST_NAME, Manifest, read_manifest, storage_error, sync_folder, write_manifest
from capture.media import FILES
from capture.participants.numbers import Numbers, renumbered
from capture.parts import JOINED_NAME, PARTS_NAME, part_directories
from capture.recording import EndReason, MediaFormat, MediaStatus, ParticipantAction, Side
from capture.recovery import recover
from capture.retelling import participant_changes

logger = logging.getLogger(__name__)

LOG_NAME = "worker.log"
WORKER_DIED, STOPPED = "worker died", "stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """One run of a worker, closed; ``start_ns`` on the whole recording's timeline."""

    directory: Path
    manifest: Manifest
    start_ns: int

    @property
    def end_ns(self) -> int:
        return self.start_ns + self.manifest.duration_ns

    def plays(self, path: str) -> bool:
        return any(media.path == path and media.status is MediaStatus.DONE for media in self.manifest.media)


def restore(directory: Path) -> Manifest:
    """Finishes an unfinished recording and joins its parts. One that has ended in one piece stays as it is.

    Raises ``RecordingRunning`` also where only a part is being made, and as ``recover`` does.
    """
    for part in part_directories(directory):
        Lock(part).release()
    manifest = recover(directory)
    if not part_directories(directory) and not (directory / JOINED_NAME).exists():
        return manifest
    with Lock(directory):
        try:
            return _joined(directory, manifest)
        except EncoderError:
            logger.exception("the parts stay as they are")
            return manifest
        except OSError as error:
            raise storage_error(error, directory) from error


def _joined(directory: Path, first: Manifest) -> Manifest:
    making = directory / JOINED_NAME
    if not (making / MANIFEST_NAME).exists():
        if making.exists():  # nobody came to an end with it, and it holds only copies
            shutil.rmtree(making)
        parts = tuple(_parts(directory, first))
        if len(parts) > 1:
            _make(making, parts)
    if (making / MANIFEST_NAME).exists():
        _put_in_place(making, directory)
    return read_manifest(directory)


def _parts(directory: Path, first: Manifest) -> Iterator[Part]:
    """Those in which something plays."""
    part = Part(directory, first, 0)
    yield part
    for following in part_directories(directory):
        try:
            manifest = recover(following)
        except ManifestError:  # its worker died before it had anything
            continue
        if manifest.duration_ns:
            part = Part(following, manifest, next_start_ns(part.end_ns))
            yield part


def _make(making: Path, parts: Sequence[Part]) -> None:
    """A recording of its own, complete or interrupted as the last part is."""
    (making / "audio_separate").mkdir(parents=True, mode=0o700)
    for path, _ in FILES:
        pieces = [Piece(part.directory / path, part.start_ns) for part in parts if part.plays(path)]
        if pieces and not path.endswith(MediaFormat.JSON):
            splice(pieces, making / path)
    with Journal(making) as journal:
        journal.open(_opened(parts[0]))
        for event in _story(parts):
            journal.add(event)
        journal.sync()
    with (making / LOG_NAME).open("wb") as log:
        for part in parts:
            if (part.directory / LOG_NAME).exists():
                log.write((part.directory / LOG_NAME).read_bytes())
    _close(making, parts[0].directory)


def _close(making: Path, directory: Path) -> None:
    """The manifest is written twice: it counts from the first time."""
    manifest = recover(making)
    write_manifest(replace(manifest, spec=replace(manifest.spec, directory=directory)), making)


def _opened(part: Part) -> Manifest:
    return read_journal(part.directory).opened or part.manifest


def _story(parts: Sequence[Part]) -> Iterator[Event]:
    """What was told of each part, in the time of the whole. The end of all is that of the last part."""
    before = Frames(0, 0, 0, 0)
    for part in parts:
        frames = Frames(0, 0, 0, 0)
        for event in read_journal(part.directory).events:
            if isinstance(event, Frames):
                frames = event
                yield later(_sum(before, event), part.start_ns)
            elif not isinstance(event, ParticipantChange | FilesClosed | Ended):
                yield later(event, part.start_ns)
            elif part is parts[-1] and not isinstance(event, ParticipantChange):
                yield replace(event, duration_ns=event.duration_ns + part.start_ns)
        before = _sum(before, frames)
    yield from people(parts)
    yield from _seams(parts)


def people(parts: Sequence[Part]) -> Iterator[ParticipantChange]:
    """Nobody left or came because a worker died; but who spoke then is not known to have gone on."""
    present: set[int] = set()
    numbers = Numbers()
    for part in parts:
        changes = participant_changes(read_journal(part.directory).events, part.manifest.duration_ns)
        for change in renumbered(changes, numbers):
            leaves = change.action is ParticipantAction.LEAVE
            comes_again = change.action is ParticipantAction.JOIN and change.participant.id in present
            only_ends = leaves and part is not parts[-1] and change.at_ns >= part.manifest.duration_ns
            if not comes_again and not only_ends:
                (present.discard if leaves else present.add)(change.participant.id)
                yield replace(change, at_ns=change.at_ns + part.start_ns)


def _seams(parts: Sequence[Part]) -> Iterator[GapFound]:
    for before, after in pairwise(parts):
        for side in Side:
            if after.plays(f"audio_separate/{side}.ogg"):
                yield GapFound(side, before.end_ns, after.start_ns - before.end_ns, _parted(before.manifest))


def _parted(manifest: Manifest) -> str:
    """Why another part follows."""
    return STOPPED if manifest.receipt.ended_by is EndReason.STOP else WORKER_DIED


def _sum(before: Frames, frames: Frames) -> Frames:
    return Frames(
        before.captured + frames.captured,
        before.repeated + frames.repeated,
        before.dropped + frames.dropped,
        frames.at_ns,
    )


def _put_in_place(making: Path, directory: Path) -> None:
    """The parts go only when all that they held is in its place. Raises ``OSError``."""
    for path in sorted(making.rglob("*")):
        if path.is_file() and path.name not in {MANIFEST_NAME, LOCK_NAME}:
            path.replace(directory / path.relative_to(making))
    for folder in (directory / "audio_separate", directory):
        sync_folder(folder)
    if (directory / PARTS_NAME).exists():
        shutil.rmtree(directory / PARTS_NAME)
    (making / MANIFEST_NAME).replace(directory / MANIFEST_NAME)
    sync_folder(directory)
    shutil.rmtree(making)
