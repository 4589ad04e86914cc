"""``python -m tests.uploader.api``: the API's own document put to the test, then tus. Exits with 1 if one fails."""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.uploader.api import generated, tus_run
from tests.uploader.api.places import embedded, shared_places
from uploader.backend.locations import Places


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.uploader.api", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--examples", type=int, default=6, help="of each operation of the document")
    parser.add_argument("--scenarios", type=int, default=40, help="of several requests that follow each other")
    parser.add_argument("--steps", type=int, default=12, help="of a scenario, at most")
    parser.add_argument("--requests", type=int, default=4000, help="to tus")
    parser.add_argument("--shared", action="store_true", help="over PostgreSQL and an S3 store, both private")
    options = parser.parse_args()
    plan = generated.Plan(options.seed, options.examples, options.scenarios, options.steps)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="api-fuzz.")))
        new_places = stack.enter_context(shared_places(folder)) if options.shared else embedded
        with new_places() as places:
            faults = _generated(plan, folder / "generated", places)
        with new_places() as places:
            faults += _tus(options, folder / "tus", places)
    return 1 if faults else 0


def _generated(plan: generated.Plan, folder: Path, places: Places) -> list[str]:
    began_s = time.monotonic()
    result = generated.run(plan, folder, places)
    cases = ", ".join(f"{count} {phase}" for phase, count in result.cases.most_common() if count)
    took_s = time.monotonic() - began_s
    sys.stdout.write(
        f"seed {plan.seed}: {result.cases.total()} cases of the document ({cases}), "
        f"{len(result.welcome)} operations answered as meant, {len(result.faults)} faults, {took_s:.0f} s\n"
    )
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in result.faults)
    return result.faults


def _tus(options: argparse.Namespace, folder: Path, places: Places) -> tuple[str, ...]:
    result = tus_run.run(folder, seed=options.seed, requests=options.requests, places=places)
    sys.stdout.write(tus_run.card(result, options.seed))
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in result.faults)
    return result.faults


if __name__ == "__main__":
    sys.exit(main())
