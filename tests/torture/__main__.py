"""``make torture``: what may happen to a recording, done to it on purpose, by the hundred.

Each ordeal is repeated with chances drawn from a seed. Prints a table; exits with 1 if anything was lost.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.capture.report import say
from tests.torture.full_disk import fill_disk
from tests.torture.kills import kill_both, kill_followed, kill_worker
from tests.torture.mutations import mutate_documents
from tests.torture.power_cut import cut_power
from tests.torture.score import Bounds, Score, Trial, table
from tests.torture.stage import Stage, staged

AT_ONCE = 4
"""Recordings: they mostly wait. More would be slow to start, and measure the machine."""


@dataclass(frozen=True, slots=True)
class Ordeal:
    """``trials``: how many make a full run."""

    name: str
    trial: Callable[[Stage, random.Random, Path], Trial]
    trials: int
    bounds: Bounds


ORDEALS = (
    Ordeal("worker killed", kill_worker, 200, Bounds(lost_p95_s=1.0, lost_most_s=1.5, apart_ms=40)),
    Ordeal("worker and app killed", kill_both, 50, Bounds(lost_p95_s=1.0, lost_most_s=1.5, apart_ms=40)),
    Ordeal("worker killed, another goes on", kill_followed, 20, Bounds(lost_most_s=3.0)),
    Ordeal("disk full", fill_disk, 50, Bounds(lost_most_s=1.5)),
    Ordeal("power cut", cut_power, 30, Bounds()),
    Ordeal("manifest and journal mutated", mutate_documents, 500, Bounds()),
)


def suffer(ordeal: Ordeal, stage: Stage, trials: int, seed: int) -> Score:
    """A trial depends on the seed, its ordeal and its number alone."""

    def attempt(number: int) -> Trial:
        folder = stage.folder / f"{ordeal.name} {number}".replace(" ", "-")  # the linker splits its list at spaces
        folder.mkdir()
        try:
            return ordeal.trial(stage, random.Random(f"{seed} {ordeal.name} {number}"), folder)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is one failed trial among many
            return Trial((repr(error),))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Score(ordeal.name, ordeal.bounds, tuple(pool.map(attempt, range(1, trials + 1))))


def main() -> int:
    options = _options()
    scores: list[Score] = []
    with staged() as stage:
        for ordeal in ORDEALS:
            if options.only and ordeal.name not in options.only:
                continue
            trials, began_s = max(1, round(ordeal.trials * options.share)), time.monotonic()
            say(f"{ordeal.name}: {trials} trials")
            scores.append(suffer(ordeal, stage, trials, options.seed))
            say(f"  {time.monotonic() - began_s:.0f} s")
    problems = [problem for score in scores for problem in score.problems()]
    sys.stdout.write(f"Seed {options.seed}.\n\n{table(scores)}")
    _complain(problems)
    return 1 if problems else 0


def _complain(problems: Sequence[str]) -> None:
    if problems:
        sys.stdout.write("\nLost:\n" + "".join(f"- {problem}\n" for problem in problems))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--share", type=float, default=1.0, help="of a full run's trials; 0.05 takes a minute")
    parser.add_argument("--only", action="append", choices=[ordeal.name for ordeal in ORDEALS])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
