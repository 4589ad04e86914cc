"""Tables that come with Afterword, and may be added to by a file of the same name in the user's configuration."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from capture.errors import CatalogueInvalid

Table = tuple[dict[str, Any], str]
"""What a file has, and how it is named to whoever must mend it."""


def load_tables(name: str, config: Path | None) -> list[Table]:
    """The user's first: where both know something, it wins. Raises ``CatalogueInvalid``, naming the file."""
    own = config / name if config else None
    tables = [] if own is None or not own.exists() else [_parse(_read(own), str(own))]
    return [*tables, _parse(files("resources").joinpath(name).read_text("utf-8"), name)]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueInvalid(str(error), path=str(path)) from error


def _parse(text: str, path: str) -> Table:
    try:
        return tomllib.loads(text), path
    except tomllib.TOMLDecodeError as error:
        raise CatalogueInvalid(str(error), path=path) from error
