"""``python -m tests.benchmarks.delivery``: what sending a file costs the machine that sends, beside its peers.

One server on the loopback interface, which throws all away; by turns, so that whatever else the machine does hits all
alike.
"""

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.capture.report import Machine, say, this_machine
from tests.benchmarks.delivery.measurement import Cost, measure, sink
from tests.benchmarks.delivery.senders import CURL, OURS, OURS_CHECKED, TUS_JS, Sender, rclone, tus_js

RESULTS = Path(__file__).parents[1] / "results"
MIB = 1024 * 1024
GIB = 1024 * MIB
LITTLE_BYTES = 1024
MOST_OF_CURL, MOST_OF_TUS_JS, MOST_MEMORY_BYTES = 1.6, 0.5, 60_000_000

Costs = Mapping[str, Sequence[tuple[Cost, Cost]]]
"""By sender: in each round, that of a little file and that of the large one."""

LEGEND = """\
CPU seconds for each GiB, user and system, of the sending process alone, and the most memory that was resident; medians
of {rounds} rounds by turns, {size} a file. What each takes to send 1 KiB, which is its start, is told apart.
Bounds of this program without hashing: {curl} times curl, {tus_js} times tus-js-client, {memory} MB; {verdict}."""


def main() -> None:
    plan = _plan()
    senders = [CURL, OURS, OURS_CHECKED, tus_js(), rclone()]
    machine = this_machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, sink() as url:
        costs = _measured(senders, url, Path(name), plan.mib * MIB, plan.rounds)
    plan.results.mkdir(parents=True, exist_ok=True)
    document = {"machine": dataclasses.asdict(machine), "bytes": plan.mib * MIB, "costs": _plain(costs)}
    (plan.results / "delivery.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    text = markdown(machine, costs, plan.mib * MIB)
    (plan.results / "delivery.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _measured(senders: Sequence[Sender], url: str, folder: Path, size_bytes: int, rounds: int) -> Costs:
    little, large = folder / "little", folder / "large"
    little.write_bytes(os.urandom(LITTLE_BYTES))
    with large.open("wb") as file:
        for begin in range(0, size_bytes, MIB):
            file.write(os.urandom(min(MIB, size_bytes - begin)))
    found: dict[str, list[tuple[Cost, Cost]]] = {sender.name: [] for sender in senders}
    for number in range(rounds):
        for sender in senders:
            found[sender.name].append((measure(sender, url, little), measure(sender, url, large)))
            say(f"round {number + 1}: {sender.name}, {found[sender.name][-1][1].cpu_s:.2f} s of CPU")
    return found


def markdown(machine: Machine, costs: Costs, size_bytes: int) -> str:
    where = (
        f"{machine.processor}, {machine.processors} processors, Linux {machine.kernel}, Python {machine.python}; "
        f"revision {machine.revision}, {machine.started_at}; load {machine.load:.1f} before the runs."
    )
    legend = LEGEND.format(
        rounds=len(next(iter(costs.values()))),
        size=f"{size_bytes // MIB} MiB",
        curl=MOST_OF_CURL,
        tus_js=MOST_OF_TUS_JS,
        memory=MOST_MEMORY_BYTES // 1_000_000,
        verdict="kept" if is_kept(costs, size_bytes) else "NOT kept",
    )
    head = "| sender | CPU s/GiB | of curl | of tus-js-client | MB | MiB/s | start, CPU s | start, MB |"
    rows = [_row(name, costs, size_bytes) for name in costs]
    return "\n".join(["# Delivery", "", where, "", legend, "", head, "|---|--:|--:|--:|--:|--:|--:|--:|", *rows]) + "\n"


def is_kept(costs: Costs, size_bytes: int) -> bool:
    """Whether this program stays within its bounds."""
    mine = cpu_per_gib(costs[OURS.name], size_bytes)
    of_curl = mine / cpu_per_gib(costs[CURL.name], size_bytes)
    of_tus_js = mine / cpu_per_gib(costs[TUS_JS.name], size_bytes)
    return of_curl <= MOST_OF_CURL and of_tus_js <= MOST_OF_TUS_JS and _memory(costs[OURS.name]) <= MOST_MEMORY_BYTES


def _memory(rounds: Sequence[tuple[Cost, Cost]]) -> float:
    return median(large.memory_bytes for _, large in rounds)


def _row(name: str, costs: Costs, size_bytes: int) -> str:
    mine = cpu_per_gib(costs[name], size_bytes)
    of_curl = mine / cpu_per_gib(costs[CURL.name], size_bytes)
    of_tus_js = mine / cpu_per_gib(costs[TUS_JS.name], size_bytes)
    rate = median(size_bytes / MIB / large.elapsed_s for _, large in costs[name])
    start_s = median(little.cpu_s for little, _ in costs[name])
    start_bytes = median(little.memory_bytes for little, _ in costs[name])
    large = f"{mine:.2f} | {of_curl:.2f} | {of_tus_js:.2f} | {_memory(costs[name]) / 1e6:.0f} | {rate:.0f}"
    return f"| {name} | {large} | {start_s:.2f} | {start_bytes / 1e6:.0f} |"


def cpu_per_gib(rounds: Sequence[tuple[Cost, Cost]], size_bytes: int) -> float:
    """Without the start."""
    return median(large.cpu_s - little.cpu_s for little, large in rounds) * GIB / size_bytes


def _plain(costs: Costs) -> Mapping[str, object]:
    return {name: [[dataclasses.asdict(cost) for cost in pair] for pair in rounds] for name, rounds in costs.items()}


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.delivery", description=__doc__)
    parser.add_argument(
        "--mib",
        type=int,
        default=1024,
        metavar="N",
        help="of the file (default: %(default)s); the start drowns less than 512",
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR")
    return parser.parse_args()


if __name__ == "__main__":
    main()
