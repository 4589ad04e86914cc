"""The worker is killed without a word: another goes on, and at the end there is one recording."""

import os
import signal
import time
from pathlib import Path

import pytest

from app.continued_capture import RestartBudget
from capture.recording import Side
from tests.end_to_end.afterword import Answer, Running
from tests.end_to_end.media import decodes, streams
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop

BEFORE_S, AFTER_S = 4.0, 4.0
LOST_S = 1.5
"""By one kill, with what another worker needs to begin."""

LIMIT_S = 20.0


def assert_plays(done: Answer) -> None:
    directory = Path(done.document["directory"])
    assert not (directory / "parts").exists()
    for media in done.document["media"]:
        assert media["status"] == "done"
    for path in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg"):
        assert decodes(directory / path) == "", path
        for stream in streams(directory / path).values():
            assert float(stream["duration"]) == pytest.approx(done.document["duration_s"], abs=1.0)


def test_another_worker_goes_on(desktop: Desktop, voices: tuple[Path, Path], basedir: Path) -> None:
    with (
        showing(Mode.SLIDES, desktop.environment),
        Running(desktop.environment, "--basedir", basedir, "record", "--no-deliver") as running,
    ):
        desktop.sound.say(Side.MICROPHONE, voices[0])
        time.sleep(BEFORE_S)  # this is the length that is measured
        killed = running.worker
        os.kill(killed, signal.SIGKILL)
        time.sleep(AFTER_S)  # as above
        assert running.worker != killed
        running.signal(signal.SIGINT)
        done = running.finish()
    assert done.exit_status == 0, done.words
    assert "The recorder died" in done.words
    assert done.document["status"] == {"code": "complete", "sub_code": None}
    assert BEFORE_S + AFTER_S - 2 * LOST_S <= done.document["duration_s"] <= BEFORE_S + AFTER_S + LOST_S
    for side in done.document["receipt"]["audio"]:
        assert "worker died" in [gap["reason"] for gap in side["gaps"]]
    assert_plays(done)


def test_a_worker_that_dies_again_and_again(desktop: Desktop, basedir: Path) -> None:
    """What was recorded by each of them is there, and the user is told."""
    with Running(desktop.environment, "--basedir", basedir, "record", "--no-deliver") as running:
        killed: set[int] = set()
        for _ in range(RestartBudget().restarts + 1):
            worker = _next_worker(running, killed)
            time.sleep(2.5)  # as above
            os.kill(worker, signal.SIGKILL)
            killed.add(worker)
        done = running.finish()
    assert done.exit_status == 1
    assert done.document["error"]["code"] == "worker_died"
    assert done.document["status"] == {"code": "interrupted", "sub_code": "crash"}
    assert len(killed) == 4
    assert done.document["duration_s"] >= 2.0
    assert_plays(done)


def _next_worker(running: Running, killed: set[int]) -> int:
    deadline_s = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline_s:
        workers = running.children() - killed
        if workers:
            return workers.pop()
        time.sleep(0.05)
    message = "no worker followed"
    raise AssertionError(message)
