"""Looks at a screen source as the recorder does, until it shows what is awaited."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.recording import Monitor
from capture.screen.base import Frame, ScreenSource
from tests.capture.screen.gaze import WAIT_S, next_frame
from tests.rig.wayland import WaylandDesktop

LIMIT_S = 15.0
SCREEN = Monitor("1")


class SkewedClock:
    """The real clock, that can be put forward. Thread-safe."""

    def __init__(self) -> None:
        self._real = MonotonicClock()
        self._ahead_ns = 0

    def now_ns(self) -> int:
        return self._real.now_ns() + self._ahead_ns

    def skip(self, ns: int) -> None:
        self._ahead_ns += ns


Picture = NDArray[np.uint8]


def is_the_same(frame: Picture, shown: Picture) -> bool:
    return np.array_equal(frame, shown)


def seen(
    source: ScreenSource,
    desktop: WaylandDesktop,
    is_right: Callable[[Picture, Picture], bool] = is_the_same,
    stir: Callable[[], None] | None = None,
) -> Frame:
    """The first frame that is right, beside what the compositor shows. Patient while the screen is away, or at rest."""
    deadline_s = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline_s:
        source.wait(WAIT_S)
        try:
            look = source.read()
        except SourceUnavailable:
            continue
        if not isinstance(look, Frame):
            (stir or desktop.stir)()
        elif is_right(rgb(look), desktop.picture()):
            return look
    message = "what was awaited was not to be seen"
    raise TimeoutError(message)


def settled(source: ScreenSource) -> Frame:
    """The first frame of a screen that then comes to rest; what follows it has been read."""
    frame = next_frame(source)
    rest(source)
    return frame


def rest(source: ScreenSource) -> None:
    """Until nothing moves any more."""
    quiet_looks = 0
    while quiet_looks < 2:
        source.wait(WAIT_S)
        quiet_looks = 0 if isinstance(source.read(), Frame) else quiet_looks + 1


def rgb(frame: Frame) -> NDArray[np.uint8]:
    return frame.pixels[..., 2::-1]
