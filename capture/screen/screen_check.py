"""Before a meeting: one real look at the screen."""

import time
from dataclasses import dataclass
from pathlib import Path

from capture.clock import Clock
from capture.errors import SourceUnavailable
from capture.recording import ScreenTarget
from capture.screen import open_screen
from capture.screen.base import Frame, Means, ScreenSource, VideoFormat

FIRST_PICTURE_LIMIT_S = 3.0
REST_S = 0.1

POINTER_PX = 64 * 64
"""More than one of usual size has."""


@dataclass(frozen=True, slots=True)
class ScreenLook:
    """``is_black``: all but the pointer, which is what a refused permission or a sleeping screen looks like."""

    size: VideoFormat
    means: Means
    is_black: bool


def look(target: ScreenTarget, clock: Clock, tokens: Path | None = None) -> ScreenLook:
    """On some desktops the user is asked for leave. Raises ``SourceError``."""
    screen = open_screen(target, clock, tokens=tokens)
    size = screen.open()
    try:
        pixels = _first(screen).pixels
        return ScreenLook(size, screen.means, is_black=int(pixels[:, :, :3].any(axis=2).sum()) <= POINTER_PX)
    finally:
        screen.close()


def _first(screen: ScreenSource) -> Frame:
    deadline_s = time.monotonic() + FIRST_PICTURE_LIMIT_S
    while time.monotonic() < deadline_s:
        seen = screen.read()
        if isinstance(seen, Frame):
            return seen
        screen.wait(REST_S)
    message = "it shows nothing"
    raise SourceUnavailable(message, source="screen")
