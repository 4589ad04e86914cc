"""A few trials of each ordeal, as ``make torture`` does them by the hundred."""

from collections.abc import Iterator

import pytest

from tests.torture.__main__ import ORDEALS, Ordeal, suffer
from tests.torture.score import Bounds, Score, Trial, table
from tests.torture.stage import Stage, staged

SEED = 1
TRIALS = {
    "worker killed": 10,
    "worker and app killed": 2,
    "worker killed, another goes on": 1,
    "disk full": 2,
    "power cut": 2,
    "manifest and journal mutated": 40,
}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged() as staging:
        yield staging


@pytest.mark.parametrize("ordeal", ORDEALS, ids=lambda ordeal: ordeal.name)
def test_nothing_is_lost(ordeal: Ordeal, stage: Stage) -> None:
    score = suffer(ordeal, stage, TRIALS[ordeal.name], SEED)
    assert not score.problems()


def test_a_loss_shows() -> None:
    """A scorecard that could not say no would say nothing."""
    good, late = Trial(lost_s=0.4, apart_ms=5.0), Trial(lost_s=2.0, apart_ms=50.0)
    bounds = Bounds(lost_p95_s=1.0, lost_most_s=1.5, apart_ms=40.0)
    assert not Score("kill", bounds, [good, good]).problems()
    assert len(Score("kill", bounds, [*[good] * 18, late, late]).problems()) == 3
    assert len(Score("kill", bounds, [good, late]).problems()) == 2
    (problem,) = Score("kill", Bounds(), [good, Trial(("it does not play",))]).problems()
    assert "trial 2" in problem
    assert "it does not play" in problem


def test_the_table_has_a_line_for_each() -> None:
    lines = table([Score("kill", Bounds(), [Trial(lost_s=0.25), Trial(("broken",))])]).splitlines()
    assert lines[-1] == "| kill | 2 | 1 | 0.25 s | 0.25 s | 0.25 s |  |"
