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
from tests.torture.delivery.kinds import KINDS, LATER_S, LONGEST_S, SOON_S

FOLDER = Path("/var/tmp")  # noqa: S108 - on the disk: elsewhere a gigabyte twice over might be memory
LATE_S = 60
"""By how much less than ``LATER_S`` may be left of it when it is read."""


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
    if not score.is_identical:
        yield "the bytes there are not the bytes here"
    if score.objects != 1:
        yield f"{score.objects} objects where one was sent"
    if score.left:
        yield f"{score.left} faults had no chance to strike"
    if (score.client_kills, score.server_kills) != (plan.client_kills, plan.server_kills):
        yield "not every kill had its chance"
    if score.farthest_back_bytes > plan.request_bytes:
        yield f"{score.farthest_back_bytes} bytes were sent again after one trouble"
    if score.again_bytes > (score.struck.total() + score.client_kills + score.server_kills) * plan.request_bytes:
        yield f"{score.again_bytes} bytes were sent again in all"
    if score.stranger_bytes:
        yield f"{score.stranger_bytes} bytes went to somebody with another's certificate"
    if waits_of(score).keys() != {str(SOON_S), str(LATER_S), str(LONGEST_S)}:
        yield f"it waited for {', '.join(waits_of(score))} s"


def waits_of(score: Score) -> dict[str, int]:
    """How often for how many seconds; a date that was ``LATER_S`` ahead is a little nearer when it is read."""
    named = [str(LATER_S) if LATER_S - LATE_S < wait_s <= LATER_S else f"{wait_s:g}" for wait_s in score.waits_s]
    return {name: named.count(name) for name in sorted(set(named), key=float)}


def card(plan: Plan, score: Score) -> str:
    rows = {
        "seed": plan.seed,
        "object": f"{plan.total_bytes / MIB:.0f} MiB in requests of {plan.request_bytes / MIB:g} MiB",
        "faults": f"{score.struck.total()}, of {len(score.struck)} kinds of {len(KINDS)}",
        "kills": f"client {score.client_kills}, server {score.server_kills}",
        "attempts that broke off": score.troubles,
        "asked to wait": ", ".join(f"{wait} s {count} times" for wait, count in waits_of(score).items()),
        "sent again after one of them, at most": f"{score.farthest_back_bytes / MIB:.2f} MiB",
        "sent again in all": f"{score.again_bytes / MIB:.2f} MiB",
        "sent in all": f"{score.sent_bytes / plan.total_bytes:.3f} of the object",
        "sent to others' certificates": f"{score.stranger_bytes} bytes",
        "copies there": f"{score.objects}, {'identical' if score.is_identical else 'DIFFERENT'}",
        "log": f"client {score.log_bytes} bytes, server {score.server_log_bytes}",
        "took": f"{score.took_s:.0f} s",
    }
    kinds = [f"  {count:>3} {kind}" for kind, count in sorted(score.struck.items())]
    return "".join(f"{line}\n" for line in [*(f"{name:<38} {value}" for name, value in rows.items()), *kinds])


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.delivery", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--bytes", type=int, default=1024 * MIB)
    parser.add_argument("--rounds", type=int, default=6, help="how often each kind of fault strikes")
    parser.add_argument("--kills", type=int, default=50, help="of each end")
    parser.add_argument("--request-bytes", type=int, default=8 * MIB)
    options = parser.parse_args()
    return Plan(
        seed=options.seed,
        total_bytes=options.bytes,
        rounds=options.rounds,
        request_bytes=options.request_bytes,
        client_kills=options.kills,
        server_kills=options.kills,
        limit_s=3600.0,
    )


if __name__ == "__main__":
    sys.exit(main())
