"""A disk that takes everything and then says that it has lost it."""

import os
from pathlib import Path

import pytest

from capture.commands import Start
from capture.errors import StorageError
from capture.events import Ended, Error
from capture.recording import RecordingStatus
from tests.capture.worker_process import running_worker, spec_of
from tests.rig.shims import build


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("fsync_witness", tmp_path_factory.mktemp("shim"))


@pytest.mark.parametrize(
    "refused", ["video_mixed.mp4", "audio_mixed.mp3", "audio_separate/system.ogg", "participants.json"]
)
def test_no_recording_is_called_complete(refused: str, shim: Path, tmp_path: Path) -> None:
    witness = {"LD_PRELOAD": str(shim), "FSYNC_WITNESS": str(tmp_path / "synced"), "FSYNC_REFUSES": refused}
    with running_worker(environment={**os.environ, **witness}) as worker:
        worker.start(spec_of(tmp_path / "recording"))
        worker.record_until(0.5)
        worker.inbox.close()
        ended = worker.wait_for(Ended)
        worker.close()
    (error,) = {event.code for event in worker.events if isinstance(event, Error)}
    assert error == StorageError.code
    assert ended.status is RecordingStatus.INTERRUPTED


def test_none_begins_that_cannot_be_kept(shim: Path, tmp_path: Path) -> None:
    witness = {"LD_PRELOAD": str(shim), "FSYNC_WITNESS": str(tmp_path / "synced"), "FSYNC_REFUSES": "recording.json"}
    with running_worker(environment={**os.environ, **witness}) as worker:
        worker.send(Start(spec_of(tmp_path / "recording")))
        assert worker.wait_for(Error).code == StorageError.code
        worker.close()
    assert not (tmp_path / "recording").exists()
