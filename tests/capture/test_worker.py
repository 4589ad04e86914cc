"""One worker through a long day: what it makes of good commands and bad ones, several recordings in turn."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from capture.commands import Discard, Mark, Mute, Pause, Resume, Shutdown, Start, Stop
from capture.events import (
    Disk,
    Ended,
    Error,
    Event,
    Frames,
    Level,
    MediaCompleted,
    ParticipantChange,
    Ready,
    Started,
    Status,
)
from capture.manifest import Manifest, read_manifest
from capture.media import FILES, sha256
from capture.recording import NS_PER_S, EndReason, Meeting, RecordingStatus, Side
from tests.capture.decoding import onsets_s, sound
from tests.capture.encoding.pictures import watch
from tests.capture.worker_process import WorkerProcess, running_worker, spec_of

TITLE = "Salary talks \ud800"
SOUND = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg")
BAD_LINES = (b"{oops\n", b'{"type":"mute","side":"left"}\n', b"\xff\xfe\n", b"[]\n")
IGNORED_LINES = (b'{"type":"dance"}\n', b'{"type":"stop"}\n', b'{"type":"pause"}\n', b'{"type":"discard"}\n')


@dataclass(frozen=True, slots=True)
class Take:
    """What one recording was told and left; ``manifest`` and files are as they are on the disk."""

    directory: Path
    events: Sequence[Event]

    @property
    def manifest(self) -> Manifest:
        return read_manifest(self.directory)

    @property
    def ended(self) -> Ended:
        (ended,) = (event for event in self.events if isinstance(event, Ended))
        return ended


@dataclass(frozen=True, slots=True)
class Day:
    before: Sequence[Event]
    meeting: Take
    discarded: Path
    orphan: Take
    timed: Take
    last: Take
    exit_status: int
    words: str


def take(worker: WorkerProcess, directory: Path, since: int) -> Take:
    return Take(directory, worker.events[since:])


def record_a_meeting(worker: WorkerProcess, directory: Path) -> Take:
    """Muted from 0.8 s on but for the other side, paused at about 2.2 s, ended a second later."""
    since = len(worker.events)
    spec = replace(spec_of(directory), meeting=Meeting(title=TITLE, platform="meet"))
    worker.start(spec)
    worker.send(Start(spec_of(directory.with_name("second"))))
    worker.wait_for(Error)
    worker.record_until(0.8)
    worker.send(Mute(Side.MICROPHONE), Mark("here"))
    worker.record_until(2.2)
    worker.send(Pause(), Pause())
    worker.wait_for(Status, lambda status: status.status is RecordingStatus.PAUSED)
    worker.wait_for(Frames)  # comes once a second, whether it is paused or not
    worker.send(Resume(), Resume())
    resumed = worker.wait_for(Status, lambda status: status.status is RecordingStatus.RECORDING)
    worker.record_until(resumed.at_ns / NS_PER_S + 0.8)
    worker.send(Stop(), Stop())
    worker.wait_for(Ended)
    return take(worker, directory, since)


def discard_one(worker: WorkerProcess, directory: Path) -> Path:
    worker.start(spec_of(directory))
    worker.send(Discard())
    return directory


def lose_the_folder_of_one(worker: WorkerProcess, orphan: Path, timed: Path) -> tuple[Take, Take]:
    """Its folder is gone when it ends. What goes wrong with it then must not end the one that follows."""
    since = len(worker.events)
    worker.start(spec_of(orphan))
    worker.wait_for(Level)
    orphan.rename(orphan.with_name("elsewhere"))
    worker.send(Stop(), Start(spec_of(timed, duration_ns=NS_PER_S)))
    worker.wait_for(Ended)
    lost = take(worker, orphan, since)
    since = len(worker.events)
    worker.wait_for(Ended)
    return lost, take(worker, timed, since)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    folder = tmp_path_factory.mktemp("recordings")
    with running_worker() as worker:
        for line in (*BAD_LINES, *IGNORED_LINES):
            worker.write(line)
        for _ in BAD_LINES:
            worker.wait_for(Error)
        before = list(worker.events)
        meeting = record_a_meeting(worker, folder / "meeting")
        discarded = discard_one(worker, folder / "discarded")
        orphan, timed = lose_the_folder_of_one(worker, folder / "orphan", folder / "timed")
        since = len(worker.events)
        worker.start(spec_of(folder / "last"))
        worker.send(Shutdown())
        worker.wait_for(Ended)
        last = take(worker, folder / "last", since)
        yield Day(before, meeting, discarded, orphan, timed, last, worker.close(), worker.words.decode())


def test_it_says_that_it_is_ready_first(day: Day) -> None:
    assert day.before[0] == Ready()


def test_lines_that_are_wrong_are_reported_and_survived(day: Day) -> None:
    errors = [event for event in day.before if isinstance(event, Error)]
    assert len(errors) == len(BAD_LINES)
    assert {error.code for error in errors} == {"protocol_error"}
    assert "side" in errors[1].reason
    assert len(day.before) == 1 + len(BAD_LINES)


def test_a_second_start_is_refused(day: Day) -> None:
    (error,) = (event for event in day.meeting.events if isinstance(event, Error))
    assert error.code == "protocol_error"
    assert not day.meeting.directory.with_name("second").exists()


def test_the_recording_is_complete(day: Day) -> None:
    manifest, ended = day.meeting.manifest, day.meeting.ended
    assert manifest.status.code is ended.status is RecordingStatus.COMPLETE
    assert manifest.receipt.ended_by is ended.ended_by is EndReason.STOP
    assert manifest.duration_ns == ended.duration_ns
    assert manifest.spec.meeting.title == TITLE


def test_every_file_is_listed_with_its_digest(day: Day) -> None:
    manifest = day.meeting.manifest
    assert [media.path for media in manifest.media] == [path for path, _ in FILES if path != "transcript.json"]
    for media in manifest.media:
        file = day.meeting.directory / media.path
        assert (media.bytes, media.sha256) == (file.stat().st_size, sha256(file))
    assert [event.media for event in day.meeting.events if isinstance(event, MediaCompleted)] == list(manifest.media)


def test_the_folder_holds_nothing_else(day: Day) -> None:
    names = {str(path.relative_to(day.meeting.directory)) for path in day.meeting.directory.rglob("*.*")}
    own = {"recording.json", "events.ndjson", ".lock", "worker.log"}
    assert names == own | {media.path for media in day.meeting.manifest.media}
    assert day.meeting.directory.stat().st_mode & 0o777 == 0o700


def test_the_pause_is_cut_out(day: Day) -> None:
    manifest = day.meeting.manifest
    first, second = manifest.timeline
    assert first.start_ns == 0
    assert second.start_ns == first.duration_ns
    assert second.start_ns + second.duration_ns == manifest.duration_ns
    for path in SOUND:
        length_s = len(sound(day.meeting.directory / path)) / 48_000
        assert length_s == pytest.approx(manifest.duration_ns / NS_PER_S, abs=0.08)
    film = watch(day.meeting.directory / SOUND[0])
    assert film.duration_s == pytest.approx(manifest.duration_ns / NS_PER_S, abs=0.08)


def test_flash_and_beep_are_at_the_same_instant(day: Day) -> None:
    """As far as they lie before the pause, and not at its seam."""
    until_s = day.meeting.manifest.timeline[0].duration_ns / NS_PER_S - 0.1
    film = watch(day.meeting.directory / SOUND[0])
    middles = [(shown.at_s, shown.rgb[90, 160].mean() > 150) for shown in film.pictures]
    flashes = [after[0] for before, after in pairwise(middles) if after[1] and not before[1] and after[0] < until_s]
    assert flashes
    for path in (SOUND[0], SOUND[1], SOUND[3]):
        beeps = np.array(onsets_s(sound(day.meeting.directory / path)))
        assert max(np.abs(beeps - flash).min() for flash in flashes) < 0.06


def test_mute_silences_that_side_alone(day: Day) -> None:
    mine, theirs = (onsets_s(sound(day.meeting.directory / path)) for path in SOUND[2:])
    assert not [onset for onset in mine if onset > 1.2]
    assert [onset for onset in theirs if onset > 1.2]


def test_the_mark_is_kept(day: Day) -> None:
    (mark,) = day.meeting.manifest.marks
    assert mark.text == "here"
    assert 0.8 <= mark.at_s < 2.2


def test_statuses_come_in_order(day: Day) -> None:
    said = [event.status for event in day.meeting.events if isinstance(event, Status)]
    assert said == [RecordingStatus.PAUSED, RecordingStatus.RECORDING]
    assert isinstance(day.meeting.events[0], Started)
    assert isinstance(day.meeting.events[-1], Ended)


def test_what_is_going_on_is_told_meanwhile(day: Day) -> None:
    events = day.meeting.events
    assert {event.side for event in events if isinstance(event, Level)} == {*Side}
    assert max(event.captured for event in events if isinstance(event, Frames)) >= 2
    assert all(event.free_bytes > 0 for event in events if isinstance(event, Disk))
    assert next(event.action for event in events if isinstance(event, ParticipantChange)) == "join"


def test_the_receipt_is_clean(day: Day) -> None:
    receipt = day.meeting.manifest.receipt
    assert receipt.frames.captured >= 4
    assert receipt.frames.dropped == 0
    assert {audio.source for audio in receipt.audio} == {"microphone", "system"}
    assert not [gap for audio in receipt.audio for gap in audio.gaps]


def test_the_participants_are_written(day: Day) -> None:
    people = json.loads((day.meeting.directory / "participants.json").read_bytes())
    assert people[0] == {
        "id": 100,
        "name": "Ada",
        "is_host": True,
        "platform": "desktop",
        "extra_data": None,
        "email": None,
    }


def test_a_discarded_recording_is_deleted(day: Day) -> None:
    assert not day.discarded.exists()


def test_a_recording_whose_folder_is_gone_ends_all_the_same(day: Day) -> None:
    assert day.orphan.ended.status is RecordingStatus.INTERRUPTED
    assert not day.orphan.directory.exists()


def test_what_failed_before_does_not_end_the_next(day: Day) -> None:
    assert day.timed.ended.ended_by is EndReason.DURATION
    assert day.timed.ended.status is RecordingStatus.COMPLETE
    assert day.timed.ended.duration_ns == pytest.approx(NS_PER_S, abs=NS_PER_S // 4)


def test_shutdown_finishes_what_runs(day: Day) -> None:
    assert day.last.manifest.status.code is RecordingStatus.COMPLETE
    assert day.exit_status == 0


def test_nothing_private_is_logged(day: Day) -> None:
    words = day.words + (day.meeting.directory / "worker.log").read_text()
    assert "recording=meeting" in words
    assert "Salary" not in words
    assert "Ada" not in words
