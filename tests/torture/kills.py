"""SIGKILL at a random moment: of the worker, of the worker and the app at once, and of a worker that is followed."""

import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Container
from pathlib import Path

from capture.manifest import Manifest, read_manifest
from capture.recording import (
    NS_PER_S,
    AllMonitors,
    MediaFormat,
    MediaStatus,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
)
from tests.benchmarks.sound.sync import offsets
from tests.capture.worker_process import running_worker
from tests.end_to_end.afterword import ROOT, Running, afterword
from tests.end_to_end.media import decodes, streams
from tests.rig.flash import read_flashes
from tests.rig.sound import RigFailed
from tests.torture.score import Trial
from tests.torture.stage import Stage

EARLIEST_S, LATEST_S = 1.0, 9.5
"""After the start. With four flashes, one every 2 s, it can be told whether sound and picture are together."""

LIMIT_S = 60.0
POLL_S = 0.02
ENDED = {RecordingStatus.INTERRUPTED, RecordingStatus.COMPLETE}
"""An app that outlives its worker by a moment has started another one, which then comes to a proper end by itself."""

PLAYED = {MediaFormat.MP4, MediaFormat.MP3, MediaFormat.OGG}


def kill_worker(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    """The recording is closed by hand afterwards, as the app does it."""
    spec = RecordingSpec(RecordingId(folder.name), folder / "recording", AllMonitors())
    with running_worker(environment=stage.desktop.environment) as worker:
        worker.start(spec)
        began_ns = time.monotonic_ns()
        time.sleep(chance.uniform(EARLIEST_S, LATEST_S))
        worker.process.kill()
        recorded_s = (time.monotonic_ns() - began_ns) / NS_PER_S
        worker.close()
    command = (sys.executable, "-m", "capture", "recover", str(spec.directory))
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LIMIT_S, check=False)
    return _judge(spec.directory, {RecordingStatus.INTERRUPTED}, recorded_s, stage, began_ns)


def kill_both(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    """The next start of the app must find it, close it and say so; the start after that must find nothing to do."""
    running = Running(stage.desktop.environment, "--basedir", folder, "record", "--no-deliver")
    began_ns = time.monotonic_ns()
    with running:
        time.sleep(chance.uniform(EARLIEST_S, LATEST_S))
        worker = running.worker
        pids = [worker, running.pid]
        chance.shuffle(pids)
        recorded_s = (time.monotonic_ns() - began_ns) / NS_PER_S
        os.kill(worker, signal.SIGSTOP)  # it must not see that the app is gone: it would finish
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
    _wait_until_gone(worker)
    first, second = (afterword(stage.desktop.environment, "--basedir", folder, "recordings") for _ in range(2))
    problems = []
    if len(first.document["recordings"]) != 1:
        problems.append(f"{len(first.document['recordings'])} recordings are listed")
    if second.document != first.document:
        problems.append("the second start tells something else than the first")
    if second.words:
        problems.append(f"the second start had something to say: {second.words}")
    if not first.words:
        problems.append("nobody was told that a recording was saved")
    directory = Path(first.document["recordings"][0]["directory"])
    judged = _judge(directory, ENDED, recorded_s, stage, began_ns)
    return Trial((*problems, *judged.problems), judged.lost_s, judged.apart_ms)


def kill_followed(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    """Another worker goes on: one recording, complete, in one piece."""
    after_s = chance.uniform(2.0, 4.0)
    running = Running(stage.desktop.environment, "--basedir", folder, "record", "--no-deliver")
    began_ns = time.monotonic_ns()
    with running:
        time.sleep(after_s)
        os.kill(running.worker, signal.SIGKILL)
        time.sleep(chance.uniform(4.0, 6.0))
        recorded_s = (time.monotonic_ns() - began_ns) / NS_PER_S
        running.signal(signal.SIGINT)
        done = running.finish()
    directory = Path(done.document["directory"])
    judged = _judge(directory, {RecordingStatus.COMPLETE}, recorded_s, stage, None)
    problems = list(judged.problems)
    if done.exit_status:
        problems.append(f"exit status {done.exit_status}: {done.words}")
    if (directory / "parts").exists():
        problems.append("the parts are still there")
    return Trial(tuple(problems), judged.lost_s)


def _wait_until_gone(pid: int) -> None:
    """One that the kill meets while the disk takes what it wrote lives until that is done, and holds its recording."""
    deadline_s = time.monotonic() + LIMIT_S
    while _lives(pid) and time.monotonic() < deadline_s:
        time.sleep(POLL_S)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _judge(
    directory: Path, statuses: Container[RecordingStatus], recorded_s: float, stage: Stage, began_ns: int | None
) -> Trial:
    """``began_ns``: when on the monotonic clock, where flashes are to be compared; the folder goes if all is well."""
    manifest = read_manifest(directory)
    problems = [] if manifest.status.code in statuses else [f"its status is {manifest.status.code}"]
    played_s = lengths_s(directory, manifest)
    if len(played_s) != 4:
        problems.append(f"only {', '.join(played_s)} play")
    problems += [f"{path}: {words}" for path in played_s if (words := decodes(directory / path))]
    apart_ms = None if began_ns is None else _apart_ms(directory / "video_mixed.mp4", stage, began_ns)
    if not problems:
        shutil.rmtree(directory)
    return Trial(tuple(problems), recorded_s - min(played_s.values(), default=0.0), apart_ms)


def lengths_s(directory: Path, manifest: Manifest) -> dict[str, float]:
    """Of the shortest track of each file that is said to play."""
    return {
        media.path: min(float(stream["duration"]) for stream in streams(directory / media.path).values())
        for media in manifest.media
        if media.format in PLAYED and media.status is MediaStatus.DONE
    }


def _apart_ms(movie: Path, stage: Stage, began_ns: int) -> float | None:
    """The median distance; none where the recording was too short to tell."""
    try:
        found = offsets(movie, read_flashes(stage.flashes), began_ns)
    except RigFailed:
        return None
    return abs(statistics.median(offset.ms for offset in found))
