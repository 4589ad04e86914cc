"""The picture: the sources of every kind behind one protocol. The only place that chooses among them."""

from capture.clock import Clock
from capture.recording import ScreenTarget, TestPattern
from capture.screen.base import ScreenSource
from capture.screen.grabber import ScreenGrabber, list_screens
from capture.screen.synthetic import SyntheticScreen

__all__ = ["list_screens", "open_screen"]


def open_screen(target: ScreenTarget, clock: Clock) -> ScreenSource:
    """Holds nothing until it is opened."""
    if isinstance(target, TestPattern):
        return SyntheticScreen(target, clock)
    return ScreenGrabber(target, clock)
