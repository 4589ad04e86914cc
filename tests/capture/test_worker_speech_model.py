"""What a recording does without the file of the speech model, or with a damaged one."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from capture.commands import Stop
from capture.events import Ended, Speech, Warned
from capture.manifest import read_manifest
from capture.participants.silero import WEIGHTS
from capture.recording import RecordingStatus, Side
from tests.capture.worker_process import ROOT, running_worker, spec_of

COMMAND = (sys.executable, "-P", "-m", "capture", "worker")


def flip_a_bit(path: Path) -> None:
    weights = bytearray(path.read_bytes())
    weights[len(weights) // 2] ^= 1
    path.write_bytes(weights)


@pytest.mark.parametrize("harm", [Path.unlink, flip_a_bit], ids=["missing", "damaged"])
def test_it_suffers_nothing_and_says_so(harm: Callable[[Path], None], tmp_path: Path) -> None:
    """Beeps are speech to the ear that is left, which goes by loudness alone."""
    shutil.copytree(str(files("resources")), tmp_path / "resources")
    harm(tmp_path / "resources" / WEIGHTS)
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    with running_worker(COMMAND, environment) as worker:
        worker.start(spec_of(tmp_path / "recording"))
        worker.wait_for(Speech, lambda event: event.side is Side.SYSTEM and event.speaking)
        worker.send(Stop())
        assert worker.wait_for(Ended).status is RecordingStatus.COMPLETE
        worker.close()
    assert [(event.code, event.source) for event in worker.events if isinstance(event, Warned)] == [
        ("speech_model_unusable", "participants")
    ]
    (warned,) = read_manifest(tmp_path / "recording").receipt.warnings
    assert warned.code == "speech_model_unusable"
    assert warned.at_s == pytest.approx(0, abs=0.5)
    assert b"who speaks is told by loudness alone" in worker.words
