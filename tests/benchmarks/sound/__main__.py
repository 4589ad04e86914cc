"""``python -m tests.benchmarks.sound``: picture and sound in time, and what sound costs beside its peers.

On a private screen and a private sound server. It needs a machine that does nothing else.
"""

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.capture.report import Machine, say, this_machine
from tests.benchmarks.sound import cost, sync
from tests.benchmarks.sound.cost import OURS, THEIRS, Cost
from tests.benchmarks.sound.sync import Load, Sync

RESULTS = Path(__file__).parents[1] / "results"

COST_LEGEND = """\
Both sides captured, mixed and encoded (two Opus files, one MP3), in CPU seconds per second of the whole process tree,
steady, while both sides speak; medians of {rounds} rounds by turns. Ours also tells who speaks."""
SYNC_LEGEND = """\
Sound against picture: a flash and a beep of one instant, found again in the movie; positive where the sound is late.
The flashing program's own error is taken off. *Busy*: as many programs as processors, each of which wants one."""


@dataclass(frozen=True, slots=True)
class Report:
    machine: Machine
    sync: Sequence[Sync]
    cost: Sequence[Cost]


def main() -> None:
    plan = _plan()
    machine = this_machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        costs = cost.measure(plan.seconds, plan.rounds, folder, _tell) if plan.rounds else []
        syncs = [sync.measure(load, plan.minutes, folder) for load in Load] if plan.minutes else []
    report = Report(machine, syncs, costs)
    plan.results.mkdir(parents=True, exist_ok=True)
    (plan.results / "sound.json").write_text(json.dumps(dataclasses.asdict(report), indent=2) + "\n", encoding="utf-8")
    text = markdown(report)
    (plan.results / "sound.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def markdown(report: Report) -> str:
    machine = report.machine
    where = (
        f"{machine.processor}, {machine.processors} processors, Linux {machine.kernel}, Python {machine.python}, "
        f"{machine.ffmpeg}; revision {machine.revision}, {machine.started_at}; load {machine.load:.1f} before the runs."
    )
    lines = ["# Sound", "", where]
    if report.cost:
        lines += ["", *_costs(report.cost)]
    if report.sync:
        lines += ["", *_syncs(report.sync)]
    return "\n".join(lines) + "\n"


def _costs(costs: Sequence[Cost]) -> list[str]:
    """Medians of the rounds, and the ratio."""
    cpu = {name: median(each.cpu for each in costs if each.recorder == name) for name in (OURS, THEIRS)}
    return [
        COST_LEGEND.format(rounds=len(costs) // len(cpu)),
        "",
        "| recorder | CPU | x peer |",
        "| --- | --: | --: |",
        *(f"| {name} | {value:.4f} | {value / cpu[THEIRS]:.2f} |" for name, value in cpu.items()),
    ]


def _syncs(syncs: Sequence[Sync]) -> list[str]:
    return [
        SYNC_LEGEND,
        "",
        "| machine | minutes | pairs | median ms | p95 of the distance ms | slope ms/min |",
        "| --- | --: | --: | --: | --: | --: |",
        *(
            f"| {each.load} | {each.minutes:g} | {len(each.offsets)} | {each.median_ms:.1f} | {each.p95_ms:.1f} "
            f"| {each.slope_ms_per_min:.2f} |"
            for each in syncs
        ),
    ]


def _tell(found: Cost) -> None:
    say(f"round {found.round}: {found.recorder:14} {found.cpu:.4f}")


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sound", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of each recording of flashes; 0 for none")
    parser.add_argument("--rounds", type=int, default=5, help="of the costs; 0 for none")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each recording for the costs")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of sound.json and sound.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
