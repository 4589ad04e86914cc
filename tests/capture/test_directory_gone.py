"""Somebody deletes the directory of a recording while it is made or mended."""

import shutil
from pathlib import Path

import pytest

from capture.errors import ManifestError
from capture.events import Ended, Error
from capture.recording import EndReason, RecordingStatus
from capture.recovery import recover
from tests.capture.worker_process import running_worker, spec_of


def test_a_recorder_whose_directory_is_gone_says_so_and_ends(tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    with running_worker() as worker:
        worker.start(spec_of(directory))
        worker.record_until(0.5)
        shutil.rmtree(directory)
        error = worker.wait_for(Error)
        ended = worker.wait_for(Ended)
        assert worker.close() == 0
    assert error.code == "folder_not_writable"
    assert (ended.status, ended.ended_by) == (RecordingStatus.INTERRUPTED, EndReason.STORAGE)
    assert not directory.exists()


def test_there_is_nothing_to_recover(tmp_path: Path) -> None:
    with pytest.raises(ManifestError):
        recover(tmp_path / "recording")
    assert list(tmp_path.iterdir()) == []
