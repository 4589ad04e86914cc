"""The power fails: of the files there is what was synced, and of the folders the names that were."""

import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from capture.commands import Stop
from capture.manifest import read_manifest
from capture.media import sha256
from capture.recording import AllMonitors, MediaStatus, RecordingId, RecordingSpec, RecordingStatus
from tests.capture.worker_process import running_worker
from tests.end_to_end.afterword import ROOT
from tests.end_to_end.media import decodes
from tests.torture.kills import LIMIT_S, lengths_s
from tests.torture.score import Trial
from tests.torture.stage import Stage

EARLIEST_S, LATEST_S = 1.0, 16.0
"""Three times the period of the syncs."""

CLOSING_S = 0.5
"""Half of the cuts come so soon after the recording was told to stop."""

FLUSHED_S = 1.0
"""What a recorder holds back in memory at any time, and what was written between a sync and its date."""


@dataclass(frozen=True, slots=True)
class Disk:
    """``live`` is what a recorder works on, ``shadow`` what the shim keeps of it."""

    live: Path
    shadow: Path

    def after_the_cut(self, into: Path) -> None:
        self._rebuild(self.live, into)

    def synced_s(self, path: Path) -> float:
        """When, in seconds of the wall clock; 0 for what never was."""
        kept = self.shadow / str(path.stat().st_ino)
        return kept.stat().st_mtime if kept.exists() else 0.0

    def _rebuild(self, folder: Path, into: Path) -> None:
        into.mkdir()
        names = self.shadow / f"{folder.stat().st_ino}.names"
        if not names.exists():
            return
        for line in names.read_text(encoding="utf-8").splitlines():
            number, name = line.split(" ", 1)
            kept = self.shadow / number
            if (folder / name).is_dir():
                self._rebuild(folder / name, into / name)
            elif kept.exists():
                shutil.copyfile(kept, into / name)
            else:
                (into / name).touch()


def compile_shim(folder: Path) -> Path:
    library = folder / "power_shim.so"
    source = Path(__file__).with_name("power_shim.c")
    subprocess.run(("cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"), check=True, timeout=LIMIT_S)
    return library


def cut_power(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    disk = Disk(folder / "live", folder / "shadow")
    disk.live.mkdir()
    disk.shadow.mkdir()
    library = compile_shim(folder)
    spec = RecordingSpec(RecordingId("recording"), disk.live / "recording", AllMonitors())
    shim = {"LD_PRELOAD": str(library), "SHADOW": str(disk.shadow)}
    with running_worker(environment={**stage.desktop.environment, **shim}) as worker:
        started_s = datetime.fromisoformat(worker.start(spec).started_at).timestamp()
        time.sleep(chance.uniform(EARLIEST_S, LATEST_S))
        if chance.random() < 1 / 2:
            worker.send(Stop())
            time.sleep(chance.uniform(0, CLOSING_S))
        worker.process.kill()
        worker.close()
    left = folder / "left"
    disk.after_the_cut(left)
    directory = left / spec.directory.name
    if not directory.exists():
        return Trial(("the recording's folder is gone",))
    problems = _manifest_problems(directory)
    command = (sys.executable, "-m", "capture", "recover", str(directory))
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LIMIT_S, check=False)
    manifest = read_manifest(directory)
    played_s = lengths_s(directory, manifest)
    problems += [f"{path}: {words}" for path in played_s if (words := decodes(directory / path))]
    lost_s = [
        disk.synced_s(spec.directory / path) - started_s - played_s.get(path, 0.0)
        for path in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg")
        if disk.synced_s(spec.directory / path)
    ]
    problems += [f"{lost:.2f} s of what was synced are lost" for lost in lost_s if lost > FLUSHED_S]
    return Trial(tuple(problems), max(lost_s, default=None))


def _manifest_problems(directory: Path) -> list[str]:
    """It is the one of the start or the one of the end, and what that one promises is there."""
    manifest = read_manifest(directory)
    if manifest.status.code is RecordingStatus.RECORDING:
        return []
    return [
        f"{media.path} is not what the manifest says"
        for media in manifest.media
        if media.status is MediaStatus.DONE and sha256(directory / media.path) != media.sha256
    ]
