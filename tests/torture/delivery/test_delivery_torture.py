"""A small object through every kind of fault that the full course has, and both ends killed."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.torture.delivery.__main__ import card, problems_of
from tests.torture.delivery.course import MIB, Plan, Score, run
from tests.torture.delivery.kinds import KINDS, LATER_S, LONGEST_S, SOON_S

pytestmark = pytest.mark.timeout(400)

PLAN = Plan(seed=1, total_bytes=16 * MIB, rounds=1, client_kills=2, server_kills=1)


def test_every_fault_and_nothing_is_lost(tmp_path: Path) -> None:
    score = run(PLAN, tmp_path)
    assert list(problems_of(PLAN, score)) == []
    assert set(score.struck) == {kind.name for kind in KINDS}
    assert score.log_bytes < (score.troubles + 3) * 200
    assert score.server_log_bytes == 0


def test_the_full_course_has_every_fault_often() -> None:
    faults = Plan(rounds=6, total_bytes=1024 * MIB).drawn()
    assert len(faults) >= 200
    assert {fault.kind.name for fault in faults} == {kind.name for kind in KINDS}


def test_a_loss_shows() -> None:
    """A scorecard that could not say no would say nothing."""
    waits_s = [SOON_S, LATER_S - 0.5, LONGEST_S]
    good = Score(client_kills=2, server_kills=1, objects=1, is_identical=True, waits_s=waits_s)
    assert list(problems_of(PLAN, good)) == []
    for change in (
        {"is_identical": False},
        {"objects": 2},
        {"left": 1},
        {"client_kills": 1},
        {"farthest_back_bytes": PLAN.request_bytes + 1},
        {"again_bytes": 3 * PLAN.request_bytes + 1},
        {"stranger_bytes": 1},
        {"waits_s": [*waits_s, LONGEST_S + 1.0]},
        {"waits_s": waits_s[1:]},
    ):
        assert len(list(problems_of(PLAN, replace(good, **change)))) == 1
    assert "DIFFERENT" in card(PLAN, replace(good, is_identical=False))
