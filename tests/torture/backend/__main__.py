"""``python -m tests.torture.backend``: the recordings backend killed at random points of uploads and completions.

Prints the scorecard; exits with 1 if anything acknowledged was lost, or anything half-made was shown.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.torture.backend.course import Plan, Score, run
from tests.torture.delivery.__main__ import FOLDER


def main() -> int:
    plan = _plan()
    folder = Path(tempfile.mkdtemp(prefix="backend-torture.", dir=FOLDER))
    try:
        score = run(plan, folder)
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(card(plan, score) + "".join(f"PROBLEM: {problem}\n" for problem in score.problems))
    return 1 if score.problems else 0


def card(plan: Plan, score: Score) -> str:
    rows = {
        "seed": plan.seed,
        "kills of the backend": score.kills,
        "recordings begun": score.begun,
        "completed, all of them whole": score.completed,
        "deleted": score.deleted,
        "answers that acknowledged bytes": score.acknowledged,
        "files without a row, swept later": score.stray,
        "took": f"{score.took_s:.0f} s",
    }
    return "".join(f"{name:<38} {value}\n" for name, value in rows.items())


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.backend", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    return Plan(seed=options.seed, kills=options.kills)


if __name__ == "__main__":
    sys.exit(main())
