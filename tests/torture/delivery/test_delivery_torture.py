"""A small object through as many faults as the full course has, and both ends killed three times."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.torture.delivery.__main__ import card, problems_of
from tests.torture.delivery.chaos import Kind
from tests.torture.delivery.course import MIB, Plan, Score, run

pytestmark = pytest.mark.timeout(400)

PLAN = Plan(seed=1, total_bytes=16 * MIB, faults=210, client_kills=3, server_kills=3)


def test_every_fault_many_times_over_and_nothing_is_lost(tmp_path: Path) -> None:
    score = run(PLAN, tmp_path)
    assert list(problems_of(PLAN, score)) == []
    assert set(score.struck) == set(Kind)
    assert score.struck.total() >= 200
    assert score.log_bytes < (score.troubles + 6) * 200
    assert score.server_log_bytes == 0


def test_a_loss_shows() -> None:
    """A scorecard that could not say no would say nothing."""
    good = Score(client_kills=3, server_kills=3, objects=1, is_identical=True, sent_bytes=PLAN.total_bytes)
    assert list(problems_of(PLAN, good)) == []
    for change in (
        {"is_identical": False},
        {"objects": 2},
        {"left": 1},
        {"client_kills": 2},
        {"worst_resent_bytes": PLAN.request_bytes + 1},
        {"sent_bytes": PLAN.total_bytes + 6 * PLAN.request_bytes + 1},
    ):
        assert len(list(problems_of(PLAN, replace(good, **change)))) == 1
    assert "DIFFERENT" in card(PLAN, replace(good, is_identical=False))
