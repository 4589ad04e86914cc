"""``make demo`` from the outside: its output, its exit status, and what it leaves running."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx

from tests.rig.demo import ROOT

MARK = "AFTERWORD_DEMO_TEST"
ROW = re.compile(r"^(?P<path>\S+) +(?P<bytes>\d+)  (?P<sha256>[0-9a-f]{64})  (?P<url>http://\S+)$", re.MULTILINE)
LIMIT_S = 100


def run_demo(folder: Path, mark: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, MARK: mark, "PULSE_SERVER": "unix:/nonexistent", **({"PATH": path} if path else {})}
    command = (sys.executable, "-m", "tests.rig.demo", str(folder))
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def left_running(mark: str) -> dict[int, str]:
    """Command lines of what a demo left behind; whatever it started carries its mark."""
    marked, found = f"{MARK}={mark}".encode(), {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marked in (process / "environ").read_bytes().split(b"\0"):
                found[int(process.name)] = (process / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it ended meanwhile, or is another user's
    return found


def share_in_turns(directory: Path) -> float:
    """Of the transcript's words those whose middle lies in a turn of whom they are said to be of."""
    timeline = json.loads((directory / "speaker_timeline.json").read_bytes())
    turns = [
        (turn["participant"]["id"], turn["start_timestamp"]["relative"], turn["end_timestamp"]["relative"])
        for turn in timeline
    ]
    words = [
        (each["participant"]["id"], (word["start_timestamp"]["relative"] + word["end_timestamp"]["relative"]) / 2)
        for each in json.loads((directory / "transcript.json").read_bytes())
        for word in each["words"]
    ]
    assert {who for who, _ in words} == {100, 200}
    return sum(any(who == turn[0] and turn[1] <= at_s <= turn[2] for turn in turns) for who, at_s in words) / len(words)


def test_a_machine_without_screen_and_sound_shows_everything(tmp_path: Path) -> None:
    mark = str(uuid.uuid4())
    done = run_demo(tmp_path / "demo", mark)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a private virtual one of 1280x720" in done.stdout
    assert "speech on both sides" in done.stdout
    (stop,) = re.findall(r"To end it now: kill (\d+)$", done.stdout, re.MULTILINE)
    try:
        assert all("serve --json" in command for command in left_running(mark).values()), left_running(mark)
        rows = [row.groupdict() for row in ROW.finditer(done.stdout)]
        assert {"video_mixed.mp4", "audio_mixed.mp3", "transcript.json"} <= {row["path"] for row in rows}
        (video,) = re.findall(r"^Video: (.+)$", done.stdout, re.MULTILINE)
        assert share_in_turns(Path(video).parent) >= 0.9
        for row in rows:
            copy = httpx.get(row["url"], trust_env=False).raise_for_status().content
            file = Path(video).parent / row["path"]
            assert copy == file.read_bytes()
            assert row["sha256"] == hashlib.sha256(copy).hexdigest()
            assert int(row["bytes"]) == len(copy)
    finally:
        os.kill(int(stop), signal.SIGTERM)
    deadline_s = time.monotonic() + 20
    while left_running(mark):
        assert time.monotonic() < deadline_s, left_running(mark)
        time.sleep(0.05)


def test_a_failure_is_told_and_leaves_nothing_running(tmp_path: Path) -> None:
    mark, program = str(uuid.uuid4()), tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho no such voice >&2; exit 1\n")
    program.chmod(0o700)
    done = run_demo(tmp_path / "demo", mark, f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert "The demo failed: espeak-ng: no such voice" in done.stderr
    assert not left_running(mark)
