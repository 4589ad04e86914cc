"""``python -m tests.benchmarks.tray``: how soon the icon is there, and what it costs to have it, beside a bare one."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from app.icons import Icon
from capture.recording import NS_PER_S
from tests.benchmarks.capture.processes import tree_cpu_ns
from tests.benchmarks.tray.stalls import longest_stalls
from tests.end_to_end.afterword import AFTERWORD, ROOT
from tests.end_to_end.test_tray import colour, configure
from tests.rig.sound import end
from tests.rig.tray import TrayDesktop, tray_desktop

SETTLING_S = 10.0
"""After the start, before it is said to be idle."""

BOUND_S = 0.05
"""What one does not notice."""

LEGEND = """\
*Icon*: from the start of the program until its icon is seen in the panel, median; *processor*: what that took.
*Idle*: the share of one processor over {seconds:g} s. *Memory*: what would be free without it (USS)."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tray", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to be idle")
    parser.add_argument("--rounds", type=int, default=5)
    plan = parser.parse_args()
    sys.stdout.write(LEGEND.format(seconds=plan.seconds) + "\n\n")
    sys.stdout.write("| tray | icon | processor | idle | memory |\n| --- | --: | --: | --: | --: |\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        basedir = Path(name) / "base"
        configure(basedir)
        ours = (*AFTERWORD, "--basedir", str(basedir))
        bare = (sys.executable, "-m", "tests.benchmarks.tray.bare")
        with tray_desktop(Path(name), is_told_over_the_bus=False) as desktop:
            for title, command in (("PySide6, bare", bare), ("Afterword", ours)):
                sys.stdout.write(f"| {title} | {_row(desktop, command, plan)} |\n")
                sys.stdout.flush()
    stalls = longest_stalls()
    words = f"Without an answer at most {stalls.longest_s * 1000:.0f} ms, of them busy {stalls.busy_s * 1000:.0f} ms"
    sys.stdout.write(f"\n{words}; bound {BOUND_S * 1000:.0f} ms.\n")
    sys.exit(stalls.longest_s > BOUND_S)


def _row(desktop: TrayDesktop, command: tuple[str, ...], plan: argparse.Namespace) -> str:
    with _shown(desktop, command):
        pass  # the first one is cold
    starts = [_start(desktop, command) for _ in range(plan.rounds)]
    with _shown(desktop, command) as tray:
        time.sleep(SETTLING_S)
        before_ns, began_ns = tree_cpu_ns(tray.pid), time.monotonic_ns()
        time.sleep(plan.seconds)
        idle = (tree_cpu_ns(tray.pid) - before_ns) / (time.monotonic_ns() - began_ns)
        memory_mb = _unique_bytes(tray.pid) / 10**6
    delay_s, cpu_s = (median(each) for each in zip(*starts, strict=True))
    return f"{delay_s:.2f} s | {cpu_s:.2f} s | {idle:.3%} | {memory_mb:.0f} MB"


def _start(desktop: TrayDesktop, command: tuple[str, ...]) -> tuple[float, float]:
    began_ns = time.monotonic_ns()
    with _shown(desktop, command) as tray:
        return (time.monotonic_ns() - began_ns) / NS_PER_S, tree_cpu_ns(tray.pid) / NS_PER_S


@contextmanager
def _shown(desktop: TrayDesktop, command: tuple[str, ...]) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(command, cwd=ROOT, env=desktop.environment) as tray:
        try:
            desktop.find(colour(Icon.IDLE), every_s=0.01)
            yield tray
        finally:
            end(tray)


def _unique_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))]
    return sum(kilobytes) * 1024


if __name__ == "__main__":
    main()
