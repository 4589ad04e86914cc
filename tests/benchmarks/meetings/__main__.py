"""``python -m tests.benchmarks.meetings``: how soon a meeting is detected, and what it costs to wait for one.

By the whole program, ``afterword meetings --watch``, on a private desktop and each kind of sound server.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from capture.recording import NS_PER_S
from tests.benchmarks.capture.processes import tree_cpu_ns
from tests.capture.meetings.pretender import Pretender
from tests.end_to_end.afterword import AFTERWORD, ROOT
from tests.rig.desktop import private_desktop
from tests.rig.sound import SoundServer, end, private_pipewire, private_pulseaudio

SETTLING_S = 3.0
"""After the start, before it is said to be idle."""

LEGEND = """\
*Detected*: from before a program named `zoom` is started to the line that tells of it, its own start included.
*Idle*: the share of one processor over {seconds:g} s in which nothing happens, with windows and sound watched."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.meetings", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to be idle")
    parser.add_argument("--rounds", type=int, default=20)
    plan = parser.parse_args()
    sys.stdout.write(LEGEND.format(seconds=plan.seconds) + "\n\n")
    sys.stdout.write("| sound server | detected, median | most | idle |\n| --- | --: | --: | --: |\n")
    for private_server in (private_pulseaudio, private_pipewire):
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as name,
            private_desktop(managed=True) as desktop,
            private_server() as server,
        ):
            environment = {**desktop.environment, **server.variables}
            delays_ms, idle = _watch(environment, server, Path(name), plan)
            row = f"{server.name} | {median(delays_ms):.0f} ms | {max(delays_ms):.0f} ms | {idle:.4%}"
            sys.stdout.write(f"| {row} |\n")


def _watch(
    environment: Mapping[str, str], server: SoundServer, folder: Path, plan: argparse.Namespace
) -> tuple[list[float], float]:
    command = (*AFTERWORD, "--basedir", str(folder / "base"), "meetings", "--watch", "--events")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as watch:
        try:
            lines = map(json.loads, watch.stdout or ())
            _first(lines, "skipped")  # of the rig's own: it looks now
            idle = _idle(watch.pid, plan.seconds)
            return [_delay_ms(lines, server, folder) for _ in range(plan.rounds)], idle
        finally:
            end(watch)


def _idle(pid: int, seconds: float) -> float:
    time.sleep(SETTLING_S)
    before_ns, began_ns = tree_cpu_ns(pid), time.monotonic_ns()
    time.sleep(seconds)
    return (tree_cpu_ns(pid) - before_ns) / (time.monotonic_ns() - began_ns)


def _delay_ms(lines: Iterator[dict[str, Any]], server: SoundServer, folder: Path) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as programs:
        pretender = Pretender(Path(programs), server)
        began_ns = time.monotonic_ns()
        process = pretender.record("zoom")
        _first(lines, "detected")
        delay_ns = time.monotonic_ns() - began_ns
        end(process)
        _first(lines, "closed")
    return delay_ns * 1000 / NS_PER_S


def _first(lines: Iterator[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("type") == kind)


if __name__ == "__main__":
    main()
