"""Encoding profiles, chosen by name: which encoder, with which options, and what may be changed while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from capture.encoding.catalogue import read_catalogue
from capture.errors import InvalidSpec
from capture.wire import from_document


class Tuning(StrEnum):
    """What the encoder is set to. May change at a key frame; the stream's headers are the same for each."""

    TEXT = "text"
    """Some of the picture changes, or all of it at times: typing, slides, scrolling."""
    MOTION = "motion"
    """Most of the picture changes all the time, as in a video."""
    COARSE = "coarse"
    """Less detail for less work."""


@dataclass(frozen=True, slots=True)
class Hardware:
    """An encoder that a graphics card may have. It always runs with the same options."""

    codec: str
    options: Mapping[str, str]
    pixel_format: str = "yuv420p"


@dataclass(frozen=True, slots=True)
class Profile:
    """``sound_bit_rate`` is of the mixed stereo track, in bits per second.

    ``tunings`` names the options that differ from ``video_options``. ``hardware`` is tried before ``video_codec``, in
    its order. ``constant_rate`` puts a picture into every cell of the frame rate's grid.
    """

    description: str
    video_codec: str
    video_options: Mapping[str, str]
    keyframe_interval_s: float
    sound_bit_rate: int
    pixel_format: str = "yuv420p"
    constant_rate: bool = False
    tunings: Mapping[Tuning, Mapping[str, str]] = field(default_factory=dict)
    hardware: tuple[Hardware, ...] = ()

    def options_for(self, tuning: Tuning) -> dict[str, str]:
        return {**self.video_options, **self.tunings.get(tuning, {})}


def load_profile(name: str) -> Profile:
    """Raises ``InvalidSpec`` that lists what there is."""
    catalogue = read_catalogue()
    if name not in catalogue:
        message = f"no encoding profile is called {name}"
        raise InvalidSpec(message, profile=name, known=", ".join(catalogue))
    return from_document(catalogue[name], Profile)
