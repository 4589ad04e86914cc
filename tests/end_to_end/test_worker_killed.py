"""The worker is killed without a word; what it had recorded is there."""

import os
import signal
import time
from pathlib import Path

import pytest

from capture.recording import Side
from tests.end_to_end.afterword import Running
from tests.end_to_end.media import decodes, streams
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop

KILLED_AFTER_S = 6.0
LOST_S = 1.5


def test_a_killed_worker_loses_at_most_a_second_and_a_half(
    desktop: Desktop, voices: tuple[Path, Path], basedir: Path
) -> None:
    with (
        showing(Mode.SLIDES, desktop.environment),
        Running(desktop.environment, "--basedir", basedir, "record", "--no-deliver") as running,
    ):
        desktop.sound.say(Side.MICROPHONE, voices[0])
        time.sleep(KILLED_AFTER_S)  # this is the length that is measured
        os.kill(running.worker, signal.SIGKILL)
        done = running.finish()
    assert done.exit_status == 1
    assert done.document["error"]["code"] == "worker_died"
    assert done.document["status"] == {"code": "interrupted", "sub_code": "crash"}
    movie = Path(done.document["directory"]) / "video_mixed.mp4"
    assert decodes(movie) == ""
    for stream in streams(movie).values():
        assert float(stream["duration"]) >= KILLED_AFTER_S - LOST_S
    assert done.document["duration_s"] == pytest.approx(KILLED_AFTER_S, abs=LOST_S)
    assert {media["status"] for media in done.document["media"]} == {"done"}
