"""A worker is killed, another goes on: one recording comes of it, whoever dies while it is made."""

import itertools
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from capture.commands import Mark
from capture.errors import RecordingRunning
from capture.events import Frames
from capture.joining import restore
from capture.manifest import MANIFEST_NAME, read_manifest, write_manifest
from capture.parts import JOINED_NAME, PARTS_NAME, part_directory
from capture.recording import NS_PER_S, EndReason, MediaStatus, RecordingStatus
from capture.recording import TestPattern as Pattern
from capture.recovery import recover
from capture.unfinished import is_finished, unfinished
from tests.capture.decoding import onsets_s, sound
from tests.capture.encoding.pictures import watch
from tests.capture.worker_process import COMMAND, ROOT, running_worker, spec_of
from tests.end_to_end.media import decodes

MEDIA = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg")
PART_S = 3.0
LOST_S = 1.0
BRIGHT = 120


def record_part(directory: Path, number: int, mark: str, *, killed: bool) -> None:
    spec = spec_of(directory)
    if number:
        spec = replace(
            spec,
            directory=part_directory(directory, number),
            follows=directory,
            screen=Pattern(160, 90),  # a smaller screen than before
        )
    with running_worker() as worker:
        worker.start(spec)
        worker.record_until(1.0)
        worker.send(Mark(mark))
        worker.record_until(PART_S)
        worker.wait_for(Frames)
        if killed:
            worker.process.kill()
            worker.close()
        else:
            worker.end_of_input()


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two killed workers and one that came to its end."""
    directory = tmp_path_factory.mktemp("recordings") / "recording"
    record_part(directory, 0, "first", killed=True)
    record_part(directory, 1, "second", killed=True)
    record_part(directory, 2, "third", killed=False)
    return directory


@pytest.fixture
def directory(in_parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(in_parts, tmp_path / "recordings" / "recording"))


def assert_whole(directory: Path) -> None:
    manifest = read_manifest(directory)
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert manifest.receipt.ended_by is EndReason.END_OF_INPUT
    assert 3 * (PART_S - LOST_S) < manifest.duration_ns / NS_PER_S < 3 * PART_S + 5.0
    assert [mark.text for mark in manifest.marks] == ["first", "second", "third"]
    assert [media.path for media in manifest.media if media.status is MediaStatus.DONE][:4] == list(MEDIA)
    assert not (directory / PARTS_NAME).exists()
    assert not (directory / JOINED_NAME).exists()
    for path in MEDIA:
        assert decodes(directory / path) == "", path
        assert len(sound(directory / path)) / 48_000 == pytest.approx(manifest.duration_ns / NS_PER_S, abs=0.5), path


def test_nothing_of_any_part_is_lost(directory: Path) -> None:
    lengths = [recover(directory).duration_ns / NS_PER_S]
    lengths += [recover(part_directory(directory, number)).duration_ns / NS_PER_S for number in (1, 2)]
    assert all(length_s > PART_S - LOST_S for length_s in lengths)
    manifest = restore(directory)
    assert_whole(directory)
    assert manifest == read_manifest(directory)
    begins = [segment.start_ns / NS_PER_S for segment in manifest.timeline]
    assert len(begins) == 3
    for begin_s, next_s, length_s in zip(begins, begins[1:], lengths, strict=False):
        assert begin_s + length_s < next_s < begin_s + length_s + 1.1
    assert [segment.started_at for segment in manifest.timeline] == sorted(
        each.started_at for each in manifest.timeline
    )


def test_the_receipt_tells_of_the_seams(directory: Path) -> None:
    receipt = restore(directory).receipt
    for side in receipt.audio:
        assert [gap.reason for gap in side.gaps if gap.reason == "worker died"] == ["worker died"] * 2
    assert receipt.frames.captured > 3 * PART_S


def test_sound_and_picture_stay_together(directory: Path) -> None:
    """The test signal beeps while the square is lit."""
    restore(directory)
    film = watch(directory / "video_mixed.mp4")
    height, width = film.pictures[0].rgb.shape[:2]
    assert (width, height) == (320, 180)
    lit = [(each.at_s, bool(each.rgb[height // 2, width // 2].mean() > BRIGHT)) for each in film.pictures]
    flashes = np.array([at_s for (_, before), (at_s, now) in itertools.pairwise(lit) if now and not before])
    beeps = np.array(onsets_s(sound(directory / "video_mixed.mp4")))
    assert len(flashes) >= 6
    for flash_s in flashes:
        assert np.abs(beeps - flash_s).min() < 0.04, (flashes, beeps)


def test_it_is_found_by_itself_and_only_once(directory: Path) -> None:
    assert list(unfinished(directory.parent)) == [directory]
    first = restore(directory)
    assert list(unfinished(directory.parent)) == []
    assert is_finished(directory)
    assert restore(directory) == first


def test_a_part_that_is_being_made_is_left_alone(directory: Path) -> None:
    shutil.rmtree(part_directory(directory, 2))
    spec = replace(spec_of(directory), directory=part_directory(directory, 2), follows=directory)
    with running_worker() as worker:
        worker.start(spec)
        assert list(unfinished(directory.parent)) == []
        with pytest.raises(RecordingRunning):
            restore(directory)
        worker.record_until(2.0)
        worker.end_of_input()
        worker.close()
    assert restore(directory).status.code is RecordingStatus.COMPLETE


def test_a_part_in_which_nothing_came_to_be(directory: Path) -> None:
    part_directory(directory, 3).mkdir()
    restore(directory)
    assert_whole(directory)


def test_whoever_dies_at_the_last_step_is_followed(directory: Path) -> None:
    """The files are in their places and the parts are gone: what is told of them is that of the first part still."""
    first = recover(directory)
    restore(directory)
    making = directory / JOINED_NAME
    making.mkdir()
    (directory / MANIFEST_NAME).rename(making / MANIFEST_NAME)
    write_manifest(first, directory)
    assert list(unfinished(directory.parent)) == [directory]
    restore(directory)
    assert_whole(directory)


@pytest.mark.parametrize("after_s", [0.6, 0.8, 1.0, 1.2, 1.4])
def test_whoever_dies_while_joining_is_followed(directory: Path, after_s: float) -> None:
    """From the start of the program, which takes most of that time."""
    joining = subprocess.Popen(
        (*COMMAND[:-1], "recover", str(directory)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after_s)  # wherever that is
    joining.kill()
    joining.wait()
    restore(directory)
    assert_whole(directory)
