import json
from dataclasses import replace
from pathlib import Path

import pytest

from capture.errors import ManifestError, ManifestTooNew
from capture.journal import JOURNAL_NAME
from capture.lock import Lock
from capture.manifest import MANIFEST_NAME, Manifest, Status, read_manifest, write_manifest
from capture.recording import RecordingStatus
from capture.unfinished import is_finished, known_manifest, unfinished
from tests.capture.worker_process import spec_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def keep(folder: Path, name: str, status: RecordingStatus = RecordingStatus.RECORDING) -> Path:
    directory = folder / name
    directory.mkdir()
    write_manifest(Manifest(spec_of(directory), Status(status), "2026-11-01T09:00:00.000Z"), directory)
    return directory


def test_the_unfinished_are_found(folder: Path) -> None:
    for status in RecordingStatus:
        keep(folder, status, status)
    (folder / "notes.txt").touch()
    assert [path.name for path in unfinished(folder)] == ["paused", "recording"]


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert list(unfinished(tmp_path / "gone")) == []


def test_a_live_one_is_none(folder: Path) -> None:
    with Lock(keep(folder, "one")):
        assert list(unfinished(folder)) == []
    assert [path.name for path in unfinished(folder)] == ["one"]


@pytest.mark.parametrize("file", [JOURNAL_NAME, "video_mixed.mp4", "audio_separate/system.ogg"])
@pytest.mark.parametrize("manifest", [None, "", "{", "[]"])
def test_without_a_manifest_the_files_tell(manifest: str | None, file: str, folder: Path) -> None:
    directory = folder / "one"
    (directory / "audio_separate").mkdir(parents=True)
    if manifest is not None:
        (directory / MANIFEST_NAME).write_text(manifest)
    assert is_finished(directory), "there is nothing to finish"
    (directory / file).touch()
    assert not is_finished(directory)
    assert known_manifest(directory) is None


def test_one_that_is_just_being_begun_is_not_touched(folder: Path) -> None:
    """Between its folder and its lock a recorder has nothing that could be saved."""
    (folder / "new" / "audio_separate").mkdir(parents=True)
    assert list(unfinished(folder)) == []
    assert [path.name for path in (folder / "new").iterdir()] == ["audio_separate"]


def test_one_of_a_newer_program_is_no_work_for_us(folder: Path) -> None:
    path = keep(folder, "one") / MANIFEST_NAME
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "version": 99}))
    assert list(unfinished(folder)) == []
    with pytest.raises(ManifestTooNew):
        known_manifest(path.parent)


def test_a_manifest_that_cannot_be_opened_is_not_taken_for_a_broken_one(folder: Path) -> None:
    directory = folder / "one"
    (directory / MANIFEST_NAME).mkdir(parents=True)
    (directory / JOURNAL_NAME).touch()
    with pytest.raises(ManifestError):
        known_manifest(directory)


def test_a_known_one_is_read(folder: Path) -> None:
    directory = keep(folder, "one")
    assert known_manifest(directory) == read_manifest(directory)
    write_manifest(replace(read_manifest(directory), duration_ns=5), directory)
    assert known_manifest(directory) == read_manifest(directory)
