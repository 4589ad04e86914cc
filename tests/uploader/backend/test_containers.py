"""The commands that the containers are started with are ones that the program has."""

import json
import re
from pathlib import Path

from uploader.__main__ import _parser
from uploader.backend.locations import media_location

FOLDER = Path(__file__).parents[3] / "packaging" / "server"


def words(path: Path, name: str) -> list[str]:
    """A list of words as both files write them: JSON."""
    found = [line for line in path.read_text().splitlines() if re.match(rf'\s*{name}:? \["serve"', line)]
    (line,) = found
    command: list[str] = json.loads(line[line.index("[") :])
    return [re.sub(r"\$\{\w+(:-)?\}", "", word) for word in command]


def test_the_image_serves() -> None:
    options = _parser().parse_args(words(FOLDER / "Containerfile", "CMD"))
    assert (options.host, options.port, options.data) == ("0.0.0.0", 8080, Path("/data"))  # noqa: S104 - in a container


def test_so_do_the_processes_of_a_team() -> None:
    options = _parser().parse_args(words(FOLDER / "compose.yaml", "command"))
    assert media_location(options.media_url, {}) is None
    assert options.port == 8080
