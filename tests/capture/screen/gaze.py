"""Looks at a source as the recorder does, until something is seen."""

import contextlib
import time
from collections.abc import Callable

from capture.errors import SourceUnavailable
from capture.screen.base import Frame, ScreenSource

WAIT_S = 0.1
LIMIT_S = 10.0
QUIET_LOOKS = 2


def next_frame(source: ScreenSource, accept: Callable[[Frame], bool] = lambda _: True) -> Frame:
    deadline_s = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline_s:
        source.wait(WAIT_S)
        look = source.read()
        if isinstance(look, Frame) and accept(look):
            return look
    message = "what was awaited was not to be seen"
    raise TimeoutError(message)


def seen_again(source: ScreenSource, accept: Callable[[Frame], bool] = lambda _: True) -> Frame:
    """The first such frame, also after a time without a view."""
    while True:
        with contextlib.suppress(SourceUnavailable):
            return next_frame(source, accept)


def settled(source: ScreenSource) -> Frame:
    """The last frame before nothing changes any more."""
    frame, quiet_looks = next_frame(source), 0
    while quiet_looks < QUIET_LOOKS:
        source.wait(WAIT_S)
        look = source.read()
        if isinstance(look, Frame):
            frame, quiet_looks = look, 0
        else:
            quiet_looks += 1
    return frame
