"""A disk that fills up while it is recorded: a real one, of a few megabytes."""

import shutil
from pathlib import Path

import pytest

from capture.errors import DiskFull
from capture.events import Disk, Ended, Error, QualityChanged, RoomChanged
from capture.manifest import read_manifest
from capture.recording import NS_PER_S, EndReason, MediaStatus, Quality, RecordingStatus, Room
from capture.room import ROOM_ON_DISK
from tests.capture.decoding import sound
from tests.capture.worker_process import COMMAND, WorkerProcess, running_worker, spec_of
from tests.rig.small_disk import SmallDisk, on_small_disk

MIB = 2**20
ROOMS = ((Room.SCARCE, 50 * MIB), (Room.SHORT, 20 * MIB), (Room.AMPLE, 120 * MIB), (Room.GONE, 3 * MIB))
QUALITIES = (Quality.COARSE, Quality.AUDIO_ONLY, Quality.FULL)
TRACKS = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg")


def test_it_is_given_up_by_steps_and_ended_while_it_can_be_ended_well(tmp_path: Path) -> None:
    folder, kept = tmp_path / "disk", tmp_path / "kept"
    folder.mkdir()
    with running_worker(on_small_disk(folder, "160m", COMMAND)) as worker:
        worker.start(spec_of(folder / "recording"))
        disk = SmallDisk.of(worker.process.pid, folder)
        for room, free_bytes in ROOMS:
            disk.leave(free_bytes)
            assert_told(worker, room, free_bytes)
        error = worker.wait_for(Error)
        ended = worker.wait_for(Ended)
        shutil.copytree(disk.folder / "recording", kept)
        assert worker.close() == 0
    assert error.code == DiskFull.code
    assert error.data["folder"] == str(folder / "recording")
    assert (ended.status, ended.ended_by) == (RecordingStatus.INTERRUPTED, EndReason.DISK_FULL)
    told = [event for event in worker.events if isinstance(event, QualityChanged)]
    assert [event.step for event in told if event.reason == ROOM_ON_DISK][: len(QUALITIES)] == list(QUALITIES)
    assert_nothing_is_missing(kept, ended)


def assert_told(worker: WorkerProcess, room: Room, free_bytes: int) -> None:
    told = worker.wait_for(RoomChanged)
    assert told.room is room
    assert told.free_bytes == pytest.approx(free_bytes, abs=MIB)
    if room is not Room.GONE:
        worker.record_until(told.at_ns / NS_PER_S + 0.3)  # for the encoder to follow


def assert_nothing_is_missing(directory: Path, ended: Ended) -> None:
    manifest = read_manifest(directory)
    assert (manifest.status.code, manifest.status.sub_code) == (RecordingStatus.INTERRUPTED, DiskFull.code)
    assert [receipt.room for receipt in manifest.receipt.disk] == [room for room, _ in ROOMS]
    assert {media.status for media in manifest.media} == {MediaStatus.DONE}
    assert (directory / "participants.json").stat().st_size
    for name in TRACKS:
        assert len(sound(directory / name)) / 48_000 == pytest.approx(ended.duration_ns / NS_PER_S, abs=0.08)


def test_what_is_left_is_told_beforehand(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with running_worker(on_small_disk(folder, "160m", COMMAND)) as worker:
        worker.start(spec_of(folder / "recording"))
        disk = SmallDisk.of(worker.process.pid, folder)
        worker.wait_for(Disk)
        disk.leave(100 * MIB)
        told = worker.wait_for(Disk, lambda event: event.free_bytes <= 100 * MIB)
        assert told.full_in_s is not None
        assert told.full_in_s < 60, "somebody takes megabytes a second"
        worker.end_of_input()
        assert worker.close() == 0
