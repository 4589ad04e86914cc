"""A few kills of the backend; the rest is in ``make torture``."""

from pathlib import Path

import pytest

from tests.torture.backend.course import Plan, run
from tests.torture.backend.power_cut import cut_power
from tests.uploader.rig import manifest

pytestmark = pytest.mark.timeout(400)


def test_what_was_acknowledged_outlives_the_backend(tmp_path: Path) -> None:
    score = run(Plan(seed=1, kills=2, senders=2), tmp_path)
    assert score.problems == []
    assert score.completed >= 2
    assert score.acknowledged > 10


def test_what_was_acknowledged_outlives_a_power_cut(tmp_path: Path) -> None:
    """More than one step of what is made durable at once, and a rest."""
    kept, directory, sent = cut_power(tmp_path, 9_000_000)
    assert kept.begun == sent
    assert kept.status == "done"
    assert kept.done == {media["path"]: media["sha256"] for media in manifest(directory)["media"]}
