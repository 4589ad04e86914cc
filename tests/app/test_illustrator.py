"""Small pictures are made by another process, which may die of a file."""

import os
import queue
import signal
from pathlib import Path

from app.illustrator import THUMBNAIL_NAME, Illustrator, thumbnail_of
from capture.illustrations import IllustrationAnswer
from tests.rig.library import Films

LIMIT_S = 60.0


def test_a_file_that_kills_its_reader_costs_no_other_its_picture(tmp_path: Path) -> None:
    deadly, good = tmp_path / "deadly" / "film.mp4", tmp_path / "good" / "film.mp4"
    for each in (deadly, good):
        each.parent.mkdir()
    os.mkfifo(deadly)
    os.link(Films(tmp_path).file("video_mixed.mp4", 1), good)
    answers: queue.SimpleQueue[IllustrationAnswer] = queue.SimpleQueue()
    illustrator = Illustrator()
    try:
        illustrator.ask(thumbnail_of(deadly), answers.put)
        with deadly.open("wb"):  # once it is open at the other end, the reader waits for bytes
            os.kill(reader(), signal.SIGKILL)
            assert answers.get(timeout=LIMIT_S).trouble == "its reader crashed"
        illustrator.ask(thumbnail_of(good), answers.put)
        assert answers.get(timeout=LIMIT_S) == IllustrationAnswer(good.parent / THUMBNAIL_NAME)
        assert (good.parent / THUMBNAIL_NAME).read_bytes().startswith(b"\xff\xd8")
    finally:
        illustrator.close()


def reader() -> int:
    """Its process id."""
    children = " ".join(path.read_text() for path in Path("/proc/self/task").glob("*/children")).split()
    (found,) = (each for each in children if b"illustrate" in Path(f"/proc/{each}/cmdline").read_bytes())
    return int(found)
