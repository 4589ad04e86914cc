"""``python -m tests.benchmarks.backend_receive``: what taking a file in costs the backend, beside npm's tus server.

By turns, so that whatever else the machine does hits both alike; then fifty uploads at once.
"""

import argparse
import dataclasses
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.backend_receive.receivers import MIB, Receiver, Start, ours, send, tus_node
from tests.benchmarks.capture.report import Machine, say, this_machine

RESULTS = Path(__file__).parents[1] / "results"
FOLDER = Path("/var/tmp")  # noqa: S108 - on the disk, as a backend's data are
OURS, PEER = "this backend", "@tus/server, file store"
STARTS: Mapping[str, Start] = {OURS: ours, PEER: tus_node}
MOST_OF_PEER, MOST_MEMORY_BYTES, AT_ONCE = 0.5, 150_000_000, 50

LEGEND = """\
CPU seconds of the server process for each GiB, user and system, while one file of {size} MiB comes over the loopback in
requests of 64 MiB; medians of {rounds} rounds by turns. The backend has each 8 MiB on the disk before it says so; the
other leaves that to the system. Then {at_once} uploads of {each} MiB at once: the most memory that was resident.
Bounds: {ratio} times the other's CPU; {memory} MB."""


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_s: float
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Found:
    costs: Mapping[str, Sequence[Cost]]
    crowd_memory_bytes: Mapping[str, int]
    crowd_cost: Mapping[str, Cost]
    size_bytes: int
    crowd_bytes: int

    def cpu_per_gib(self, name: str) -> float:
        return median(cost.cpu_s for cost in self.costs[name]) * 1024 * MIB / self.size_bytes

    @property
    def ratio(self) -> float:
        return self.cpu_per_gib(OURS) / self.cpu_per_gib(PEER)

    @property
    def holds(self) -> bool:
        return self.ratio <= MOST_OF_PEER and self.crowd_memory_bytes[OURS] <= MOST_MEMORY_BYTES


def main() -> int:
    plan = _plan()
    machine = this_machine()
    found = _measured(plan.mib * MIB, plan.crowd_mib * MIB, plan.rounds)
    plan.results.mkdir(parents=True, exist_ok=True)
    document = {"machine": dataclasses.asdict(machine), **dataclasses.asdict(found)}
    (plan.results / "backend_receive.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    text = markdown(machine, found)
    (plan.results / "backend_receive.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0 if found.holds else 1


def _measured(size_bytes: int, crowd_bytes: int, rounds: int) -> Found:
    costs: dict[str, list[Cost]] = {name: [] for name in STARTS}
    for number in range(rounds):
        for name, start in STARTS.items():
            with tempfile.TemporaryDirectory(prefix="bench-", dir=FOLDER) as folder, start(Path(folder)) as receiver:
                costs[name].append(_cost(receiver, 1, size_bytes))
            say(f"round {number + 1}: {name}, {costs[name][-1].cpu_s:.2f} s of CPU")
    memory, crowd = {}, {}
    for name, start in STARTS.items():
        with tempfile.TemporaryDirectory(prefix="bench-", dir=FOLDER) as folder, start(Path(folder)) as receiver:
            crowd[name] = _cost(receiver, AT_ONCE, crowd_bytes)
            memory[name] = receiver.most_memory_bytes
        say(f"{AT_ONCE} at once: {name}, {memory[name] / 1e6:.0f} MB")
    return Found(costs, memory, crowd, size_bytes, crowd_bytes)


def _cost(receiver: Receiver, senders: int, size_bytes: int) -> Cost:
    """Every sender comes to its end, or this raises."""
    places = [receiver.place(size_bytes) for _ in range(senders)]
    before_s, began_s = receiver.cpu_s, time.monotonic()
    with ThreadPoolExecutor(senders) as pool:
        for sent in [pool.submit(send, place, size_bytes) for place in places]:
            sent.result()
    return Cost(receiver.cpu_s - before_s, time.monotonic() - began_s)


def markdown(machine: Machine, found: Found) -> str:
    where = (
        f"{machine.processor}, {machine.processors} processors, Linux {machine.kernel}, Python {machine.python}; "
        f"revision {machine.revision}, {machine.started_at}; load {machine.load:.1f} before the runs."
    )
    legend = LEGEND.format(
        size=found.size_bytes // MIB,
        rounds=len(found.costs[OURS]),
        at_once=AT_ONCE,
        each=found.crowd_bytes // MIB,
        ratio=MOST_OF_PEER,
        memory=MOST_MEMORY_BYTES // 1_000_000,
    )
    head = f"| server | CPU s/GiB | of the other's | MiB/s | {AT_ONCE} at once: MB | CPU s/GiB |"
    rows = [_row(name, found) for name in found.costs]
    return "\n".join(["# Receiving", "", where, "", legend, "", head, "|---|--:|--:|--:|--:|--:|", *rows]) + "\n"


def _row(name: str, found: Found) -> str:
    rate = median(found.size_bytes / MIB / cost.elapsed_s for cost in found.costs[name])
    crowd = found.crowd_cost[name].cpu_s * 1024 * MIB / found.crowd_bytes / AT_ONCE
    mine = found.cpu_per_gib(name)
    memory = found.crowd_memory_bytes[name] / 1e6
    return f"| {name} | {mine:.2f} | {mine / found.cpu_per_gib(PEER):.2f} | {rate:.0f} | {memory:.0f} | {crowd:.2f} |"


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.backend_receive", description=__doc__)
    parser.add_argument("--mib", type=int, default=1024, metavar="N", help="of the file (default: %(default)s)")
    parser.add_argument("--crowd-mib", type=int, default=32, metavar="N", help="of each of the fifty")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
