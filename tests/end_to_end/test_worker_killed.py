"""Everything is killed without a word, as a power cut or a crashing machine does it; what was recorded is there."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from capture.recording import Side
from tests.end_to_end.afterword import Running, afterword
from tests.end_to_end.media import decodes, streams
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop

KILLED_AFTER_S = 6.0
LOST_S = 1.5
LOOK_S = 0.05


def kill_both(running: Running) -> None:
    """The worker must not see that the app is gone: it would finish the recording."""
    worker = running.worker
    os.kill(worker, signal.SIGSTOP)
    running.signal(signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    wait_for_the_death_of(worker)


def wait_for_the_death_of(process_id: int) -> None:
    """On a busy machine it takes a moment, and until then its locks hold: nobody would recover what it left."""
    stat = Path(f"/proc/{process_id}/stat")
    with suppress(FileNotFoundError, ProcessLookupError):
        while stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] not in {"Z", "X"}:
            time.sleep(LOOK_S)


def test_a_crash_loses_at_most_a_second_and_a_half(desktop: Desktop, voices: tuple[Path, Path], basedir: Path) -> None:
    with (
        showing(Mode.SLIDES, desktop.environment),
        Running(desktop.environment, "--basedir", basedir, "record", "--no-deliver") as running,
    ):
        desktop.sound.say(Side.MICROPHONE, voices[0])
        time.sleep(KILLED_AFTER_S)  # this is the length that is measured
        kill_both(running)
    listed = afterword(desktop.environment, "--basedir", basedir, "recordings")
    assert listed.exit_status == 0
    assert "broke off; 0:0" in listed.words
    (found,) = listed.document["recordings"]
    assert found["status"] == {"code": "interrupted", "sub_code": "crash"}
    movie = Path(found["directory"]) / "video_mixed.mp4"
    assert decodes(movie) == ""
    for stream in streams(movie).values():
        assert float(stream["duration"]) >= KILLED_AFTER_S - LOST_S
    assert found["duration_s"] == pytest.approx(KILLED_AFTER_S, abs=LOST_S)
    assert {media["status"] for media in found["media"]} == {"done"}
    assert [path["path"] for path in found["media"]].count("speaker_timeline.json") == 1
    assert found["receipt"]["frames"]["captured"] > 0
