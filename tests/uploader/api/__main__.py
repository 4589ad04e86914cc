"""``python -m tests.uploader.api``: the API's own document put to the test, then tus. Exits with 1 if one fails."""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.uploader.api import generated, tus_run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.uploader.api", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--examples", type=int, default=6, help="of each operation of the document")
    parser.add_argument("--scenarios", type=int, default=40, help="of several requests that follow each other")
    parser.add_argument("--steps", type=int, default=12, help="of a scenario, at most")
    parser.add_argument("--requests", type=int, default=4000, help="to tus")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="api-fuzz."))
    try:
        plan = generated.Plan(options.seed, options.examples, options.scenarios, options.steps)
        faults = [*_generated(plan, folder / "generated"), *_tus(options.seed, options.requests, folder / "tus")]
    finally:
        shutil.rmtree(folder)
    return 1 if faults else 0


def _generated(plan: generated.Plan, folder: Path) -> list[str]:
    began_s = time.monotonic()
    result = generated.run(plan, folder)
    cases = ", ".join(f"{count} {phase}" for phase, count in result.cases.most_common() if count)
    took_s = time.monotonic() - began_s
    sys.stdout.write(
        f"seed {plan.seed}: {result.cases.total()} cases of the document ({cases}), "
        f"{len(result.welcome)} operations answered as meant, {len(result.faults)} faults, {took_s:.0f} s\n"
    )
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in result.faults)
    return result.faults


def _tus(seed: int, requests: int, folder: Path) -> tuple[str, ...]:
    result = tus_run.run(folder, seed=seed, requests=requests)
    sys.stdout.write(tus_run.card(result, seed))
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in result.faults)
    return result.faults


if __name__ == "__main__":
    sys.exit(main())
