"""``afterword repair``, as a user has it."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.afterword import Answer, afterword
from tests.end_to_end.media import decodes

MAKE = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=160x90:r=25:d=3", "-c:v", "libx264", "-g", "25")


def run(*arguments: str | Path) -> Answer:
    return afterword(dict(os.environ), "repair", *arguments)


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    path = tmp_path / "my talk 🎥.mp4"
    subprocess.run((*MAKE, "-movflags", "+frag_keyframe+empty_moov", path), check=True, timeout=60)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 1000)
    return path


def test_a_torn_file_is_mended_beside_it(torn: Path) -> None:
    before = torn.read_bytes()
    answer = run(torn)
    assert answer.exit_status == 0, answer
    output = torn.with_name("my talk 🎥.repaired.mp4")
    assert answer.document["file"] == str(torn)
    assert answer.document["output"] == str(output)
    assert answer.document["duration_s"] == pytest.approx(2, abs=0.2)
    assert answer.document["lost"]["bytes"] > 0
    assert decodes(output) == ""
    assert torn.read_bytes() == before
    again = run(torn)
    assert (again.exit_status, again.document["error"]["code"]) == (1, "output_exists")
    assert run(torn, "-o", torn.with_name("chosen.mp4")).exit_status == 0
    assert run(torn, "--output", torn).document["error"]["code"] == "output_exists"


def test_a_whole_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    subprocess.run((*MAKE, path), check=True, timeout=60)
    answer = run(path)
    assert (answer.exit_status, answer.document["output"]) == (0, None)
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_mended_is_said_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    subprocess.run((*MAKE, path), check=True, timeout=60)
    path.write_bytes(path.read_bytes()[:-2000])
    (tmp_path / "notes.txt").write_text("hello")
    for name, code in (("talk.mp4", "index_lost"), ("notes.txt", "not_repairable")):
        answer = run(tmp_path / name)
        assert (answer.exit_status, answer.document["error"]["code"]) == (1, code)
        assert answer.document["error"]["hint"]
        assert name in answer.document["error"]["message"]
    missing = run(tmp_path / "nonesuch.mp4")
    assert (missing.exit_status, missing.document["error"]["code"]) == (3, "unknown_file")
