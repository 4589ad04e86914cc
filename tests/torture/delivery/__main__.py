"""``python -m tests.torture.delivery``: one large object on its way through every fault there is.

Prints the scorecard; exits with 1 if anything was lost, doubled, or sent again more often than it had to be.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.torture.delivery.course import MIB, Plan, Score, run

FOLDER = Path("/var/tmp")  # noqa: S108 - on the disk: elsewhere a gigabyte twice over might be memory


def main() -> int:
    plan = _plan()
    folder = Path(tempfile.mkdtemp(prefix="delivery-torture.", dir=FOLDER))
    try:
        score = run(plan, folder)
    finally:
        shutil.rmtree(folder)
    problems = list(problems_of(plan, score))
    sys.stdout.write(card(plan, score) + "".join(f"PROBLEM: {problem}\n" for problem in problems))
    return 1 if problems else 0


def problems_of(plan: Plan, score: Score) -> Iterator[str]:
    """Whatever must not be."""
    troubles = score.troubles + score.client_kills + score.server_kills
    if not score.is_identical:
        yield "the bytes there are not the bytes here"
    if score.objects != 1:
        yield f"{score.objects} objects where one was sent"
    if score.left:
        yield f"{score.left} faults had no chance to strike"
    if (score.client_kills, score.server_kills) != (plan.client_kills, plan.server_kills):
        yield "not every kill had its chance"
    if score.worst_resent_bytes > plan.request_bytes:
        yield f"{score.worst_resent_bytes} bytes were sent again after one trouble"
    if score.sent_bytes > plan.total_bytes + troubles * plan.request_bytes:
        yield f"{score.sent_bytes} bytes were sent in all"


def card(plan: Plan, score: Score) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(score.struck.items()))
    rows = {
        "seed": plan.seed,
        "object": f"{plan.total_bytes / MIB:.0f} MiB in requests of {plan.request_bytes / MIB:g} MiB",
        "faults": f"{score.struck.total()}: {kinds}",
        "kills": f"client {score.client_kills}, server {score.server_kills}",
        "attempts that broke off": score.troubles,
        "sent again after one of them, at most": f"{score.worst_resent_bytes / MIB:.2f} MiB",
        "sent in all": f"{score.sent_bytes / plan.total_bytes:.3f} of the object",
        "copies there": f"{score.objects}, {'identical' if score.is_identical else 'DIFFERENT'}",
        "log": f"client {score.log_bytes} bytes, server {score.server_log_bytes}",
        "took": f"{score.took_s:.0f} s",
    }
    return "".join(f"{name:<38} {value}\n" for name, value in rows.items())


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.delivery", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--bytes", type=int, default=1024 * MIB)
    parser.add_argument("--faults", type=int, default=460)
    parser.add_argument("--kills", type=int, default=50, help="of each end")
    parser.add_argument("--request-bytes", type=int, default=8 * MIB)
    options = parser.parse_args()
    return Plan(
        seed=options.seed,
        total_bytes=options.bytes,
        faults=options.faults,
        request_bytes=options.request_bytes,
        client_kills=options.kills,
        server_kills=options.kills,
        limit_s=3600.0,
    )


if __name__ == "__main__":
    sys.exit(main())
