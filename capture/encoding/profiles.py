"""Encoding profiles: data in ``resources/profiles.toml``, chosen by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from capture.errors import InvalidSpec
from capture.wire import from_document


@dataclass(frozen=True, slots=True)
class Profile:
    """``sound_bit_rate`` is of the mixed stereo track, in bits per second."""

    description: str
    video_codec: str
    video_options: Mapping[str, str]
    keyframe_interval_s: float
    sound_bit_rate: int


def load_profile(name: str) -> Profile:
    """Raises ``InvalidSpec`` that lists what there is."""
    profiles = tomllib.loads(files("resources").joinpath("profiles.toml").read_text(encoding="utf-8"))
    if name not in profiles:
        message = f"no encoding profile is called {name}"
        raise InvalidSpec(message, profile=name, known=", ".join(profiles))
    return from_document(profiles[name], Profile)
