"""The encoding profiles by name, as ``resources/profiles.toml`` has them. Light: the command line's help reads it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Entry = Mapping[str, object]


@cache
def read_catalogue() -> Mapping[str, Entry]:
    """Each whole: with what it takes over from the profile that it is ``like``."""
    written: dict[str, Entry] = tomllib.loads(files("resources").joinpath("profiles.toml").read_text(encoding="utf-8"))
    return {name: {**written.get(str(entry.get("like")), {}), **entry} for name, entry in written.items()}


def describe_profiles() -> Mapping[str, str]:
    """What each is good for."""
    return {name: str(entry["description"]) for name, entry in read_catalogue().items()}


def measured_mb_per_hour(name: str) -> Mapping[str, int]:
    """Of slides and of typing, in 1080p; empty where nobody can know."""
    measured = read_catalogue()[name].get("mb_per_hour")
    return measured if isinstance(measured, dict) else {}
