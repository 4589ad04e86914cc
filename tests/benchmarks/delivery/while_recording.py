"""``python -m tests.benchmarks.delivery.while_recording``: a moving picture recorded, with its delivery and without.

On a private screen with private sound; the backend runs on the same machine, so that its cost is in the load as well.
"""

import argparse
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.capture.film import Kind
from tests.benchmarks.capture.player import playing
from tests.benchmarks.capture.processes import NS_PER_S, reap
from tests.benchmarks.capture.report import say
from tests.end_to_end.afterword import AFTERWORD, ROOT, Served, serving
from tests.rig.desktop import Desktop, private_desktop

UPDATES_PER_S = 24
FAREWELL_S = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """``behind_s``: from the end of the recording to the last word of the program, when all was there."""

    recorder: str
    captured: int
    dropped: int
    quality_steps: int
    cpu_s: float
    behind_s: float


def main() -> None:
    plan = _plan()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, _rig(Path(name)) as (desktop, backend):
        for number in range(1, plan.rounds + 1):
            for recorder, words in _recorders(backend).items():
                basedir = Path(name) / f"{recorder} {number}"
                command = ("--basedir", str(basedir), "record", *words, "--duration", str(plan.seconds))
                environment = {**desktop.environment, "AFTERWORD_API_KEY": backend.api_key}
                say(_line(_recorded(recorder, command, environment)))


def _recorders(backend: Served) -> dict[str, tuple[str, ...]]:
    return {"alone": ("--no-deliver",), "sending": ("--destination", backend.url)}


@contextmanager
def _rig(folder: Path) -> Iterator[tuple[Desktop, Served]]:
    with (
        private_desktop() as desktop,
        playing(Kind.MOTION, UPDATES_PER_S, desktop.environment),
        serving(os.environ, folder / "server") as backend,
    ):
        yield desktop, backend


def _recorded(recorder: str, words: tuple[str, ...], environment: Mapping[str, str]) -> Found:
    command = (*AFTERWORD, *words, "--events")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        told = [(time.monotonic(), json.loads(line)) for line in process.stdout or ()]
        ended_s = next(at_s for at_s, document in told if document.get("type") == "ended")
        last_s, document = told[-1]
        cost = reap(process, FAREWELL_S)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
    return _found(recorder, document, cost.cpu_ns / NS_PER_S, last_s - ended_s)


def _found(recorder: str, document: dict[str, Any], cpu_s: float, behind_s: float) -> Found:
    receipt = document["receipt"]
    frames = receipt["frames"]
    return Found(recorder, frames["captured"], frames["dropped"], len(receipt["quality"]), cpu_s, behind_s)


def _line(found: Found) -> str:
    return (
        f"{found.recorder:8} {found.captured:5} pictures, {found.dropped:3} dropped, {found.quality_steps} steps of "
        f"quality, {found.cpu_s:5.1f} s of CPU, all said {found.behind_s:.1f} s after the end"
    )


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.delivery.while_recording", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each recording")
    return parser.parse_args()


if __name__ == "__main__":
    main()
