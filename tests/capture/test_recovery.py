import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from capture.disk import HEADROOM_NAME, Headroom
from capture.encoding.audio import SoundFile
from capture.encoding.converter import Converter
from capture.encoding.movie import Movie
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import load_profile
from capture.errors import ManifestError
from capture.manifest import Manifest, Status, read_manifest, write_manifest
from capture.media import sha256
from capture.recording import (
    NS_PER_S,
    EndReason,
    MediaStatus,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
)
from capture.recording import TestPattern as Pattern
from capture.recovery import recover
from capture.screen.base import VideoFormat
from tests.fakes.sources import bars, frame, tone

ROOT = Path(__file__).parents[2]
LENGTH_S = 4
MEDIA = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whole files, and a manifest that says the recording still runs."""
    directory = tmp_path_factory.mktemp("finished")
    (directory / "audio_separate").mkdir()
    for path in MEDIA[1:]:
        sound = SoundFile(Muxer(directory / path), 1, 48_000)
        sound.write(tone(LENGTH_S))
        sound.close()
    movie = Movie(directory / MEDIA[0], VideoFormat(64, 36), 30, load_profile("balanced"), with_sound=True)
    picture = Converter().convert(frame(bars([(200, 30, 30)], 64, 36), 0))
    for step in range(LENGTH_S * 10):
        movie.show(picture, step * NS_PER_S // 10)
        movie.sound(tone(0.1, channels=2))
    movie.finish(LENGTH_S * NS_PER_S)
    movie.close()
    spec = RecordingSpec(RecordingId("r"), directory, Pattern())
    write_manifest(Manifest(spec, Status(RecordingStatus.RECORDING), "2026-11-01T09:00:02.000Z"), directory)
    Headroom(directory).take()
    return directory


@pytest.fixture
def directory(finished: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "recording"
    shutil.copytree(finished, copy)
    return copy


def tear(path: Path) -> None:
    """Half of it is all that reached the disk."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scramble(path: Path) -> None:
    path.write_bytes(b"\x5a" * 5000)


def test_whole_files_are_all_done(directory: Path) -> None:
    manifest = recover(directory)
    assert manifest.status == Status(RecordingStatus.INTERRUPTED, "crash")
    assert manifest.receipt.ended_by is EndReason.CRASH
    assert manifest.completed_at
    assert manifest.duration_ns == pytest.approx(LENGTH_S * NS_PER_S, rel=0.03)
    assert [media.path for media in manifest.media] == list(MEDIA)
    for media in manifest.media:
        assert media.status is MediaStatus.DONE
        assert media.bytes == (directory / media.path).stat().st_size
        assert media.sha256 == sha256(directory / media.path)
    assert read_manifest(directory) == manifest
    assert not (directory / HEADROOM_NAME).exists()


@pytest.mark.parametrize("path", MEDIA[1:])
def test_torn_sound_plays_up_to_there(path: str, directory: Path) -> None:
    tear(directory / path)
    content = (directory / path).read_bytes()
    manifest = recover(directory)
    assert [media.status for media in manifest.media] == [MediaStatus.DONE] * 3
    assert (directory / path).read_bytes() == content


@pytest.mark.parametrize("path", MEDIA)
@pytest.mark.parametrize("damage", [empty, scramble])
def test_a_file_that_does_not_play_has_failed_alone(path: str, damage: Callable[[Path], None], directory: Path) -> None:
    damage(directory / path)
    manifest = recover(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    assert {media.path: media.status for media in manifest.media} == {
        each: MediaStatus.FAILED if each == path else MediaStatus.DONE for each in MEDIA
    }
    assert (directory / path).exists()


def test_an_mp4_without_its_index_has_failed(directory: Path) -> None:
    """A closed one keeps it at the end; while it is being written it needs none."""
    tear(directory / MEDIA[0])
    assert recover(directory).media[0].status is MediaStatus.FAILED


def test_where_nothing_plays_the_recording_has_failed(directory: Path) -> None:
    for path in MEDIA:
        empty(directory / path)
    manifest = recover(directory)
    assert manifest.status == Status(RecordingStatus.FAILED, "crash")
    assert manifest.duration_ns == 0
    assert {media.status for media in manifest.media} == {MediaStatus.FAILED}


def test_where_there_are_no_files_the_recording_has_failed(directory: Path) -> None:
    for path in MEDIA:
        (directory / path).unlink()
    assert recover(directory).status.code is RecordingStatus.FAILED


@pytest.mark.parametrize("code", [RecordingStatus.COMPLETE, RecordingStatus.INTERRUPTED, RecordingStatus.FAILED])
def test_what_has_ended_is_not_touched(code: RecordingStatus, directory: Path) -> None:
    before = replace(read_manifest(directory), status=Status(code))
    write_manifest(before, directory)
    files = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in directory.rglob("*") if path.is_file()}
    assert recover(directory) == before
    assert files == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in directory.rglob("*") if path.is_file()
    }


def test_a_paused_recording_is_unfinished_too(directory: Path) -> None:
    write_manifest(replace(read_manifest(directory), status=Status(RecordingStatus.PAUSED)), directory)
    assert recover(directory).status.code is RecordingStatus.INTERRUPTED


def test_without_a_manifest_nothing_is_touched(directory: Path) -> None:
    (directory / "recording.json").unlink()
    files = sorted(directory.rglob("*"))
    with pytest.raises(ManifestError):
        recover(directory)
    assert sorted(directory.rglob("*")) == files


@pytest.mark.parametrize(("damaged", "status"), [((), 0), (MEDIA, 1), (("recording.json",), 1)])
def test_by_hand(damaged: tuple[str, ...], status: int, directory: Path) -> None:
    for path in damaged:
        empty(directory / path)
    command = (sys.executable, "-m", "capture", "recover", directory)
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=30, check=False).returncode == status
