"""Which encoder a recording gets: the first of the profile's that really encodes here, else the processor's own."""

import logging
from dataclasses import dataclass, replace
from typing import Protocol

from capture.encoding.profiles import Profile
from capture.screen.base import VideoFormat

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """``is_lasting``: it would be the same the next time."""

    reason: str
    is_lasting: bool = True


class Trial(Protocol):
    """Encodes a picture, to see whether it works."""

    def __call__(self, profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
        """Why ``profile.video_codec`` cannot be used; ``None`` where it can. Raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """``profile`` has one encoder left. ``reason`` tells why not those that were to be tried before it."""

    profile: Profile
    wanted: str
    reason: str | None = None


def choose_encoder(profile: Profile, video: VideoFormat, rate_fps: int, trial: Trial) -> Choice:
    wanted = profile.hardware[0].codec if profile.hardware else profile.video_codec
    reasons: list[str] = []
    for hardware in profile.hardware:
        candidate = replace(
            profile,
            video_codec=hardware.codec,
            video_options=hardware.options,
            pixel_format=hardware.pixel_format,
            tunings={},
            hardware=(),
        )
        refusal = trial(candidate, video, rate_fps)
        if refusal is None:
            return Choice(candidate, wanted, "; ".join(reasons) or None)
        logger.info("%s is not used: %s", hardware.codec, refusal.reason)
        reasons.append(f"{hardware.codec}: {refusal.reason}")
    return Choice(replace(profile, hardware=()), wanted, "; ".join(reasons) or None)
