"""Two of the kills that ``python -m tests.torture.transcripts`` does by the dozen."""

import random
from pathlib import Path

from tests.torture.transcripts.course import conversation, kill_once


def test_a_transcriber_that_is_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    original = conversation(tmp_path)
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert kill_once(original, random.Random(number), folder).problems == ()
