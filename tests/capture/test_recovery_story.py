"""A worker is killed while much happens; recovered, the recording tells of all that was told before."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capture.commands import Mark, Pause, Resume, Stop
from capture.events import FilesClosed, Frames, ParticipantChange
from capture.events import Status as StatusChanged
from capture.journal import JOURNAL_NAME, read_journal
from capture.manifest import Manifest, Status, read_manifest, write_manifest
from capture.recording import (
    NS_PER_S,
    REMOTE_PARTICIPANT_ID,
    SYNTHETIC_DEVICE,
    EndReason,
    MediaStatus,
    Meeting,
    Participant,
    ParticipantAction,
    RecordingStatus,
)
from capture.recovery import recover
from capture.wire import decode_event, encode_event
from tests.capture.worker_process import WorkerProcess, running_worker, spec_of
from tests.end_to_end.media import decodes

LOST_S = 1.5
TITLE = "Überblick 🎥"
MOVIE = "video_mixed.mp4"


def document(directory: Path, name: str) -> Any:  # noqa: ANN401 - a JSON document has no better type
    return json.loads((directory / name).read_bytes())


def live(worker: WorkerProcess, directory: Path) -> None:
    """A second, a mark, a pause that is cut out, and another second."""
    worker.start(replace(spec_of(directory), meeting=Meeting(title=TITLE)))
    worker.record_until(1.0)
    worker.send(Mark("here"), Pause())
    worker.wait_for(StatusChanged, lambda event: event.status is RecordingStatus.PAUSED)
    worker.send(Resume())
    worker.wait_for(StatusChanged, lambda event: event.status is RecordingStatus.RECORDING)
    worker.record_until(3.0)
    worker.wait_for(Frames)


def add_voices(directory: Path) -> None:
    """What is told of beeps names no speaker: a voice of each side that begins and ends, in the midst of the story."""
    path = directory / JOURNAL_NAME
    lines = path.read_text("utf-8").splitlines(keepends=True)
    after = next(number for number, line in enumerate(lines, 1) if isinstance(decode_event(line), ParticipantChange))
    me = Participant(100, "Ada", is_host=True)
    them = Participant(REMOTE_PARTICIPANT_ID, None, is_host=None)
    told = [ParticipantChange(them, ParticipantAction.JOIN, NS_PER_S // 4)]
    for who in (me, them):
        told.append(ParticipantChange(who, ParticipantAction.SPEECH_ON, NS_PER_S // 4))
        told.append(ParticipantChange(who, ParticipantAction.SPEECH_OFF, NS_PER_S // 2))
    lines[after:after] = [f"{encode_event(change)}\n" for change in told]
    path.write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("recordings") / "killed"
    with running_worker() as worker:
        live(worker, directory)
        worker.process.kill()
        worker.close()
    add_voices(directory)
    return directory


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("recordings") / "stopped"
    with running_worker() as worker:
        live(worker, directory)
        worker.send(Stop())
        worker.wait_for(FilesClosed)
        worker.close()
    add_voices(directory)
    return directory


@pytest.fixture
def directory(killed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed, tmp_path / "recording"))


def assert_all_is_told(manifest: Manifest, directory: Path) -> None:
    assert manifest.spec.meeting.title == TITLE
    assert [mark.text for mark in manifest.marks] == ["here"]
    assert manifest.marks[0].at_s == pytest.approx(1.0, abs=0.5)
    first, second = manifest.timeline
    assert (first.start_ns, second.start_ns) == (0, first.duration_ns)
    assert first.duration_ns + second.duration_ns == manifest.duration_ns
    assert second.started_at > first.started_at
    receipt = manifest.receipt
    assert receipt.frames.captured > 3
    assert [(each.source, each.device) for each in receipt.audio] == [
        ("microphone", SYNTHETIC_DEVICE),
        ("system", SYNTHETIC_DEVICE),
    ]
    assert receipt.screen is not None
    assert receipt.encoder is not None
    assert [each["name"] for each in document(directory, "participants.json")] == ["Ada", None]
    assert document(directory, "meeting_metadata.json")["title"] == TITLE
    actions = [each["action"] for each in document(directory, "participant_events.json")]
    assert actions[:2] == ["join", "join"]
    assert actions[-2:] == ["leave", "leave"]
    assert actions.count("speech_on") == actions.count("speech_off") >= 2
    assert all(turn["end_timestamp"] for turn in document(directory, "speaker_timeline.json"))


def test_what_was_told_is_kept(directory: Path) -> None:
    manifest = recover(directory)
    assert manifest.status == Status(RecordingStatus.INTERRUPTED, "crash")
    assert manifest.receipt.ended_by is EndReason.CRASH
    assert manifest.receipt.audio[0].drift_ms_per_min is None
    assert manifest.duration_ns >= (3.0 - LOST_S) * NS_PER_S
    assert_all_is_told(manifest, directory)
    assert {media.status for media in manifest.media} == {MediaStatus.DONE}
    assert len(manifest.media) == 8
    assert read_manifest(directory) == manifest
    assert recover(directory) == manifest


def test_the_files_are_ordinary_ones(directory: Path) -> None:
    manifest = recover(directory)
    for media in manifest.media[:4]:
        assert decodes(directory / media.path) == ""
    assert (directory / MOVIE).read_bytes()[48:52] == b"mdat", "it is still in fragments"


@pytest.mark.parametrize("content", [None, b"{"])
def test_the_journal_knows_the_manifest(content: bytes | None, directory: Path) -> None:
    (directory / "recording.json").unlink()
    if content is not None:
        (directory / "recording.json").write_bytes(content)
    manifest = recover(directory)
    assert manifest.status == Status(RecordingStatus.INTERRUPTED, "crash")
    assert_all_is_told(manifest, directory)


@pytest.mark.parametrize("kept", [0.6, 0.8, 0.95])
def test_of_a_torn_journal_the_whole_lines_count(kept: float, directory: Path) -> None:
    path = directory / JOURNAL_NAME
    path.write_bytes(path.read_bytes()[: round(path.stat().st_size * kept)])
    manifest = recover(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    events = document(directory, "participant_events.json")
    assert [each["action"] for each in events].count("leave") == 2


def test_without_a_journal_the_files_are_saved(directory: Path) -> None:
    (directory / JOURNAL_NAME).unlink()
    manifest = recover(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    assert len(manifest.media) == 4


def test_where_only_the_last_words_were_missing_it_is_complete(stopped: Path, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(stopped, tmp_path / "recording"))
    before = read_manifest(directory)
    opened = read_journal(directory).opened
    assert opened is not None
    write_manifest(opened, directory)
    for name in ("participants.json", "participant_events.json", "meeting_metadata.json"):
        (directory / name).unlink()
    manifest = recover(directory)
    assert manifest.status == before.status == Status(RecordingStatus.COMPLETE)
    assert manifest.receipt.ended_by is EndReason.STOP
    assert (manifest.duration_ns, manifest.timeline, manifest.marks) == (
        before.duration_ns,
        before.timeline,
        before.marks,
    )
    assert manifest.media[:4] == before.media[:4]
    assert [media.path for media in manifest.media] == [media.path for media in before.media]
    assert_all_is_told(manifest, directory)


def test_a_closed_file_that_was_torn_since_is_no_complete_recording(stopped: Path, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(stopped, tmp_path / "recording"))
    (directory / "recording.json").unlink()
    with (directory / MOVIE).open("r+b") as file:
        file.truncate((directory / MOVIE).stat().st_size - 100)
    manifest = recover(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    assert decodes(directory / MOVIE) == ""
