"""Pause modes and the encoder's choice, as the worker keeps and tells them."""

from dataclasses import replace
from pathlib import Path

import pytest

from capture.commands import Pause, Resume
from capture.events import Ended, Log, Status
from capture.manifest import read_manifest
from capture.recording import NS_PER_S, PauseMode, RecordingStatus
from tests.capture.encoding.pictures import watch
from tests.capture.worker_process import WorkerProcess, running_worker, spec_of

PAUSE_NS = NS_PER_S


@pytest.mark.parametrize("mode", PauseMode)
def test_a_pause_of_either_kind(mode: PauseMode, tmp_path: Path) -> None:
    directory, profile = tmp_path / "recording", "hardware" if mode is PauseMode.BLANK else "editing"
    with running_worker() as worker:
        worker.start(replace(spec_of(directory), pause_mode=mode, profile=profile))
        ended = _with_a_pause(worker, mode)
        assert worker.close() == 0
    manifest = read_manifest(directory)
    blanks = [segment.is_blank for segment in manifest.timeline]
    assert blanks == ([False, True, False] if mode is PauseMode.BLANK else [False, False])
    assert sum(segment.duration_ns for segment in manifest.timeline) == ended.duration_ns
    black = [shown for shown in watch(directory / "video_mixed.mp4").pictures if shown.rgb.max() < 3]
    assert bool(black) is (mode is PauseMode.BLANK)
    encoder = manifest.receipt.encoder
    assert encoder is not None
    assert encoder.used in {"libx264", encoder.wanted} or encoder.reason
    told = [event.message for event in worker.events if isinstance(event, Log)]
    assert [encoder.used in message for message in told] == [True] * (encoder.reason is not None)
    assert manifest.receipt.quality == ()


def _with_a_pause(worker: WorkerProcess, mode: PauseMode) -> Ended:
    """What is asked for twice is done once."""
    worker.record_until(1)
    worker.send(Pause(), Pause())
    paused = worker.wait_for(Status)
    if mode is PauseMode.BLANK:
        worker.record_until((paused.at_ns + PAUSE_NS) / NS_PER_S)
    worker.send(Resume(), Resume())
    resumed = worker.wait_for(Status)
    worker.record_until((resumed.at_ns + NS_PER_S) / NS_PER_S)
    assert (paused.status, resumed.status) == (RecordingStatus.PAUSED, RecordingStatus.RECORDING)
    return worker.end_of_input()
