"""Recordings on another disk than the rest of the data: made there, and delivered from there."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library import recording_directory
from app.paths import find_paths
from app.verification import FileState, verify
from capture.manifest import read_manifest
from tests.end_to_end.afterword import Answer, afterword
from tests.rig.desktop import Desktop

RECORD = ("record", "--duration", "1", "--no-video")


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        assert Path(name).stat().st_dev != tmp_path.stat().st_dev
        yield Path(name) / "recordings"


def test_recorded_and_delivered_there(desktop: Desktop, basedir: Path, other_disk: Path) -> None:
    def run(*words: str) -> Answer:
        found = afterword(desktop.environment, "--basedir", basedir, *words)
        assert found.exit_status == 0, found.words
        return found

    run("config", "set", "recordings", str(other_disk))
    recorded = run(*RECORD).document
    assert Path(recorded["directory"]) == other_disk / recorded["id"]
    assert recorded["delivery"]["status"] == "complete"
    directory = recording_directory(find_paths(basedir), recorded["id"])
    assert directory.parent == other_disk
    assert {finding.state for finding in verify(read_manifest(directory))} == {FileState.INTACT}
