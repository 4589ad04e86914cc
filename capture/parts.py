"""The further parts of a recording whose worker died: each a recording directory of its own inside the first one's."""

from pathlib import Path

PARTS_NAME = "parts"

JOINED_NAME = "joined"
"""What one recording is made of them in, and taken from."""


def part_directory(directory: Path, number: int) -> Path:
    """Of the recording's ``number``th restart, from 1."""
    return directory / PARTS_NAME / str(number)


def part_directories(directory: Path) -> tuple[Path, ...]:
    """In their order; those that were begun."""
    folder = directory / PARTS_NAME
    if not folder.is_dir():
        return ()
    numbered = {int(path.name): path for path in folder.iterdir() if path.name.isdecimal()}
    return tuple(path for _, path in sorted(numbered.items()))
