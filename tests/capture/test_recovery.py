import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from capture.disk import HEADROOM_NAME, Headroom
from capture.encoding.converter import Converter
from capture.encoding.movie import Movie
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import load_profile
from capture.encoding.sound_file import SoundFile
from capture.errors import ManifestError, ManifestTooNew, RecordingRunning
from capture.events import Ended, Error
from capture.lock import LOCK_NAME, Lock
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
from capture.wire import decode_event
from tests.capture.decoding import played_s
from tests.end_to_end.media import decodes
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


@pytest.mark.parametrize("path", MEDIA)
def test_what_is_torn_plays_up_to_there(path: str, directory: Path) -> None:
    """An MP4's index was at its end; the fragments before it are still there."""
    whole = (directory / path).read_bytes()
    tear(directory / path)
    manifest = recover(directory)
    assert [media.status for media in manifest.media] == [MediaStatus.DONE] * 3
    assert decodes(directory / path) == ""
    assert min(played_s(directory / path)) >= LENGTH_S * 0.3
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    if path != MEDIA[0]:
        assert whole.startswith((directory / path).read_bytes())


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


NOT_A_MANIFEST = [b"", b"{", b"\0" * 4096, b"[]", b"7", b"{}", b'{"version":1,"spec":{}}', b"\xff\xfe", b"[" * 99_999]


@pytest.mark.parametrize("content", [None, *NOT_A_MANIFEST])
def test_without_a_manifest_the_files_speak(content: bytes | None, directory: Path) -> None:
    path = directory / "recording.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    manifest = recover(directory)
    assert manifest == read_manifest(directory)
    assert manifest.status == Status(RecordingStatus.INTERRUPTED, "crash")
    assert (manifest.spec.id, manifest.spec.microphone, manifest.spec.system_audio) == (directory.name, "default", None)
    assert [media.path for media in manifest.media] == list(MEDIA)
    kept = [each.read_bytes() for each in directory.glob("recording.broken*.json")]
    assert kept == ([] if content is None else [content])


def test_each_broken_manifest_is_kept(directory: Path) -> None:
    for content in NOT_A_MANIFEST:
        (directory / "recording.json").write_bytes(content)
        recover(directory)
    assert {path.read_bytes() for path in directory.glob("recording.broken*.json")} == set(NOT_A_MANIFEST)


def test_a_manifest_of_a_newer_program_is_left_alone(directory: Path) -> None:
    document = json.loads((directory / "recording.json").read_bytes())
    (directory / "recording.json").write_text(json.dumps({**document, "version": 99}))
    before = contents(directory)
    with pytest.raises(ManifestTooNew):
        recover(directory)
    assert contents(directory) == before


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path) -> None:
    for directory in (tmp_path / "gone", tmp_path):
        with pytest.raises(ManifestError):
            recover(directory)
    assert list(tmp_path.iterdir()) == []


def test_a_live_one_is_refused(directory: Path) -> None:
    before = contents(directory)
    with Lock(directory), pytest.raises(RecordingRunning):
        recover(directory)
    assert contents(directory) == before
    assert recover(directory).status.code is RecordingStatus.INTERRUPTED


@pytest.mark.parametrize("name", ["a b", "🎥 Überblick", "x" * 200])
def test_a_directory_of_any_name(name: str, directory: Path) -> None:
    moved = directory.rename(directory.with_name(name))
    tear(moved / MEDIA[0])
    assert recover(moved).status.code is RecordingStatus.INTERRUPTED
    assert decodes(moved / MEDIA[0]) == ""


def contents(directory: Path) -> dict[str, bytes]:
    """Of all but the lock, which is none."""
    files = (path for path in directory.rglob("*") if path.is_file() and path.name != LOCK_NAME)
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}


@pytest.mark.parametrize(("damaged", "status"), [((), 0), (("recording.json",), 0), (MEDIA, 1)])
def test_by_hand(damaged: tuple[str, ...], status: int, directory: Path) -> None:
    for path in damaged:
        empty(directory / path)
    done = by_hand(directory)
    assert done.returncode == status
    assert isinstance(decode_event(done.stdout), Ended)


def test_by_hand_what_cannot_be_is_said(directory: Path) -> None:
    with Lock(directory):
        done = by_hand(directory)
    assert done.returncode == 1
    assert decode_event(done.stdout) == Error("recording_running", "", {"id": directory.name})


def by_hand(directory: Path) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "capture", "recover", directory)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
