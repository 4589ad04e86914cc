"""``make bench``: records known content with this program and with its peers by turns, and compares.

Runs on private X servers, private Wayland desktops and a private, silent sound server. It needs a machine that does
nothing else.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.capture.measurement import SCENARIOS, Run, Scenario, measure
from tests.benchmarks.capture.recorders import Platform, Recorder, recorders
from tests.benchmarks.capture.report import Report, markdown, say, this_machine, write
from tests.benchmarks.capture.stages import staged
from tests.rig.sound import RigFailed, private_pulseaudio

RESULTS = Path(__file__).parents[1] / "results"


@dataclass(frozen=True, slots=True)
class Plan:
    scenarios: tuple[Scenario, ...]
    recorders: Mapping[Platform, tuple[Recorder, ...]]
    seconds: float
    rounds: int
    results: Path

    @property
    def everyone(self) -> tuple[Recorder, ...]:
        return tuple(recorder for some in self.recorders.values() for recorder in some)


def main() -> int:
    plan = _plan()
    machine = this_machine()
    runs: list[Run] = []
    failures: list[str] = []
    with private_pulseaudio() as sound:
        for number in range(1, plan.rounds + 1):
            for scenario in plan.scenarios:
                say(f"round {number} of {plan.rounds}: {scenario.name}")
                try:
                    _play(plan, scenario, dict(sound.variables), runs, failures)
                except RigFailed as error:
                    failures.append(f"{scenario.name}: {error}")
                write(Report(machine, plan.seconds, plan.rounds, runs, failures), plan.everyone, plan.results)
    sys.stdout.write(markdown(Report(machine, plan.seconds, plan.rounds, runs, failures), plan.everyone))
    return 1 if failures else 0


def _play(plan: Plan, scenario: Scenario, sound: dict[str, str], runs: list[Run], failures: list[str]) -> None:
    """Every recorder by turns, before the same content."""
    with staged(scenario, sound) as stage:
        for recorder in plan.recorders[scenario.platform]:
            try:
                run = measure(recorder, stage, plan.seconds)
            except RigFailed as error:
                failures.append(f"{scenario.name}, {recorder.name}: {error}")
                say(f"  failed: {failures[-1]}")
                continue
            runs.append(run)
            say(f"  {recorder.name:24} {run.steady_cpu:.3f} steady, {run.cpu:.3f} in all; {run.remark}")


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.capture", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="length of each recording")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wayland", action="store_true", help="only what is shown on Wayland desktops")
    parser.add_argument("--only", type=_names, help=f"some of {','.join(scenario.name for scenario in SCENARIOS)}")
    parser.add_argument("--recorders", type=_names, help="some, each by a part of its name, as afterword,veryfast")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR")
    options = parser.parse_args()
    wanted: Sequence[str] = options.only or [scenario.name for scenario in SCENARIOS]
    platforms = {Platform.WAYLAND} if options.wayland else set(Platform)
    scenarios = tuple(one for one in SCENARIOS if one.name in wanted and one.platform in platforms)
    parts: Sequence[str] = options.recorders or [""]
    chosen = {scenario.platform: _chosen(scenario.platform, parts) for scenario in scenarios}
    if not any(chosen.values()):
        parser.error("there is nothing to do")
    return Plan(scenarios, chosen, options.seconds, options.rounds, options.results)


def _chosen(platform: Platform, parts: Sequence[str]) -> tuple[Recorder, ...]:
    return tuple(recorder for recorder in recorders(platform) if any(part in recorder.name for part in parts))


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    sys.exit(main())
