"""The results as people and programs read them: Markdown with ratios side by side, and JSON with every run."""

import dataclasses
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.capture.measurement import SCENARIOS, Run, Scenario
from tests.benchmarks.capture.recorders import Platform, Recorder

PEERS = {Platform.X11: "ffmpeg veryfast", Platform.WAYLAND: "wf-recorder veryfast"}
ROOT = Path(__file__).parents[3]
MB = 1_000_000

COSTS = ("recorder", "CPU", "x peer", "steady CPU", "x peer")
WORTH = ("missed", "duplicated", "peak MB", "MB/min", "x peer", "SSIM")
LEGEND = f"""\
CPU: user + system of the recorder's whole process tree, in seconds per recorded second, from its start to its end;
*steady* leaves out the first 3 s and the closing of the files. *X server*, or *sway*, *pipewire* and *portal*
(xdg-desktop-portal-wlr): what these took meanwhile, drawing the content included (row *nobody*). *Missed*: pictures
that were on the screen and are in no frame, of all runs together; *duplicated*: frames that repeat the one before,
where every frame should be new. *Peak MB*: resident memory, shared memory included. *MB/min*: the video file. *SSIM*:
of the luma, against what was on the screen. Medians of all rounds, which were run by turns. *x peer*: divided by
{" or ".join(f"`{peer}`" for peer in PEERS.values())}.
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when. ``load``: the system's own average over a minute, before the runs."""

    processor: str
    processors: int
    kernel: str
    python: str
    ffmpeg: str
    revision: str
    started_at: str
    load: float


@dataclass(frozen=True, slots=True)
class Report:
    machine: Machine
    seconds: float
    rounds: int
    runs: Sequence[Run]
    failures: Sequence[str]


def this_machine() -> Machine:
    names = [line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if line.startswith("model name")]
    return Machine(
        names[0].partition(":")[2].strip() if names else platform.processor(),
        os.cpu_count() or 0,
        platform.release(),
        platform.python_version(),
        _first_line("ffmpeg", "-version"),
        _first_line("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        datetime.now(UTC).isoformat(timespec="seconds"),
        os.getloadavg()[0],
    )


def write(report: Report, recorders: Iterable[Recorder], folder: Path) -> None:
    """``capture.json`` and ``capture.md``."""
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps(dataclasses.asdict(report), indent=2)
    (folder / "capture.json").write_text(document + "\n", encoding="utf-8")
    (folder / "capture.md").write_text(markdown(report, recorders), encoding="utf-8")


def markdown(report: Report, recorders: Iterable[Recorder]) -> str:
    machine = report.machine
    head = (
        f"{machine.processor}, {machine.processors} processors, Linux {machine.kernel}, Python {machine.python}, "
        f"{machine.ffmpeg}; revision {machine.revision}, {machine.started_at}; "
        f"load {machine.load:.1f} before the runs. {report.rounds} rounds of {report.seconds:g} s."
    )
    notes = {recorder.name: recorder.note for recorder in recorders}
    who = "\n".join(f"- **{name}**: {note}" for name, note in notes.items())
    parts = ["# Screen recording against its peers", head, LEGEND.rstrip(), who]
    for scenario in SCENARIOS:
        runs = [run for run in report.runs if run.scenario == scenario.name]
        if runs:
            size = f"{scenario.width_px}x{scenario.height_px} at {scenario.rate_fps} fps"
            parts += [f"## {scenario.name}, {size}", _table(scenario, runs), _remarks(runs)]
    if report.failures:
        parts += ["## Failures", "\n".join(f"- {failure}" for failure in report.failures)]
    return "\n\n".join(parts) + "\n"


def _remarks(runs: Sequence[Run]) -> str:
    """What our own receipts say: by which means the screen was looked at, and how many frames there were."""
    return "\n".join(f"- {run.recorder}: {run.remark}" for run in runs if run.remark)


def _table(scenario: Scenario, runs: Sequence[Run]) -> str:
    names = list(dict.fromkeys(run.recorder for run in runs))
    servers = tuple(dict.fromkeys(server for run in runs for server in run.server_cpu))
    rows = [_row(name, scenario, runs, servers) for name in names]
    headings = (*COSTS, *servers, *WORTH)
    lines = [headings, tuple("---" if column == 0 else "--:" for column in range(len(headings))), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(name: str, scenario: Scenario, runs: Sequence[Run], servers: Sequence[str]) -> tuple[str, ...]:
    own = [run for run in runs if run.recorder == name]
    peers = [run for run in runs if run.recorder == PEERS[scenario.platform]]
    theirs = tuple(f"{statistics.median(run.server_cpu.get(server, 0.0) for run in own):.3f}" for server in servers)
    if all(run.output is None for run in own):
        return (name, *[""] * (len(COSTS) - 1), *theirs, *[""] * len(WORTH))
    return (
        name,
        *_with_ratio(own, peers, lambda run: run.cpu, "{:.3f}"),
        *_with_ratio(own, peers, lambda run: run.steady_cpu, "{:.3f}"),
        *theirs,
        *_continuity(scenario, own),
        f"{_median(own, lambda run: run.peak_bytes) / MB:.0f}",
        *_with_ratio(own, peers, _megabytes_per_minute, "{:.1f}"),
        f"{_median(own, lambda run: run.output.ssim if run.output else 0.0):.4f}",
    )


def _continuity(scenario: Scenario, runs: Sequence[Run]) -> tuple[str, str]:
    """Duplicates mean something only where each frame of the recording had a picture of its own to show."""
    counts = [run.output.continuity for run in runs if run.output and run.output.continuity]
    if not counts:
        return "", ""
    missed = f"{sum(count.missed for count in counts)} of {sum(count.shown for count in counts)}"
    unreadable = sum(count.unreadable for count in counts)
    if unreadable:
        missed += f" ({unreadable} unreadable)"
    duplicated = str(sum(count.duplicated for count in counts))
    return missed, duplicated if scenario.updates_per_s == scenario.rate_fps else ""


def _megabytes_per_minute(run: Run) -> float:
    return run.output.video_bytes / MB / run.output.duration_s * 60 if run.output else 0.0


def _with_ratio(
    own: Sequence[Run], peers: Sequence[Run], figure: Callable[[Run], float], shape: str
) -> tuple[str, str]:
    value = _median(own, figure)
    ratio = f"{value / _median(peers, figure):.2f}" if peers else ""
    return shape.format(value), ratio


def _median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(map(figure, runs))


def _first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return " ".join(done.stdout.split("\n")[0].split()[:3])


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
