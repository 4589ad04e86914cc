"""The disk is full from one moment to the next: what was recorded until then plays, and the user is told."""

import random
from pathlib import Path

from capture.manifest import read_manifest
from capture.recording import RecordingStatus
from tests.end_to_end.afterword import AFTERWORD
from tests.end_to_end.media import decodes
from tests.end_to_end.test_trouble import in_own_mounts
from tests.torture.kills import lengths_s
from tests.torture.score import Trial
from tests.torture.stage import Stage

EARLIEST_S, LATEST_S = 1.5, 8.0
SIZE_MB = 80
"""More than a recording wants to see when it starts."""

MOST_LEFT_KB = 64
LONGEST_S = 20


def fill_disk(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    """On a small file system of its own; up to ``MOST_LEFT_KB`` stay free, so that no two end at the same byte."""
    disk, saved = folder / "small", folder / "saved"
    disk.mkdir()
    saved.mkdir()
    after_s, left_kb = chance.uniform(EARLIEST_S, LATEST_S), chance.randrange(MOST_LEFT_KB)
    base = " ".join([*AFTERWORD, "--basedir", str(disk)])
    begun = f"until ls {disk}/data/recordings/*/video_mixed.mp4; do sleep 0.05; done"
    fill = (
        f"dd if=/dev/zero of={disk}/left bs=1k count={left_kb}; dd if=/dev/zero of={disk}/rest bs=64k; rm {disk}/left"
    )
    script = (
        f"mount -t tmpfs -o size={SIZE_MB}m none {disk}; ({begun}; sleep {after_s}; {fill}) >/dev/null 2>&1 &"
        f" {base} record --no-deliver --duration {LONGEST_S} --json; s=$?; cp -r {disk}/data {saved}; exit $s"
    )
    answer = in_own_mounts(stage.desktop.environment, script)
    problems = []
    if (answer.exit_status, answer.document.get("error", {}).get("code")) != (1, "disk_full"):
        problems.append(f"the user was not told: {answer.exit_status}, {answer.words}")
    directory = next(saved.glob("data/recordings/*/recording.json")).parent
    manifest = read_manifest(directory)
    if manifest.status.code is not RecordingStatus.INTERRUPTED:
        problems.append(f"its status is {manifest.status.code}")
    played_s = lengths_s(directory, manifest)
    problems += [f"{path}: {words}" for path in played_s if (words := decodes(directory / path))]
    return Trial(tuple(problems), after_s - min(played_s.values(), default=0.0))
